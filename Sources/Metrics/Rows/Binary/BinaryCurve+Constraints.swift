extension BinaryCurve {
  /// Rounding of weights must not decide whether a bound is kept.
  private static let slack = 1e-12

  private func recall(_ step: Int) -> Double { positives[step] / allPositives }
  private func specificity(_ step: Int) -> Double { (allNegatives - negatives[step]) / allNegatives }
  private func precision(_ step: Int) -> Double { positives[step] / (positives[step] + negatives[step]) }

  /// The largest of `value` over the cuts that keep a bound.
  private func best(
    among steps: ClosedRange<Int>, reason: String, where isKept: (Int) -> Bool, _ value: (Int) -> Double
  ) throws(BinaryUndefined) -> BinaryCurveValue {
    var best: Double?
    for step in steps where isKept(step) { best = max(best ?? -.infinity, value(step)) }
    guard let best else { throw BinaryUndefined(reason) }
    return BinaryCurveValue(value: best, slopes: nil)
  }

  func sensitivity(atSpecificity bound: Double) throws(BinaryUndefined) -> BinaryCurveValue {
    try requireBothClasses()
    return try best(among: 0...count, reason: "no cut keeps the bound") {
      specificity($0) >= bound - Self.slack
    } _: {
      recall($0)
    }
  }

  func specificity(atSensitivity bound: Double) throws(BinaryUndefined) -> BinaryCurveValue {
    try requireBothClasses()
    return try best(among: 0...count, reason: "no cut keeps the bound") {
      recall($0) >= bound - Self.slack
    } _: {
      specificity($0)
    }
  }

  /// Selecting nobody has no precision, hence the cuts from the first step on.
  func precision(atRecall bound: Double) throws(BinaryUndefined) -> BinaryCurveValue {
    try requirePositives()
    return try best(among: 1...count, reason: "no cut keeps the bound") {
      recall($0) >= bound - Self.slack
    } _: {
      precision($0)
    }
  }

  func recall(atPrecision bound: Double) throws(BinaryUndefined) -> BinaryCurveValue {
    try requirePositives()
    return try best(among: 1...count, reason: "no cut reaches the precision") {
      precision($0) >= bound - Self.slack
    } _: {
      recall($0)
    }
  }

  func recall(atFalsePositiveRate bound: Double) throws(BinaryUndefined) -> BinaryCurveValue {
    try requireBothClasses()
    return try best(among: 0...count, reason: "no cut keeps the bound") {
      1 - specificity($0) <= bound + Self.slack
    } _: {
      recall($0)
    }
  }

  func threshold(atRecall bound: Double) throws(BinaryUndefined) -> BinaryCurveValue {
    try requirePositives()
    return try best(among: 1...count, reason: "no cut keeps the bound") {
      recall($0) >= bound - Self.slack
    } _: {
      cuts[$0]
    }
  }
}
