import Foundation
import TestSupport
import Testing

@testable import Metrics

/// A model of contraceptive choice (UCI, three classes): every number that scikit-learn 1.9.1 and Fairlearn 0.15.0
/// gave for all rows, the groups and the gaps.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct ContraceptiveTests {
  private let columns: [String: [String]]
  private let oracle: [String: Any]
  private let names: [String]
  private let plain: [any RowMetric]
  /// Scores that add up to 1 in every row.
  private let normalised: [any RowMetric]
  private let observations: ClassObservations

  init() throws {
    let text = try String(
      contentsOfFile: SharedData.path("data/contraceptive/predictions.csv"), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map { $0.components(separatedBy: ",") }
    var columns: [String: [String]] = [:]
    for (index, name) in lines[0].enumerated() { columns[name] = lines.dropFirst().map { $0[index] } }
    self.columns = columns
    oracle = try #require(try SharedData.json("data/oracles/contraceptive_xgb.json") as? [String: Any])
    let names = try #require(oracle["classes"] as? [String])
    self.names = names
    let labels = try Self.codes(columns["label"], names)
    let decisions = try Self.codes(columns["pred"], names)
    let scores = try names.map { try #require(columns["prob_\($0)"]).compactMap(Double.init) }
    func make(_ scores: [[Double]]) -> ClassObservations {
      ClassObservations(names: names, labels: labels, decisions: decisions, scores: scores, weights: nil)
    }
    observations = make(scores)
    plain = ClassMetrics.all(observations, topK: [2])
    let sums = labels.indices.map { row in scores.reduce(0) { $0 + $1[row] } }
    normalised = ClassMetrics.all(make(scores.map { zip($0, sums).map { $0 / $1 } }), topK: [])
  }

  private static func codes(_ column: [String]?, _ names: [String]) throws -> [UInt16] {
    try #require(column).map { value in UInt16(try #require(names.firstIndex(of: value))) }
  }

  private func rows(_ feature: String, _ group: String) throws -> [UInt32] {
    try #require(columns[feature]).enumerated().filter { $0.element == group }.map { UInt32($0.offset) }
  }

  private static let ids = [
    "cohen_kappa": "kappa", "log_loss_raw_clip": "log_loss", "top2_accuracy": "top_2_accuracy",
  ]

  private func check(_ expected: [String: Any], _ rows: [UInt32]) throws -> Int {
    let found = MeasuredMetrics(plain, rows: rows)
    var checked = 0
    for (field, value) in expected {
      switch field {
      case "n": #expect(found["count"] == VectorTests.Case.number(value))
      case "per_class": checked += try perClass(try #require(value as? [String: [String: Any]]), found)
      case "confusion_rows_true_cols_pred":
        let cells = try #require(value as? [[NSNumber]]).joined().map(\.intValue)
        #expect(ClassMatrix(observations, rows: rows).rows == Array(cells))
      case "log_loss_renormalised":
        let loss = MeasuredMetrics(normalised, rows: rows)["log_loss"]
        #expect(isClose(loss, try #require(VectorTests.Case.number(value)), within: 1e-9))
      default:
        let number = try #require(VectorTests.Case.number(value), "\(field)")
        let id = Self.ids[field] ?? field
        #expect(isClose(found[id], number, within: 1e-9), "\(field): \(found[id]) for \(number)")
      }
      checked += 1
    }
    return checked
  }

  private func perClass(_ expected: [String: [String: Any]], _ found: MeasuredMetrics) throws -> Int {
    let ids = ["fpr": "false_positive_rate", "roc_auc_ovr": "roc_auc", "brier_ovr": "brier_score"]
    var checked = 0
    for (name, fields) in expected {
      for (field, value) in fields {
        let number = try #require(VectorTests.Case.number(value), "\(field)")
        if field == "support" {
          #expect(found.byID["recall[\(name)]"]?.denominator == Int(number))
        } else {
          let id = "\(ids[field] ?? field)[\(name)]"
          #expect(isClose(found[id], number, within: 1e-9), "\(id): \(found[id]) for \(number)")
        }
        checked += 1
      }
    }
    return checked
  }

  @Test func valuesOfAllRowsAndGroups() throws {
    let overall = try #require(oracle["overall"] as? [String: Any])
    var checked = try check(overall, ClassSample.all(observations.labels.count))
    for (feature, groups) in try #require(oracle["groups"] as? [String: [String: [String: Any]]]) {
      for (group, expected) in groups { checked += try check(expected, try rows(feature, group)) }
    }
    #expect(checked == 6 * (20 + 3 * 9))
  }

  @Test func gapsByClass() throws {
    let gaps = try #require(oracle["class_gaps"] as? [String: [String: [String: NSNumber]]])
    var checked = 0
    for (feature, classes) in gaps {
      let groups = try Set(try #require(columns[feature])).sorted().map {
        MeasuredMetrics(plain, rows: try rows(feature, $0))
      }
      func spread(_ id: String) -> Double {
        let values = groups.map { $0[id] }
        return (values.max() ?? .nan) - (values.min() ?? .nan)
      }
      for (name, fields) in classes {
        let recall = spread("recall[\(name)]")
        let found = [
          "demographic_parity_difference": spread("selection_rate[\(name)]"),
          "equal_opportunity_difference": recall,
          "equalized_odds_difference": max(recall, spread("false_positive_rate[\(name)]")),
        ]
        for (field, value) in fields {
          #expect(
            isClose(found[field] ?? .nan, value.doubleValue, within: 1e-9), "\(feature) \(name) \(field)")
          checked += 1
        }
      }
    }
    #expect(checked == 18)
  }
}
