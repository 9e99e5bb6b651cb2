import Glibc

/// Everything about the rows that the walk down the scores needs, in ascending order of score.
struct RankedRows: Sendable {
  /// log loss is clipped to scores in [ε, 1 − ε], as scikit-learn does.
  static let epsilon = 0x1p-52

  let order: ScoreOrder
  let labels: [UInt8]
  let weights: [Double]?
  /// −ln p(label); empty unless scores are probabilities.
  let logLoss: [Double]
  /// Twice the weight of negatives below a score plus that of negatives at it, over all rows.
  let negativesBelow: [Double]
  /// Twice the weight of positives above a score plus that of positives at it, over all rows.
  let positivesAbove: [Double]
  /// Weight of all positives and of all negatives.
  let allPositives: Double
  let allNegatives: Double
  /// Power of two that scales |score| to at most 1.
  let scoreScale: Double

  init(_ observations: Observations, scores: [Double]) {
    order = ScoreOrder(scores)
    let rows = order.rows
    let labels = rows.map { observations.labels[Int($0)] }
    let weights = observations.weights.map { weights in rows.map { weights[Int($0)] } }
    self.labels = labels
    self.weights = weights
    let largest = scores.reduce(0) { max($0, abs($1)) }
    scoreScale = largest > 1 ? scalbn(1, -Int32(ilogb(largest)) - 1) : 1
    logLoss = observations.scoresAreProbabilities ? Self.losses(order.scores, labels) : []
    let ranks = Self.ranks(order, labels, weights)
    (negativesBelow, positivesAbove) = (ranks.below, ranks.above)
    (allPositives, allNegatives) = (ranks.positives, ranks.negatives)
  }

  private static func losses(_ scores: [Double], _ labels: [UInt8]) -> [Double] {
    zip(scores, labels).map { loss($0, label: $1) }
  }

  /// The log loss of one row.
  static func loss(_ score: Double, label: UInt8) -> Double {
    let clipped = min(max(score, epsilon), 1 - epsilon)
    return label == 1 ? -log(clipped) : -log1p(-clipped)
  }

  private static func ranks(
    _ order: ScoreOrder, _ labels: [UInt8], _ weights: [Double]?
  ) -> (below: [Double], above: [Double], positives: Double, negatives: Double) {
    let count = labels.count
    var below = [Double](repeating: 0, count: count)
    var above = below
    var totals = (positive: 0.0, negative: 0.0)
    var start = 0
    while start < count {
      var end = start
      var run = (positive: 0.0, negative: 0.0)
      while end < count, order.runStart[end] == order.runStart[start] {
        let weight = weights?[end] ?? 1
        if labels[end] == 1 { run.positive += weight } else { run.negative += weight }
        end += 1
      }
      for position in start..<end {
        below[position] = 2 * totals.negative + run.negative
        above[position] = 2 * totals.positive + run.positive
      }
      totals = (totals.positive + run.positive, totals.negative + run.negative)
      start = end
    }
    for position in 0..<count { above[position] = 2 * totals.positive - above[position] }
    return (below, above, totals.positive, totals.negative)
  }
}
