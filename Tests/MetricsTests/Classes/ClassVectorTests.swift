import Foundation
import TestSupport
import Testing

@testable import Metrics

/// scikit-learn 1.9.1's results on small samples: every field of the multi-class cases.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct ClassVectorTests {
  private static func observations(_ one: VectorTests.Case, isWeighted: Bool) -> ClassObservations? {
    guard let y = one.numbers("y_true"), let p = one.numbers("y_pred") else { return nil }
    let count = Int((y + p).max() ?? 0) + 1
    return ClassObservations(
      names: (0..<count).map { "\($0)" }, labels: y.map { UInt16($0) }, decisions: p.map { UInt16($0) },
      scores: [], weights: isWeighted ? one.numbers("w") : nil)
  }

  private static func measured(_ observations: ClassObservations, _ rule: ZeroDivision) -> MeasuredMetrics {
    MeasuredMetrics(
      ClassMetrics.all(observations, topK: [], zeroDivision: rule),
      rows: ClassSample.all(observations.labels.count))
  }

  private static let names = [
    "accuracy": "accuracy", "mcc": "mcc", "kappa": "kappa", "kappa_linear": "kappa_linear",
    "kappa_quadratic": "kappa_quadratic", "balanced_accuracy": "balanced_accuracy",
    "jaccard_macro": "jaccard_macro", "fbeta2_macro": "f2_macro", "hamming": "hamming_loss",
  ]

  private static let rules: [(String, ZeroDivision)] = [
    ("_zd0.0", .zero), ("_zd1.0", .one), ("_zdnan", .undefined),
  ]

  @Test func decisions() throws {
    var checked = 0
    for one in try VectorTests.cases("classification") where one.fields["y_true"] != nil {
      for (key, value) in one.fields where !["name", "y_true", "y_pred", "w"].contains(key) {
        try check(one, key, value)
        checked += 1
      }
    }
    #expect(checked == 228)
  }

  private func check(_ one: VectorTests.Case, _ key: String, _ value: Any) throws {
    let suffix = "_weighted_rows"
    let isWeighted = key.hasSuffix(suffix)
    let field = isWeighted ? String(key.dropLast(suffix.count)) : key
    let observations = try #require(Self.observations(one, isWeighted: isWeighted))
    if field == "confusion" {
      let matrix = ClassMatrix(observations, rows: ClassSample.all(observations.labels.count))
      let cells = try #require(value as? [[NSNumber]]).joined().map(\.doubleValue)
      #expect(zip(matrix.weight, cells).allSatisfy { isClose($0, $1) } && matrix.weight.count == cells.count)
    } else if field == "f1_per_class_zd0" {
      let metrics = Self.measured(observations, .zero)
      for (index, f1) in try #require(value as? [NSNumber]).enumerated() {
        #expect(isClose(metrics["f1[\(index)]"], f1.doubleValue), "\(one.name)")
      }
    } else {
      let expected = try #require(VectorTests.Case.number(value), "\(key)")
      let rule = Self.rules.first { field.hasSuffix($0.0) }
      let id = try #require(rule.map { String(field.dropLast($0.0.count)) } ?? Self.names[field], "\(key)")
      let isDefined = Self.measured(observations, rule?.1 ?? .zero)
      #expect(isClose(isDefined[id], expected), "\(one.name) \(key): \(isDefined[id]) for \(expected)")
    }
  }

  @Test func probabilities() throws {
    let one = try #require(try VectorTests.cases("classification").first { $0.name == "multiclass_prob" })
    let rows = try #require(one.fields["P"] as? [[NSNumber]])
    let scores = (0..<4).map { index in rows.map { $0[index].doubleValue } }
    let observations = ClassObservations(
      names: ["0", "1", "2", "3"], labels: try #require(one.numbers("y")).map { UInt16($0) },
      decisions: ClassObservations.decisions(of: scores), scores: scores, weights: nil)
    let found = MeasuredMetrics(
      ClassMetrics.all(observations, topK: [2, 9]), rows: ClassSample.all(rows.count))
    for (field, id) in [
      ("log_loss", "log_loss"), ("auc_ovr_macro", "roc_auc_ovr_macro"),
      ("auc_ovr_weighted", "roc_auc_ovr_weighted"), ("auc_ovo_macro", "roc_auc_ovo_macro"),
      ("top2_accuracy", "top_2_accuracy"), ("brier_multiclass_sum", "brier_score"),
    ] {
      let expected = try #require(one.number(field))
      #expect(isClose(found[id], expected), "\(field): \(found[id]) for \(expected)")
    }
    #expect(found.byID["top_9_accuracy"] == nil)
  }

  /// What has no value says why, in an average only the others count.
  @Test func undefinedIsNotZero() throws {
    let one = try #require(try VectorTests.cases("classification").first { $0.name == "constant_pred" })
    let found = Self.measured(try #require(Self.observations(one, isWeighted: false)), .undefined)
    #expect(found.byID["mcc"]?.value == nil)
    #expect(found.byID["mcc"]?.reason == "only one class is predicted")
    #expect(found.byID["precision[0]"]?.reason == "the class is never predicted")
    #expect(found["precision_macro"] == 0.6)
    #expect(found.byID["negative_predictive_value[1]"]?.reason == "the class is always predicted")
  }
}
