/// What the walk down the scores found for one slice, weighted or not.
package struct ScoreTally: Sendable, Equatable {
  /// Weight and rows of positives and negatives.
  var positives = 0.0
  var negatives = 0.0
  var positiveRows = 0
  var negativeRows = 0
  var auc = AUCTally()
  var averagePrecision: Double?
  var averagePrecisionVariance: Double?
  var score = WeightedSums()
  /// Empty sums unless scores are probabilities.
  var logLoss = WeightedSums()
  var brier = WeightedSums()
  /// label − score.
  var bias = WeightedSums()
}

/// DeLong's sums for one slice (DeLong, DeLong & Clarke-Pearson 1988; weights enter as Σ w²·V²).
struct AUCTally: Sendable, Equatable {
  /// The area; nil where there is only one class.
  var value: Double?
  /// nil where a class has a single row.
  var variance: Double?
  /// Σ w²·(V₁₀ − A)·V′₁₀, V′ the component over all rows; likewise for negatives; and Σ w²·(V − A),
  /// which is zero without weights.
  var crossPositive = 0.0
  var crossNegative = 0.0
  var residualPositive = 0.0
  var residualNegative = 0.0

  /// Covariance of this slice's area with that of all rows, which contain it.
  /// Sum of products of the components over the intersection, which is the slice.
  func covariance(
    with whole: AUCTally, positives: Double, negatives: Double, allPositives: Double, allNegatives: Double
  ) -> Double? {
    guard value != nil, let area = whole.value else { return nil }
    return (crossPositive - area * residualPositive) / (positives * allPositives)
      + (crossNegative - area * residualNegative) / (negatives * allNegatives)
  }
}

extension ScoreTally {
  /// - Parameters:
  ///   - allPositives, allNegatives: weight of each class over all rows.
  ///   - scoreScale: what scores were multiplied by.
  init(_ state: RankState, allPositives: Double, allNegatives: Double, scoreScale: Double) {
    positiveRows = state.positives
    negativeRows = state.negatives
    positives = Double(positiveRows)
    negatives = Double(negativeRows)
    auc = AUCTally(state, allPositives: allPositives, allNegatives: allNegatives)
    averagePrecision = state.precision.value(positives: positives)
    averagePrecisionVariance = state.precision.variance(positives: positives)
    let scale = FixedScale.score * scoreScale
    score = WeightedSums(
      first: (state.scorePositive + state.scoreNegative).value / scale,
      second: state.squaredScore.value / (FixedScale.score * scoreScale * scoreScale))
    logLoss = WeightedSums(
      first: state.logLoss.value / FixedScale.logLoss,
      second: state.squaredLogLoss.value / FixedScale.squaredLogLoss)
    brier = WeightedSums(
      first: state.brier.value / FixedScale.brier,
      second: state.squaredBrier.value / FixedScale.brier)
    bias = WeightedSums(first: positives - score.first, second: brier.first)
  }

  init(_ state: WeightedRankState, allPositives: Double, allNegatives: Double) {
    positiveRows = state.positiveRows
    negativeRows = state.negativeRows
    positives = state.positives
    negatives = state.negatives
    auc = AUCTally(state, allPositives: allPositives, allNegatives: allNegatives)
    averagePrecision = state.precision.value(positives: positives)
    averagePrecisionVariance = state.precision.variance(positives: positives)
    score = state.score
    logLoss = state.logLoss
    brier = state.brier
    bias = state.bias
  }
}

extension WeightedSums {
  /// Sums in which every row weighs 1.
  init(first: Double, second: Double) {
    self.init(first: first, squaredWeightFirst: first, squaredWeightSecond: second)
  }
}

extension AUCTally {
  init(_ state: RankState, allPositives: Double, allNegatives: Double) {
    let m = state.positives
    let n = state.negatives
    guard m > 0, n > 0 else { return }
    let pairs = Double(m) * Double(n)
    let area = Double(state.concordant) / (2 * pairs)
    value = area
    let spread10 = Self.spread(state.squared10, sum: state.concordant, count: m)
    let spread01 = Self.spread(state.squared01, sum: state.concordant, count: n)
    if m > 1, n > 1 {
      let square = 4 * pairs * pairs
      variance =
        spread10 / (square * Double(m - 1)) * Double(m) + spread01 / (square * Double(n - 1)) * Double(n)
    }
    crossPositive =
      (state.cross10 / (2 * Double(n)) - area * state.linear10) / (2 * allNegatives)
    crossNegative =
      (state.cross01 / (2 * Double(m)) - area * state.linear01) / (2 * allPositives)
  }

  /// Σ(x − x̄)² from whole sums, exact before the division by `count`.
  private static func spread(_ squares: WideSum, sum: UInt64, count: Int) -> Double {
    let scaled = UInt128(count) * UInt128(squares.whole) - UInt128(sum) * UInt128(sum)
    return Double(scaled) / Double(count)
  }

  init(_ state: WeightedRankState, allPositives: Double, allNegatives: Double) {
    let (m, n) = (state.positives, state.negatives)
    guard m > 0, n > 0 else { return }
    let area = state.concordant / (2 * m * n)
    value = area
    let v10 = state.linear10 / (2 * n)
    let v01 = state.linear01 / (2 * m)
    if state.positiveRows > 1, state.negativeRows > 1 {
      let square10 = state.squared10 / (4 * n * n) - 2 * area * v10 + area * area * state.squaresPositive
      let square01 = state.squared01 / (4 * m * m) - 2 * area * v01 + area * area * state.squaresNegative
      variance =
        max(0, square10) / (m * m) * Self.correction(state.positiveRows)
        + max(0, square01) / (n * n) * Self.correction(state.negativeRows)
    }
    residualPositive = v10 - area * state.squaresPositive
    residualNegative = v01 - area * state.squaresNegative
    crossPositive = (state.cross10 / (2 * n) - area * state.overall10) / (2 * allNegatives)
    crossNegative = (state.cross01 / (2 * m) - area * state.overall01) / (2 * allPositives)
  }

  /// n / (n − 1), so that unit weights give DeLong's variance.
  private static func correction(_ rows: Int) -> Double { Double(rows) / Double(rows - 1) }
}
