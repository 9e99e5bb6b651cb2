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

  /// - Parameters:
  ///   - replicates: the defined ones, in any order.
  ///   - jackknife: the statistic with one row of each kind left out, and how many rows are of that kind.
  package init(estimate: Double, replicates: [Double], jackknife: [(value: Double, rows: Double)]) {
    var below = 0.0
    for replicate in replicates where replicate <= estimate { below += replicate < estimate ? 1 : 0.5 }
    bias = Normal.quantile(below / Double(replicates.count))
    let rows = jackknife.reduce(0) { $0 + $1.rows }
    let mean = jackknife.reduce(0) { $0 + $1.rows * $1.value } / rows
    var (squares, cubes) = (0.0, 0.0)
    for one in jackknife {
      let distance = mean - one.value
      squares += one.rows * distance * distance
      cubes += one.rows * distance * distance * distance
    }
    acceleration = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }

  /// The quantile level to read instead of `q`.
  package func adjusted(_ q: Double) -> Double {
    let z = bias + Normal.quantile(q)
    return Normal.cumulative(bias + z / (1 - acceleration * z))
  }

  /// As `interval(sortedReplicates:level:)` for replicates in any order, which are reordered. O(n) on average.
  package func interval(_ replicates: inout [Double], level: Double) -> Interval? {
    guard bias.isFinite, !replicates.isEmpty else { return nil }
    let tail = (1 - level) / 2
    return Quantile.interval(&replicates, from: adjusted(tail), to: adjusted(1 - tail))
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
