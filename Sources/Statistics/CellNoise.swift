/// Poisson replicates of any number of cells, each a chain of its own.
///
/// A cell that weighs W, with squares S, is drawn as a Poisson number of mean W²/S times S/W: mean W, variance S; without weights the
/// Poisson bootstrap of rows.
package struct CellNoise: Sendable {
  package let replicates: Int
  /// Each cell's mean.
  package let means: [Double]
  /// Replicate after replicate.
  package let draws: [Float]

  /// - Parameters:
  ///   - weights: of each cell, ≥ 0
  ///   - squares: Σw² of each cell; 0 only where the weight is
  ///   - shape: shares over which one more row of mean weight is spread, so that an empty cell still varies
  ///   - rows: how many rows there are
  /// Complexity: O(replicates · cells)
  package init(
    weights: [Double], squares: [Double], rows: Int, shape: [Double], replicates: Int, random: KeyedRandom
  ) {
    let (total, all) = (weights.reduce(0, +), squares.reduce(0, +))
    let row = rows > 0 ? total / Double(rows) : 0
    let usual = total > 0 ? all / total : 1
    // The sum stays what it is, or a difference of shares would shrink.
    let shrink = total > 0 ? total / (total + row) : 1
    let means = zip(weights, shape).map { ($0 + row * $1) * shrink }
    var draws = [Float](repeating: 0, count: replicates * weights.count)
    for cell in weights.indices where means[cell] > 0 {
      let scale = weights[cell] > 0 ? squares[cell] / weights[cell] : usual
      let table = PoissonTable(mean: means[cell] / scale)
      Self.fill(&draws, cell, weights.count, table, Float(scale), random.stream(UInt64(cell)))
    }
    (self.replicates, self.means, self.draws) = (replicates, means, draws)
  }

  private static func fill(
    _ draws: inout [Float], _ cell: Int, _ cells: Int, _ table: PoissonTable, _ scale: Float,
    _ random: KeyedRandom
  ) {
    let replicates = draws.count / cells
    for first in stride(from: 0, to: replicates, by: 4) {
      let (low, high) = random.block(UInt64(first / 4))
      for step in 0..<min(4, replicates - first) {
        let word = step < 2 ? low : high
        let bits = UInt32(truncatingIfNeeded: step & 1 == 0 ? word : word >> 32)
        draws[(first + step) * cells + cell] = Float(table.value(bits)) * scale
      }
    }
  }
}
