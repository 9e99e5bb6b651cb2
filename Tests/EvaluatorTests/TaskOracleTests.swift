import Foundation
import Results
import TestSupport
import Testing

@testable import Evaluator

/// The stored results of the sets that are not binary, from a file to an evaluation.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct TaskOracleTests {
  // MARK: several classes: scikit-learn 1.9.1

  private static let classIDs = [
    "n": "count", "cohen_kappa": "kappa", "log_loss_raw_clip": "log_loss", "top2_accuracy": "top_2_accuracy",
    "fpr": "false_positive_rate", "roc_auc_ovr": "roc_auc", "brier_ovr": "brier_score",
  ]

  @Test func severalClasses() throws {
    let stored = try StoredResults(
      "contraceptive_xgb", data: "contraceptive/predictions.csv", slices: ["religion", "age_group"]
    ) {
      ($0.label, $0.decision, $0.task.scorePrefix, $0.task.cutoffs) = ("label", "pred", "prob_", [2])
    }
    #expect(stored.evaluation.roles.classes == stored.document["classes"] as? [String])
    var checked = try Self.checkClasses(stored, try #require(stored.document["overall"] as? [String: Any]), 0)
    let groups = try #require(stored.document["groups"] as? [String: [String: [String: Any]]])
    for (feature, members) in groups {
      for (group, fields) in members {
        checked += try Self.checkClasses(stored, fields, try stored.slice(feature, group))
      }
    }
    #expect(checked == 6 * (17 + 3 * 9))
    let cells = try #require(
      (stored.document["overall"] as? [String: Any])?["confusion_rows_true_cols_pred"] as? [[Int]])
    #expect(
      Array(try #require(stored.evaluation.details?.confusion.prefix(9)))
        == cells.flatMap { $0.map(Double.init) })
  }

  private static func checkClasses(
    _ stored: StoredResults, _ fields: [String: Any], _ slice: Int, class name: String? = nil
  ) throws -> Int {
    var checked = 0
    for (field, value) in fields {
      if let classes = value as? [String: [String: Any]] {
        for (name, fields) in classes { checked += try checkClasses(stored, fields, slice, class: name) }
        continue
      }
      // Of scores that are made to add up to 1; a run takes them as they are.
      if field == "log_loss_renormalised" || field == "confusion_rows_true_cols_pred" { continue }
      let expected = try #require(StoredResults.number(value), "\(field)")
      let suffix = name.map { "[\($0)]" } ?? ""
      if field == "support" {
        #expect(stored.evaluation.estimate("recall" + suffix, slice: slice)?.denominator == Int(expected))
      } else {
        let id = (classIDs[field] ?? field) + suffix
        let found = try #require(stored.evaluation.estimate(id, slice: slice), "\(id)").value ?? .nan
        #expect(isClose(found, expected, within: 1e-9), "\(slice) \(id): \(found), not \(expected)")
      }
      checked += 1
    }
    return checked
  }

  // MARK: numbers: scikit-learn 1.9.1 by way of Fairlearn 0.15

  private static let numberIDs = [
    "mse": "mean_squared_error", "rmse": "root_mean_squared_error", "mae": "mean_absolute_error",
    "median_ae": "median_absolute_error", "r2": "r2", "explained_variance": "explained_variance",
    "mean_error": "mean_error", "mean_label": "mean_label", "mean_prediction": "mean_prediction",
    "max_error": "max_error", "count": "count",
  ]

  @Test(arguments: [
    ("wage_lgbm", "wage/predictions.csv"), ("wage_xgb", "wage/predictions_baseline.csv"),
    ("law_lgbm", "law_school/predictions.csv"), ("law_xgb", "law_school/predictions_baseline.csv"),
  ])
  func numbers(_ oracle: String, _ data: String) throws {
    let families = try #require(
      (try SharedData.json("data/oracles/\(oracle).json") as? [String: Any])?["groups"]
        as? [String: [String: Any]])
    let slices = families.keys.sorted().map { $0.replacing("|", with: "*") }
    let stored = try StoredResults(oracle, data: data, slices: slices) {
      ($0.label, $0.score, $0.task.kind) = ("label", "score", .regression)
    }
    var checked = try Self.checkNumbers(stored, stored.document["overall"], 0)
    for (family, fields) in families {
      for (group, values) in try #require(fields["by_group"] as? [String: Any]) {
        checked += try Self.checkNumbers(stored, values, try stored.slice(family, group))
      }
    }
    #expect(checked > 11 * 9)
  }

  private static func checkNumbers(_ stored: StoredResults, _ fields: Any?, _ slice: Int) throws -> Int {
    let fields = try #require(fields as? [String: Any])
    let rows = stored.evaluation.slices.rows[slice]
    for (field, value) in fields {
      let id = try #require(numberIDs[field], "\(field)")
      let found = try #require(stored.evaluation.estimate(id, slice: slice)).value
      // scikit-learn forces 1 onto the explained share of a single row; Fairlearn counts an empty cross as NaN.
      if rows == 0 || rows == 1 && (id == "r2" || id == "explained_variance") {
        #expect(found == nil || id == "count")
        continue
      }
      let expected = try #require(StoredResults.number(value), "\(field)")
      #expect(
        isClose(found ?? .nan, expected, within: 1e-9), "\(slice) \(id): \(found ?? .nan), not \(expected)")
    }
    return fields.count
  }

  // MARK: rankings: scikit-learn 1.9.1 and plain NumPy

  @Test(arguments: [("oulad_ranking", "oulad_ranking"), ("lightgbm_rank_ranking", "lightgbm_rank")])
  func rankings(_ oracle: String, _ folder: String) throws {
    let stored = try StoredResults(
      oracle, data: "\(folder)/predictions.csv", slices: ["query_id:values"]
    ) {
      ($0.label, $0.score, $0.task.query, $0.task.relevantAt) = ("relevance", "score", "query_id", 2)
      $0.task.cutoffs = [5, 10, 20]
    }
    let score = try #require(stored.document["score"] as? [String: Any])
    let queries = try #require(score["per_query"] as? [String: [String: Any]])
    var checked = 0
    for (query, fields) in queries {
      checked += try Self.checkLists(stored, fields, try stored.slice("query_id", query))
    }
    #expect(checked > 6 * queries.count)
    // Over queries, where every one has the field.
    let means = try #require(score["mean_over_queries"] as? [String: Any])
    let counted = try #require(score["queries_counted"] as? [String: Int])
    let isUntied = queries.values.allSatisfy { Self.isUntied($0) }
    let whole = means.filter { counted[$0.key] == queries.count && $0.key != "reciprocal_rank" }
    #expect(try Self.checkLists(stored, whole, 0, isUntied: isUntied) >= 3)
  }

  private static func isUntied(_ fields: [String: Any]) -> Bool {
    fields["n"] as? Int == fields["n_unique_scores"] as? Int
  }

  /// Ties count as the mean over their orders, which scikit-learn's NDCG does; other fields took the order of the file.
  private static func checkLists(
    _ stored: StoredResults, _ fields: [String: Any], _ slice: Int, isUntied: Bool? = nil
  ) throws -> Int {
    let isUntied = isUntied ?? Self.isUntied(fields)
    var checked = 0
    for (field, value) in fields {
      guard let id = rankingID(field, isUntied: isUntied), let expected = StoredResults.number(value) else {
        continue
      }
      let found = try #require(stored.evaluation.estimate(id, slice: slice), "\(id)").value
      if found == nil {
        // Without relevant rows, or gain, there they are 0 and here undefined.
        #expect(expected == 0, "\(slice) \(id)")
      } else {
        #expect(
          isClose(found ?? .nan, expected, within: 1e-9), "\(slice) \(id): \(found ?? .nan), not \(expected)")
      }
      checked += 1
    }
    return checked
  }

  private static func rankingID(_ field: String, isUntied: Bool) -> String? {
    if field == "average_precision_file_order" || field == "average_precision_sklearn" {
      return isUntied ? "map" : nil
    }
    if field == "reciprocal_rank" { return isUntied ? "mrr" : nil }
    for suffix in ["_ties_averaged_sklearn", "_file_order"] where field.hasSuffix(suffix) {
      guard isUntied || suffix == "_ties_averaged_sklearn" else { return nil }
      let id = field.dropLast(suffix.count).replacing("ndcg_exp", with: "ndcg")
      return id.hasPrefix("precision@all") ? nil : String(id.replacing("@all", with: ""))
    }
    return nil
  }
}
