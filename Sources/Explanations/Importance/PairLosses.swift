/// What the rows' losses are with every donor's values, in sums: exact expectations over all permutations of what is a sum over
/// rows, L(i, j) being what row i adds with the values of row j of its pool.
package struct PairLosses: Sendable {
  private let layout: PoolLayout
  private var rowSums: [Double]
  private var columnSums: [Double]
  private var own: [Double]
  private var squares: [Double]

  init(_ layout: PoolLayout) {
    self.layout = layout
    rowSums = [Double](repeating: 0, count: layout.pools.count)
    (columnSums, own) = (rowSums, rowSums)
    squares = [Double](repeating: 0, count: layout.poolCount)
  }

  /// - Parameter pools: the pool of every row, from 0; nil where all rows share one
  package init(rowCount: Int, pools: [Int32]? = nil) {
    self.init(pools.map { PoolLayout($0.map(Int64.init)) } ?? PoolLayout(rowCount: rowCount))
  }

  /// Adds L(row, donor).
  @inline(__always)
  package mutating func add(_ loss: Double, row: Int, donor: Int) {
    rowSums[row] += loss
    columnSums[donor] += loss
    squares[Int(layout.pools[row])] += loss * loss
    if row == donor { own[row] = loss }
  }

  private func size(_ row: Int) -> Double { Double(layout.size(layout.pools[row])) }

  /// Mean of L(row, j) over the donors of its pool.
  package func rowMean(_ row: Int) -> Double { rowSums[row] / size(row) }

  /// Mean of L(i, donor) over the rows of its pool.
  package func columnMean(_ donor: Int) -> Double { columnSums[donor] / size(donor) }

  /// L(row, row).
  package func own(_ row: Int) -> Double { own[row] }

  /// Σ L(i, π(i)) in expectation over uniform permutations π within pools, fixed points included.
  package var expectation: Double { rowSums.indices.reduce(0) { $0 + rowMean($1) } }

  /// Σ over i of the mean of L(i, j) over other rows j of the pool (Fisher, Rudin & Dominici 2019); with one pool of n rows
  /// its difference from Σ L(i, i) is n ⁄ (n − 1) times that of the expectation. A row alone in its pool keeps its own.
  package var switchExpectation: Double {
    rowSums.indices.reduce(0) {
      let size = size($1)
      return $0 + (size > 1 ? (rowSums[$1] - own[$1]) / (size - 1) : own[$1])
    }
  }

  /// Variance of Σ L(i, π(i)) over permutations: Σ D² ⁄ (n − 1) over each pool, D doubly centred L (Hoeffding 1951).
  package var shuffleVariance: Double {
    var variance = 0.0
    for pool in 0..<layout.poolCount {
      let rows = layout.rows[layout.starts[pool]..<layout.starts[pool + 1]].map { Int($0) }
      guard rows.count > 1 else { continue }
      let n = Double(rows.count)
      var sum = 0.0
      var means = 0.0
      for row in rows {
        sum += rowSums[row]
        means += (rowSums[row] * rowSums[row] + columnSums[row] * columnSums[row]) / n
      }
      variance += max(0, squares[pool] - means + sum * sum / (n * n)) / (n - 1)
    }
    return variance
  }
}
