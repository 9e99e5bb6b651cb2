import Metrics
import Results

/// What an importance is measured of: a metric of a slice, or a gap.
struct ImportanceQuantity: Sendable {
  let metric: BinaryMetric
  let slice: Int
  let reference: Int?
  let donors: ImportanceColumns.Donors
  let rows: Int
  let base: Double
  /// Pairs of groups that a gap was chosen from, for being the widest: its interval and p-value allow for the choice
  /// (Bonferroni), since the widest of many gaps is partly noise that any feature's permutation takes away.
  let comparisons: Int
  /// Effective number of units in the metric's denominator; of a gap, in the smaller one.
  let effectiveUnits: Double
  /// Why there can be no interval, whatever the feature; nil where there can.
  let reason: String?

  var meaning: ImportanceColumns.Meaning {
    if reference != nil { return .gapClosed }
    return metric.direction == .neutral ? .change : .qualityLost
  }

  /// The importance of a change of the quantity.
  func importance(_ change: Double) -> Double {
    switch meaning {
    case .change: change
    case .qualityLost: metric.direction == .higherIsBetter ? -change : change
    case .gapClosed: base < 0 ? change : -change
    }
  }
}

/// What was found about one quantity and one feature.
struct ImportanceFinding: Sendable {
  /// The quantity at each permutation.
  var raw: [Double] = []
  /// Their mean, or the expectation.
  var permuted: Double
  var permutedSize = Double.nan
  /// Standard error of `permuted` for other permutations; NaN where it cannot be told.
  var shuffleError: Double
  var variance: RowColumnVariance?
  var repeats: Int
  var reason: String?

  /// A mean over permutations.
  init(raw: [Double], variance: RowColumnVariance, isExact: Bool, isGap: Bool) {
    let count = Double(raw.count)
    permuted = raw.reduce(0, +) / count
    if isGap { permutedSize = raw.reduce(0) { $0 + abs($1) } / count }
    let mean = permuted
    let squares = raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    shuffleError = raw.count > 1 ? (squares / (count - 1) / count).squareRoot() : .nan
    if isExact { shuffleError = 0 }
    self.raw = isExact ? [] : raw
    repeats = isExact ? 0 : raw.count
    self.variance = variance
  }

  /// An expectation.
  init(expectation: Double, variance: RowColumnVariance) {
    permuted = expectation
    shuffleError = 0
    self.variance = variance
    repeats = 0
  }

  /// Nothing, and why.
  init(permuted: Double, permutedSize: Double = .nan, reason: String) {
    self.permuted = permuted
    self.permutedSize = permutedSize
    shuffleError = .nan
    repeats = 0
    self.reason = reason
  }
}
