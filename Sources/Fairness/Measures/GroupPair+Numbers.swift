import Glibc
import Metrics
import Statistics

/// Measures of a pair with intervals at a level. The two groups share no row; weights enter by Kish's effective size.
extension GroupPair {
  /// Focal − reference rate, times `sign`, with Newcombe's hybrid score interval and a test of equal rates.
  ///
  /// - Parameter value: the measure's own value, which a tool's zero rule may have filled in
  package func rateDifference(
    _ metric: BinaryMetric, _ value: MeasureValue? = nil, sign: Double = 1, level: Double
  ) -> MeasureNumber {
    let value = value ?? difference(metric)
    guard let (own, other) = shares(metric) else { return MeasureNumber(value, reason: filled) }
    let limits = Self.newcombe(own, other, level)
    return MeasureNumber(
      value, sign < 0 ? Interval(lower: -limits.upper, upper: -limits.lower) : limits,
      "Newcombe hybrid score", test: PairComparer.rateTest(own, other))
  }

  /// Focal / reference rate, with Koopman's score interval.
  package func rateRatio(
    _ metric: BinaryMetric, _ value: MeasureValue? = nil, level: Double
  ) -> MeasureNumber {
    let value = value ?? ratio(metric)
    guard let (own, other) = shares(metric), isPlain(value, own, other) else {
      return MeasureNumber(value, reason: filled)
    }
    return MeasureNumber(
      value, Self.koopman(own, other, level), "Koopman score", test: PairComparer.rateTest(own, other))
  }

  /// Of wrong decisions.
  package func errorDifference(level: Double) -> MeasureNumber {
    guard let (own, other) = errors else { return MeasureNumber(errorRateDifference, reason: filled) }
    return MeasureNumber(
      errorRateDifference, Self.newcombe(own, other, level), "Newcombe hybrid score",
      test: PairComparer.rateTest(own, other))
  }

  package func errorRatio(level: Double) -> MeasureNumber {
    guard let (own, other) = errors, isPlain(errorRateRatio, own, other) else {
      return MeasureNumber(errorRateRatio, reason: filled)
    }
    return MeasureNumber(
      errorRateRatio, Self.koopman(own, other, level), "Koopman score",
      test: PairComparer.rateTest(own, other))
  }

  /// Half the sum of two rates' differences, which are of rows apart.
  package func meanDifference(
    _ first: BinaryMetric, _ second: BinaryMetric, _ value: MeasureValue, level: Double
  ) -> MeasureNumber {
    guard let a = shares(first), let b = shares(second) else { return MeasureNumber(value, reason: filled) }
    let terms = [a, b].map { pair in
      (
        weight: 0.5, value: (pair.0.value ?? 0) - (pair.1.value ?? 0),
        limits: Self.newcombe(pair.0, pair.1, level)
      )
    }
    return MeasureNumber(value, Interval.sum(terms), "MOVER over Newcombe hybrid score limits")
  }

  /// A function of two rates' |difference|, which grows with both: limits hold for both at once (Bonferroni), so that
  /// they can reach 0.
  package func absoluteDifferences(
    _ value: MeasureValue, level: Double, _ combine: (Double, Double) -> Double
  ) -> MeasureNumber {
    guard let a = shares(.falsePositiveRate), let b = shares(.truePositiveRate) else {
      return MeasureNumber(value, reason: filled)
    }
    let each = 1 - (1 - level) / 2
    let (first, second) = (
      Self.newcombe(a.0, a.1, each).magnitude, Self.newcombe(b.0, b.1, each).magnitude
    )
    return MeasureNumber(
      value,
      Interval(lower: combine(first.lower, second.lower), upper: combine(first.upper, second.upper)),
      "simultaneous Newcombe hybrid score limits (Bonferroni)")
  }

  /// (n_r − n_f)/(n_r + n_f) is a function of one share.
  package func imbalance(level: Double) -> MeasureNumber {
    let value = classImbalance
    let both = GroupCounts.total([focal, reference]).counts
    let square = both.squaredWeight
    guard square > 0, let number = value.value else { return MeasureNumber(value, reason: "no rows") }
    let size = both.weight * both.weight / square
    let share = (1 + number) / 2
    let limits = ProportionInterval.wilson(successes: share * size, trials: size, level: level)
    return MeasureNumber(
      value, Interval(lower: 2 * limits.lower - 1, upper: 2 * limits.upper - 1), "Wilson score")
  }

  // MARK: Parts

  private var filled: String {
    compatibility.map { "\($0.rawValue) gives an empty denominator a value, of which no interval is known" }
      ?? "no interval can be given"
  }

  /// Both groups' shares; nil where one has an empty denominator.
  func shares(_ metric: BinaryMetric) -> (RateDefinition.Share, RateDefinition.Share)? {
    guard let rate = metric.rate else { return nil }
    let (own, other) = (rate.share(of: focal.counts), rate.share(of: reference.counts))
    return own.value == nil || other.value == nil ? nil : (own, other)
  }

  private var errors: (RateDefinition.Share, RateDefinition.Share)? {
    guard let (own, other) = shares(.accuracy) else { return nil }
    func complement(_ share: RateDefinition.Share) -> RateDefinition.Share {
      var result = share
      result.successes = share.trials - share.successes
      result.successRows = share.rows - share.successRows
      return result
    }
    return (complement(own), complement(other))
  }

  /// Whether a ratio is what its counts say, and no tool's stand-in for it.
  private func isPlain(
    _ value: MeasureValue, _ own: RateDefinition.Share, _ other: RateDefinition.Share
  ) -> Bool {
    guard let number = value.value, other.successes == 0 else { return true }
    return own.successes > 0 && number.isInfinite
  }

  static func newcombe(
    _ a: RateDefinition.Share, _ b: RateDefinition.Share, _ level: Double
  ) -> Interval {
    DifferenceInterval.newcombe(
      successes1: a.effectiveSuccesses, trials1: a.effectiveCount, successes2: b.effectiveSuccesses,
      trials2: b.effectiveCount, level: level)
  }

  static func koopman(_ a: RateDefinition.Share, _ b: RateDefinition.Share, _ level: Double) -> Interval {
    RatioInterval.koopman(
      successes1: a.effectiveSuccesses, trials1: a.effectiveCount, successes2: b.effectiveSuccesses,
      trials2: b.effectiveCount, level: level, correction: false)
  }
}
