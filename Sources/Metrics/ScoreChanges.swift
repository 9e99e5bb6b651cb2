/// What the scores of two models, and the losses that follow from them, differ by: candidate − baseline,
/// row by row in the order of the baseline's scores.
struct ScoreChanges: Sendable {
  /// Bits below the binary point of a change in fixed point. A change of log loss is below 2⁶, so that a
  /// square has at most 96 bits and 2³¹ of them fit in 128.
  static let bits = 42
  static let scale = 0x1p42

  let score: [Double]
  /// Empty unless scores are probabilities.
  let logLoss: [Double]
  let brier: [Double]
  /// The same in fixed point, scores scaled to at most 1; empty with weights, which need no exact sums.
  let fixedScore: [Int64]
  let fixedLogLoss: [Int64]
  let fixedBrier: [Int64]
  /// Power of two that scales scores of both models to at most 1.
  let scoreScale: Double

  /// - Parameter candidateAt: the candidate's position of each position of the baseline.
  init(candidate: RankedRows, baseline: RankedRows, candidateAt: [UInt32]) {
    let scoreScale = min(candidate.scoreScale, baseline.scoreScale)
    self.scoreScale = scoreScale
    let positions = baseline.labels.indices
    score = positions.map { candidate.order.scores[Int(candidateAt[$0])] - baseline.order.scores[$0] }
    if baseline.logLoss.isEmpty || candidate.logLoss.isEmpty {
      (logLoss, brier) = ([], [])
    } else {
      logLoss = positions.map { candidate.logLoss[Int(candidateAt[$0])] - baseline.logLoss[$0] }
      brier = positions.map { position in
        let label = Double(baseline.labels[position])
        let mine = label - candidate.order.scores[Int(candidateAt[position])]
        let theirs = label - baseline.order.scores[position]
        return mine * mine - theirs * theirs
      }
    }
    let isExact = baseline.weights == nil
    func fixed(_ changes: [Double], _ scale: Double) -> [Int64] {
      isExact ? changes.map { Int64($0 * scale) } : []
    }
    fixedScore = fixed(score, scoreScale * Self.scale)
    fixedLogLoss = fixed(logLoss, Self.scale)
    fixedBrier = fixed(brier, Self.scale)
  }
}
