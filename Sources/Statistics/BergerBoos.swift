import Glibc

/// Exact p-values with a nuisance rate: Berger & Boos (1994), JASA 89:1012–1016. The nuisance rate is
/// confined to a Clopper–Pearson limit that fails with probability `resolution`; the p-value is the
/// other count's binomial tail at the worst rate which that limit allows, plus `resolution`. Its size
/// is never above its level, in any sample.
enum BergerBoos {
  /// The upper limit of a rate, failing with probability `resolution`.
  static func upperLimit(_ k: Double, _ n: Double, _ resolution: Double) -> Double {
    guard k < n, resolution > 0 else { return 1 }
    return 1 / (1 + exp(Beta.logitQuantile(resolution, n - k, k + 1)))
  }

  static func lowerLimit(_ k: Double, _ n: Double, _ resolution: Double) -> Double {
    guard k > 0, resolution > 0 else { return 0 }
    return 1 / (1 + exp(-Beta.logitQuantile(resolution, k, n - k + 1)))
  }

  /// "p₁ ≤ worst(p₂)", where `worst` rises: the second count confines p₂.
  static func greater(
    _ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double, _ resolution: Double,
    worst: (Double) -> Double
  ) -> Double {
    let rate = worst(upperLimit(k2, n2, resolution))
    if rate < 0 { return resolution }
    let tail = BoundTest.proportion(successes: k1, trials: n1, bound: min(1, rate)).greater
    return min(1, tail + resolution)
  }

  /// "p₂ ≥ worst(p₁)", where `worst` rises: the first count confines p₁.
  static func less(
    _ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double, _ resolution: Double,
    worst: (Double) -> Double
  ) -> Double {
    let rate = worst(lowerLimit(k1, n1, resolution))
    if rate > 1 { return resolution }
    let tail = BoundTest.proportion(successes: k2, trials: n2, bound: max(0, rate)).less
    return min(1, tail + resolution)
  }
}
