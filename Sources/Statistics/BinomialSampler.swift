import Glibc

/// Exact binomial draws.
package struct BinomialSampler: Sendable {
  private let trials: Int
  private let flipped: Bool
  private let probability: Double
  private let small: Bool

  /// Requires trials ≥ 0 and 0 ≤ probability ≤ 1.
  @inline(__always)
  package init(trials: Int, probability: Double) {
    self.trials = trials
    flipped = probability > 0.5
    self.probability = flipped ? 1 - probability : probability
    small = Double(trials) * self.probability < 10
  }

  @inline(__always)
  package func draw(using random: inout KeyedRandom) -> Int {
    if trials <= 0 || !(probability > 0) { return flipped ? max(0, trials) : 0 }
    let k = small ? inverted(&random) : rejected(&random)
    return flipped ? trials - k : k
  }

  package static func binomial(
    trials: Int, probability: Double, using random: inout KeyedRandom
  ) -> Int {
    BinomialSampler(trials: trials, probability: probability).draw(using: &random)
  }

  /// Sequential inversion, for a mean below 10.
  private func inverted(_ random: inout KeyedRandom) -> Int {
    let odds = probability / (1 - probability)
    let scale = Double(trials + 1) * odds
    let first = exp(Double(trials) * log1p(-probability))
    while true {
      var u = random.uniform()
      var term = first
      var k = 0
      while u >= term && k < trials {
        u -= term
        k += 1
        term *= scale / Double(k) - odds
        if term < 1e-18 { break }
      }
      if u < term { return k }
    }
  }

  /// Hörmann (1993), algorithm BTRS: transformed rejection with squeeze.
  private func rejected(_ random: inout KeyedRandom) -> Int {
    let n = Double(trials)
    let spread = (n * probability * (1 - probability)).squareRoot()
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * probability
    let centre = n * probability + 0.5
    let squeeze = 0.92 - 4.2 / b
    while true {
      let u = random.uniform() - 0.5
      let v = random.openUniform()
      let edge = 0.5 - abs(u)
      let k = ((2 * a / edge + b) * u + centre).rounded(.down)
      if edge >= 0.07 && v <= squeeze { return Int(k) }
      if !(k >= 0 && k <= n) { continue }
      let alpha = (2.83 + 5.1 / b) * spread
      if log(v * alpha / (a / (edge * edge) + b)) <= logRatioToMode(k, n) { return Int(k) }
    }
  }

  /// log of P(k)/P(mode).
  private func logRatioToMode(_ k: Double, _ n: Double) -> Double {
    let odds = probability / (1 - probability)
    let mode = ((n + 1) * probability).rounded(.down)
    return (mode + 0.5) * log((mode + 1) / (odds * (n - mode + 1)))
      + (n + 1) * log((n - mode + 1) / (n - k + 1))
      + (k + 0.5) * log(odds * (n - k + 1) / (k + 1))
      + Self.stirlingTail(mode) + Self.stirlingTail(n - mode)
      - Self.stirlingTail(k) - Self.stirlingTail(n - k)
  }

  /// log k! − (½log 2π + (k+½)·log(k+1) − (k+1)).
  private static func stirlingTail(_ k: Double) -> Double {
    if k < 10 {
      return LogFactorial.value(Int(k)) - SaddlePoint.halfLogTwoPi - (k + 0.5) * log(k + 1) + k + 1
    }
    let s = 1 / ((k + 1) * (k + 1))
    return (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s / 1680))) / (k + 1)
  }
}
