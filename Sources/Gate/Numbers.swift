import Fairness
import Glibc
import Metrics
import Results
import Statistics

/// The numbers of a stored evaluation, with the tests that can be made of them.
struct Numbers: Sendable {
  let evaluation: Evaluation
  private let columns: [BinaryMetric: EstimateColumns]
  private let estimator: SliceEstimator
  private let pairs: PairComparer

  init(_ evaluation: Evaluation) {
    self.evaluation = evaluation
    var columns: [BinaryMetric: EstimateColumns] = [:]
    for (entry, column) in zip(evaluation.metrics, evaluation.estimates) {
      if let metric = BinaryMetric(id: entry.id) { columns[metric] = column }
    }
    self.columns = columns
    let bootstrap = CellBootstrap(
      replicates: evaluation.bootstrapReplicates, seed: evaluation.seed,
      isWeighted: !evaluation.slices.cellWeights.isEmpty)
    estimator = SliceEstimator(level: evaluation.level, bootstrap: bootstrap)
    pairs = PairComparer(knownLevel: evaluation.level)
  }

  /// Whether the metric is stored or follows from what is.
  func has(_ metric: BinaryMetric) -> Bool {
    columns[metric] != nil || metric.rate != nil && !(metric.needsLabel && evaluation.roles.label == nil)
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

  /// Counts with the share that the metric has: where the cells are withheld and the share is not, its successes and
  /// failures stand for them.
  func counts(_ slice: Int, for metric: BinaryMetric) -> OutcomeCounts {
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

  func estimate(_ metric: BinaryMetric, _ slice: Int) -> Estimate {
    if let suppression = evaluation.suppression, evaluation.withholds(metric: metric.id, slice) {
      return Estimate(
        value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .suppressed,
        reason: "withheld: \(suppression.reason)")
    }
    if let column = columns[metric] { return column[slice] }
    if let rate = metric.rate { return estimator.rate(rate, counts(slice)) }
    return Estimate(
      value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .undefined,
      reason: "the evaluation has no \(metric.id)")
  }

  /// A slice as one side of comparisons by some metrics.
  func side(_ slice: Int, _ metrics: [BinaryMetric]) -> Side {
    var estimates = [Estimate?](repeating: nil, count: BinaryMetric.allCases.count)
    for metric in metrics { estimates[metric.rawValue] = estimate(metric, slice) }
    return Side(
      name: evaluation.slices.predicate[slice], slice: slice,
      tally: SliceTally(counts: metrics.count == 1 ? counts(slice, for: metrics[0]) : counts(slice)),
      estimates: estimates)
  }

  /// The rows outside a slice, for one rate.
  func complement(_ slice: Int, _ metric: BinaryMetric) -> Side {
    let rest = counts(slice, for: metric).complement(in: counts(0, for: metric))
    var estimates = [Estimate?](repeating: nil, count: BinaryMetric.allCases.count)
    estimates[metric.rawValue] = metric.rate.map { estimator.rate($0, rest) }
    return Side(
      name: "rows outside \(evaluation.slices.predicate[slice])", slice: nil, tally: SliceTally(counts: rest),
      estimates: estimates)
  }

  // MARK: A metric's value

  func value(_ metric: BinaryMetric, _ slice: Int, level: Double) -> Quantity {
    let estimate = estimate(metric, slice)
    var quantity = Quantity(value: estimate.value, denominator: estimate.denominator, reason: estimate.reason)
    quantity.groupValue = estimate.value
    guard let value = estimate.value else { return quantity }
    if metric.kind == .count {
      quantity.isExact = true
      return quantity
    }
    quantity.limits = side(slice, [metric]).limits(metric, level: level, from: evaluation.level)
    (quantity.tails, quantity.test) = tails(of: metric, value, estimate, counts(slice, for: metric))
    if quantity.tails == nil { quantity.reason = estimate.reason ?? "the metric has no test" }
    return quantity
  }

  private func tails(
    of metric: BinaryMetric, _ value: Double, _ estimate: Estimate, _ counts: OutcomeCounts
  ) -> ((@Sendable (Double) -> BoundTails)?, String?) {
    if let share = metric.rate?.tested(counts) {
      return (
        {
          BoundTest.proportion(successes: share.effectiveSuccesses, trials: share.effectiveCount, bound: $0)
        },
        "exact binomial test"
      )
    }
    switch metric {
    case .f1: return (Self.f1Tails(counts), "exact binomial test of TP among TP + FP + FN")
    case .balancedAccuracy:
      return (Self.balancedTails(counts), "score test of TPR − FPR, corrected for small counts")
    default: break
    }
    guard let error = estimate.standardError, error > 0 else { return (nil, nil) }
    if metric.kind == .index, value > 0, value < 1 { return indexTails(metric, value, error, counts) }
    if metric == .mcc, abs(value) < 1 {
      return (Self.correlationTails(value, error, Self.freedom(counts)), "Wald test on Fisher's scale")
    }
    guard isMean(metric) else {
      let freedom = Self.freedom(counts)
      return (
        {
          BoundTest.wald(estimate: value, standardError: error, bound: $0, degreesOfFreedom: freedom)
        }, "Wald test"
      )
    }
    return (
      meanTails(metric, value, error, max(1, estimate.effectiveCount - 1)), "Student t test"
    )
  }

  /// Areas between 0 and 1, on the logit scale. That of ROC has besides the score test with the variance that
  /// an area at the bound would have (Newcombe 2006, method 5): DeLong's variance is too small where a class
  /// has few rows.
  private func indexTails(
    _ metric: BinaryMetric, _ value: Double, _ error: Double, _ counts: OutcomeCounts
  ) -> (@Sendable (Double) -> BoundTails, String) {
    let scale = error / (value * (1 - value))
    let centre = Self.logit(value)
    let freedom = metric == .rocAUC ? nil : Self.freedom(counts)
    let wald: @Sendable (Double) -> BoundTails = { bound in
      guard bound > 0, bound < 1 else { return .certain(value: value, bound: bound) }
      return BoundTest.wald(
        estimate: centre, standardError: scale, bound: Self.logit(bound), degreesOfFreedom: freedom)
    }
    guard metric == .rocAUC else { return (wald, "Wald test on the logit scale") }
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
    _ metric: BinaryMetric, _ value: Double, _ error: Double, _ freedom: Double
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

  func isMean(_ metric: BinaryMetric) -> Bool {
    switch metric {
    case .logLoss, .brierScore, .meanScore, .calibrationInTheLarge: true
    default: false
    }
  }

  static func logit(_ p: Double) -> Double { log(p / (1 - p)) }

  // MARK: Two groups that share no row

  /// The p-values of a − b or a / b; nil where no test can be made.
  func tails(
    _ metric: BinaryMetric, _ a: Side, _ b: Side, _ kind: Gap.Kind
  ) -> (@Sendable (Double) -> BoundTails)? {
    if let rate = metric.rate {
      return rateTails(rate.tested(a.tally.counts), rate.tested(b.tally.counts), kind)
    }
    guard let left = a.estimate(metric), let right = b.estimate(metric), let first = left.value,
      let second = right.value, let firstError = left.standardError, let secondError = right.standardError,
      firstError > 0, secondError > 0
    else { return nil }
    let freedom =
      isMean(metric)
      ? Self.welch(firstError, left.effectiveCount, secondError, right.effectiveCount)
      : min(Self.freedom(a.tally.counts), Self.freedom(b.tally.counts))
    if kind == .ratio {
      return ratioTails(first, firstError, second, secondError, freedom, isIndex: metric.kind == .index)
    }
    let error = (firstError * firstError + secondError * secondError).squareRoot()
    if metric.kind == .index,
      let mover = MoverTails(first, firstError, second, secondError, freedom: freedom)
    {
      return { mover.tails($0) }
    }
    // (1 + MCC)/2 on the logit scale is MCC on Fisher's.
    if metric == .mcc,
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

  func testName(_ metric: BinaryMetric, _ kind: Gap.Kind) -> String {
    if metric.rate != nil { return "score test of a \(kind.rawValue), corrected for small counts" }
    if metric.kind == .index || metric == .mcc { return "MOVER on the logit scale" }
    if isMean(metric) { return kind == .ratio ? "Welch's t test on the log scale" : "Welch's t test" }
    return kind == .ratio ? "Wald test on the log scale" : "Wald test"
  }

  /// a − b or a / b with its interval.
  func pair(_ metric: BinaryMetric, _ a: Side, _ b: Side, _ kind: Gap.Kind, level: Double) -> Quantity {
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
  func noGap(_ metric: BinaryMetric, _ a: Side, _ b: Side) -> (p: Double, name: String)? {
    pairs.test(metric, a, b, 0, 0)
  }

  // MARK: A group and all rows, which contain it

  func overall(_ metric: BinaryMetric, _ slice: Int, _ kind: Gap.Kind, level: Double) -> Quantity {
    let group = side(slice, [metric])
    let whole = side(0, [metric])
    guard !Composite.contains(metric) else { return compositeOverall(metric, slice, kind, level: level) }
    let slices = evaluation.slices
    let comparer = OverallComparer(
      pairs: pairs, bootstrap: estimator.bootstrap,
      covariance: { metric, side in
        guard let stored = slices.covarianceWithOverall[metric.id], let slice = side.slice else { return nil }
        return stored[slice].isNaN ? nil : stored[slice]
      })
    let compared = comparer.compare(metric, group, whole, kind: kind, level: level)
    var quantity = Quantity(value: compared.value, limits: compared.limits, reason: compared.reason)
    fill(&quantity, group.estimate(metric), whole.estimate(metric))
    quantity.isRatio = kind == .ratio
    guard compared.value != nil else { return quantity }
    if let part = group.share(metric), let all = whole.share(metric) {
      quantity.test = testName(metric, kind) + ", against the rows outside"
      quantity.tails = overallTails(metric, group, complement(slice, metric), part.trials / all.trials, kind)
    } else if let limits = compared.limits {
      quantity.test = "Wald test with the covariance of part and whole"
      let freedom =
        isMean(metric)
        ? max(1, (group.estimate(metric)?.effectiveCount ?? 2) - 1) : Self.freedom(group.tally.counts)
      quantity.tails = Self.tails(around: compared.value ?? 0, limits, kind, level, freedom)
    }
    if quantity.tails != nil, compared.limits == nil, slice == 0 { quantity.isExact = true }
    return quantity
  }

  /// A difference from overall is (1 − f) times that from the rows outside, with f the group's share of the
  /// denominator; a ratio R is 1/(f + (1 − f)/r), r the ratio against the rows outside.
  private func overallTails(
    _ metric: BinaryMetric, _ group: Side, _ outside: Side, _ share: Double, _ kind: Gap.Kind
  ) -> (@Sendable (Double) -> BoundTails)? {
    guard share < 1, let inner = tails(metric, group, outside, kind) else { return nil }
    if kind == .difference { return { inner($0 / (1 - share)) } }
    return { bound in
      guard bound > 0 else { return inner(0) }
      let rest = 1 / bound - share
      return inner(rest > 0 ? (1 - share) / rest : .infinity)
    }
  }

  /// From an interval that is symmetric about the value, on its own or the logarithmic scale.
  static func tails(
    around value: Double, _ limits: Interval, _ kind: Gap.Kind, _ level: Double, _ freedom: Double? = nil
  ) -> (@Sendable (Double) -> BoundTails)? {
    let z = Normal.criticalValue(level: level)
    if kind == .difference {
      let error = limits.width / (2 * z)
      return { BoundTest.wald(estimate: value, standardError: error, bound: $0, degreesOfFreedom: freedom) }
    }
    guard value > 0, limits.lower > 0, limits.upper < .infinity else { return nil }
    let error = log(limits.upper / limits.lower) / (2 * z)
    return { bound in
      guard bound > 0 else { return .certain(value: value, bound: bound) }
      return BoundTest.wald(
        estimate: log(value), standardError: error, bound: log(bound), degreesOfFreedom: freedom)
    }
  }
}

extension BoundTails {
  /// For a bound outside the range that a number can have.
  static func certain(value: Double, bound: Double) -> BoundTails {
    BoundTails(less: value < bound ? 0 : 1, greater: value > bound ? 0 : 1)
  }
}
