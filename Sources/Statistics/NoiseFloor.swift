import Glibc

/// The range (largest less smallest) that groups show by chance alone: what a max − min gap has to be read against.
package enum NoiseFloor {
  /// The expected range of the observed rates of groups that share one rate: E[range] = ∫(1 − ΠF(t) − Π(1 − F(t)))dt over the groups'
  /// binomial distribution functions, exactly. Groups without trials are left out; 0 with fewer than two.
  ///
  /// Complexity: O(b log b), b the number of counts within 9 standard deviations of the mean of their group. Above two million the
  /// normal distribution stands in.
  package static func expectedRange(rate p: Double, trials: [Int]) -> Double {
    let sizes = trials.filter { $0 > 0 }
    guard sizes.count > 1, p > 0, p < 1 else { return 0 }
    let deviations = sizes.map { (Double($0) * p * (1 - p)).squareRoot() }
    guard deviations.reduce(0, { $0 + 18 * $1 + 24 }) <= 2e6 else {
      return expectedRange(standardErrors: zip(sizes, deviations).map { $1 / Double($0) })
    }
    var jumps: [Jump] = []
    for (group, n) in sizes.enumerated() {
      let reach = 9 * deviations[group] + 12
      let low = max(0, Int(Double(n) * p - reach))
      let high = min(n, Int(Double(n) * p + reach) + 1)
      for k in low...high {
        let chance = exp(SaddlePoint.logBinomial(Double(k), Double(n), p, 1 - p))
        jumps.append(Jump(rate: Double(k) / Double(n), group: group, chance: chance, isLast: k == high))
      }
    }
    jumps.sort { ($0.rate, $0.group) < ($1.rate, $1.group) }
    return integral(jumps, groups: sizes.count)
  }

  /// A step of one group's distribution function.
  private struct Jump {
    let rate: Double
    let group: Int
    let chance: Double
    let isLast: Bool
  }

  private static func integral(_ jumps: [Jump], groups: Int) -> Double {
    var below = Product(repeating: 0, count: groups)
    var above = Product(repeating: 1, count: groups)
    var cumulative = [Double](repeating: 0, count: groups)
    var sum = 0.0
    for (index, jump) in jumps.enumerated() {
      let value = jump.isLast ? 1 : min(1, cumulative[jump.group] + jump.chance)
      cumulative[jump.group] = value
      below.set(jump.group, value)
      above.set(jump.group, 1 - value)
      guard index + 1 < jumps.count else { break }
      let width = jumps[index + 1].rate - jump.rate
      if width > 0 { sum += width * max(0, 1 - below.value - above.value) }
    }
    return sum
  }

  /// A product of numbers in [0, 1] that change one at a time.
  private struct Product {
    private var factors: [Double]
    private var zeros: Int
    private var logarithm = 0.0

    init(repeating factor: Double, count: Int) {
      factors = [Double](repeating: factor, count: count)
      zeros = factor == 0 ? count : 0
    }

    var value: Double { zeros > 0 ? 0 : exp(min(0, logarithm)) }

    mutating func set(_ index: Int, _ factor: Double) {
      if factors[index] > 0 { logarithm -= log(factors[index]) } else { zeros -= 1 }
      if factor > 0 { logarithm += log(factor) } else { zeros += 1 }
      factors[index] = factor
    }
  }

  /// The expected range of independent normal estimates of one value, from their standard errors; twice the expected maximum. To about
  /// 1e-8 of the largest error.
  package static func expectedRange(standardErrors: [Double], steps: Int = 2000) -> Double {
    let errors = standardErrors.filter { $0 > 0 && $0.isFinite }
    guard standardErrors.count > 1 else { return 0 }
    // A group without error stays at the common value: no maximum is below it.
    return expectedRange(
      errors.map { ($0, 1) }, isHeld: errors.count < standardErrors.count, steps: steps)
  }

  /// - Parameters:
  ///   - kinds: standard errors, and how many groups have each.
  ///   - steps: of Simpson's rule, even.
  static func expectedRange(
    _ kinds: [(error: Double, groups: Double)], isHeld: Bool, steps: Int
  ) -> Double {
    guard let largest = kinds.map(\.error).max(), let smallest = kinds.map(\.error).min() else { return 0 }
    let maximum = { (t: Double) -> Double in
      var (below, above) = (1.0, isHeld ? 0.0 : 1.0)
      for (error, groups) in kinds {
        let (lower, upper) = (Normal.cumulative(t / error), Normal.survival(t / error))
        below *= groups == 1 ? lower : pow(lower, groups)
        above *= groups == 1 ? upper : pow(upper, groups)
      }
      return 1 - below - above
    }
    // On the scale of sinh the narrow distributions are as smooth as the wide ones. Simpson's rule.
    let scale = max(smallest, largest * 1e-6)
    let width = asinh(9 * largest / scale) / Double(steps)
    var sum = 0.0
    for step in 0...steps {
      let u = Double(step) * width
      let weight = step == 0 || step == steps ? 1.0 : (step % 2 == 1 ? 4 : 2)
      sum += weight * maximum(scale * sinh(u)) * scale * cosh(u)
    }
    return 2 * sum * width / 3
  }
}
