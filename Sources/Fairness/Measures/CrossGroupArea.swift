import Statistics

/// The chance that a positive row of one group scores above a negative row of another, ties one half, with its
/// variance (DeLong, DeLong & Clarke-Pearson 1988). Weights multiply rows.
package struct CrossGroupArea: Sendable {
  package let value: Double
  /// nil where a side has a single row.
  package let variance: Double?

  /// One side's rows by ascending score, with the weight of each.
  package struct Rows: Sendable {
    package let scores: [Double]
    package let weights: [Double]?

    /// The rows of a group, whose scores ascend, that have a class.
    package init(_ group: AreaBetweenCurves.Group, label: UInt8) {
      let isPositive = label == 1
      var (scores, weights): ([Double], [Double]) = ([], [])
      for (row, own) in group.labels.enumerated() where (own == 1) == isPositive {
        scores.append(group.scores[row])
        if let all = group.weights { weights.append(all[row]) }
      }
      self.scores = scores
      self.weights = group.weights == nil ? nil : weights
    }
  }

  /// A group's rows by class, which every pair that it is in needs.
  package struct Classes: Sendable {
    package let positives: Rows
    package let negatives: Rows

    package init(_ group: AreaBetweenCurves.Group) {
      (positives, negatives) = (Rows(group, label: 1), Rows(group, label: 0))
    }
  }

  /// - Returns: nil where a side has no rows, or no weight. Complexity: O(n).
  package init?(positives: Rows, negatives: Rows) {
    let below = Self.below(positives, negatives)
    let above = Self.below(negatives, positives)
    let (m, n) = (Self.total(positives), Self.total(negatives))
    guard m > 0, n > 0 else { return nil }
    var area = 0.0
    for (row, share) in below.enumerated() { area += (positives.weights?[row] ?? 1) * share / n }
    let value = area / m
    self.value = value
    let first = Self.spread(below.map { $0 / n - value }, positives, m)
    let second = Self.spread(above.map { 1 - $0 / m - value }, negatives, n)
    variance = first.flatMap { a in second.map { a + $0 } }
  }

  private static func total(_ rows: Rows) -> Double {
    rows.weights?.reduce(0, +) ?? Double(rows.scores.count)
  }

  /// For each row the weight of the others below it, those at its score by half.
  private static func below(_ rows: Rows, _ others: Rows) -> [Double] {
    var (next, under) = (0, 0.0)
    var result: [Double] = []
    result.reserveCapacity(rows.scores.count)
    func weight(_ row: Int) -> Double { others.weights?[row] ?? 1 }
    for (row, score) in rows.scores.enumerated() {
      // A run of equal rows is looked at once.
      if row > 0, rows.scores[row - 1] == score {
        result.append(result[row - 1])
        continue
      }
      while next < others.scores.count, others.scores[next] < score {
        under += weight(next)
        next += 1
      }
      var (tie, tied) = (next, 0.0)
      while tie < others.scores.count, others.scores[tie] == score {
        tied += weight(tie)
        tie += 1
      }
      result.append(under + tied / 2)
    }
    return result
  }

  private static func spread(_ deviations: [Double], _ rows: Rows, _ total: Double) -> Double? {
    guard deviations.count > 1 else { return nil }
    var sum = 0.0
    for (row, deviation) in deviations.enumerated() {
      let weight = rows.weights?[row] ?? 1
      sum += weight * weight * deviation * deviation
    }
    let count = Double(deviations.count)
    return sum / (total * total) * count / (count - 1)
  }
}

extension CrossGroupArea {
  /// P(f⁺ > r⁻) − P(r⁺ > f⁻): the two areas share no row, so that their variances add up.
  package static func difference(
    focal: AreaBetweenCurves.Group, reference: AreaBetweenCurves.Group, level: Double
  ) -> MeasureNumber {
    difference(focal: Classes(focal), reference: Classes(reference), level: level)
  }

  package static func difference(focal: Classes, reference: Classes, level: Double) -> MeasureNumber {
    let (own, other) = (
      CrossGroupArea(positives: focal.positives, negatives: reference.negatives),
      CrossGroupArea(positives: reference.positives, negatives: focal.negatives)
    )
    guard let own, let other else {
      return MeasureNumber(.undefined("a group has no positives or no negatives"), reason: "")
    }
    let value = own.value - other.value
    guard let a = own.variance, let b = other.variance, a + b > 0,
      let first = AUCInterval.logit(auc: own.value, variance: a, level: level),
      let second = AUCInterval.logit(auc: other.value, variance: b, level: level)
    else { return MeasureNumber(.value(value), reason: "a side has one row, or every pair is in one order") }
    let p = min(1, 2 * Normal.survival(abs(value) / (a + b).squareRoot()))
    return MeasureNumber(
      .value(value), DifferenceInterval.mover(own.value, first, other.value, second),
      "MOVER over logit limits (DeLong)", test: (p, "Wald z test"))
  }
}
