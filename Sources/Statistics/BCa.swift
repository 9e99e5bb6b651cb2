import Glibc

/// Efron's (1987) bias-corrected and accelerated bootstrap interval.
package struct BCa: Sendable, Equatable {
  /// The bias correction z₀; replicates equal to the estimate count half.
  package let bias: Double
  package let acceleration: Double

  /// - Parameters:
  ///   - sortedReplicates: the defined replicates, ascending.
  ///   - jackknife: the statistic with each unit (or group of units) left out.
  package init(estimate: Double, sortedReplicates: [Double], jackknife: [Double]) {
    var below = 0.0
    for replicate in sortedReplicates where replicate <= estimate {
      below += replicate < estimate ? 1 : 0.5
    }
    bias = Normal.quantile(below / Double(sortedReplicates.count))
    let mean = jackknife.reduce(0, +) / Double(jackknife.count)
    let squares = jackknife.reduce(0) { $0 + (mean - $1) * (mean - $1) }
    let cubes = jackknife.reduce(0) { $0 + (mean - $1) * (mean - $1) * (mean - $1) }
    acceleration = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }

  /// The quantile level to read instead of `q`.
  package func adjusted(_ q: Double) -> Double {
    let z = bias + Normal.quantile(q)
    return Normal.cumulative(bias + z / (1 - acceleration * z))
  }

  /// Type-7 quantiles at the adjusted levels; nil where all replicates lie on one side of the
  /// estimate, where no correction is possible.
  package func interval(sortedReplicates: [Double], level: Double) -> Interval? {
    guard bias.isFinite, !sortedReplicates.isEmpty else { return nil }
    let tail = (1 - level) / 2
    return Interval(
      lower: Quantile.type7(sorted: sortedReplicates, adjusted(tail)),
      upper: Quantile.type7(sorted: sortedReplicates, adjusted(1 - tail)))
  }
}
