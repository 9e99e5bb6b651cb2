package enum Kish {
  /// (Σw)²/Σw² (Kish 1965); 0 without weight.
  package static func effectiveSize(sum: Double, sumOfSquares: Double) -> Double {
    sumOfSquares > 0 ? sum * sum / sumOfSquares : 0
  }

  /// How many times larger than with equal weights the variance of a mean is: n·Σw²/(Σw)²; NaN without weight.
  package static func designEffect(count: Int, sum: Double, sumOfSquares: Double) -> Double {
    Double(count) / effectiveSize(sum: sum, sumOfSquares: sumOfSquares)
  }
}
