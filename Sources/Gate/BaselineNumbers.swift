import Fairness
import Glibc
import Metrics
import Results
import Statistics

/// What the candidate is compared with: another model on the same rows, or another run.
struct BaselineNumbers: Sendable {
  enum Source: Sendable {
    /// Row by row, stored in the candidate's evaluation.
    case paired(PairedColumns)
    /// Another evaluation; its slices by predicate.
    case run(Numbers, [String: Int])
  }

  let source: Source
  let candidate: Numbers

  init(paired: PairedColumns, candidate: Numbers) {
    source = .paired(paired)
    self.candidate = candidate
  }

  init(run: Evaluation, candidate: Numbers) {
    let predicates = run.slices.predicate
    let places = Dictionary(zip(predicates, predicates.indices), uniquingKeysWith: { first, _ in first })
    source = .run(Numbers(run), places)
    self.candidate = candidate
  }

  var isPaired: Bool {
    if case .paired = source { return true }
    return false
  }

  private var evaluation: Evaluation { candidate.evaluation }

  /// Candidate and baseline of one slice, with the variances of both and what they share.
  struct Sides: Sendable {
    var candidate: Double
    var baseline: Double
    var candidateVariance: Double
    var baselineVariance: Double
    var covariance: Double
    var denominator: Int
    var baselineDenominator: Int

    var changeVariance: Double { max(0, candidateVariance + baselineVariance - 2 * covariance) }

    /// On the scale of logarithms; nil where a side is not positive.
    var logarithms: Sides? {
      guard candidate > 0, baseline > 0 else { return nil }
      return Sides(
        candidate: log(candidate), baseline: log(baseline),
        candidateVariance: candidateVariance / (candidate * candidate),
        baselineVariance: baselineVariance / (baseline * baseline),
        covariance: covariance / (candidate * baseline), denominator: denominator,
        baselineDenominator: baselineDenominator)
    }
  }

  /// Both sides, or why there are none.
  func sides(_ metric: Metric, _ slice: Int) -> (sides: Sides?, reason: String?) {
    let mine = candidate.estimate(metric, slice)
    guard let value = mine.value else { return (nil, mine.reason ?? "undefined") }
    guard let own = variance(metric, mine, candidate.side(slice, metric)) else {
      return (nil, mine.reason ?? "no standard error")
    }
    var sides = Sides(
      candidate: value, baseline: 0, candidateVariance: own, baselineVariance: own, covariance: 0,
      denominator: mine.denominator, baselineDenominator: mine.denominator)
    switch source {
    case .run(let run, let places):
      guard let other = places[evaluation.slices.predicate[slice]] else {
        return (nil, "the baseline has no such slice")
      }
      guard run.has(metric) else { return (nil, "the baseline has no \(metric.id)") }
      let theirs = run.estimate(metric, other)
      guard let before = theirs.value else { return (nil, "baseline: \(theirs.reason ?? "undefined")") }
      guard let error = variance(metric, theirs, run.side(other, metric)) else {
        return (nil, "baseline: \(theirs.reason ?? "no standard error")")
      }
      (sides.baseline, sides.baselineVariance, sides.baselineDenominator) = (
        before, error, theirs.denominator
      )
    case .paired(let columns):
      guard let column = columns[metric.id] else { return (nil, "the baseline has no \(metric.id)") }
      let withheld = evaluation.suppression.flatMap { suppression in
        suppression.hides(.changes, slice) ? "withheld: \(suppression.reason)" : nil
      }
      guard !column.baseline[slice].isNaN else { return (nil, withheld ?? "undefined in the baseline") }
      let error = column.standardError[slice]
      guard !error.isNaN else { return (nil, withheld ?? "no standard error of the change") }
      // The baseline's own error is not stored. On the same rows it is close to the candidate's; that of a rate
      // follows from its value.
      let before = column.baseline[slice]
      let others = rateVariance(metric, before, candidate.side(slice, metric)) ?? own
      (sides.baseline, sides.baselineVariance) = (before, others)
      sides.covariance = (own + others - error * error) / 2
    }
    return (sides, nil)
  }

  /// The same on the scale on which a gap is compared: logarithms for ratios. The reason counts only without sides.
  func scaledSides(_ metric: Metric, _ slice: Int, isRatio: Bool) -> (sides: Sides?, reason: String) {
    let (found, reason) = sides(metric, slice)
    guard isRatio, let found else { return (found, reason ?? "undefined") }
    return (found.logarithms, "a ratio of zero rates cannot be compared")
  }

  /// The squared standard error; of a rate with half a row added to both sides, so that 0 of 30 varies.
  private func variance(_ metric: Metric, _ estimate: Estimate, _ side: Side) -> Double? {
    if let value = estimate.value, let found = rateVariance(metric, value, side) { return found }
    return estimate.standardError.flatMap { $0 > 0 ? $0 * $0 : nil }
  }

  /// Of a rate with this value over the rows of this slice; nil for other metrics.
  private func rateVariance(_ metric: Metric, _ value: Double, _ side: Side) -> Double? {
    guard let share = side.tested(metric), share.effectiveCount > 0 else { return nil }
    let p = (value * share.effectiveCount + 0.5) / (share.effectiveCount + 1)
    return p * (1 - p) / share.effectiveCount
  }

  /// The other run, and the slice as it is there and here; nil where rows are paired.
  func runs(_ metric: Metric, _ slice: Int) -> (run: Numbers, now: Side, then: Side)? {
    guard case .run(let run, let places) = source, let other = places[evaluation.slices.predicate[slice]]
    else { return nil }
    return (run, candidate.side(slice, metric), run.side(other, metric).ofAnotherRun)
  }

  // MARK: Joint cells

  /// Rows that are right (or selected, …) with both models, one, the other, neither.
  struct Joint: Sendable {
    var both = 0
    var candidateOnly = 0
    var baselineOnly = 0
    var neither = 0
  }

  /// nil without joint cells, with weights, and where the models do not share the denominator.
  func joint(_ metric: Metric, _ slice: Int) -> Joint? {
    let slices = evaluation.slices
    guard isPaired, candidate.isCounted, let rate = metric.rate, slices.cellWeights.isEmpty,
      slices.baselineCells.count == 8 * slices.count, !evaluation.withholds(.changes, slice)
    else { return nil }
    var joint = Joint()
    for outcome in Outcome.allCases {
      for (index, decision) in [true, false].enumerated() {
        let rows = slices.baselineCells[8 * slice + 2 * outcome.rawValue + index]
        guard rows > 0 else { continue }
        let other = outcome.with(decision: decision)
        guard rate.isTrial(outcome) == rate.isTrial(other) else { return nil }
        guard rate.isTrial(outcome) else { continue }
        switch (rate.isSuccess(outcome), rate.isSuccess(other)) {
        case (true, true): joint.both += rows
        case (true, false): joint.candidateOnly += rows
        case (false, true): joint.baselineOnly += rows
        case (false, false): joint.neither += rows
        }
      }
    }
    return joint
  }

  /// Decisions that differ, in each direction; nil without joint cells.
  func flips(_ slice: Int) -> CheckItem.Flips? {
    let cells = evaluation.slices.baselineCells
    guard isPaired, cells.count == 8 * evaluation.slices.count, !evaluation.withholds(.changes, slice) else {
      return nil
    }
    func cell(_ outcome: Outcome, _ baselinePositive: Bool) -> Int {
      cells[8 * slice + 2 * outcome.rawValue + (baselinePositive ? 0 : 1)]
    }
    return CheckItem.Flips(
      better: cell(.truePositive, false) + cell(.trueNegative, true),
      worse: cell(.falsePositive, false) + cell(.falseNegative, true),
      toPositive: cell(.truePositive, false) + cell(.falsePositive, false),
      toNegative: cell(.falseNegative, true) + cell(.trueNegative, true))
  }
}

extension Outcome {
  /// The outcome of the same row under another decision.
  func with(decision: Bool) -> Outcome {
    switch self {
    case .truePositive, .falseNegative: decision ? .truePositive : .falseNegative
    case .falsePositive, .trueNegative: decision ? .falsePositive : .trueNegative
    }
  }
}
