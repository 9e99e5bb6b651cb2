package enum ChiSquared {
  /// P(X > x) with `degreesOfFreedom` > 0, with full relative precision in the upper tail.
  package static func survival(_ x: Double, degreesOfFreedom: Double) -> Double {
    if x.isNaN || !(degreesOfFreedom > 0) { return .nan }
    if x <= 0 { return 1 }
    if x == .infinity { return 0 }
    return IncompleteGamma.upper(degreesOfFreedom / 2, x / 2)
  }
}
