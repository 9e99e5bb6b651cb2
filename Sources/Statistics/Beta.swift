import Glibc

/// The beta distribution, whose distribution function is the regularised incomplete beta function.
package enum Beta {
  /// I_x(a, b) for a, b > 0. Cost grows with √max(a, b).
  package static func cumulative(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x.isNaN || !(a > 0) || !(b > 0) { return .nan }
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    return exp(logCumulative(x, 1 - x, a, b).value)
  }

  /// The x with I_x(a, b) = p; NaN outside 0 ≤ p ≤ 1.
  package static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    if p.isNaN || p < 0 || p > 1 || !(a > 0) || !(b > 0) { return .nan }
    if p == 0 || p == 1 { return p }
    return 1 / (1 + exp(-logitQuantile(p, a, b)))
  }

  /// log(x/(1−x)) at the quantile, 0 < p < 1: neither end of the unit interval loses digits.
  ///
  /// Newton's method on the log of the distribution function over the logit. The logit of a beta
  /// variable has a log-concave density, so that this function is concave and increasing: after one
  /// step the iterates rise to the root without overshooting.
  static func logitQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    if p > 0.5 { return -logitQuantile(1 - p, b, a) }
    let spread = (1 / a + 1 / b).squareRoot()
    let target = log(p)
    var u = max(-700, log(a / b) + Normal.quantile(p) * spread)
    for _ in 0..<80 {
      let (value, term) = logCumulative(1 / (1 + exp(-u)), 1 / (1 + exp(u)), a, b)
      let step = (target - value) * exp(value - term)
      guard step.isFinite else {
        u -= max(1, spread)
        continue
      }
      u = min(700, max(-700, u + step))
      if abs(step) <= 1e-9 * min(1, spread) { break }
    }
    return u
  }

  /// log I_x(a, b) with y = 1 − x, and the log of xᵃyᵇ/B(a, b), its derivative over the logit.
  private static func logCumulative(
    _ x: Double, _ y: Double, _ a: Double, _ b: Double
  ) -> (value: Double, term: Double) {
    let term = log(a * b / (a + b)) + SaddlePoint.logBinomial(a, a + b, x, y)
    if x <= (a + 1) / (a + b + 2) {
      return (term + log(continuedFraction(x, a, b) / a), term)
    }
    let upper = term + log(continuedFraction(y, b, a) / b)
    return (upper < -0.7 ? log1p(-exp(upper)) : log(-expm1(upper)), term)
  }

  /// The continued fraction of the incomplete beta function (DLMF 8.17.22) by Lentz's method.
  private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func kept(_ v: Double) -> Double { abs(v) < tiny ? tiny : v }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var h = d
    for i in 1..<1_000_000 {
      let m = Double(i)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / kept(1 + even * d)
      c = kept(1 + even / c)
      h *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / kept(1 + odd * d)
      c = kept(1 + odd / c)
      let factor = d * c
      h *= factor
      if abs(factor - 1) < 1e-16 * 3 { break }
    }
    return h
  }
}
