import Fairness

/// One group's rows by ascending score, with what every pair that it is in needs of them: worked out once, and only
/// what is asked for.
struct ScoreSide {
  /// Moments of the scores of each class; nil where it has no weight.
  struct ClassMeans {
    let positives: MeanGap.Group?
    let negatives: MeanGap.Group?

    init(_ classes: CrossGroupArea.Classes) {
      positives = MeanGap.Group(classes.positives.scores, weights: classes.positives.weights)
      negatives = MeanGap.Group(classes.negatives.scores, weights: classes.negatives.weights)
    }
  }

  let rows: AreaBetweenCurves.Group
  /// nil where it is not asked for.
  let curve: AreaBetweenCurves.Curve?
  /// nil where the cross-group area is not asked for, and without labels.
  let classes: CrossGroupArea.Classes?
  /// nil where generalised rates are not asked for, and without labels or probabilities.
  let classMeans: ClassMeans?
  /// Moments of all scores; nil where they are not asked for, and without weight.
  let mean: MeanGap.Group?

  private static let generalized: [FairnessMeasure] = [
    .generalizedTruePositiveRateDifference, .generalizedFalsePositiveRateDifference,
    .generalizedEqualizedOddsDifference,
  ]

  /// Complexity: O(rows).
  init(_ rows: AreaBetweenCurves.Group, hasLabel: Bool, isProbability: Bool, _ sink: MeasureSink) {
    self.rows = rows
    curve = sink.asks(for: .areaBetweenCurves) ? .init(rows, isAscending: true) : nil
    let areMeansAsked = isProbability && sink.asks(forAnyOf: Self.generalized)
    let isAreaAsked = sink.asks(for: .crossGroupAreaDifference)
    let classes = hasLabel && (areMeansAsked || isAreaAsked) ? CrossGroupArea.Classes(rows) : nil
    self.classes = isAreaAsked ? classes : nil
    classMeans = areMeansAsked ? classes.map(ClassMeans.init) : nil
    mean =
      sink.asks(for: .standardizedMeanDifference)
      ? MeanGap.Group(rows.scores, weights: rows.weights) : nil
  }
}
