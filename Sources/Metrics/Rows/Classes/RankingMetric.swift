/// ROC AUC or average precision of the score of a class against the rest, or its average over classes.
struct RankingMetric: RowMetric {
  enum Curve: Sendable {
    case receiverOperating
    case precisionRecall
  }

  let definition: MetricDefinition
  let curve: Curve
  let scope: OutcomeFormula.Scope
  let source: RankedClasses

  /// Complexity: O(rows + distinct scores) for each class.
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    switch scope {
    case .single(let index): single(rows, index, &influence)
    case .average(.micro):
      curve(
        of: source.pooled.walk(rows), RowTotals(rows, source.weights),
        emptyReason: Self.averageReason(curve, isPooled: true), &influence)
    case .average(let averaging): average(rows, averaging == .weighted ? .support : .alike, &influence)
    case .weighted(let weights): average(rows, .given(weights), &influence)
    }
  }

  private func single(_ rows: [UInt32], _ index: Int, _ influence: inout [Double]) -> Measured {
    let walk = source.walk(rows, index)
    let totals = curve == .receiverOperating ? walk.both : walk.positives
    return curve(of: walk, totals, emptyReason: emptyReason(walk) ?? "", &influence)
  }

  private func curve(
    of walk: ScoreWalk, _ totals: RowTotals, emptyReason reason: String, _ influence: inout [Double]
  ) -> Measured {
    guard emptyReason(walk) == nil else { return totals.undefined(reason) }
    let value = value(walk)
    add(value, walk, .init(), &influence)
    return totals.measured(value)
  }

  private func value(_ walk: ScoreWalk) -> Double {
    switch curve {
    case .receiverOperating: walk.auc()
    case .precisionRecall: walk.averagePrecision()
    }
  }

  private func add(
    _ value: Double, _ walk: ScoreWalk, _ share: ScoreWalk.Share, _ influence: inout [Double]
  ) {
    switch curve {
    case .receiverOperating: walk.addAUC(value, share, to: &influence)
    case .precisionRecall: walk.addAveragePrecision(value, share, to: &influence)
    }
  }

  private func emptyReason(_ walk: ScoreWalk) -> String? {
    if walk.positives.weight <= 0 { return OneVersusRest.recall.emptyReason }
    guard curve == .receiverOperating, walk.negatives.weight <= 0 else { return nil }
    return OneVersusRest.falsePositiveRate.emptyReason
  }

  /// The mean over the classes that have a value.
  private func average(_ rows: [UInt32], _ shares: ClassShares, _ influence: inout [Double]) -> Measured {
    let totals = RowTotals(rows, source.weights)
    var classes: [ScoreWalk] = []
    var weights: [Double] = []
    for index in source.ranks.indices where shares.counts(index) {
      let walk = source.walk(rows, index)
      guard emptyReason(walk) == nil else { continue }
      classes.append(walk)
      weights.append(shares.share(index, support: walk.positives.weight))
    }
    let isWeighted = shares == .support
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return totals.undefined(Self.averageReason(curve)) }
    let values = classes.map(value)
    let mean = min(1, zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / sum)
    for (index, walk) in classes.enumerated() {
      let share = ScoreWalk.Share(
        scale: weights[index] / sum, drift: isWeighted ? (values[index] - mean) / sum : 0)
      add(values[index], walk, share, &influence)
    }
    return totals.measured(mean)
  }

  /// - Parameter isPooled: over pairs of a row and a class, not over classes.
  static func averageReason(_ curve: Curve, isPooled: Bool = false) -> String {
    switch curve {
    case .precisionRecall: "no rows of any class"
    case .receiverOperating:
      isPooled ? "every row has all classes or none does" : "no class has rows with and without it"
    }
  }
}
