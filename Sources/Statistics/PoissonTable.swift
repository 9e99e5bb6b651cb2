import Glibc

/// Poisson draws of one mean by inversion, one 32-bit number each: for a thousand draws of the same mean the table pays for itself many times.
///
/// Values are those of the distribution to 2⁻³², so that what lies some six standard deviations out never occurs.
package struct PoissonTable: Sendable {
  /// The first value that can occur.
  private let first: Int32
  /// ⌊2³²·P(value ≤ first + i)⌋, but for the last, which takes the rest.
  private let cumulative: [UInt32]
  /// Where to begin to look, by the leading bits of the number.
  private let guide: [Int32]
  private let shift: UInt32

  /// Requires a mean ≥ 0. Complexity: O(√mean).
  package init(mean: Double) {
    let mode = Int(mean)
    let reach = Int(7 * mean.squareRoot()) + 14
    let low = max(0, mode - reach)
    let top = mode > 0 ? SaddlePoint.logPoisson(Double(mode), mean) : -mean
    var chances = [Double](repeating: 0, count: mode + reach - low + 1)
    chances[mode - low] = exp(top)
    for k in stride(from: mode, to: low, by: -1) {
      chances[k - 1 - low] = chances[k - low] * Double(k) / mean
    }
    for k in mode..<(mode + reach) { chances[k + 1 - low] = chances[k - low] * mean / Double(k + 1) }
    var sum = 0.0
    var steps: [UInt32] = []
    steps.reserveCapacity(chances.count)
    var start: Int?
    for (index, chance) in chances.enumerated() {
      sum += chance
      let step = UInt32(min(0x1p32 - 1, sum * 0x1p32))
      if step > 0, start == nil { start = index }
      if start != nil { steps.append(step) }
      if step >= UInt32.max - 1 { break }
    }
    first = Int32(low + (start ?? 0))
    if steps.isEmpty { steps = [.max] }
    steps[steps.count - 1] = .max
    cumulative = steps
    (guide, shift) = Self.guide(steps)
  }

  private static func guide(_ steps: [UInt32]) -> ([Int32], UInt32) {
    var bits: UInt32 = 4
    while bits < 14, 1 << bits < 2 * steps.count { bits += 1 }
    let shift = 32 - bits
    var guide = [Int32](repeating: 0, count: 1 << bits)
    var index = 0
    for bucket in guide.indices {
      while steps[index] < UInt32(truncatingIfNeeded: bucket) << shift { index += 1 }
      guide[bucket] = Int32(index)
    }
    return (guide, shift)
  }

  /// The smallest value whose distribution function exceeds `bits`/2³².
  @inline(__always)
  package func value(_ bits: UInt32) -> Int {
    var index = Int(guide[Int(bits >> shift)])
    while cumulative[index] <= bits, index + 1 < cumulative.count { index += 1 }
    return Int(first) + index
  }
}
