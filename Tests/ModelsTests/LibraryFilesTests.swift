import FoundationEssentials
import Results
import TableIngest
import Tables
import TestSupport
import Testing

@testable import Models

/// Small models of every kind beside the scores that their libraries gave for the same rows: XGBoost 3.2.0, LightGBM
/// 4.7.0, scikit-learn 1.9.1. A row may have missing values, categories that training never saw and numbers that are
/// none.
struct LibraryFiles {
  static let folder = SharedData.root.appending(path: "Tests/ModelFiles").path

  static func path(_ file: String) -> String { "\(folder)/\(file)" }

  static func read(_ file: String) throws -> Table {
    var reader = try ModelReader.bytes(path(file))
    let names = String(decoding: reader.prefix { $0 != 10 }, as: UTF8.self).split(separator: ",").map(
      String.init)
    reader.append(10)
    let columns = names.map { ReadRequest.ColumnRequest(name: $0, kind: .number) }
    return try TableReader.read(
      bytes: reader, name: "\(file)", ReadRequest(columns: columns, missing: ["", "nan"])
    ).table
  }

  static func numbers(_ table: Table, _ name: String) -> [Double] {
    if case .numbers(let column)? = table.column(named: name) { column.values } else { [] }
  }
}

@Suite struct LibraryFilesTests {
  enum Rows: Sendable {
    case plain
    /// Codes that XGBoost takes for categories.
    case categorical
    /// Zeros for missing values, for models that take none.
    case filled
    /// Columns by the names that XGBoost gives where training had none.
    case old
  }

  static let cases: [(file: String, scores: String, rows: Rows, tolerance: Double)] = [
    ("xgb_missing.json", "xgb_missing", .plain, 1e-6),
    ("xgb_categorical.json", "xgb_categorical", .categorical, 1e-6),
    ("xgb_dart.ubj", "xgb_dart_ubj", .plain, 1e-6), ("xgb_multi.json", "xgb_multi", .plain, 1e-6),
    ("xgb_poisson.json", "xgb_poisson", .plain, 1e-5), ("xgb_forest.json", "xgb_forest", .plain, 1e-6),
    ("xgb_deep.json", "xgb_deep", .plain, 2e-6),
    ("xgb_logistic_base.json", "xgb_logistic_base", .plain, 1e-6),
    ("xgb_rank.json", "xgb_rank", .plain, 1e-6), ("xgb_2_1.json", "xgb_2_1", .old, 1e-6),
    ("lgbm_missing.txt", "lgbm_missing", .plain, 1e-12),
    ("lgbm_zero.txt", "lgbm_zero", .plain, 1e-12), ("lgbm_none.txt", "lgbm_none", .plain, 1e-12),
    ("lgbm_categorical.txt", "lgbm_categorical", .plain, 1e-12),
    ("lgbm_multi.txt", "lgbm_multi", .plain, 1e-12),
    ("lgbm_ova.txt", "lgbm_ova", .plain, 1e-12), ("lgbm_forest.txt", "lgbm_forest", .plain, 1e-12),
    ("lgbm_poisson.txt", "lgbm_poisson", .plain, 1e-12), ("lgbm_sqrt.txt", "lgbm_sqrt", .plain, 1e-12),
    ("lgbm_entropy.txt", "lgbm_entropy", .plain, 1e-12), ("lgbm_dart.txt", "lgbm_dart", .plain, 1e-12),
    ("skl_forest.json", "skl_forest", .plain, 1e-12),
    ("skl_forest_multi.json", "skl_forest_multi", .filled, 1e-12),
    ("skl_tree.json", "skl_tree", .plain, 1e-12), ("skl_boosting.json", "skl_boosting", .filled, 1e-12),
    ("skl_boosting_multi.json", "skl_boosting_multi", .filled, 1e-12),
    ("skl_boosting_regression.json", "skl_boosting_regression", .filled, 1e-12),
    ("skl_logistic_multi.json", "skl_logistic_multi", .filled, 1e-12),
    ("skl_ridge.json", "skl_ridge", .filled, 1e-12),
    ("skl_logistic.json", "skl_logistic", .filled, 1e-12),
  ]

  @Test(arguments: cases)
  func scoresAreTheLibrarys(_ file: String, _ scores: String, _ rows: Rows, _ tolerance: Double) throws {
    let scorer = try NativeScorer(ModelReader.read(path: LibraryFiles.path(file)))
    let table = try LibraryFiles.read(rows == .categorical ? "rows_categorical.csv" : "rows.csv")
    let expected = try LibraryFiles.read("scores.csv")
    let names = scorer.outputs.count == 1 ? [scores] : scorer.outputs.indices.map { "\(scores):\($0)" }
    var columns = rows == .old ? table.columns : try scorer.columns(of: table)
    if rows == .old {
      columns = scorer.features.enumerated().map { index, feature in
        let values = LibraryFiles.numbers(table, table.columns[index].name)
        return .numbers(
          NumberColumn(name: feature.name, values: values, missingCount: values.count(where: \.isNaN)))
      }
    }
    if rows == .filled {
      columns = columns.map {
        let values = LibraryFiles.numbers(table, $0.name).map { $0.isNaN ? 0 : $0 }
        return .numbers(NumberColumn(name: $0.name, values: values, missingCount: 0))
      }
    }
    let walked = try scorer.score(columns, .walk)
    let difference = largestDifference(walked, names.map { LibraryFiles.numbers(expected, $0) })
    print("agreement \(file) max difference \(difference)")
    #expect(difference <= tolerance)
    #expect(try scorer.score(columns, .masks) == walked)
  }

  @Test func linearTreesAreRefused() {
    #expect {
      try ModelReader.read(path: LibraryFiles.path("lgbm_linear.txt"))
    } throws: { ($0 as? Failure)?.message.contains("linear_tree is not supported") ?? false }
  }
}
