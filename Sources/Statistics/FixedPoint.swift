import Glibc

/// A scale for sums in 128-bit fixed point: value ≈ integer · 2^−shift. Integer addition is
/// associative, so that the order of terms, threads and shards can't change a digit.
package struct FixedPoint: Sendable, Equatable {
  /// The number of bits below the binary point; negative where the terms are huge.
  package let shift: Int

  /// A scale on which `count` terms of at most `maximumMagnitude` never overflow and that otherwise
  /// keeps as many low bits as it can.
  package init(maximumMagnitude: Double, count: Int) {
    precondition(maximumMagnitude.isFinite, "a scale needs a finite bound")
    let magnitude = abs(maximumMagnitude)
    let top = magnitude > 0 ? Int(magnitude.exponent) + 1 : 0
    let carry = Int.bitWidth - max(1, count).leadingZeroBitCount
    shift = min(1074, 126 - top - carry)
  }

  /// The nearest multiple of the scale's last bit, ties to even. The term is finite and within the
  /// bound given to the scale.
  @inlinable
  package func fixed(_ x: Double) -> Int128 {
    let bits = x.bitPattern
    let biased = Int((bits >> 52) & 0x7FF)
    let fraction = bits & 0xF_FFFF_FFFF_FFFF
    let significand = biased == 0 ? fraction : fraction | 0x10_0000_0000_0000
    let move = max(biased, 1) - 1075 + shift
    if significand == 0 { return 0 }
    precondition(move <= 74, "a term is beyond the bound of its scale")
    let magnitude: Int128
    if move >= 0 {
      magnitude = Int128(significand) << Int128(move)
    } else if move < -54 {
      magnitude = 0
    } else {
      let down = UInt64(-move)
      let half: UInt64 = 1 << (down - 1)
      let kept = significand >> down
      let lost = significand & (half << 1 &- 1)
      magnitude = Int128(lost > half || (lost == half && kept & 1 == 1) ? kept + 1 : kept)
    }
    return bits >> 63 == 0 ? magnitude : -magnitude
  }

  /// The double nearest to a sum, ties to even.
  package func value(_ sum: Int128) -> Double {
    let magnitude = sum.magnitude
    let excess = 128 - magnitude.leadingZeroBitCount - 53
    if excess <= 0 { return scalbn(Double(Int64(sum)), Int32(-shift)) }
    let kept = UInt64(truncatingIfNeeded: magnitude >> UInt128(excess))
    let lost = magnitude & ((1 << UInt128(excess)) - 1)
    let half: UInt128 = 1 << UInt128(excess - 1)
    let up = lost > half || (lost == half && kept & 1 == 1)
    let rounded = Double(up ? kept + 1 : kept)
    return scalbn(sum < 0 ? -rounded : rounded, Int32(excess - shift))
  }
}
