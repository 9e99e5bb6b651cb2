import Glibc

/// The number of successes among `draws` taken without replacement from a population.
package struct Hypergeometric: Sendable {
  let population: Int
  let successes: Int
  let draws: Int

  /// Requires 0 ≤ successes, draws ≤ population.
  package init(population: Int, successes: Int, draws: Int) {
    self.population = population
    self.successes = successes
    self.draws = draws
  }

  package var support: ClosedRange<Int> {
    max(0, draws - (population - successes))...min(draws, successes)
  }

  package var mode: Int {
    let guess = Double(draws + 1) * Double(successes + 1) / Double(population + 2)
    return min(support.upperBound, max(support.lowerBound, Int(guess)))
  }

  /// P(X = k), stable at any count (Loader's saddle-point form).
  package static func probability(
    _ k: Int, population: Int, successes: Int, draws: Int
  ) -> Double {
    exp(Hypergeometric(population: population, successes: successes, draws: draws).logProbability(k))
  }

  package func logProbability(_ k: Int) -> Double {
    guard support.contains(k) else { return -.infinity }
    if draws == 0 || draws == population { return 0 }
    let p = Double(draws) / Double(population)
    let q = Double(population - draws) / Double(population)
    return SaddlePoint.logBinomial(Double(k), Double(successes), p, q)
      + SaddlePoint.logBinomial(Double(draws - k), Double(population - successes), p, q)
      - SaddlePoint.logBinomial(Double(draws), Double(population), p, q)
  }

  /// P(X ≥ k).
  package func upperTail(_ k: Int) -> Double {
    if k <= support.lowerBound { return 1 }
    return k > mode ? tail(from: k, rising: true) : max(0, 1 - tail(from: k - 1, rising: false))
  }

  /// P(X ≤ k).
  package func lowerTail(_ k: Int) -> Double {
    if k >= support.upperBound { return 1 }
    return k < mode ? tail(from: k, rising: false) : max(0, 1 - tail(from: k + 1, rising: true))
  }

  /// The total probability of outcomes no likelier than k, with a relative tolerance for ties.
  package func noLikelier(than k: Int, tolerance: Double = 1e-7) -> Double {
    total(atOrBelow: logProbability(k) + log1p(tolerance))
  }

  /// `noLikelier`, but outcomes as likely as k count half: the two-sided mid-p-value of Lancaster
  /// (1961), whose expectation under the null is exactly ½.
  package func noLikelierMidP(than k: Int, tolerance: Double = 1e-7) -> Double {
    let observed = logProbability(k)
    return 0.5 * total(atOrBelow: observed + log1p(tolerance))
      + 0.5 * total(atOrBelow: observed + log1p(-tolerance))
  }

  private func total(atOrBelow threshold: Double) -> Double {
    let mode = mode
    if logProbability(mode) <= threshold { return 1 }
    var total = 0.0
    if let low = edge(inside: mode, outside: support.lowerBound, below: threshold) {
      total += tail(from: low, rising: false)
    }
    if let high = edge(inside: mode, outside: support.upperBound, below: threshold) {
      total += tail(from: high, rising: true)
    }
    return min(1, total)
  }

  /// The outcome nearest to the mode, on the side of `outside`, at or below the threshold.
  private func edge(inside: Int, outside: Int, below threshold: Double) -> Int? {
    guard logProbability(outside) <= threshold else { return nil }
    var (inside, outside) = (inside, outside)
    while abs(outside - inside) > 1 {
      let middle = inside + (outside - inside) / 2
      if logProbability(middle) <= threshold { outside = middle } else { inside = middle }
    }
    return outside
  }

  /// The probability from k outwards, away from the mode, by the ratio of neighbours.
  private func tail(from k: Int, rising: Bool) -> Double {
    guard support.contains(k) else { return 0 }
    var sum = 1.0
    var term = 1.0
    var x = Double(k)
    let (n, s) = (Double(draws), Double(successes))
    let failures = Double(population - successes)
    for _ in 0..<(rising ? support.upperBound - k : k - support.lowerBound) {
      if rising {
        term *= (s - x) * (n - x) / ((x + 1) * (failures - n + x + 1))
        x += 1
      } else {
        term *= x * (failures - n + x) / ((s - x + 1) * (n - x + 1))
        x -= 1
      }
      sum += term
      if term < sum * 1e-17 { break }
    }
    return exp(logProbability(k) + log(sum))
  }
}
