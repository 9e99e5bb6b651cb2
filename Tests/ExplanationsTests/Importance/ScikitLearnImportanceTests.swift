import Explanations
import Foundation
import Metrics
import Models
import Results
import Slicing
import TableIngest
import Tables
import TestSupport
import Testing

@testable import Explanations

/// A stored model with scikit-learn 1.9's `permutation_importance` of it, 50 repeats.
struct StoredImportance: Sendable, CustomTestStringConvertible {
  var folder: String
  var model: String
  var oracle: String
  var testDescription: String { oracle }

  static let all = [
    StoredImportance(folder: "adult", model: "xgb.json", oracle: "permutation_adult_xgb"),
    StoredImportance(folder: "adult", model: "lgbm.txt", oracle: "permutation_adult_lgbm"),
    StoredImportance(folder: "compas", model: "xgb.json", oracle: "permutation_compas_xgb"),
    StoredImportance(folder: "german_credit", model: "lgbm.txt", oracle: "permutation_german_credit_lgbm"),
  ]

  /// One metric's numbers by feature.
  struct Reference {
    let baseline: Double
    let means: [String: Double]
    let deviations: [String: Double]

    init(_ entry: [String: Any]?) throws {
      baseline = try #require(entry?["baseline"] as? Double)
      means = try #require(entry?["importances_mean"] as? [String: Double])
      deviations = try #require(entry?["importances_std"] as? [String: Double])
    }
  }

  func input() throws -> ExplanationInput {
    var encoding = try Encoding.read(path: SharedData.path("data/\(folder)/models/encoding.json"))
    encoding.roundsToSingle = true
    let scorer = try NativeScorer(
      ModelReader.read(path: SharedData.path("data/\(folder)/models/\(model)")), encoding: encoding)
    let requests =
      scorer.features.map {
        ReadRequest.ColumnRequest(name: $0.name, kind: $0.kind == .number ? .number : .category)
      } + [ReadRequest.ColumnRequest(name: "label", kind: .number, isRequired: true)]
    let table = try TableReader.read(
      path: SharedData.path("data/\(folder)/predictions_all_models.csv"),
      ReadRequest(columns: requests, missing: [""])
    ).table
    guard case .numbers(let labels)? = table.column(named: "label") else { throw Failure(.data, "no label") }
    let codes = labels.values.map { UInt8($0) }
    let columns = try scorer.columns(of: table)
    return ExplanationInput(
      rescorer: try Rescorer(scorer, columns), output: 0, columns: columns, table: table,
      observations: Observations(labels: codes, decisions: codes), hasLabel: true, cut: 0.5, isStrict: false,
      plan: try SlicePlan([try SliceSpec(parsing: "sex")], of: table), units: nil, firstSlice: [0, 1])
  }

  func document() throws -> [String: Any] {
    try #require(SharedData.json("data/oracles/\(oracle).json") as? [String: Any])
  }
}

@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct ScikitLearnImportanceTests {
  private static let names: [(metric: BinaryMetric, name: String)] = [
    (.accuracy, "accuracy"), (.rocAUC, "roc_auc"), (.logLoss, "neg_log_loss"),
  ]

  private func columns(
    _ stored: StoredImportance, _ repeats: ExplanationSettings.Repeats, bySlice: Bool,
    every step: Int = 1, limit: Int = .max
  ) throws -> (input: ExplanationInput, groups: [FeatureGroup], columns: [ImportanceColumns]) {
    let input = try stored.input()
    var settings = ExplanationSettings()
    settings.metrics = Self.names.map(\.metric)
    settings.gapMetrics = [.selectionRate]
    settings.repeats = repeats
    settings.bySlice = bySlice
    settings.threads = 2
    let groups = Array(input.rescorer.features.enumerated()).filter { $0.offset % step == 0 }.prefix(limit)
      .map { FeatureGroup(name: $0.element.name, members: [$0.offset]) }
    let columns = try PermutationImportance(input, settings, groups: groups, pools: nil).columns()
    return (input, groups, columns)
  }

  /// Within four errors of the difference of two means over shuffles; ours is 0 where the expectation is exact.
  private func compare(
    _ column: ImportanceColumns, _ reference: StoredImportance.Reference, _ groups: [FeatureGroup],
    repeats: Double
  ) throws {
    // XGBoost predicts in float32.
    #expect(isClose(abs(column.base), abs(reference.baseline), within: 1e-6))
    for (index, group) in groups.enumerated() {
      let mean = try #require(reference.means[group.name])
      let own = column.shuffleError[index].isNaN ? 0 : column.shuffleError[index]
      let deviation = try #require(reference.deviations[group.name])
      let error = (deviation * deviation / (repeats - 1) + own * own).squareRoot()
      #expect(
        abs(column.importance[index] - mean) <= 4 * error + 1e-7,
        "\(column.metric) \(group.name): \(column.importance[index]), reference \(mean) ± \(error)")
    }
  }

  @Test(arguments: StoredImportance.all) func importancesAreScikitLearns(_ stored: StoredImportance) throws {
    let (_, groups, columns) = try columns(
      stored, .fixed(10), bySlice: false, every: stored.folder == "adult" ? 4 : 1)
    let document = try #require(try stored.document()["n_repeats_50_reference"] as? [String: [String: Any]])
    for (metric, name) in Self.names {
      let column = try #require(columns.first { $0.metric == metric.id && !$0.isGap })
      try compare(column, StoredImportance.Reference(document[name]), groups, repeats: 50)
    }
  }

  @Test(arguments: StoredImportance.all.suffix(2)) func withinSlicesToo(_ stored: StoredImportance) throws {
    let (input, groups, columns) = try columns(stored, .fixed(20), bySlice: true)
    let document = try #require(
      try stored.document()["by_sex_n_repeats_10"] as? [String: [String: [String: Any]]])
    let family = input.plan.families[1]
    #expect(family.shown.count == 2)
    for (position, group) in family.shown.enumerated() {
      let label = input.plan.groupings[family.features[0]].groups[group].label
      for (metric, name) in Self.names {
        let column = try #require(
          columns.first { $0.metric == metric.id && $0.slice == 1 + position && !$0.isGap })
        #expect(column.donors == .sameSlice)
        try compare(column, StoredImportance.Reference(document[label]?[name]), groups, repeats: 10)
      }
    }
  }

  @Test func exactExpectationsOnGermanCredit() throws {
    let stored = try #require(StoredImportance.all.last)
    let (_, groups, columns) = try columns(stored, .exact, bySlice: false, limit: 3)
    let document = try #require(try stored.document()["n_repeats_50_reference"] as? [String: [String: Any]])
    for (metric, name) in Self.names {
      let column = try #require(columns.first { $0.metric == metric.id && !$0.isGap })
      try compare(column, StoredImportance.Reference(document[name]), groups, repeats: 50)
    }
  }
}
