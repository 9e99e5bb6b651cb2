import Glibc

enum LogFactorial {
  /// Draws look up the same few thousand values again and again.
  private static let table: [Double] = (0..<65_536).map { k in
    k < 256 ? SaddlePoint.logGamma(Double(k) + 1) : series(Double(k))
  }

  /// log k! for k ≥ 0: tabulated, then Stirling's series.
  @inline(__always)
  static func value(_ k: Int) -> Double { k < 65_536 ? table[k] : series(Double(k)) }

  private static func series(_ x: Double) -> Double {
    (x + 0.5) * log(x) - x + SaddlePoint.halfLogTwoPi + SaddlePoint.stirlingError(x)
  }
}
