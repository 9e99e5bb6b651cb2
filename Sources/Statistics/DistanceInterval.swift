/// What can be said of a distance D ≥ 0 that is 0 only where groups are alike, and that lies above 0 by chance alone.
///
/// Draws are asked for at a share t of what was observed: the groups' difference is t times that of the sample, with the sample's noise
/// added. The lower limit is the largest t at which so large a distance would still be rare (a test inverted along this family: DiCiccio
/// & Romano 1990), so that it is 0 where alike groups show as much; the upper limit is the bootstrap percentile, which lies too high
/// rather than too low, since noise is counted twice.
package struct DistanceInterval: Sendable, Equatable {
  /// The share of the observed difference at the lower limit; 0 where alike groups can't be told from these.
  package let lower: Double
  /// The distance at the upper limit.
  package let upper: Double
  /// The p-value of "alike": (1 + draws of alike groups as far apart)/(draws + 1) (Phipson & Smyth 2010).
  package let p: Double
  /// The mean distance of alike groups.
  package let chance: Double

  /// How the lower limit is found.
  package enum Rule: Sendable {
    /// The family of shares, for sums over points.
    case inverted
    /// The distance less what chance reaches, for the largest of many points: the largest is picked for its noise, and only a band that
    /// holds at all points at once makes up for it.
    case band
  }

  /// - Parameters:
  ///   - null: distances of alike groups, where better ones than `draws(0)` are known
  ///   - upper: distances about the observed one, where better ones than `draws(1)` are known
  ///   - draws: distances at a share t of the observed difference; none is NaN
  /// - Returns: nil with fewer than two draws
  package init?(
    _ observed: Double, level: Double, rule: Rule = .inverted, null: [Double]? = nil, upper: [Double]? = nil,
    draws: (_ share: Double) -> [Double]
  ) {
    var alike = draws(0)
    guard alike.count > 1 else { return nil }
    let known = null ?? alike
    let least = observed - 1e-6 * abs(observed)
    p = Double(1 + known.count { $0 >= least }) / Double(known.count + 1)
    chance = known.reduce(0, +) / Double(known.count)
    let tail = (1 - level) / 2
    var near = upper ?? draws(1)
    self.upper = max(observed, Self.quantile(&near, 1 - tail))
    guard observed > 0, p <= 1 - level else {
      lower = 0
      return
    }
    switch rule {
    case .band: lower = max(0, 1 - Self.quantile(&alike, level) / observed)
    case .inverted: lower = Self.share(observed, quantile: 1 - tail, alike: &alike, draws)
    }
  }

  private static let steps = 12

  /// The t at which the quantile of the draws is the observed distance (regula falsi with Illinois' halving; halves where infinite).
  private static func share(
    _ observed: Double, quantile: Double, alike: inout [Double], _ draws: (Double) -> [Double]
  ) -> Double {
    var (low, high) = (0.0, 1.0)
    var below = Self.quantile(&alike, quantile) - observed
    guard below < 0 else { return 0 }
    var far = draws(1)
    var above = Self.quantile(&far, quantile) - observed
    guard above > 0 else { return 1 }
    for _ in 0..<steps {
      let next = above.isFinite ? low - below * (high - low) / (above - below) : (low + high) / 2
      var drawn = draws(next)
      let excess = Self.quantile(&drawn, quantile) - observed
      if abs(excess) <= 2e-3 * observed { return next }
      if excess < 0 {
        (low, below, above) = (next, excess, above / 2)
      } else {
        (high, above, below) = (next, excess, below / 2)
      }
    }
    return low
  }

  /// An order statistic, so that infinite draws are in order.
  private static func quantile(_ values: inout [Double], _ q: Double) -> Double {
    let place = min(values.count - 1, Int((q * Double(values.count + 1)).rounded(.up)) - 1)
    Quantile.select(&values, max(0, place))
    return values[max(0, place)]
  }
}
