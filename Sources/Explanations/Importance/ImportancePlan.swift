import Metrics
import Models
import Results
import Slicing

/// One way to choose donors, and all that is read from the predictions it gives.
struct ImportanceScoring: Sendable {
  /// The slice of each row, which donors share; nil where they come from all rows.
  let slices: [Int32]?
  let readouts: [ImportanceReadout]
  /// The readouts for the rows as they are.
  let bases: [ImportanceReading]
  /// By readout, by track, by quantity of the track.
  let quantities: [[[ImportanceQuantity]]]
}

/// All quantities of a run, by the scoring that they are read from.
struct ImportancePlan: Sendable {
  /// Rows that must stand in the denominator of a group's metric for its gap to be looked at.
  static let gapRows = 10

  let base: ImportanceReading.Prediction
  /// The first one takes donors from all rows; the others from a family's slices.
  let scorings: [ImportanceScoring]

  /// - Throws: `data` where a metric cannot be explained, and what the rescorer throws
  init(_ input: ExplanationInput, _ settings: ExplanationSettings) throws(Failure) {
    let scores = try input.rescorer.scores()[input.output]
    let choice = MetricChoice(input, scores)
    let metrics = try choice.metrics(settings.metrics)
    let gaps = try choice.gapMetrics(settings.gapMetrics)
    base = ImportanceReading.Prediction(
      scores: scores, decisions: input.decisions(scores),
      order: (metrics + gaps).contains(.rocAUC) ? ScoreSort.order(scores) : [])
    let builder = ImportancePlanBuilder(input: input, base: base)
    var whole = [builder.readout(0, metrics.compactMap { ImportanceTrack($0) })]
    var scorings: [ImportanceScoring] = []
    for (index, family) in input.plan.families.enumerated() where !family.features.isEmpty {
      let groups = input.explainedGroups(index)
      let pairs = builder.pairs(groups, gaps)
      if !pairs.isEmpty { whole.append(builder.readout(groups, pairs)) }
      guard settings.bySlice, family.features.count == 1 || settings.crossed else { continue }
      let readout = builder.readout(groups, metrics.compactMap { ImportanceTrack($0) })
      scorings.append(builder.scoring([readout], slices: groups.codes))
    }
    self.scorings = [builder.scoring(whole, slices: nil)] + scorings
  }
}

/// Which metrics can be explained with what is known of the rows.
struct MetricChoice {
  private let hasLabel: Bool
  private let hasProbabilities: Bool

  init(_ input: ExplanationInput, _ scores: [Double]) {
    hasLabel = input.hasLabel
    hasProbabilities =
      (input.observations.scores == nil || input.observations.scoresAreProbabilities)
      && scores.allSatisfy { (0...1).contains($0) }
  }

  func metrics(_ wanted: [BinaryMetric]) throws(Failure) -> [BinaryMetric] {
    if !wanted.isEmpty { return try checked(wanted) }
    guard hasLabel else { return [.selectionRate, .meanScore] }
    return hasProbabilities ? [.rocAUC, .accuracy, .logLoss] : [.rocAUC, .accuracy]
  }

  func gapMetrics(_ wanted: [BinaryMetric]) throws(Failure) -> [BinaryMetric] {
    if !wanted.isEmpty { return try checked(wanted) }
    return hasLabel ? [.selectionRate, .truePositiveRate, .falsePositiveRate] : [.selectionRate]
  }

  private func checked(_ wanted: [BinaryMetric]) throws(Failure) -> [BinaryMetric] {
    var metrics: [BinaryMetric] = []
    for metric in wanted where !metrics.contains(metric) {
      guard ImportanceTrack(metric) != nil else {
        throw Failure(
          .data, "importance is not measured by “\(metric.id)”",
          advice: metric == .averagePrecision || metric == .expectedCalibrationError
            ? "choose roc_auc, log_loss or brier_score"
            : "choose a metric that the model's predictions decide")
      }
      guard hasLabel || !metric.needsLabel else {
        throw Failure(.data, "importance by “\(metric.id)” needs labels", advice: "name the label column")
      }
      guard hasProbabilities || !metric.needsProbability else {
        throw Failure(
          .data, "importance by “\(metric.id)” needs scores that are probabilities",
          advice: "choose roc_auc or a metric of decisions")
      }
      metrics.append(metric)
    }
    return metrics
  }
}
