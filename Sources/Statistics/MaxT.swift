import Glibc

/// Single-step and step-down max-T adjustment (Westfall & Young 1993) of statistics that are jointly
/// normal under their hypotheses, from their correlations: it takes account of overlapping slices,
/// where Holm's rule has to expect the worst.
package struct MaxT: Sendable {
  /// Draws from the generator that the caller keys; replicate r uses substream r.
  private let random: KeyedRandom
  private let replicates: Int

  /// - Parameter replicates: at least 1; see `replicates(tests:alpha:)`.
  package init(replicates: Int, random: KeyedRandom) {
    self.replicates = max(1, replicates)
    self.random = random
  }

  /// Enough draws to tell an adjusted p-value at `alpha` among as many checks: 20 · tests / α, at least
  /// 2,000 and at most `cap`.
  package static func replicates(tests: Int, alpha: Double, cap: Int = 200_000) -> Int {
    let wanted = 20 * Double(max(1, tests)) / alpha
    return wanted < Double(cap) ? max(min(2000, cap), Int(wanted.rounded(.up))) : cap
  }

  /// Step-down adjusted p-values of one-sided statistics, larger being more extreme; they control the
  /// family-wise error in the strong sense. A NaN is no test and stays NaN. None is above Holm's, which
  /// is an upper bound under any correlation and has no floor at 1/(replicates + 1).
  ///
  /// O(m²·r) for the factor of rank r and O(m·r) a draw.
  /// - Parameter correlation: m × m; may be singular (duplicate or complementary slices).
  package func stepDown(_ z: [Double], correlation: [[Double]]) -> [Double] {
    adjusted(z, correlation) { sorted, beyond in
      // From the least extreme up, each statistic meets the maximum over those not above it.
      { draw, counts in
        var top = -Double.infinity
        for rank in sorted.indices.reversed() {
          top = max(top, draw[sorted[rank]])
          if top >= beyond[rank] { counts[rank] += 1 }
        }
      }
    }
  }

  /// As `stepDown`, but each statistic meets the maximum over all: simultaneous with the intervals that
  /// the same maximum gives.
  package func singleStep(_ z: [Double], correlation: [[Double]]) -> [Double] {
    adjusted(z, correlation) { sorted, beyond in
      { draw, counts in
        let top = draw.max() ?? -.infinity
        for rank in sorted.indices where top >= beyond[rank] { counts[rank] += 1 }
      }
    }
  }

  private typealias Count = (_ draw: [Double], _ counts: inout [Int]) -> Void

  private func adjusted(
    _ z: [Double], _ correlation: [[Double]], _ rule: (_ sorted: [Int], _ z: [Double]) -> Count
  ) -> [Double] {
    let kept = z.indices.filter { !z[$0].isNaN }
    let values = kept.map { z[$0] }
    let sorted = values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }
    let count = rule(sorted, sorted.map { values[$0] })
    let factor = NormalFactor(kept.map { i in kept.map { correlation[i][$0] } })
    var counts = [Int](repeating: 0, count: values.count)
    var draw = [Double](repeating: 0, count: values.count)
    for replicate in 0..<(values.isEmpty ? 0 : replicates) {
      var stream = random.stream(UInt64(replicate))
      factor.sample(into: &draw, using: &stream)
      count(draw, &counts)
    }
    let bounds = Multiplicity.holm(values.map(Normal.survival))
    var result = z
    var top = 0.0
    for (rank, index) in sorted.enumerated() {
      top = max(top, Double(1 + counts[rank]) / Double(replicates + 1))
      result[kept[index]] = min(top, bounds[index])
    }
    return result
  }
}
