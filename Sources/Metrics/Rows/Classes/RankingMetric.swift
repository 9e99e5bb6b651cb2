/// ROC AUC or average precision of the score of a class against the rest, or its average over classes.
struct RankingMetric: RowMetric {
  enum Curve: Sendable {
    case receiverOperating
    case precisionRecall
  }

  let definition: MetricDefinition
  let curve: Curve
  /// `micro` is not among them: scores of different classes are not compared.
  let scope: OutcomeFormula.Scope
  let source: RankedClasses

  /// Complexity: O(rows + distinct scores) for each class.
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    switch scope {
    case .single(let index): single(rows, index, &influence)
    case .average(let averaging): average(rows, isWeighted: averaging == .weighted, &influence)
    }
  }

  private func single(_ rows: [UInt32], _ index: Int, _ influence: inout [Double]) -> Measured {
    let walk = source.walk(rows, index)
    let totals = curve == .receiverOperating ? walk.both : walk.positives
    if let reason = emptyReason(walk) { return totals.undefined(reason) }
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

  /// The mean over the classes that have a value, by their weight where `isWeighted`.
  private func average(_ rows: [UInt32], isWeighted: Bool, _ influence: inout [Double]) -> Measured {
    let totals = RowTotals(rows, source.weights)
    let classes = source.ranks.indices.map { source.walk(rows, $0) }.filter { emptyReason($0) == nil }
    let weights = classes.map { isWeighted ? $0.positives.weight : 1 }
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

  static func averageReason(_ curve: Curve) -> String {
    curve == .receiverOperating ? "no class has rows with and without it" : "no rows of any class"
  }
}
