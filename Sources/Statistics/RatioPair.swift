import Glibc

/// Two independent proportions under the hypothesis of a given ratio.
struct RatioPair {
  let k1, n1, k2, n2: Double

  /// (p̂₁ − R·p̂₂)/σ(R): falls with R.
  @inline(__always)
  func score(logRatio: Double) -> Double {
    logRatio <= 0
      ? Self.score(exp(logRatio), k1, n1, k2, n2) : -Self.score(exp(-logRatio), k2, n2, k1, n1)
  }

  @inline(__always)
  private static func score(
    _ r: Double, _ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double
  ) -> Double {
    let at = rates(r, k1, n1, k2, n2)
    let variance = at.p1 * at.q1 / n1 + r * r * at.p2 * at.q2 / n2
    let excess = k1 / n1 - r * k2 / n2
    if excess == 0 { return 0 }
    return variance > 0 ? excess / variance.squareRoot() : (excess > 0 ? .infinity : -.infinity)
  }

  /// The restricted maximum likelihood estimates under p₁ = r·p₂.
  func rates(_ r: Double) -> RestrictedRates {
    r <= 1 ? Self.rates(r, k1, n1, k2, n2) : Self.rates(1 / r, k2, n2, k1, n1).swapped
  }

  /// The estimates for r ≤ 1. Koopman's quadratic for p₂ is also solved for 1 − p₂, where its
  /// discriminant is a sum of non-negative terms, so that rates near 1 lose no digits.
  @inline(__always)
  private static func rates(
    _ r: Double, _ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double
  ) -> RestrictedRates {
    let a = (n1 + n2) * r
    let b = n1 * r + k1 + n2 + k2 * r
    let e = 2 * a - b
    let rest = (1 - r) * max(0, n2 - k2)
    let root = (e * e + 4 * a * rest).squareRoot()
    let p2 = min(1, 2 * (k1 + k2) / (b + root))
    let q2 = e >= 0 ? (e + root) / (2 * a) : 2 * rest / (root - e)
    return RestrictedRates(p1: r * p2, q1: (1 - r) + r * q2, p2: p2, q2: q2)
  }

  /// The log ratio at which the score takes a value.
  func logRatio(score target: Double) -> Double {
    let variance = 1 / (k1 + 0.5) - 1 / (n1 + 0.5) + 1 / (k2 + 0.5) - 1 / (n2 + 0.5)
    let spread = max(1e-9, variance).squareRoot()
    let middle = log(((k1 + 0.5) / (n1 + 0.5)) / ((k2 + 0.5) / (n2 + 0.5)))
    var x0 = middle - target * spread
    var f0 = score(logRatio: x0) - target
    if f0 == 0 { return x0 }
    var step = 1.05 * f0 * spread
    if !(abs(step) < 4) { step = f0 > 0 ? 4 : -4 }
    for _ in 0..<400 {
      let x1 = x0 + step
      let f1 = score(logRatio: x1) - target
      if (f1 < 0) != (f0 < 0) || f1 == 0 {
        let tolerance = 2e-16 * max(1, abs(x1))
        return RootFinding.bracketed(x0, f0, x1, f1, tolerance: tolerance) {
          score(logRatio: $0) - target
        }
      }
      (x0, f0) = (x1, f1)
      step *= 2
    }
    return x0
  }
}
