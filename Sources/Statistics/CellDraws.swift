import Glibc

/// Bootstrap replicates of the four cells of one stratum of rows. Replicate r takes the words of block or substream r of the
/// generator, so that any replicates of any strata can be drawn by anyone, in any order, and add up to the same.
package enum CellDraws {
  /// Adds Poisson draws to replicates of four cells. One block of random bits a replicate.
  package static func addPoisson(
    _ a: PoissonTable, _ b: PoissonTable, _ c: PoissonTable, _ d: PoissonTable, random: KeyedRandom,
    into cells: inout [Double]
  ) {
    for replicate in 0..<(cells.count / 4) {
      let (low, high) = random.block(UInt64(replicate))
      let place = 4 * replicate
      cells[place] += Double(a.value(UInt32(truncatingIfNeeded: low)))
      cells[place + 1] += Double(b.value(UInt32(truncatingIfNeeded: low >> 32)))
      cells[place + 2] += Double(c.value(UInt32(truncatingIfNeeded: high)))
      cells[place + 3] += Double(d.value(UInt32(truncatingIfNeeded: high >> 32)))
    }
  }

  /// Adds gamma draws: the Poisson bootstrap of weighted rows, matched in mean Σw and variance Σw².
  package static func addGamma(
    means: [Double], variances: [Double], random: KeyedRandom, into cells: inout [Double]
  ) {
    let live = means.indices.filter { means[$0] > 0 && variances[$0] > 0 }
    for replicate in 0..<(live.isEmpty ? 0 : cells.count / 4) {
      var stream = random.stream(UInt64(replicate))
      for cell in live {
        let scale = variances[cell] / means[cell]
        cells[4 * replicate + cell] += stream.gamma(shape: means[cell] / scale) * scale
      }
    }
  }

  /// Adds half a row of `weight` to each cell, as a gamma draw of shape ½: mean and variance are those of a Poisson draw of mean ½, but
  /// it is never 0, so that no replicate lacks a class.
  package static func addHalfRow(weight: Double, random: KeyedRandom, into cells: inout [Double]) {
    for replicate in 0..<(cells.count / 4) {
      let block = random.block(UInt64(replicate) / 2)
      var word = replicate & 1 == 0 ? block.0 : block.1
      for cell in 0..<4 {
        cells[4 * replicate + cell] += weight * halfRows[Int(word & 0xFFF)]
        word >>= 16
      }
    }
  }

  /// Quantiles of the gamma distribution of shape ½ (half the square of a normal), scaled to the mean ½.
  private static let halfRows: [Double] = {
    let count = 4096
    let values = (0..<count).map { step -> Double in
      let z = Normal.quantile(0.5 + (Double(step) + 0.5) / Double(2 * count))
      return z * z / 2
    }
    let mean = values.reduce(0, +) / Double(count)
    return values.map { $0 / mean / 2 }
  }()
}
