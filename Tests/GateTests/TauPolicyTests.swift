import Evaluator
import Results
import Slicing
import TestSupport
import Testing

@testable import Gate

/// Aequitas' determination of fairness with τ = 0.8 on ProPublica's COMPAS decisions as a policy: every group's
/// parity, for ten measures and three attributes (CONFORMANCE A2 and conf5.py: aequitas 1.1.0; reference
/// Caucasian, Male, 25 - 45).
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct TauPolicyTests {
  /// Statistical, Impact, FDR, FPR, FOR, FNR, TPR, TNR, NPV, Precision.
  static let measures = [
    "predicted_positives", "selection_rate", "fdr", "fpr", "for", "fnr", "tpr", "tnr", "npv", "precision",
  ]

  static let table = """
    race|African-American|FFTFTFFFTT
    race|Asian|FFFFFFFTTF
    race|Hispanic|FTTTTTTTTT
    race|Native American|FFFFFFFTTF
    race|Other|FFTFTFFTTT
    sex|Female|FTFTFTTTTT
    age_cat|Greater than 45|FFTFFFFTTT
    age_cat|Less than 25|FFTFFFTFTT
    """

  static let references = ["race": "Caucasian", "sex": "Male", "age_cat": "25 - 45"]

  private var policy: String {
    let checks = Self.references.sorted { $0.key < $1.key }.flatMap { feature, reference in
      Self.measures.map {
        "{ id: '\(feature) \($0)', preset: 'aequitas', tau: 0.8, gap: '\($0)', slices: '\(feature)', reference: '\(reference)' }"
      }
    }
    return "{ checks: [\(checks.joined(separator: ",\n"))] }"
  }

  private func judged() throws -> Judgement {
    var configuration = Configuration()
    configuration.data = SharedData.path("data/compas/compas_for_aequitas.csv")
    configuration.label = "label_value"
    configuration.decision = "score"
    configuration.slices = try ["race", "sex", "age_cat"].map { try .init(parsing: $0) }
    return try GateFixture.judge(try EvaluationRun.evaluate(configuration), policy)
  }

  @Test func everyGroupsParity() throws {
    let judgement = try judged()
    for row in Self.table.split(separator: "\n").map({ $0.split(separator: "|") }) {
      for (measure, parity) in zip(Self.measures, row[2]) {
        let check = try #require(judgement.checks.first { $0.id == "\(row[0]) \(measure)" })
        let item = try #require(check.items.first { $0.slice == "\(row[0])=\(row[1])" })
        #expect(
          item.verdict == (parity == "T" ? .pass : .fail), "\(measure) of \(row[1]): \(item.value ?? -1)")
      }
    }
  }

  /// An attribute is fair by a measure where all its groups are (cells 75 and 77 of the published notebook).
  @Test func everyAttributesParity() throws {
    let judgement = try judged()
    let fair = ["age_cat": "FFTFFFFFTT", "race": "FFFFFFFFTF", "sex": "FTFTFTTTTT"]
    for (feature, row) in fair {
      for (measure, parity) in zip(Self.measures, row) {
        let check = try #require(judgement.checks.first { $0.id == "\(feature) \(measure)" })
        #expect(check.verdict == (parity == "T" ? .pass : .fail), "\(feature) \(measure)")
      }
    }
    #expect(judgement.exitCode == 1)
  }

  @Test func theDisparitiesThemselves() throws {
    let judgement = try judged()
    func value(_ id: String, _ slice: String) -> Double {
      judgement.checks.first { $0.id == id }?.items.first { $0.slice == slice }?.value ?? -1
    }
    #expect(isClose(value("race fpr", "race=African-American"), 1.912093, within: 5e-7))
    #expect(isClose(value("race predicted_positives", "race=Asian"), 0.009368, within: 5e-7))
    #expect(isClose(value("age_cat for", "age_cat=Less than 25"), 1.313873, within: 5e-7))
    #expect(isClose(value("sex precision", "sex=Female"), 0.806925, within: 5e-7))
  }
}
