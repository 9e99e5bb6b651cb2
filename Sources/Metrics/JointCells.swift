import Statistics

/// Rows of one slice by outcome of the candidate and decision of the baseline, with their weights: all
/// that a threshold metric of the two models on the same rows depends on.
package struct JointCells: Sendable, Equatable {
  /// Eight cells: for each of TP, FP, FN, TN of the candidate the rows whose baseline decision is
  /// positive, then those where it is negative.
  package var rows: [Int]
  /// Σw and Σw² of each cell; equal to `rows` without weights.
  package var weights: [Double]
  package var squaredWeights: [Double]

  package init(rows: [Int], weights: [Double], squaredWeights: [Double]) {
    self.rows = rows
    self.weights = weights
    self.squaredWeights = squaredWeights
  }

  /// Unweighted counts.
  package init(rows: [Int]) {
    self.init(rows: rows, weights: rows.map(Double.init), squaredWeights: rows.map(Double.init))
  }

  static let count = 8

  /// Outcome of the candidate, and of the baseline, in a joint cell.
  static func candidate(_ cell: Int) -> Int { cell / 2 }

  static func baseline(_ cell: Int) -> Int {
    let isPositive = cell / 2 == 0 || cell / 2 == 2
    let outcome: Outcome =
      cell % 2 == 0
      ? (isPositive ? .truePositive : .falsePositive) : (isPositive ? .falseNegative : .trueNegative)
    return outcome.rawValue
  }

  /// Half a row more in every cell, of the mean weight and squared weight of the slice, so that an empty
  /// discordant cell still varies (the Wald interval of Agresti & Min 2005 for matched proportions adds
  /// the same). nil without rows.
  private var smoothed: (weights: [Double], squares: [Double])? {
    let total = rows.reduce(0, +)
    guard total > 0 else { return nil }
    let mean = weights.reduce(0, +) / Double(total)
    let squareMean = squaredWeights.reduce(0, +) / Double(total)
    return (weights.map { $0 + mean / 2 }, squaredWeights.map { $0 + squareMean / 2 })
  }

  /// Standard error of candidate − baseline by the delta method: √Σ w²·g², g the derivative of the
  /// difference with respect to the weight of the row's cell, taken at the smoothed cells. nil for a
  /// metric that is no function of the cells, and without weight.
  package func standardError(_ metric: BinaryMetric) -> Double? {
    guard let smoothed, weights.contains(where: { $0 > 0 }) else { return nil }
    var candidate = [Double](repeating: 0, count: 4)
    var baseline = candidate
    for cell in 0..<Self.count {
      candidate[Self.candidate(cell)] += smoothed.weights[cell]
      baseline[Self.baseline(cell)] += smoothed.weights[cell]
    }
    guard let mine = Self.gradient(metric, candidate), let theirs = Self.gradient(metric, baseline)
    else { return nil }
    let variance = (0..<Self.count).reduce(0.0) { sum, cell in
      let change = mine[Self.candidate(cell)] - theirs[Self.baseline(cell)]
      return sum + smoothed.squares[cell] * change * change
    }
    return variance.squareRoot()
  }

  /// Pairs of a rate whose denominator is the same rows for both models: counted with both, with the
  /// candidate or the baseline only, with neither. nil for any other metric, and with weights.
  func pairs(_ metric: BinaryMetric) -> PairedDifferenceInterval? {
    guard let rate = metric.rate, rate.hasSharedDenominator,
      zip(rows, zip(weights, squaredWeights)).allSatisfy({ Double($0) == $1.0 && Double($0) == $1.1 })
    else { return nil }
    var pairs = [0, 0, 0, 0]
    for cell in 0..<Self.count {
      let (mine, theirs) = (Outcome.allCases[Self.candidate(cell)], Outcome.allCases[Self.baseline(cell)])
      guard rate.isTrial(mine) else { continue }
      pairs[(rate.isSuccess(mine) ? 0 : 2) + (rate.isSuccess(theirs) ? 0 : 1)] += rows[cell]
    }
    return PairedDifferenceInterval(
      both: pairs[0], firstOnly: pairs[1], secondOnly: pairs[2], neither: pairs[3])
  }

  /// Derivatives of a metric with respect to TP, FP, FN, TN; all of them are positive.
  private static func gradient(_ metric: BinaryMetric, _ cells: [Double]) -> [Double]? {
    if let rate = metric.rate { return rate.gradient(cells) }
    return Composite.gradient(metric, cells[0], cells[1], cells[2], cells[3])
  }
}

extension RateDefinition {
  /// Whether decisions do not change which rows are in the denominator.
  fileprivate var hasSharedDenominator: Bool {
    isTrial(.truePositive) == isTrial(.falseNegative) && isTrial(.falsePositive) == isTrial(.trueNegative)
  }

  /// ∂(S/T) = (1[numerator] − S/T·1[denominator]) / T.
  fileprivate func gradient(_ cells: [Double]) -> [Double] {
    func sum(_ mask: UInt8) -> Double {
      Outcome.allCases.reduce(0) { $0 + (mask & $1.bit != 0 ? cells[$1.rawValue] : 0) }
    }
    let total = sum(denominatorMask)
    let share = sum(numerator) / total
    return Outcome.allCases.map { outcome in
      guard denominatorMask & outcome.bit != 0 else { return 0 }
      return ((numerator & outcome.bit != 0 ? 1 : 0) - share) / total
    }
  }
}

extension Composite {
  /// Derivatives of a composite; nil for any other metric.
  fileprivate static func gradient(
    _ metric: BinaryMetric, _ tp: Double, _ fp: Double, _ fn: Double, _ tn: Double
  ) -> [Double]? {
    switch metric {
    case .balancedAccuracy:
      let (p, n) = (2 * (tp + fn) * (tp + fn), 2 * (fp + tn) * (fp + tn))
      return [fn / p, -tn / n, -tp / p, fp / n]
    case .f1:
      let total = 2 * tp + fp + fn
      let error = -2 * tp / (total * total)
      return [2 * (fp + fn) / (total * total), error, error, 0]
    case .mcc:
      let sums = (selected: tp + fp, positive: tp + fn, negative: tn + fp, rest: tn + fn)
      let root = (sums.selected * sums.positive * sums.negative * sums.rest).squareRoot()
      let half = (tp * tn - fp * fn) / root / 2
      return [
        tn / root - half * (1 / sums.selected + 1 / sums.positive),
        -fn / root - half * (1 / sums.selected + 1 / sums.negative),
        -fp / root - half * (1 / sums.positive + 1 / sums.rest),
        tp / root - half * (1 / sums.negative + 1 / sums.rest),
      ]
    default: return nil
    }
  }
}
