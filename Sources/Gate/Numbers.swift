import Fairness
import Glibc
import Metrics
import Results
import Statistics

/// The numbers of a stored evaluation, with the tests that can be made of them.
struct Numbers: Sendable {
  let evaluation: Evaluation
  /// Whether rows counted by outcome say all: not in other tasks, nor where units have several rows.
  let isCounted: Bool
  private let columns: [Metric: EstimateColumns]
  let estimator: SliceEstimator
  let pairs: PairComparer

  init(_ evaluation: Evaluation) {
    self.evaluation = evaluation
    var columns: [Metric: EstimateColumns] = [:]
    for (entry, column) in zip(evaluation.metrics, evaluation.estimates) {
      columns[Metric(entry)] = column
    }
    self.columns = columns
    isCounted = evaluation.task == .binary && evaluation.roles.units == nil
    let bootstrap = CellBootstrap(
      replicates: evaluation.bootstrapReplicates, seed: evaluation.seed,
      isWeighted: !evaluation.slices.cellWeights.isEmpty)
    estimator = SliceEstimator(level: evaluation.level, bootstrap: bootstrap)
    pairs = PairComparer(knownLevel: evaluation.level, correlations: evaluation.unitCorrelations)
  }

  /// Whether the metric is stored or follows from what is.
  func has(_ metric: Metric) -> Bool {
    guard let binary = metric.binary else { return columns[metric] != nil }
    return columns[metric] != nil
      || isCounted && binary.rate != nil
        && !(binary.needsLabel && evaluation.roles.label == nil)
  }

  func counts(_ slice: Int) -> OutcomeCounts {
    let slices = evaluation.slices
    let rows = [
      slices.truePositives[slice], slices.falsePositives[slice], slices.falseNegatives[slice],
      slices.trueNegatives[slice],
    ]
    let own = 4 * slice..<4 * slice + 4
    let unit = rows.map(Double.init)
    return OutcomeCounts(
      rows: rows, weights: slices.cellWeights.isEmpty ? unit : Array(slices.cellWeights[own]),
      squaredWeights: slices.cellSquaredWeights.isEmpty ? unit : Array(slices.cellSquaredWeights[own]))
  }

  /// Outcomes with the share that the metric has; nil in a task that has none. Where the cells are withheld and the share is not, its successes and
  /// failures stand for them.
  func counts(_ slice: Int, for metric: Metric) -> OutcomeCounts? {
    guard isCounted else { return nil }
    guard evaluation.suppression != nil, let rate = metric.rate, let estimate = columns[metric]?[slice],
      Suppression.layer(of: metric.id) != .outcomes, let value = estimate.value
    else { return counts(slice) }
    let successes = Outcome.allCases.first { rate.isTrial($0) && rate.isSuccess($0) }
    let failures = Outcome.allCases.first { rate.isTrial($0) && !rate.isSuccess($0) }
    var counts = OutcomeCounts(rows: [0, 0, 0, 0], weights: [0, 0, 0, 0], squaredWeights: [0, 0, 0, 0])
    for (outcome, share) in [(successes, value), (failures, 1 - value)] {
      guard let index = outcome?.rawValue else { continue }
      counts.rows[index] = Int((share * Double(estimate.denominator)).rounded())
      counts.weights[index] =
        evaluation.slices.cellWeights.isEmpty ? Double(counts.rows[index]) : share * estimate.weight
      counts.squaredWeights[index] =
        estimate.effectiveCount > 0 ? counts.weights[index] * estimate.weight / estimate.effectiveCount : 0
    }
    return counts
  }

  func estimate(_ metric: Metric, _ slice: Int) -> Estimate {
    if let suppression = evaluation.suppression, evaluation.withholds(metric: metric.id, slice) {
      return Estimate(
        value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .suppressed,
        reason: "withheld: \(suppression.reason)")
    }
    if let column = columns[metric] { return column[slice] }
    if isCounted, let rate = metric.rate { return estimator.rate(rate, counts(slice)) }
    return Estimate(
      value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .undefined,
      reason: "the evaluation has no \(metric.id)")
  }

  /// A slice as one side of comparisons by a metric.
  func side(_ slice: Int, _ metric: Metric) -> Side {
    let name = evaluation.slices.predicate[slice]
    let estimates = [metric: estimate(metric, slice)]
    guard let counts = counts(slice, for: metric) else {
      return Side(name: name, slice: slice, rows: evaluation.slices.rows[slice], estimates: estimates)
    }
    return Side(name: name, slice: slice, tally: SliceTally(counts: counts), estimates: estimates)
  }

  /// The rows outside a slice, for one rate.
  func complement(_ slice: Int, _ metric: Metric) -> Side {
    if let rate = metric.rate, let own = counts(slice, for: metric), let all = counts(0, for: metric) {
      let rest = own.complement(in: all)
      return Side(
        name: "rows outside \(evaluation.slices.predicate[slice])", slice: nil,
        tally: SliceTally(counts: rest), estimates: [metric: estimator.rate(rate, rest)])
    }
    return comparer.outside(metric, side(slice, metric), side(0, metric))
  }

  /// Whether units have rows in several groups of a slice's family.
  func areShared(_ metric: Metric, _ slice: Int) -> Bool {
    evaluation.unitCorrelations.areShared(metric.id, slice: slice)
  }

  // MARK: A metric's value

  func value(_ metric: Metric, _ slice: Int, level: Double) -> Quantity {
    let estimate = estimate(metric, slice)
    var quantity = Quantity(value: estimate.value, denominator: estimate.denominator, reason: estimate.reason)
    quantity.groupValue = estimate.value
    guard let value = estimate.value else { return quantity }
    if metric.kind == .count {
      quantity.isExact = true
      return quantity
    }
    let side = side(slice, metric)
    quantity.limits = side.limits(metric, level: level, from: evaluation.level)
    (quantity.tails, quantity.test) = tails(of: metric, value, estimate, side)
    if quantity.tails == nil { quantity.reason = estimate.reason ?? "the metric has no test" }
    return quantity
  }

  private func tails(
    of metric: Metric, _ value: Double, _ estimate: Estimate, _ side: Side
  ) -> ((@Sendable (Double) -> BoundTails)?, String?) {
    if let share = side.tested(metric) {
      return (
        {
          BoundTest.proportion(successes: share.effectiveSuccesses, trials: share.effectiveCount, bound: $0)
        },
        "exact binomial test"
      )
    }
    switch (metric.binary, side.tally?.counts) {
    case (.f1?, let counts?):
      return (Self.f1Tails(counts), "exact binomial test of TP among TP + FP + FN")
    case (.balancedAccuracy?, let counts?):
      return (Self.balancedTails(counts), "score test of TPR − FPR, corrected for small counts")
    default: break
    }
    guard let error = estimate.standardError, error > 0 else { return (nil, nil) }
    if metric.kind == .index, value > 0, value < 1 { return indexTails(metric, value, error, side) }
    if metric.isCorrelation, abs(value) < 1 {
      return (Self.correlationTails(value, error, side.freedom(metric)), "Wald test on Fisher's scale")
    }
    guard metric.isMean else {
      let freedom = side.freedom(metric)
      return (
        {
          BoundTest.wald(estimate: value, standardError: error, bound: $0, degreesOfFreedom: freedom)
        }, "Wald test"
      )
    }
    return (meanTails(metric, value, error, side.freedom(metric)), "Student t test")
  }

  /// Areas between 0 and 1, on the logit scale. That of ROC has besides the score test with the variance that
  /// an area at the bound would have (Newcombe 2006, method 5): DeLong's variance is too small where a class
  /// has few rows.
  private func indexTails(
    _ metric: Metric, _ value: Double, _ error: Double, _ side: Side
  ) -> (@Sendable (Double) -> BoundTails, String) {
    let scale = error / (value * (1 - value))
    let centre = Self.logit(value)
    let isArea = metric.binary == .rocAUC
    let freedom = isArea ? nil : side.freedom(metric)
    let wald: @Sendable (Double) -> BoundTails = { bound in
      guard bound > 0, bound < 1 else { return .certain(value: value, bound: bound) }
      return BoundTest.wald(
        estimate: centre, standardError: scale, bound: Self.logit(bound), degreesOfFreedom: freedom)
    }
    guard isArea, let counts = side.tally?.counts else { return (wald, "Wald test on the logit scale") }
    let (m, n) = Self.classes(counts)
    return (
      { bound in
        guard bound > 0, bound < 1, m > 0, n > 0 else { return wald(bound) }
        let spread = ((m + n) / 2 - 1) * ((1 - bound) / (2 - bound) + bound / (1 + bound))
        let variance = bound * (1 - bound) * (1 + spread) / (m * n)
        return BoundTest.wald(estimate: value, standardError: variance.squareRoot(), bound: bound)
          .weaker(wald(bound))
      }, "Wald test on the logit scale and score test, the weaker"
    )
  }

  static func correlationTails(
    _ value: Double, _ error: Double, _ freedom: Double
  ) -> @Sendable (Double) -> BoundTails {
    let scale = error / (1 - value * value)
    return { bound in
      guard abs(bound) < 1 else { return .certain(value: value, bound: bound) }
      return BoundTest.wald(
        estimate: atanh(value), standardError: scale, bound: atanh(bound), degreesOfFreedom: freedom)
    }
  }

  /// Losses are skewed to the right, so that few rows tend to show too little of them: how high the mean may
  /// be is asked on the logarithmic scale as well.
  private func meanTails(
    _ metric: Metric, _ value: Double, _ error: Double, _ freedom: Double
  ) -> @Sendable (Double) -> BoundTails {
    let isSkewed = metric.kind == .loss && value > 0
    return { bound in
      let plain = BoundTest.wald(
        estimate: value, standardError: error, bound: bound, degreesOfFreedom: freedom)
      guard isSkewed, bound > value else { return plain }
      let skewed = BoundTest.wald(
        estimate: log(value), standardError: error / value, bound: log(bound), degreesOfFreedom: freedom)
      return plain.weaker(skewed)
    }
  }

  static func logit(_ p: Double) -> Double { log(p / (1 - p)) }

  // MARK: Two groups that share no row

  /// The p-values of a − b or a / b; nil where no test can be made.
  func tails(
    _ metric: Metric, _ a: Side, _ b: Side, _ kind: Gap.Kind
  ) -> (@Sendable (Double) -> BoundTails)? {
    let correlation = pairs.correlation(metric, a, b)
    if metric.isRate {
      guard let first = a.tested(metric), let second = b.tested(metric) else { return nil }
      let (x, y) = PairComparer.apart(first, second, correlation, kind)
      return rateTails(x, y, kind)
    }
    guard let left = a.estimate(metric), let right = b.estimate(metric), let first = left.value,
      let second = right.value, var firstError = left.standardError, var secondError = right.standardError,
      firstError > 0, secondError > 0
    else { return nil }
    if correlation != 0 {
      // As of independent groups whose difference, or ratio, varies as much.
      let scale = kind == .ratio ? (first, second) : (1, 1)
      let factor = PairComparer.varianceFactor(firstError / scale.0, secondError / scale.1, correlation)
      (firstError, secondError) = (firstError * factor.squareRoot(), secondError * factor.squareRoot())
    }
    let freedom =
      metric.isMean
      ? Self.welch(firstError, left.effectiveCount, secondError, right.effectiveCount)
      : min(a.freedom(metric), b.freedom(metric))
    if kind == .ratio {
      return ratioTails(first, firstError, second, secondError, freedom, isIndex: metric.kind == .index)
    }
    let error = (firstError * firstError + secondError * secondError).squareRoot()
    if metric.kind == .index,
      let mover = MoverTails(first, firstError, second, secondError, freedom: freedom)
    {
      return { mover.tails($0) }
    }
    // (1 + r)/2 on the logit scale is a correlation r on Fisher's.
    if metric.isCorrelation,
      let mover = MoverTails(
        (1 + first) / 2, firstError / 2, (1 + second) / 2, secondError / 2, freedom: freedom)
    {
      return { mover.tails($0 / 2) }
    }
    return {
      BoundTest.wald(estimate: first - second, standardError: error, bound: $0, degreesOfFreedom: freedom)
    }
  }

  /// On the logarithmic scale; of two indices by their limits on the logit scale (MOVER-R, Donner & Zou 2012).
  private func ratioTails(
    _ first: Double, _ firstError: Double, _ second: Double, _ secondError: Double, _ freedom: Double,
    isIndex: Bool
  ) -> (@Sendable (Double) -> BoundTails)? {
    guard first > 0, second > 0 else { return nil }
    let mover = isIndex ? MoverTails(first, firstError, second, secondError, freedom: freedom) : nil
    let (g, h) = (firstError / first, secondError / second)
    let error = (g * g + h * h).squareRoot()
    return { bound in
      guard bound > 0 else { return .certain(value: first / second, bound: bound) }
      if let mover { return mover.ratioTails(bound) }
      return BoundTest.wald(
        estimate: log(first / second), standardError: error, bound: log(bound), degreesOfFreedom: freedom)
    }
  }

  private func rateTails(
    _ x: RateDefinition.Share, _ y: RateDefinition.Share, _ kind: Gap.Kind
  ) -> (@Sendable (Double) -> BoundTails)? {
    guard x.effectiveCount > 0, y.effectiveCount > 0 else { return nil }
    if kind == .difference {
      return {
        BoundTest.difference(
          successes1: x.effectiveSuccesses, trials1: x.effectiveCount, successes2: y.effectiveSuccesses,
          trials2: y.effectiveCount, bound: $0)
      }
    }
    return { bound in
      guard bound > 0 else { return BoundTails(less: 1, greater: 0) }
      guard bound < .infinity else { return BoundTails(less: 0, greater: 1) }
      return BoundTest.ratio(
        successes1: x.effectiveSuccesses, trials1: x.effectiveCount, successes2: y.effectiveSuccesses,
        trials2: y.effectiveCount, bound: bound)
    }
  }

  /// Degrees of freedom of a difference of means (Welch 1947).
  private static func welch(_ a: Double, _ n: Double, _ b: Double, _ m: Double) -> Double {
    let (x, y) = (a * a, b * b)
    let below = x * x / max(1, n - 1) + y * y / max(1, m - 1)
    return below > 0 ? max(1, (x + y) * (x + y) / below) : 1
  }

  func testName(_ metric: Metric, _ kind: Gap.Kind) -> String {
    if metric.isRate { return "score test of a \(kind.rawValue), corrected for small counts" }
    if metric.kind == .index || metric.isCorrelation { return "MOVER on the logit scale" }
    if metric.isMean { return kind == .ratio ? "Welch's t test on the log scale" : "Welch's t test" }
    return kind == .ratio ? "Wald test on the log scale" : "Wald test"
  }

  /// a − b or a / b with its interval.
  func pair(_ metric: Metric, _ a: Side, _ b: Side, _ kind: Gap.Kind, level: Double) -> Quantity {
    let compared = pairs.compare(metric, a, b, kind: kind, level: level)
    var quantity = Quantity(value: compared.value, limits: compared.limits, reason: compared.reason)
    fill(&quantity, a.estimate(metric), b.estimate(metric))
    quantity.isRatio = kind == .ratio
    quantity.tails = tails(metric, a, b, kind)
    quantity.test = testName(metric, kind)
    return quantity
  }

  func fill(_ quantity: inout Quantity, _ group: Estimate?, _ reference: Estimate?) {
    quantity.groupValue = group?.value
    quantity.referenceValue = reference?.value
    quantity.denominator = group?.denominator ?? 0
    quantity.referenceDenominator = reference?.denominator
    if let withheld = [group, reference].first(where: { $0?.status == .suppressed }) {
      (quantity.value, quantity.reason) = (nil, withheld?.reason)
    }
    if quantity.value == nil, quantity.reason == nil { quantity.reason = group?.reason ?? reference?.reason }
  }

  /// The two-sided test of "no gap" of two rates.
  func noGap(_ metric: Metric, _ a: Side, _ b: Side) -> (p: Double, name: String)? {
    pairs.test(metric, a, b)
  }
}

extension BoundTails {
  /// For a bound outside the range that a number can have.
  static func certain(value: Double, bound: Double) -> BoundTails {
    BoundTails(less: value < bound ? 0 : 1, greater: value > bound ? 0 : 1)
  }
}
