extension BinaryCurve {
  /// Area under the ROC curve: concordant pairs, ties one half (Hanley & McNeil 1982).
  func rocArea() throws(BinaryUndefined) -> BinaryCurveValue {
    try requireBothClasses()
    let sum = sum { t1, f1, t2, f2 in (f2 - f1) * (t1 + t2) / 2 }
    let pairs = allPositives * allNegatives
    var result = BinaryCurveValue(value: sum.value / pairs, slopes: sum.slopes)
    result.slopes?.scale(by: 1 / pairs)
    result.slopes?.positives[count] -= result.value / allPositives
    result.slopes?.negatives[count] -= result.value / allNegatives
    return result
  }

  func gini() throws(BinaryUndefined) -> BinaryCurveValue {
    var area = try rocArea()
    area.value = 2 * area.value - 1
    area.slopes?.scale(by: 2)
    return area
  }

  /// Σ (Rₖ − Rₖ₋₁)·Pₖ.
  func averagePrecision() throws(BinaryUndefined) -> BinaryCurveValue {
    try perPositive { t1, _, t2, f2 in (t2 - t1) * t2 / (t2 + f2) }
  }

  /// Trapezoids between the points of the precision–recall curve, which begins at recall 0 with precision 1.
  func precisionRecallTrapezoid() throws(BinaryUndefined) -> BinaryCurveValue {
    try perPositive { t1, f1, t2, f2 in
      let before = t1.value + f1.value > 0 ? t1 / (t1 + f1) : BinaryDual(1)
      return (t2 - t1) * (before + t2 / (t2 + f2)) / 2
    }
  }

  /// The area with both counts linear between points, as counts are and precision is not
  /// (Davis & Goadrich 2006): ∫ T/C dT in closed form.
  func precisionRecallInterpolated() throws(BinaryUndefined) -> BinaryCurveValue {
    try perPositive { t1, f1, t2, f2 in
      let (c1, c2) = (t1 + f1, t2 + f2)
      let step = t2 - t1
      let slope = step / (c2 - c1)
      guard c1.value > 0 else { return slope * step }
      return slope * (step + (t1 - slope * c1) * (c2 / c1).logarithm())
    }
  }

  private func perPositive(_ segment: Segment) throws(BinaryUndefined) -> BinaryCurveValue {
    try requirePositives()
    let sum = sum(segment)
    var result = BinaryCurveValue(value: sum.value / allPositives, slopes: sum.slopes)
    result.slopes?.scale(by: 1 / allPositives)
    result.slopes?.positives[count] -= result.value / allPositives
    return result
  }

  /// The area where the false positive rate is at most `limit`, rescaled so that chance is ½ and perfection 1
  /// (McClish 1989).
  func partialArea(upTo limit: Double) throws(BinaryUndefined) -> BinaryCurveValue {
    try requireBothClasses()
    let bound = limit * allNegatives
    let sum = sum { t1, f1, t2, f2 in
      if f2.value <= bound { return (f2 - f1) * (t1 + t2) / 2 }
      guard f1.value < bound else { return BinaryDual(0) }
      let width = bound - f1
      return width * (2 * t1 + width * (t2 - t1) / (f2 - f1)) / 2
    }
    let pairs = allPositives * allNegatives
    let area = sum.value / pairs
    let lowest = limit * limit / 2
    let scale = 1 / (2 * (limit - lowest))
    var result = BinaryCurveValue(value: 0.5 + (area - lowest) * scale, slopes: sum.slopes)
    result.slopes?.scale(by: scale / pairs)
    result.slopes?.positives[count] -= area * scale / allPositives
    result.slopes?.negatives[count] += scale * (limit * recall(atNegatives: bound) - area) / allNegatives
    return result
  }

  /// The true positive rate where `bound` negatives are selected, interpolated.
  private func recall(atNegatives bound: Double) -> Double {
    guard let step = negatives.firstIndex(where: { $0 > bound }), step > 0 else { return 1 }
    let share = (bound - negatives[step - 1]) / (negatives[step] - negatives[step - 1])
    return (positives[step - 1] + share * (positives[step] - positives[step - 1])) / allPositives
  }

  /// The largest distance between the distributions of the scores of positives and negatives
  /// (Kolmogorov–Smirnov). To first order the cut where it is found does not move.
  func largestDistance() throws(BinaryUndefined) -> BinaryCurveValue {
    try requireBothClasses()
    var best = (step: 0, distance: 0.0)
    for step in 1...count {
      let distance = positives[step] / allPositives - negatives[step] / allNegatives
      if abs(distance) > abs(best.distance) { best = (step, distance) }
    }
    guard best.step > 0 else { return BinaryCurveValue(value: 0, slopes: nil) }
    let sign: Double = best.distance < 0 ? -1 : 1
    var slopes = BinaryCurveSlopes(count: count)
    slopes.positives[best.step] += sign / allPositives
    slopes.positives[count] -= sign * positives[best.step] / (allPositives * allPositives)
    slopes.negatives[best.step] -= sign / allNegatives
    slopes.negatives[count] += sign * negatives[best.step] / (allNegatives * allNegatives)
    return BinaryCurveValue(value: abs(best.distance), slopes: slopes)
  }
}
