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

  private let rows: [(score: Double, weight: Double)]
  private let positive: Double

  /// - Parameters:
  ///   - scores: probabilities of the positive class
  ///   - labels: 1 for positive
  ///   - weights: 1 each where nil
  package init(scores: [Double], labels: [UInt8], weights: [Double]? = nil) {
    rows = scores.enumerated().map { ($1, weights?[$0] ?? 1) }
    positive = labels.enumerated().reduce(0) { $0 + ($1.element == 1 ? weights?[$1.offset] ?? 1 : 0) }
  }

  /// The largest score with q on the direction's side of 1, at least 0; infinite where a label has no chance under its
  /// score whatever q is. Complexity: O(rows) a step of the search.
  package func value(_ direction: Direction) -> MeasureValue {
    guard rows.contains(where: { $0.weight > 0 }) else { return .undefined("no rows") }
    let best = logOdds
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
  private var logOdds: Double {
    if slope(at: -Self.reach) <= 0 { return -Self.reach }
    if slope(at: Self.reach) >= 0 { return Self.reach }
    var (low, high) = (-Self.reach, Self.reach)
    for _ in 0..<100 where high - low > 1e-13 {
      let middle = (low + high) / 2
      if slope(at: middle) > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// d score / d ln q: falls in q.
  private func slope(at logOdds: Double) -> Double {
    let q = exp(logOdds)
    return rows.reduce(positive) { $0 - $1.weight * (q * $1.score) / (1 - $1.score + q * $1.score) }
  }

  private func score(at logOdds: Double) -> Double {
    let q = exp(logOdds)
    return rows.reduce(positive * logOdds) { $0 - $1.weight * log(1 - $1.score + q * $1.score) }
  }

  /// The score as q goes to 0, or to infinity: finite only where the rows that q cannot reach are as heavy as the labels
  /// ask for.
  private func limit(_ direction: Direction) -> Double {
    let isOver = direction == .overpredicted
    // Rows that follow q as far as it goes: s = 1 downwards, s > 0 upwards.
    let (following, rest) = rows.reduce((0.0, 0.0)) { sums, row in
      let follows = isOver ? row.score == 1 : row.score > 0
      let own = isOver ? (follows ? 0 : -log1p(-row.score)) : (follows ? -log(row.score) : 0)
      return (sums.0 + (follows ? row.weight : 0), sums.1 + row.weight * own)
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
