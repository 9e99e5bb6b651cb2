/// The rows of a binary task in the form that the kernels take: one small value a row and role.
package struct Observations: Sendable {
  /// 1 where the label is positive.
  package let labels: [UInt8]
  /// 1 where the model decides positively.
  package let decisions: [UInt8]
  /// Any finite numbers; nil without a score.
  package let scores: [Double]?
  /// Whether scores are probabilities, so that losses and calibration mean something.
  package let scoresAreProbabilities: Bool
  /// Non-negative and finite; nil where every row counts 1.
  package let weights: [Double]?
  /// 1 where the baseline model decides positively; nil without one.
  package let baselineDecisions: [UInt8]?
  /// The baseline's scores; nil without them, and where the candidate has none to compare with.
  package let baselineScores: [Double]?

  package init(
    labels: [UInt8], decisions: [UInt8], scores: [Double]? = nil, scoresAreProbabilities: Bool = true,
    weights: [Double]? = nil, baselineDecisions: [UInt8]? = nil, baselineScores: [Double]? = nil
  ) {
    precondition(labels.count == decisions.count, "labels and decisions of unequal length")
    precondition(labels.count < Int(Int32.max), "more rows than a row number holds")
    self.labels = labels
    self.decisions = decisions
    self.scores = scores
    self.scoresAreProbabilities = scoresAreProbabilities && scores != nil
    self.weights = weights
    self.baselineDecisions = baselineDecisions
    self.baselineScores = scores == nil ? nil : baselineScores
  }

  package var rowCount: Int { labels.count }

  /// The same rows with the baseline's predictions; nil without a baseline.
  var baseline: Observations? {
    baselineDecisions.map {
      Observations(
        labels: labels, decisions: $0, scores: baselineScores,
        scoresAreProbabilities: scoresAreProbabilities, weights: weights)
    }
  }
}

/// What became of a row: the cell of the confusion matrix that it falls into.
package enum Outcome: Int, Sendable, CaseIterable {
  case truePositive
  case falsePositive
  case falseNegative
  case trueNegative

  /// The bit of a set of outcomes.
  var bit: UInt8 { 1 << UInt8(rawValue) }
}
