import Glibc

/// Exact Poisson draws.
package enum PoissonSampler {
  /// Requires mean ≥ 0. Sequential inversion below a mean of 10, then Hörmann's (1993) PTRS.
  package static func poisson(mean: Double, using random: inout KeyedRandom) -> Int {
    if !(mean > 0) { return 0 }
    return mean < 10 ? inverted(mean, &random) : rejected(mean, &random)
  }

  private static func inverted(_ mean: Double, _ random: inout KeyedRandom) -> Int {
    let first = exp(-mean)
    while true {
      var u = random.uniform()
      var term = first
      var k = 0
      while u >= term && term > 1e-18 {
        u -= term
        k += 1
        term *= mean / Double(k)
      }
      if u < term { return k }
    }
  }

  private static func rejected(_ mean: Double, _ random: inout KeyedRandom) -> Int {
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let squeeze = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = random.uniform() - 0.5
      let v = random.openUniform()
      let edge = 0.5 - abs(u)
      let k = ((2 * a / edge + b) * u + mean + 0.43).rounded(.down)
      if edge >= 0.07 && v <= squeeze { return Int(k) }
      if !(k >= 0) || (edge < 0.013 && v > edge) { continue }
      let scale = (1.1239 + 1.1328 / (b - 3.4)) / (a / (edge * edge) + b)
      let target = k > 0 ? SaddlePoint.logPoisson(k, mean) : -mean
      if log(v * scale) <= target { return Int(k) }
    }
  }
}
