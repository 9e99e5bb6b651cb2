import Fairness
import Foundation
import Metrics
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Runs in which units have rows in several groups.
struct SharedUnitRunTests {
  /// Judges who decide about people of all three groups: some are strict.
  private static func lines(_ judges: Int) -> [String] {
    var random = SplitMix(seed: 12)
    return ["g,judge,y,d"]
      + (0..<judges).flatMap { judge in
        (0..<12).map { _ in
          let group = ["a", "b", "c"][Int(random.next() % 3)]
          let chance = judge % 2 == 0 ? 80 : 30
          return "\(group),j\(judge),\(random.next() % 2),\(Int(random.next() % 100) < chance ? 1 : 0)"
        }
      }
  }

  private static func evaluate(_ lines: [String], _ unit: String? = "judge") throws -> Evaluation {
    try MeasureRuns.evaluate(lines) {
      $0.slices = [SliceSpec(features: [.init(name: "g")])]
      $0.references = ["g": "a"]
      ($0.label, $0.decision, $0.unit) = ("y", "d", unit)
      $0.comparisons = [.toReference, .betweenGroups, .toOverall, .toComplement]
      $0.measures.names = ["difference_to_reference", "ratio_to_reference", "difference_between_groups"]
    }
  }

  /// Bootstrap of whole judges: what the standard error of a difference is when they are drawn anew.
  private static func bootstrap(
    _ lines: [String], _ value: ([[Substring]]) -> Double
  ) -> Double {
    let rows = lines.dropFirst().map { $0.split(separator: ",") }
    let judges = Dictionary(grouping: rows) { $0[1] }.sorted { $0.key < $1.key }.map(\.value)
    var random = SplitMix(seed: 77)
    let draws = (0..<600).map { _ in
      value(judges.indices.flatMap { _ in judges[Int(random.next() % UInt64(judges.count))] })
    }
    let mean = draws.reduce(0, +) / Double(draws.count)
    return (draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws.count - 1)).squareRoot()
  }

  private static func rate(_ rows: [[Substring]], _ keep: (Substring) -> Bool) -> Double {
    let own = rows.filter { keep($0[0]) }
    return Double(own.count { $0[3] == "1" }) / Double(own.count)
  }

  private static func gap(_ evaluation: Evaluation, _ comparison: Gap.Comparison) throws -> Gap {
    try #require(
      evaluation.gaps.first {
        $0.metric == "demographic_parity" && $0.comparison == comparison && $0.kind == .difference
          && ($0.group.map { evaluation.slices.predicate[$0] } == "g=b" || comparison == .betweenGroups)
      })
  }

  /// A strict judge is strict with all groups, so that groups differ less than two sets of judges would.
  @Test func gapsVaryAsJudgesDrawnAnewDo() throws {
    let lines = Self.lines(150)
    let found = try Self.evaluate(lines)
    let cases: [(Gap.Comparison, ([[Substring]]) -> Double)] = [
      (.toReference, { Self.rate($0) { $0 == "b" } - Self.rate($0) { $0 == "a" } }),
      (.toOverall, { Self.rate($0) { $0 == "b" } - Self.rate($0) { _ in true } }),
      (.toComplement, { Self.rate($0) { $0 == "b" } - Self.rate($0) { $0 != "b" } }),
    ]
    for (comparison, value) in cases {
      let gap = try Self.gap(found, comparison)
      let (lower, upper) = (gap.estimate.lower ?? .nan, gap.estimate.upper ?? .nan)
      let error = (upper - lower) / (2 * 1.959963984540054)
      let drawn = Self.bootstrap(lines, value)
      #expect(abs(error / drawn - 1) < 0.12, "\(comparison): \(error) \(drawn)")
      let z = (gap.estimate.value ?? .nan) / drawn
      #expect(abs((gap.pValue ?? .nan) - erfc(abs(z) / 2.0.squareRoot())) < 0.06)
    }
    #expect(found.unitCorrelations.correlation("selection_rate", 1, 2) > 0.3)
  }

  /// Measures and stored gaps tell the same.
  @Test func measuresAreTheStoredGaps() throws {
    let found = try Self.evaluate(Self.lines(150))
    let gap = try Self.gap(found, .toReference)
    let measure = try found.result(
      "difference_to_reference", family: "g", group: "g=b", metric: "selection_rate")
    #expect(measure.estimate.lower == gap.estimate.lower && measure.estimate.upper == gap.estimate.upper)
    let range = try Self.gap(found, .betweenGroups)
    let largest = try found.result("difference_between_groups", family: "g", metric: "selection_rate")
    #expect(largest.estimate.lower == range.estimate.lower && largest.estimate.upper == range.estimate.upper)
    #expect(largest.pValue == range.pValue)
  }

  /// Where no judge sees two groups, nothing is stored and groups are independent.
  @Test func unitsOfOneGroupAreIndependent() throws {
    let lines = Self.lines(60).map { line in
      let parts = line.split(separator: ",")
      return parts[0] == "g" ? line : "\(parts[0]),\(parts[1])\(parts[0]),\(parts[2]),\(parts[3])"
    }
    let found = try Self.evaluate(lines)
    #expect(found.roles.units != nil && found.unitCorrelations.isEmpty)
    #expect(found.slices.covarianceWithOverall["selection_rate"] == nil)
    let gap = try Self.gap(found, .toReference)
    #expect(gap.interval == "Newcombe hybrid score")
  }
}
