import Foundation
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Every metric of every slice that scikit-learn and Fairlearn computed on the same real rows.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct OracleTests {
  struct DataSet: Sendable, CustomStringConvertible {
    var oracle: String
    var data: String
    var score: String?
    var decision: String?
    var label = "label"
    var families: [String: String]
    var weight: String?
    /// A rank and no probability, positive from here on.
    var rankThreshold: Double?

    var description: String { oracle }
  }

  static let adultFamilies = [
    "sex": "sex", "race": "race", "sex|race": "sex*race", "education": "education",
    "age_bin": "age:edges=0,25,35,45,55,65,200", "native_country": "native_country",
    "sex|race|age_bin": "sex*race*age:edges=0,25,35,45,55,65,200",
  ]
  static let compasFamilies = ["sex": "sex", "race": "race", "sex|race": "sex*race", "age_cat": "age_cat"]
  static let germanFamilies = [
    "sex": "sex", "age_group": "age_group", "sex|age_group": "sex*age_group",
    "foreign_worker": "foreign_worker",
  ]

  static let sets: [DataSet] =
    [("adult_xgb", "xgb"), ("adult_lgbm", "lgbm"), ("adult_lr_baseline", "lr")].map {
      DataSet(
        oracle: $0.0, data: "adult/predictions_all_models.csv", score: "score_\($0.1)",
        families: adultFamilies, weight: "fnlwgt")
    }
    + [("compas_xgb", "xgb"), ("compas_lr_baseline", "lr")].map {
      DataSet(
        oracle: $0.0, data: "compas/predictions_all_models.csv", score: "score_\($0.1)",
        families: compasFamilies)
    }
    + [("german_xgb", "xgb"), ("german_lgbm", "lgbm"), ("german_lr_baseline", "lr")].map {
      DataSet(
        oracle: $0.0, data: "german_credit/predictions_all_models.csv", score: "score_\($0.1)",
        families: germanFamilies)
    }
    + [
      DataSet(
        oracle: "aequitas_compas", data: "compas/compas_for_aequitas.csv", decision: "score",
        label: "label_value",
        families: ["sex": "sex", "race": "race", "race|sex": "race*sex", "age_cat": "age_cat"]),
      DataSet(
        oracle: "compas_published_decile", data: "compas/compas_filtered.csv", score: "decile_score",
        label: "two_year_recid", families: compasFamilies, rankThreshold: 5),
    ]

  /// The oracle's name of each of our metrics.
  static let names = [
    "tp": "true_positives", "fp": "false_positives", "fn": "false_negatives", "tn": "true_negatives",
    "prevalence": "prevalence", "selection_rate": "selection_rate", "accuracy": "accuracy",
    "balanced_accuracy": "balanced_accuracy", "true_positive_rate": "true_positive_rate",
    "false_positive_rate": "false_positive_rate", "false_negative_rate": "false_negative_rate",
    "true_negative_rate": "true_negative_rate", "precision": "precision",
    "npv": "negative_predictive_value", "f1": "f1", "mcc": "mcc", "roc_auc": "roc_auc",
    "average_precision": "average_precision", "log_loss": "log_loss", "brier": "brier_score",
    "mean_score": "mean_score",
  ]

  static func evaluate(_ set: DataSet, isWeighted: Bool) throws -> Evaluation {
    var configuration = Configuration()
    configuration.data = SharedData.path("data/" + set.data)
    configuration.label = set.label
    configuration.score = set.score
    configuration.decision = set.decision
    configuration.weight = isWeighted ? set.weight : nil
    configuration.bootstrapReplicates = 100
    if let threshold = set.rankThreshold {
      configuration.scoreKind = .ranking
      configuration.threshold = .value(threshold)
    }
    configuration.slices = try set.families.keys.sorted().map {
      try SliceSpec(parsing: set.families[$0] ?? "")
    }
    return try EvaluationRun.evaluate(configuration)
  }

  @Test(arguments: sets)
  func unweighted(_ set: DataSet) throws { try compare(set, section: "unweighted", isWeighted: false) }

  @Test(arguments: sets.filter { $0.weight != nil })
  func weighted(_ set: DataSet) throws { try compare(set, section: "weighted", isWeighted: true) }

  private func compare(_ set: DataSet, section: String, isWeighted: Bool) throws {
    let evaluation = try Self.evaluate(set, isWeighted: isWeighted)
    let document = try #require(
      try SharedData.json("data/oracles/\(set.oracle).json") as? [String: Any])
    let families = try #require(document[section] as? [String: [String: Any]])
    var checked = 0
    for (key, family) in families {
      let ours = try #require(evaluation.families.first { $0.name == Self.familyName(key) })
      let groups = try #require(family["by_group"] as? [String: [String: Any]])
      for (group, values) in groups {
        let slice = try #require(Self.slice(group, key, ours, evaluation), "\(key) \(group)")
        checked += Self.compare(values, evaluation, slice, "\(key) \(group)")
      }
      checked += Self.compare(
        try #require(family["overall"] as? [String: Any]), evaluation, 0, "overall")
    }
    #expect(checked > 100)
  }

  private static func familyName(_ key: String) -> String {
    key.replacing("age_bin", with: "age").replacing("|", with: "*")
  }

  /// The slice of a group that the oracle writes as `Female|Black|25-34`.
  private static func slice(
    _ group: String, _ key: String, _ family: SliceFamily, _ evaluation: Evaluation
  ) -> Int? {
    let bins = [
      "<25": "[0, 25)", "25-34": "[25, 35)", "35-44": "[35, 45)", "45-54": "[45, 55)",
      "55-64": "[55, 65)", "65+": "[65, 200)",
    ]
    let label = group.split(separator: "|").map { part in
      key.contains("age_bin") ? bins[String(part)] ?? String(part) : String(part)
    }.joined(separator: " & ")
    return family.slices.first { evaluation.slices.label[$0] == label }
  }

  private static func compare(
    _ values: [String: Any], _ evaluation: Evaluation, _ slice: Int, _ place: String
  ) -> Int {
    let rows = evaluation.slices.rows[slice]
    var checked = 0
    for (theirs, id) in names {
      guard let raw = values[theirs], let estimate = evaluation.estimate(id, slice: slice) else { continue }
      let expected = (raw as? NSNumber)?.doubleValue ?? .nan
      if estimate.value == nil || rows == 0 {
        // Where a denominator is empty, Fairlearn says 0 and scikit-learn 0 or nothing; its balanced
        // accuracy then is the recall of the class that there is.
        #expect(expected.isNaN || expected == 0 || id == "balanced_accuracy", "\(place) \(id)")
      } else if !expected.isNaN {
        #expect(abs((estimate.value ?? .nan) - expected) <= 1e-9 * abs(expected), "\(place) \(id)")
      }
      checked += 1
    }
    return checked
  }

  /// Fairlearn's gaps, where no group had to be left out (it counts an empty denominator as 0).
  @Test(arguments: sets)
  func gaps(_ set: DataSet) throws {
    for isWeighted in set.weight == nil ? [false] : [false, true] {
      let evaluation = try Self.evaluate(set, isWeighted: isWeighted)
      let document = try #require(
        try SharedData.json("data/oracles/\(set.oracle).json") as? [String: Any])
      let section = isWeighted ? "fairness_weighted" : "fairness"
      let families = try #require(document[section] as? [String: [String: Any]])
      var checked = 0
      for (key, values) in families {
        let name = Self.familyName(key)
        let family = try #require(evaluation.families.firstIndex { $0.name == name })
        for id in ["demographic_parity", "equal_opportunity", "equalized_odds"] {
          for kind in [Gap.Kind.difference, .ratio] {
            let gaps = evaluation.gaps.filter {
              $0.family == family && $0.metric == id && $0.kind == kind
            }
            let between = try #require(gaps.first { $0.comparison == .betweenGroups })
            guard between.excluded.isEmpty, let value = between.estimate.value else { continue }
            let expected = (values["\(id)_\(kind.rawValue)"] as? NSNumber)?.doubleValue ?? .nan
            #expect(isClose(value, expected, within: 1e-9), "\(name) \(id) \(kind)")
            let all = gaps.filter { $0.comparison == .toOverall }.compactMap(\.estimate.value)
            let worst =
              kind == .difference ? all.map(abs).max() : all.map { min($0, 1 / $0) }.min()
            let whole = (values["\(id)_\(kind.rawValue)_to_overall"] as? NSNumber)?.doubleValue ?? .nan
            #expect(isClose(worst ?? .nan, whole, within: 1e-9), "\(name) \(id) \(kind) to overall")
            checked += 1
          }
        }
      }
      #expect(checked > 0)
    }
  }
}
