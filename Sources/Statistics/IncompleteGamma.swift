import Glibc

/// The regularised incomplete gamma functions, for a > 0 and 0 < x < ∞.
enum IncompleteGamma {
  static func upper(_ a: Double, _ x: Double) -> Double {
    x < a + 1 ? 1 - series(a, x) : fraction(a, x)
  }

  static func lower(_ a: Double, _ x: Double) -> Double {
    x < a + 1 ? series(a, x) : 1 - fraction(a, x)
  }

  /// P(a, x) by its power series (DLMF 8.7.1).
  private static func series(_ a: Double, _ x: Double) -> Double {
    var sum = 1.0
    var term = 1.0
    for n in 1..<1_000_000 {
      term *= x / (a + Double(n))
      sum += term
      if term < sum * 1e-17 { break }
    }
    return exp(SaddlePoint.logPoisson(a, x)) * sum
  }

  /// Q(a, x) by its continued fraction (DLMF 8.9.2) by Lentz's method.
  private static func fraction(_ a: Double, _ x: Double) -> Double {
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var h = d
    for i in 1..<1_000_000 {
      let n = -Double(i) * (Double(i) - a)
      b += 2
      d = 1 / (n * d + b)
      c = b + n / c
      let factor = d * c
      h *= factor
      if abs(factor - 1) < 1e-16 * 3 { break }
    }
    return exp(SaddlePoint.logPoisson(a, x)) * a * h
  }
}
