import Glibc

extension DifferenceInterval {
  /// The score interval: Miettinen & Nurminen (1985), or Mee (1984) without the N/(N−1) correction.
  /// Without trials in a group: [−1, 1].
  package static func miettinenNurminen(
    successes1 k1: Int, trials1 n1: Int, successes2 k2: Int, trials2 n2: Int, level: Double,
    correction: Bool = true
  ) -> Interval {
    guard n1 > 0, n2 > 0 else { return Interval(lower: -1, upper: 1) }
    let total = Double(n1 + n2)
    var z = Normal.criticalValue(level: level)
    if correction { z *= (total / (total - 1)).squareRoot() }
    let pair = ScorePair(Double(k1), Double(n1), Double(k2), Double(n2))
    return Interval(lower: pair.lowerLimit(z), upper: -pair.swapped.lowerLimit(z))
  }
}

/// Two independent proportions under the hypothesis that they differ by a given amount.
private struct ScorePair {
  let k1, n1, k2, n2: Double

  init(_ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double) {
    self.k1 = k1
    self.n1 = n1
    self.k2 = k2
    self.n2 = n2
  }

  var swapped: ScorePair { ScorePair(k2, n2, k1, n1) }

  /// The D below the observed difference d with d − D = z·σ(D).
  func lowerLimit(_ z: Double) -> Double {
    if k1 <= 0 && k2 >= n2 { return -1 }
    let observed = k1 / n1 - k2 / n2
    let excess = { (d: Double) in observed - d - z * variance(d).squareRoot() }
    // σ vanishes at the observed difference where all outcomes agree: that root is not the limit.
    let atObserved = min(-1e-6, excess(observed))
    return RootFinding.bracketed(
      observed, atObserved, -1, observed + 1, tolerance: 1e-16, excess)
  }

  /// The variance of the difference at the restricted maximum likelihood estimates.
  private func variance(_ d: Double) -> Double {
    let p2 = restrictedSecond(d)
    let p1 = min(1, max(0, p2 + d))
    return max(0, p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
  }

  /// The estimate of p₂ under p₁ − p₂ = d: the root of Miettinen & Nurminen's cubic in trigonometric
  /// form, polished by Newton steps.
  private func restrictedSecond(_ d: Double) -> Double {
    let n = n1 + n2
    let l2 = (n1 + 2 * n2) * d - n - (k1 + k2)
    let l1 = (n2 * d - n - 2 * k2) * d + k1 + k2
    let l0 = k2 * d * (1 - d)
    let s = l2 / (3 * n)
    let q = s * s * s - l1 * l2 / (6 * n * n) + l0 / (2 * n)
    let root = max(0, s * s - l1 / (3 * n)).squareRoot()
    let p = q > 0 ? root : -root
    let cosine = p == 0 ? 0 : min(1, max(-1, q / (p * p * p)))
    var x = 2 * p * (p == 0 ? 0 : cos((Double.pi + acos(cosine)) / 3)) - s
    let (low, high) = (max(0, -d), min(1, 1 - d))
    x = min(high, max(low, x))
    var error = ((n * x + l2) * x + l1) * x + l0
    for _ in 0..<3 where error != 0 {
      let next = min(high, max(low, x - error / ((3 * n * x + 2 * l2) * x + l1)))
      let nextError = ((n * next + l2) * next + l1) * next + l0
      guard abs(nextError) < abs(error) else { break }
      (x, error) = (next, nextError)
    }
    return x
  }
}
