import Glibc

enum LogFactorial {
  private static let table: [Double] = (0..<256).map { SaddlePoint.logGamma(Double($0) + 1) }

  /// log k! for k ≥ 0: tabulated, then Stirling's series.
  static func value(_ k: Int) -> Double {
    if k < 256 { return table[k] }
    let x = Double(k)
    return (x + 0.5) * log(x) - x + SaddlePoint.halfLogTwoPi + SaddlePoint.stirlingError(x)
  }
}
