/// Sums of one group over what two models' terms differ by, every row counting 1: whole numbers and fixed
/// point, so that the order of rows cannot change a digit.
struct PairedSums: Sendable {
  /// Σ x and Σ x² of some change x in fixed point.
  struct Moments: Sendable {
    private var first = WideSum()
    private var second = WideSum()

    @inline(__always)
    mutating func enter(_ change: Int64) {
      first.add(change)
      second.add(change.magnitude, times: change.magnitude)
    }

    func sums(scale: Double) -> WeightedSums {
      WeightedSums(first: first.value / scale, second: second.value / scale / scale)
    }
  }

  /// DeLong's components, before division.
  private var rank10: Int64 = 0
  private var rank01: Int64 = 0
  private var squared10 = WideSum()
  private var squared01 = WideSum()
  private var precision = Moments()
  private var precisionOfPositives = WideSum()
  var score = Moments()
  var logLoss = Moments()
  var brier = Moments()

  @inline(__always)
  mutating func enter(label: UInt8, _ candidate: PairedWalk.Term, minus baseline: PairedWalk.Term) {
    let rank = Int64(candidate.rank - baseline.rank)
    let influence = Int64((candidate.precision - baseline.precision) * ScoreChanges.scale)
    precision.enter(influence)
    if label == 1 {
      rank10 &+= rank
      squared10.add(rank.magnitude, times: rank.magnitude)
      precisionOfPositives.add(influence)
    } else {
      rank01 &+= rank
      squared01.add(rank.magnitude, times: rank.magnitude)
    }
  }

  func tally(positives: Int, negatives: Int, precisionChange: Double, scoreScale: Double) -> PairedScoreTally
  {
    let scale = ScoreChanges.scale
    var tally = PairedScoreTally()
    tally.areaVariance = areaVariance(positives, negatives)
    let second = precision.sums(scale: scale).squaredWeightSecond
    tally.setPrecision(
      second: second, first: precisionOfPositives.value / scale, squares: Double(positives),
      change: precisionChange, positives: Double(positives))
    tally.score = score.sums(scale: scale * scoreScale)
    tally.logLoss = logLoss.sums(scale: scale)
    tally.brier = brier.sums(scale: scale)
    return tally
  }

  /// S₁₀/m + S₀₁/n of the components' differences (DeLong, DeLong & Clarke-Pearson 1988, with the
  /// contrast candidate − baseline).
  private func areaVariance(_ m: Int, _ n: Int) -> Double? {
    guard m > 1, n > 1 else { return nil }
    func spread(_ squares: WideSum, _ sum: Int64, _ count: Int) -> Double {
      let scaled = UInt128(count) * UInt128(squares.whole) - UInt128(sum.magnitude) * UInt128(sum.magnitude)
      return Double(scaled) / Double(count)
    }
    let (m, n, pairs) = (Double(m), Double(n), 4 * Double(m) * Double(n))
    return spread(squared10, rank10, Int(m)) / (pairs * n * (m - 1))
      + spread(squared01, rank01, Int(n)) / (pairs * m * (n - 1))
  }
}

/// The same with weights; rows come in one fixed order.
struct WeightedPairedSums: Sendable {
  /// Σ w², Σ w²·x, Σ w²·x² by class.
  private struct Squares: Sendable {
    var weights = 0.0
    var first = 0.0
    var second = 0.0

    @inline(__always)
    mutating func enter(_ change: Double, _ square: Double) {
      weights += square
      first += square * change
      second += square * change * change
    }

    /// Σ w²·(x/divisor − mean)².
    func about(_ mean: Double, divisor: Double) -> Double {
      let sum = second / (divisor * divisor) - 2 * mean * first / divisor + mean * mean * weights
      return PairedScoreTally.cleared(sum, of: second / (divisor * divisor) + mean * mean * weights)
    }
  }

  private var rank10 = Squares()
  private var rank01 = Squares()
  private var precisionPositive = Squares()
  private var precisionNegative = Squares()
  var score = WeightedSums()
  var logLoss = WeightedSums()
  var brier = WeightedSums()

  @inline(__always)
  mutating func enter(
    label: UInt8, weight: Double, _ candidate: PairedWalk.Term, minus baseline: PairedWalk.Term
  ) {
    let square = weight * weight
    let rank = candidate.rank - baseline.rank
    let influence = candidate.precision - baseline.precision
    if label == 1 {
      rank10.enter(rank, square)
      precisionPositive.enter(influence, square)
    } else {
      rank01.enter(rank, square)
      precisionNegative.enter(influence, square)
    }
  }

  /// - Parameters:
  ///   - candidate, baseline: what the walks up each score found in the group.
  func tally(_ candidate: ScoreTally, _ baseline: ScoreTally, precisionChange: Double) -> PairedScoreTally {
    var tally = PairedScoreTally()
    let (m, n) = (baseline.positives, baseline.negatives)
    if let mine = candidate.auc.value, let theirs = baseline.auc.value, baseline.positiveRows > 1,
      baseline.negativeRows > 1
    {
      func correction(_ rows: Int) -> Double { Double(rows) / Double(rows - 1) }
      let change = mine - theirs
      tally.areaVariance =
        rank10.about(change, divisor: 2 * n) / (m * m) * correction(baseline.positiveRows)
        + rank01.about(-change, divisor: 2 * m) / (n * n) * correction(baseline.negativeRows)
    }
    tally.setPrecision(
      second: precisionPositive.second + precisionNegative.second, first: precisionPositive.first,
      squares: precisionPositive.weights, change: precisionChange, positives: m)
    (tally.score, tally.logLoss, tally.brier) = (score, logLoss, brier)
    return tally
  }
}

/// What comparing two scores of the same rows found for one slice.
package struct PairedScoreTally: Sendable, Equatable {
  /// Variance of the difference of areas; nil where a class has fewer than two rows.
  var areaVariance: Double?
  /// Variance of the difference of average precisions; nil without positives.
  var precisionVariance: Double?
  /// Sums of candidate − baseline.
  var score = WeightedSums()
  var logLoss = WeightedSums()
  var brier = WeightedSums()

  /// Σ w²·(Δu − y·ΔAP)² / (weight of positives)². Influences are of the order of 1 and known to some
  /// 2⁻⁴² only, so that less than that from every row is no variation either.
  mutating func setPrecision(
    second: Double, first: Double, squares: Double, change: Double, positives: Double
  ) {
    guard positives > 0 else { return }
    let sum = second - 2 * change * first + change * change * squares
    let resolution = squares / (ScoreChanges.scale * ScoreChanges.scale)
    let cleared = Self.cleared(sum, of: second + change * change * squares)
    precisionVariance = cleared > resolution ? cleared / (positives * positives) : 0
  }

  /// What cancellation leaves of a sum of squares that is zero in truth is no variation.
  static func cleared(_ sum: Double, of scale: Double) -> Double { sum > 1e-13 * scale ? sum : 0 }

  /// The variance of candidate − baseline; nil where there is none.
  func variance(_ metric: BinaryMetric, counts: OutcomeCounts) -> Double? {
    switch metric {
    case .rocAUC: areaVariance
    case .averagePrecision: precisionVariance
    case .meanScore, .calibrationInTheLarge: MeanMoments(score, counts: counts)?.variance
    case .logLoss: MeanMoments(logLoss, counts: counts)?.variance
    case .brierScore: MeanMoments(brier, counts: counts)?.variance
    default: nil
    }
  }
}
