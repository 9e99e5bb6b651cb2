import Glibc
import Metrics
import Statistics

/// How much more likely a group's labels are where its odds are q times what its scores say:
/// max_q Σ w [y ln q − ln(1 − s + q s)] (Zhang & Neill 2016; AIF360's `mdss_bias_score` with Bernoulli scoring).
///
/// The score is the likelihood-ratio statistic of one parameter, so that twice the score of rows that were drawn one by
/// one is compared with chi-squared on one degree of freedom.
package struct BiasScore: Sendable {
  /// In which way the scores may be wrong.
  package enum Direction: String, Sendable, CaseIterable {
    /// Scores are too high: q below 1.
    case overpredicted
    /// Scores are too low: q above 1.
    case underpredicted
  }

  /// How far q is looked for, as a logarithm: past it the labels and the scores exclude each other.
  private static let reach = 230.0

  private let scores: [Double]
  /// nil where every row weighs 1.
  private let weights: [Double]?
  private let positive: Double

  /// - Parameters:
  ///   - scores: probabilities of the positive class
  ///   - labels: 1 for positive
  ///   - weights: 1 each where nil
  package init(scores: [Double], labels: [UInt8], weights: [Double]? = nil) {
    (self.scores, self.weights) = (scores, weights)
    positive = labels.enumerated().reduce(0) { $0 + ($1.element == 1 ? weights?[$1.offset] ?? 1 : 0) }
  }

  /// The largest score with q on the direction's side of 1, at least 0; infinite where a label has no chance under its
  /// score whatever q is. Complexity: O(rows) a step of the search.
  package func value(_ direction: Direction) -> MeasureValue { value(direction, at: logOdds) }

  /// The same from ln q where the score is largest, which both directions share.
  package func value(_ direction: Direction, at best: Double) -> MeasureValue {
    guard weights?.contains(where: { $0 > 0 }) ?? !scores.isEmpty else { return .undefined("no rows") }
    let isInside = direction == .overpredicted ? best < 0 : best > 0
    guard isInside else { return .value(0) }
    if abs(best) >= Self.reach { return .value(limit(direction)) }
    return .value(max(0, score(at: best)))
  }

  /// The chance of a score at least as large where the scores are right: half of the time the best q lies on the other
  /// side of 1 and the score is 0 (Self & Liang 1987).
  package static func pValue(_ score: Double) -> Double {
    score > 0 ? ChiSquared.survival(2 * score, degreesOfFreedom: 1) / 2 : 1
  }

  /// ln q where the score is largest; ±`reach` where it rises without end.
  package var logOdds: Double {
    if slope(at: -Self.reach) <= 0 { return -Self.reach }
    if slope(at: Self.reach) >= 0 { return Self.reach }
    let known = signs()
    var (low, high) = (-Self.reach, Self.reach)
    for _ in 0..<100 where high - low > 1e-13 {
      let middle = (low + high) / 2
      let rises = middle <= known.lowerBound || middle < known.upperBound && slope(at: middle) > 0
      if rises { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// Where the slope's sign has to be looked at: below it the slope is above 0, and above it below 0, by more than sums
  /// of so many terms can err. Newton's method finds the place, so that halving passes over rows near it only.
  private func signs() -> ClosedRange<Double> {
    let everything = -Self.reach...Self.reach
    var (near, steepness) = (0.0, 0.0)
    for _ in 0..<12 {
      let (slope, curvature) = slopes(at: near)
      let step = slope / curvature
      guard curvature > 0, step.isFinite, abs(near + step) < Self.reach else { return everything }
      (near, steepness) = (near + step, curvature)
      if abs(step) < 1e-9 { break }
    }
    let weight = weights?.reduce(0, +) ?? Double(scores.count)
    let doubt = Double(scores.count + 8) * 0x1p-52 * (weight + positive)
    let reach = max(1e-12, 8 * doubt / steepness)
    guard slope(at: near - reach) > 2 * doubt, slope(at: near + reach) < -2 * doubt else { return everything }
    return near - reach...near + reach
  }

  /// d score / d ln q: falls in q.
  private func slope(at logOdds: Double) -> Double {
    let q = exp(logOdds)
    var sum = positive
    for (row, score) in scores.enumerated() {
      sum -= (weights?[row] ?? 1) * (q * score) / (1 - score + q * score)
    }
    return sum
  }

  /// The slope, and how fast it falls.
  private func slopes(at logOdds: Double) -> (slope: Double, curvature: Double) {
    let q = exp(logOdds)
    var (slope, curvature) = (positive, 0.0)
    for (row, score) in scores.enumerated() {
      let share = q * score / (1 - score + q * score)
      let part = (weights?[row] ?? 1) * share
      slope -= part
      curvature += part * (1 - share)
    }
    return (slope, curvature)
  }

  private func score(at logOdds: Double) -> Double {
    let q = exp(logOdds)
    var sum = positive * logOdds
    for (row, score) in scores.enumerated() { sum -= (weights?[row] ?? 1) * log(1 - score + q * score) }
    return sum
  }

  /// The score as q goes to 0, or to infinity: finite only where the rows that q cannot reach are as heavy as the labels
  /// ask for.
  private func limit(_ direction: Direction) -> Double {
    let isOver = direction == .overpredicted
    // Rows that follow q as far as it goes: s = 1 downwards, s > 0 upwards.
    var (following, rest) = (0.0, 0.0)
    for (row, score) in scores.enumerated() {
      let weight = weights?[row] ?? 1
      let follows = isOver ? score == 1 : score > 0
      let own = isOver ? (follows ? 0 : -log1p(-score)) : (follows ? -log(score) : 0)
      following += follows ? weight : 0
      rest += weight * own
    }
    return abs(positive - following) <= 1e-12 * max(1, positive) ? rest : .infinity
  }
}

extension FairnessMeasure {
  private static func biasScore(
    _ direction: BiasScore.Direction, _ side: String, alias: String
  ) -> FairnessMeasure {
    FairnessMeasure(
      id: "bias_score_\(direction.rawValue)", name: "Bias score, \(direction.rawValue)", family: .score,
      formula: "max_{q \(side) 1} Σ w [y ln q − ln(1 − s + q s)]", source: "Zhang & Neill 2016",
      range: 0...Double.infinity, fair: 0,
      meaning: "0: the group's odds are not \(direction.rawValue); larger: its labels speak the more for it",
      undefined: "no rows", aliases: [.init("AIF360", alias)])
  }

  package static let biasScoreOverpredicted = biasScore(
    .overpredicted, "<", alias: "mdss_bias_score")
  package static let biasScoreUnderpredicted = biasScore(
    .underpredicted, ">", alias: "mdss_bias_score(overpredicted=False)")
}
