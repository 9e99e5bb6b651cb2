import Results

/// The rows of a binary task as metrics of rows see them.
package struct BinaryRowObservations: Sendable {
  /// 1 where the label is positive; all 0 where there is no label.
  let labels: [UInt8]
  /// 1 where the model decides positively.
  let decisions: [UInt8]
  let scores: [Double]?
  let scoresAreProbabilities: Bool
  /// nil where every row counts 1.
  let weights: [Double]?
  /// The other model's decisions and scores on the same rows.
  let baselineDecisions: [UInt8]?
  let baselineScores: [Double]?
  let hasLabel: Bool
  /// Whether a score must be above a cut, and not at least it, to be selected.
  let thresholdIsStrict: Bool
  /// Bins of the plain expected calibration error.
  let calibrationBins: Int
  /// nil without scores.
  let ranks: BinaryScoreRanks?

  /// - Parameters:
  ///   - labels, decisions: 0 or 1.
  ///   - scores, baselineScores: finite; a higher one speaks for the positive class.
  ///   - scoresAreProbabilities: whether losses and calibration mean something.
  ///   - weights: finite and not negative.
  ///   - hasLabel: whether `labels` are known; otherwise only what needs none can be measured.
  ///   - thresholdIsStrict: whether a metric at a cut selects scores above it only.
  ///   - calibrationBins: of the plain expected calibration error.
  /// - Complexity: O(rows), a radix sort of the scores.
  package init(
    labels: [UInt8], decisions: [UInt8], scores: [Double]?, scoresAreProbabilities: Bool,
    weights: [Double]?, baselineDecisions: [UInt8]?, baselineScores: [Double]?, hasLabel: Bool,
    thresholdIsStrict: Bool = false, calibrationBins: Int = 10
  ) {
    precondition(labels.count == decisions.count, "labels and decisions of unequal length")
    self.labels = labels
    self.decisions = decisions
    self.scores = scores
    self.scoresAreProbabilities = scoresAreProbabilities && scores != nil
    self.weights = weights
    self.baselineDecisions = baselineDecisions
    self.baselineScores = scores == nil ? nil : baselineScores
    self.hasLabel = hasLabel
    self.thresholdIsStrict = thresholdIsStrict
    self.calibrationBins = calibrationBins
    ranks = scores.map(BinaryScoreRanks.init)
  }

  @inline(__always)
  func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

  @inline(__always)
  func label(_ row: Int) -> Double { Double(labels[row]) }

  @inline(__always)
  func score(_ row: Int) -> Double { scores?[row] ?? 0 }

  /// What these rows tell.
  var available: BinaryNeeds {
    var result: BinaryNeeds = []
    if hasLabel { result.insert(.label) }
    if scores != nil { result.insert(.score) }
    if scoresAreProbabilities { result.insert(.probability) }
    if baselineDecisions != nil { result.insert(.baseline) }
    if baselineScores != nil { result.insert(.baselineScore) }
    return result
  }
}

/// What a metric is measured from, beside decisions and weights.
struct BinaryNeeds: OptionSet, Sendable {
  let rawValue: UInt8

  static let label = BinaryNeeds(rawValue: 1)
  static let score = BinaryNeeds(rawValue: 2)
  static let probability = BinaryNeeds(rawValue: 4)
  static let baseline = BinaryNeeds(rawValue: 8)
  static let baselineScore = BinaryNeeds(rawValue: 16)

  /// The first of these that is missing from others, in words; nil where none is.
  func missing(from available: BinaryNeeds) -> String? {
    let names: [(BinaryNeeds, String)] = [
      (.label, "labels"), (.score, "scores"), (.probability, "scores that are probabilities"),
      (.baseline, "a baseline model's decisions"), (.baselineScore, "scores of a baseline model"),
    ]
    return names.first { contains($0.0) && !available.contains($0.0) }?.1
  }
}
