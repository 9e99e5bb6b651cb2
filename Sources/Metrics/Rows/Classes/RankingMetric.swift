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
    let sides = walk.sides()
    let totals = curve == .receiverOperating ? sides.both : sides.positives
    if let reason = emptyReason(sides) { return totals.undefined(reason) }
    return totals.measured(value(walk, sides, &influence))
  }

  private func value(_ walk: ScoreWalk, _ sides: ScoreWalk.Sides, _ influence: inout [Double]) -> Double {
    guard curve == .receiverOperating else {
      return walk.averagePrecision(sides, influence: &influence)
    }
    let auc = walk.auc(sides, placements: &influence)
    walk.finish(auc, sides, influence: &influence)
    return auc
  }

  private func emptyReason(_ sides: ScoreWalk.Sides) -> String? {
    if sides.positives.weight <= 0 { return OneVersusRest.recall.emptyReason }
    guard curve == .receiverOperating, sides.negatives.weight <= 0 else { return nil }
    return OneVersusRest.falsePositiveRate.emptyReason
  }

  /// The mean over the classes that have a value.
  private func average(_ rows: [UInt32], isWeighted: Bool, _ influence: inout [Double]) -> Measured {
    let totals = RowTotals(rows, source.weights)
    let classes = source.ranks.indices.compactMap { index -> (walk: ScoreWalk, sides: ScoreWalk.Sides)? in
      let walk = source.walk(rows, index)
      let sides = walk.sides()
      return emptyReason(sides) == nil ? (walk, sides) : nil
    }
    func share(_ sides: ScoreWalk.Sides) -> Double { isWeighted ? sides.positives.weight : 1 }
    let shares = classes.reduce(0) { $0 + share($1.sides) }
    guard shares > 0 else { return totals.undefined("no class has rows with and without it") }
    var scratch = [Double](repeating: 0, count: rows.count)
    var values: [Double] = []
    for (walk, sides) in classes {
      values.append(value(walk, sides, &scratch))
      let scale = share(sides) / shares
      for place in scratch.indices { influence[place] += scale * scratch[place] }
    }
    let mean = zip(classes, values).reduce(0) { $0 + share($1.0.sides) * $1.1 } / shares
    guard isWeighted else { return totals.measured(mean) }
    for (one, value) in zip(classes, values) {
      let drift = (value - mean) / shares
      for (place, row) in rows.enumerated() where one.walk.isClass(Int(row)) {
        influence[place] += (source.weights?[Int(row)] ?? 1) * drift
      }
    }
    return totals.measured(mean)
  }
}

extension ScoreWalk.Sides {
  var both: RowTotals {
    var sum = positives
    sum.rows += negatives.rows
    sum.weight += negatives.weight
    sum.squaredWeight += negatives.squaredWeight
    return sum
  }
}
