import Glibc

/// Two independent proportions under the hypothesis that they differ by a given amount.
struct DifferencePair {
  let k1, n1, k2, n2: Double

  init(_ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double) {
    self.k1 = k1
    self.n1 = n1
    self.k2 = k2
    self.n2 = n2
  }

  var swapped: DifferencePair { DifferencePair(k2, n2, k1, n1) }

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

  private func variance(_ d: Double) -> Double { rates(d).differenceVariance(n1, n2) }

  /// The restricted maximum likelihood estimates under p₁ − p₂ = d. They are told by their distance
  /// from the nearer end of what d allows, so that rates near 0 or 1 keep their digits.
  func rates(_ d: Double) -> RestrictedRates {
    if d > 0 { return swapped.rates(-d).swapped }
    let gap = -d
    let room = max(0, 1 + d)
    let low = restricted(gap, k1, n1, k2, n2)
    if low <= room / 2 {
      return RestrictedRates(p1: low, q1: 1 - low, p2: low + gap, q2: max(0, room - low))
    }
    let high = restricted(gap, n2 - k2, n2, n1 - k1, n1)
    return RestrictedRates(p1: max(0, room - high), q1: high + gap, p2: 1 - high, q2: high)
  }

  /// The smaller of two rates that lie `gap` apart: the root of Miettinen & Nurminen's cubic in
  /// trigonometric form, polished by Newton steps. `k` of `n` count for the smaller rate.
  private func restricted(
    _ gap: Double, _ k: Double, _ n: Double, _ otherK: Double, _ otherN: Double
  ) -> Double {
    let total = n + otherN
    let room = max(0, 1 - gap)
    let l2 = (otherN + 2 * n) * gap - total - (k + otherK)
    let l1 = (n * gap - total - 2 * k) * gap + k + otherK
    let l0 = k * gap * room
    let s = l2 / (3 * total)
    let q = s * s * s - l1 * l2 / (6 * total * total) + l0 / (2 * total)
    let root = max(0, s * s - l1 / (3 * total)).squareRoot()
    let p = q > 0 ? root : -root
    let cosine = p == 0 ? 0 : min(1, max(-1, q / (p * p * p)))
    var x = min(room, max(0, 2 * p * cos((Double.pi + acos(cosine)) / 3) - s))
    var error = ((total * x + l2) * x + l1) * x + l0
    for _ in 0..<8 where error != 0 {
      let next = min(room, max(0, x - error / ((3 * total * x + 2 * l2) * x + l1)))
      let nextError = ((total * next + l2) * next + l1) * next + l0
      guard abs(nextError) < abs(error) else { break }
      (x, error) = (next, nextError)
    }
    return x
  }
}
