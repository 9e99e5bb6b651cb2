import Glibc

/// Loader's saddle-point pieces (Loader 2000, "Fast and accurate computation of binomial
/// probabilities"): binomial-like terms to full relative precision at any count, where differences
/// of log-gammas would lose digits in proportion to the counts.
enum SaddlePoint {
  static let halfLogTwoPi = 0.918938533204672741780329736406

  /// log Γ(n+1) minus Stirling's formula, for n > 0.
  static func stirlingError(_ n: Double) -> Double {
    guard n > 15 else {
      return logGamma(n + 1) - (n + 0.5) * log(n) + n - halfLogTwoPi
    }
    let s = 1 / (n * n)
    let tail = 1.0 / 1680 - s * (1.0 / 1188 - s * (691.0 / 360360 - s / 156))
    return (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * tail))) / n
  }

  /// x·log(x/m) + m − x, without cancellation where x ≈ m.
  static func deviance(_ x: Double, _ m: Double) -> Double {
    guard abs(x - m) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
    let v = (x - m) / (x + m)
    var sum = (x - m) * v
    var term = 2 * x * v
    for j in 1..<1000 {
      term *= v * v
      let next = sum + term / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }

  /// log of Γ(n+1)/(Γ(k+1)Γ(n−k+1))·pᵏ·qⁿ⁻ᵏ for real 0 ≤ k ≤ n, with q = 1 − p.
  static func logBinomial(_ k: Double, _ n: Double, _ p: Double, _ q: Double) -> Double {
    if p <= 0 { return k == 0 ? 0 : -.infinity }
    if q <= 0 { return k == n ? 0 : -.infinity }
    if k == 0 { return n * (p < 0.5 ? log1p(-p) : log(q)) }
    if k == n { return n * (q < 0.5 ? log1p(-q) : log(p)) }
    let rest = n - k
    return stirlingError(n) - stirlingError(k) - stirlingError(rest)
      - deviance(k, n * p) - deviance(rest, n * q)
      + 0.5 * log(n / (k * rest)) - halfLogTwoPi
  }

  /// log of xᵃ·e⁻ˣ/Γ(a+1), for a > 0 and x > 0.
  static func logPoisson(_ a: Double, _ x: Double) -> Double {
    -stirlingError(a) - deviance(a, x) - 0.5 * log(a) - halfLogTwoPi
  }

  /// log Γ(x) for x > 0, free of the C library's global sign.
  static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }
}
