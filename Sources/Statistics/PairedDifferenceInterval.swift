import Glibc

/// Two-sided intervals of the difference of two proportions seen on the same units, first minus
/// second, from the four counts of pairs.
package struct PairedDifferenceInterval: Sendable {
  private let both, firstOnly, secondOnly, neither: Double

  package init(both: Int, firstOnly: Int, secondOnly: Int, neither: Int) {
    self.both = Double(both)
    self.firstOnly = Double(firstOnly)
    self.secondOnly = Double(secondOnly)
    self.neither = Double(neither)
  }

  private var total: Double { both + firstOnly + secondOnly + neither }

  /// First less second proportion; NaN without pairs.
  package var difference: Double { (firstOnly - secondOnly) / total }

  /// Newcombe (1998c), Statistics in Medicine 17:2635–2650, method 10; [−1, 1] without pairs.
  package func newcombe(level: Double) -> Interval {
    guard total > 0 else { return Interval(lower: -1, upper: 1) }
    let z = Normal.criticalValue(level: level)
    let (p1, p2) = ((both + firstOnly) / total, (both + secondOnly) / total)
    let first = ProportionInterval.wilson(successes: both + firstOnly, trials: total, z: z)
    let second = ProportionInterval.wilson(successes: both + secondOnly, trials: total, z: z)
    let correlation = correctedCorrelation
    let reach = { (a: Double, b: Double) in
      max(0, a * a - 2 * correlation * a * b + b * b).squareRoot()
    }
    return Interval(
      lower: difference - reach(p1 - first.lower, second.upper - p2),
      upper: difference + reach(first.upper - p1, p2 - second.lower))
  }

  /// φ with Newcombe's continuity correction of its numerator.
  private var correctedCorrelation: Double {
    let margins =
      (both + firstOnly) * (secondOnly + neither) * (both + secondOnly) * (firstOnly + neither)
    guard margins > 0 else { return 0 }
    let raw = both * neither - firstOnly * secondOnly
    return (raw > 0 ? max(0, raw - total / 2) : raw) / margins.squareRoot()
  }

  /// Tango (1998), Statistics in Medicine 17:891–908: score interval; [−1, 1] without pairs.
  package func tango(level: Double) -> Interval {
    guard total > 0 else { return Interval(lower: -1, upper: 1) }
    let z = Normal.criticalValue(level: level)
    return Interval(
      lower: Self.scoreLimit(firstOnly, secondOnly, total, z),
      upper: -Self.scoreLimit(secondOnly, firstOnly, total, z))
  }

  /// The D below the observed difference at which the score statistic is z.
  private static func scoreLimit(_ b: Double, _ c: Double, _ n: Double, _ z: Double) -> Double {
    let observed = (b - c) / n
    if observed <= -1 { return -1 }
    let excess = { (d: Double) -> Double in
      let half = -b - c + (2 * n - b + c) * d
      let root = max(0, half * half + 8 * n * c * d * (1 - d)).squareRoot()
      let restricted = (root - half) / (4 * n)
      return observed - d - z * max(0, (2 * restricted + d * (1 - d)) / n).squareRoot()
    }
    // The variance vanishes at the observed difference where no pair is discordant.
    let atObserved = min(-1e-6, excess(observed))
    return RootFinding.bracketed(observed, atObserved, -1, observed + 1, tolerance: 1e-16, excess)
  }
}
