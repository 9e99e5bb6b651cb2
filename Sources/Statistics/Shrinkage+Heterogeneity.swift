extension Shrinkage {
  /// The interval of τ² by the Q profile (Viechtbauer 2007): the τ² at which the generalised Q of the estimates is not extreme among χ²
  /// on (their number − 1) degrees of freedom. Exact for normal estimates with known variances; holds 0 where groups may be alike. Nil
  /// with fewer than two estimates or a variance that is not positive.
  package static func betweenVarianceInterval(
    estimates: [Double], variances: [Double], level: Double
  ) -> Interval? {
    guard estimates.count > 1, estimates.count == variances.count, variances.allSatisfy({ $0 > 0 })
    else { return nil }
    let degrees = Double(estimates.count - 1)
    let tail = (1 - level) / 2
    let survival = { (variance: Double) in
      ChiSquared.survival(
        generalisedQ(estimates, variances, variance), degreesOfFreedom: degrees)
    }
    return Interval(
      lower: crossing { survival($0) >= tail }, upper: crossing { survival($0) >= 1 - tail })
  }

  private static func generalisedQ(_ y: [Double], _ v: [Double], _ between: Double) -> Double {
    let pairs = zip(y, v)
    let weight = pairs.reduce(0) { $0 + 1 / ($1.1 + between) }
    let mean = pairs.reduce(0) { $0 + $1.0 / ($1.1 + between) } / weight
    return pairs.reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) / ($1.1 + between) }
  }

  /// The least variance from which on a monotone predicate holds, by bisection.
  private static func crossing(_ holds: (Double) -> Bool) -> Double {
    if holds(0) { return 0 }
    var high = 1e-12
    while !holds(high) {
      guard high < 1e12 else { return .infinity }
      high *= 4
    }
    var low = 0.0
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
