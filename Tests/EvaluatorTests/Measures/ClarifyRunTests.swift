import Foundation
import Results
import Slicing
import Testing
import TestSupport

@testable import Evaluator

/// SageMaker Clarify's own unit tests (smclarify 0.5, tests/unit/bias/metrics; CONFORMANCE.md A5), through a whole run.
struct ClarifyRunTests {
  private static let rows = zip(
    Array("MFFMFMFFMMFF"), zip(Array("011110001000"), Array("111000110100"))
  ).map { "\($0.0),\($0.1.0),\($0.1.1)" }

  private static func evaluate(_ change: (inout Configuration) -> Void = { _ in }) throws -> Evaluation {
    try MeasureRuns.evaluate(["sex,label,decision"] + rows) {
      ($0.label, $0.decision) = ("label", "decision")
      $0.slices = [SliceSpec(features: [.init(name: "sex")])]
      $0.measures.names = ["clarify"]
      change(&$0)
    }
  }

  /// dfB, facet F.
  @Test func `Pairs of facets`() throws {
    let evaluation = try Self.evaluate()
    let expected: [(name: String, over: Double, under: Double)] = [
      ("CI", -1, 6), ("DI", 10, 7), ("DCA", 1, 4), ("DCR", 1, 3), ("RD", -2, 3), ("SD", 1, 6),
      ("DRR", 1, 3), ("AD", -13, 35), ("DAR", -1, 2), ("TE", -1, 2),
    ]
    for (name, over, under) in expected {
      let found = try evaluation.result(name, tool: "clarify", family: "sex", group: "sex=F")
      #expect(isClose(found.estimate.value ?? .nan, over / under, within: 1e-12), "\(name)")
    }
    let entropy = try evaluation.result("GE", tool: "clarify")
    #expect(isClose(entropy.estimate.value ?? .nan, 0.24556213017751485, within: 1e-12))
    // What needs strata or neighbours is left out, and said to be.
    #expect(evaluation.results("CDDL", tool: "clarify").isEmpty)
    #expect(evaluation.notes.contains { $0.contains("conditional_demographic_disparity") })
  }

  /// The sign is Clarify's under its word and its names, and the project's own under identifiers.
  @Test func `Whose sign`() throws {
    let evaluation = try Self.evaluate { $0.measures.names = ["DPPL", "statistical_parity_difference"] }
    let theirs = try evaluation.result("DPPL", tool: "clarify", family: "sex", group: "sex=F")
    #expect(isClose(theirs.estimate.value ?? .nan, 2.0 / 5 - 4.0 / 7, within: 1e-12))
    let own = try evaluation.result("statistical_parity_difference", family: "sex", group: "sex=M")
    #expect(isClose(own.estimate.value ?? .nan, 2.0 / 5 - 4.0 / 7, within: 1e-12))
    #expect(evaluation.slices.predicate[own.reference ?? 0] == "sex=F")
    #expect(own.detail == "the largest group is the reference")
  }

  /// tests/unit/bias/metrics/test_metrics.py, CDDL by hand: Σ_s (n_s/n)(share of the rejected − share of the accepted).
  @Test func `Conditional disparity`() throws {
    let evaluation = try MeasureRuns.evaluate(
      ["sex,label,decision,stratum"] + Self.rows.enumerated().map { "\($1),\($0 % 2 == 0 ? "a" : "b")" }
    ) {
      ($0.label, $0.decision) = ("label", "decision")
      $0.slices = [SliceSpec(features: [.init(name: "sex")])]
      $0.measures.names = ["CDDL", "CDDPL"]
      $0.measures.controls = ["stratum"]
    }
    func byHand(_ column: Int) -> Double {
      (0...1).reduce(0.0) { sum, stratum in
        let rows = Self.rows.enumerated().filter { $0.offset % 2 == stratum }.map {
          $0.element.split(separator: ",")
        }
        func share(_ value: Substring) -> Double {
          let chosen = rows.filter { $0[column] == value }
          return chosen.isEmpty ? 0 : Double(chosen.count { $0[0] == "F" }) / Double(chosen.count)
        }
        return sum + Double(rows.count) / 12 * (share("0") - share("1"))
      }
    }
    for (name, column) in [("CDDL", 1), ("CDDPL", 2)] {
      let found = try evaluation.result(name, tool: "clarify", family: "sex", group: "sex=F")
      #expect(isClose(found.estimate.value ?? .nan, byHand(column), within: 1e-12), "\(name)")
      #expect(found.estimate.lower.map { $0 < byHand(column) } == true)
    }
  }
}
