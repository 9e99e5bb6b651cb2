import Explanations
import Metrics
import Models
import Results
import Slicing
import Statistics
import Tables
import TestSupport

/// Made-up rows for tests of what is known from the data alone.
enum MadeRows {
  static func numbers(_ name: String, _ values: [Double]) -> Column {
    .numbers(NumberColumn(name: name, values: values, missingCount: values.count(where: \.isNaN)))
  }

  /// A category column of these texts; nil is missing.
  static func category(_ name: String, _ values: [String?]) -> Column {
    let categories = Set(values.compactMap { $0 }).sorted()
    let codes = values.map { value in
      value.flatMap { categories.firstIndex(of: $0) }.map { Int32($0) } ?? CategoryColumn.missing
    }
    return .category(
      CategoryColumn(
        name: name, codes: codes, categories: categories,
        missingCount: codes.count { $0 == CategoryColumn.missing }))
  }

  static func features(_ columns: [Column]) -> [ScorerFeature] {
    columns.map { column in
      if case .numbers = column {
        ScorerFeature(name: column.name, kind: .number)
      } else {
        ScorerFeature(name: column.name, kind: .category)
      }
    }
  }

  /// - Parameter ranks: scores in the data that are no probabilities
  static func input(
    _ columns: [Column], labels: [UInt8], hasLabel: Bool = true, weights: [Double]? = nil,
    units: [Int32]? = nil, others: [Column] = [], used: Set<Int>? = nil,
    ranks: [Double]? = nil
  ) throws -> ExplanationInput {
    let table = Table(
      rowCount: labels.count, columns: columns + others, origin: RowOrigin(source: "made", stretches: []))
    return ExplanationInput(
      rescorer: SilentRescorer(features: features(columns), rowCount: labels.count, usedFeatures: used),
      output: 0, columns: columns, table: table,
      observations: Observations(
        labels: labels, decisions: labels, scores: ranks, scoresAreProbabilities: false, weights: weights),
      hasLabel: hasLabel, cut: 0.5, isStrict: false, plan: try SlicePlan([], of: table), units: units,
      firstSlice: [0])
  }

  /// `count` standard normal numbers.
  static func noise(_ count: Int, seed: UInt64) -> [Double] {
    var random = KeyedRandom(seed: seed, key: "noise")
    return (0..<count).map { _ in random.normal() }
  }

  /// Labels of which about `rate` are 1.
  static func labels(_ count: Int, rate: Double = 0.5, seed: UInt64) -> [UInt8] {
    var random = KeyedRandom(seed: seed, key: "labels")
    return (0..<count).map { _ in random.uniform() < rate ? 1 : 0 }
  }
}

/// Diagnostics never score.
struct SilentRescorer: Rescoring {
  let features: [ScorerFeature]
  let outputs = ["score"]
  let rowCount: Int
  let usedFeatures: Set<Int>?

  func scores() throws(Failure) -> [[Double]] { throw Failure(.defect, "scored") }
  func scores(moving moved: Set<Int>, donors: [[Int32]]) throws(Failure) -> [[[Double]]] {
    throw Failure(.defect, "scored")
  }
  func scores(assembling sources: [[Int32]]) throws(Failure) -> [[Double]] {
    throw Failure(.defect, "scored")
  }
  func selecting(_ rows: [Int32]) throws(Failure) -> any Rescoring {
    SilentRescorer(features: features, rowCount: rows.count, usedFeatures: usedFeatures)
  }
}
