import Foundation
import Results
import TableIngest
import Tables
import TestSupport
import Testing

@testable import Models

/// A stored model and the scores that its own library gave.
struct StoredModel: Sendable, CustomTestStringConvertible {
  var folder: String
  var file: String
  var predictions = "predictions_all_models.csv"
  var scores: [String]
  /// Largest difference allowed: of float32 or of double rounding.
  var tolerance: Double
  var testDescription: String { "\(folder)/\(file)" }

  static let all: [StoredModel] =
    ["adult", "compas", "german_credit"].flatMap { folder in
      [
        StoredModel(folder: folder, file: "xgb.json", scores: ["score_xgb"], tolerance: 1e-6),
        StoredModel(folder: folder, file: "xgb.ubj", scores: ["score_xgb"], tolerance: 1e-6),
        StoredModel(folder: folder, file: "lgbm.txt", scores: ["score_lgbm"], tolerance: 1e-12),
      ]
    } + others

  private static let classes = ["prob_long_term", "prob_no_use", "prob_short_term"]

  private static let others = [
    StoredModel(
      folder: "contraceptive", file: "xgb.json", predictions: "predictions.csv", scores: classes,
      tolerance: 1e-6),
    StoredModel(
      folder: "contraceptive", file: "xgb.ubj", predictions: "predictions.csv", scores: classes,
      tolerance: 1e-6),
    StoredModel(
      folder: "law_school", file: "xgb.json", predictions: "predictions_baseline.csv", scores: ["score"],
      tolerance: 1e-6),
    StoredModel(
      folder: "law_school", file: "lgbm.txt", predictions: "predictions.csv", scores: ["score"],
      tolerance: 1e-12),
    StoredModel(
      folder: "wage", file: "xgb.ubj", predictions: "predictions_baseline.csv", scores: ["score"],
      tolerance: 1e-6),
    StoredModel(
      folder: "wage", file: "lgbm.txt", predictions: "predictions.csv", scores: ["score"], tolerance: 1e-12),
    StoredModel(
      folder: "oulad_ranking", file: "lgbm.txt", predictions: "predictions.csv", scores: ["score"],
      tolerance: 1e-12),
  ]

  var modelPath: String { SharedData.path("data/\(folder)/models/\(file)") }

  func scorer() throws -> NativeScorer {
    var encoding = try Encoding.read(path: SharedData.path("data/\(folder)/models/encoding.json"))
    // The training matrices were float32 (the data folder's README).
    encoding.roundsToSingle = true
    return try NativeScorer(ModelReader.read(path: modelPath), encoding: encoding)
  }

  /// The raw columns and the stored scores.
  func table(_ scorer: some Scorer) throws -> Table {
    try Self.table("\(folder)/\(predictions)", scorer, scores: scores)
  }

  static func table(_ file: String, _ scorer: some Scorer, scores: [String]) throws -> Table {
    let columns =
      scorer.features.map {
        ReadRequest.ColumnRequest(name: $0.name, kind: $0.kind == .number ? .number : .category)
      } + scores.map { ReadRequest.ColumnRequest(name: $0, kind: .number, isRequired: true) }
    // Of the texts that usually mean a missing value, only the empty one does here: there is a category `none`.
    return try TableReader.read(
      path: SharedData.path("data/\(file)"), ReadRequest(columns: columns, missing: [""])
    )
    .table
  }

  static func stored(_ table: Table, _ names: [String]) throws -> [[Double]] {
    names.compactMap { name in
      if case .numbers(let column)? = table.column(named: name) { column.values } else { nil }
    }
  }
}

extension StoredModel {
  /// The parts of a data set's logistic regression.
  static func coefficients(_ folder: String) throws -> [String: Any] {
    try #require(SharedData.json("data/\(folder)/models/lr_coefficients.json") as? [String: Any])
  }

  /// How its raw columns become its inputs.
  static func logisticEncoding(_ folder: String) throws -> Encoding {
    let parts = try coefficients(folder)
    let numeric = try #require(parts["numeric"] as? [[String: Any]])
    let categorical = try #require(parts["categorical"] as? [[String: Any]])
    var features: [[String: Any]] = numeric.map { feature in
      [
        "column": feature["name"], "impute": feature["impute_median"], "mean": feature["mean"],
        "scale": feature["scale"],
      ]
      .compactMapValues { $0 }
    }
    for feature in categorical {
      let list = try #require(feature["categories"] as? [String])
      var entry: [String: Any] = ["column": try #require(feature["name"]), "one_hot": list]
      if list.contains("__missing__") { entry["missing"] = "__missing__" }
      features.append(entry)
    }
    let bytes = try JSONSerialization.data(withJSONObject: ["version": 1, "features": features])
    return try Encoding.read(bytes: [UInt8](bytes), name: "encoding")
  }
}

/// The largest |a − b| of two sets of columns; infinite where their shapes differ or a value is no number.
func largestDifference(_ a: [[Double]], _ b: [[Double]]) -> Double {
  guard a.map(\.count) == b.map(\.count) else { return .infinity }
  return zip(a.joined(), b.joined()).reduce(0) { ($1.0 - $1.1).isNaN ? .infinity : max($0, abs($1.0 - $1.1)) }
}
