import Fairness
import Foundation
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// ../shared/data/oracles/aif360_*.json (aif360 0.6.1 on the shared predictions), through a whole run.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct AIF360RunTests {
  struct Case: Sendable, CustomStringConvertible {
    var oracle: String
    /// Members of the document that lead to the run's numbers.
    var path: [String]
    var data: String
    var score: String
    var family: String
    var privileged: String
    /// The other group, where there are two.
    var unprivileged: String?
    var isFavourableZero = true
    var weight: String?

    var description: String { "\(oracle) \(path.joined(separator: " "))" }
  }

  static let cases: [Case] =
    ["score_xgb", "score_lr"].flatMap { model in
      ["sex (privileged Male)", "race (privileged White)", "sex weighted fnlwgt"].map { run in
        let isSex = run.hasPrefix("sex")
        return Case(
          oracle: "aif360_adult", path: ["models", model, run], data: "adult", score: model,
          family: isSex ? "sex" : "race", privileged: isSex ? "Male" : "White",
          unprivileged: isSex ? "Female" : nil, isFavourableZero: false,
          weight: run.contains("weighted") ? "fnlwgt" : nil)
      }
    } + [
      Case(
        oracle: "aif360_compas", path: ["race"], data: "compas", score: "score_xgb", family: "race",
        privileged: "Caucasian"),
      Case(
        oracle: "aif360_compas", path: ["sex"], data: "compas", score: "score_xgb", family: "sex",
        privileged: "Female", unprivileged: "Male"),
      Case(
        oracle: "aif360_german", path: ["sex"], data: "german_credit", score: "score_lgbm", family: "sex",
        privileged: "male", unprivileged: "female"),
      Case(
        oracle: "aif360_german", path: ["age"], data: "german_credit", score: "score_lgbm",
        family: "age_group", privileged: ">25", unprivileged: "<=25"),
    ]

  /// What the oracle has that is a metric and no measure.
  private static let metrics: Set<String> = [
    "accuracy", "selection_rate", "base_rate", "positive_predictive_value", "negative_predictive_value",
  ]

  @Test(arguments: cases) func `Every number of the oracle`(_ each: Case) throws {
    var found = try #require(try SharedData.json("data/oracles/\(each.oracle).json") as? [String: Any])
    for key in each.path {
      found = try #require(found[key] as? [String: Any], "\(key)")
    }
    let evaluation = try Self.evaluate(each)
    let whole: Set<String> = ["theil_index", "coefficient_of_variation"]
    let ofFamily: Set<String> = ["between_group_theil_index", "differential_fairness_bias_amplification"]
    var compared = 0
    for (key, value) in found {
      guard let expected = (value as? NSNumber)?.doubleValue, !Self.metrics.contains(key) else { continue }
      let isWhole = whole.contains(key)
      let group =
        isWhole || ofFamily.contains(key)
        ? nil : each.unprivileged.map { "\(each.family)=\(SliceName.escape($0))" }
      let result = try evaluation.result(
        key, tool: "aif360", family: isWhole ? nil : each.family, group: group)
      #expect(isClose(result.estimate.value ?? .nan, expected, within: 1e-9), "\(key)")
      compared += 1
    }
    #expect(compared >= 18)
  }

  private static func evaluate(_ each: Case) throws -> Evaluation {
    var configuration = try MeasureRuns.configuration(
      SharedData.path("data/\(each.data)/predictions_all_models.csv"), score: each.score,
      slices: [each.family], measures: ["aif360"])
    configuration.compatibility = .aif360
    configuration.references = [each.family: each.privileged]
    configuration.weight = each.weight
    if each.isFavourableZero {
      configuration.measures.favourable = .negative
    }
    return try EvaluationRun.evaluate(configuration)
  }
}
