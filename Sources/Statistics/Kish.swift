package enum Kish {
  /// (Σw)²/Σw² (Kish 1965); 0 without weight.
  package static func effectiveSize(sum: Double, sumOfSquares: Double) -> Double {
    sumOfSquares > 0 ? sum * sum / sumOfSquares : 0
  }
}
