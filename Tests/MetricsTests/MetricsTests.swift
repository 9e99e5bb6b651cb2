import Results
import Slicing
import Statistics
import Tables
import TestSupport

@testable import Metrics

/// Builds observations and groupings for tests.
enum Sample {
  static func grouping(_ name: String, _ values: [String?]) throws -> Grouping {
    let categories = Set(values.compactMap { $0 }).sorted {
      Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
    }
    let codes = values.map { value in
      value.flatMap { text in categories.firstIndex(of: text).map(Int32.init) } ?? CategoryColumn.missing
    }
    let column = CategoryColumn(
      name: name, codes: codes, categories: categories, missingCount: values.count { $0 == nil })
    return try Grouping(.category(column), binning: .automatic)
  }

  /// All rows as one slice.
  static func overall(_ observations: Observations, bins: Int = 10) throws -> SliceTally {
    let tallier = Tallier(observations, groupings: [], calibrationBins: bins)
    let table = Table(
      rowCount: observations.rowCount, columns: [], origin: RowOrigin(source: "test", stretches: []))
    return tallier.tally(try SlicePlan([], of: table).families[0]).slice(0)
  }

  static let estimator = SliceEstimator(
    level: 0.95, bootstrap: CellBootstrap(replicates: 500, seed: 1, isWeighted: false))

  static func estimate(_ metric: BinaryMetric, _ tally: SliceTally) -> Estimate {
    estimator.estimates([metric], of: tally, key: "test")[0]
  }
}
