/// 128-bit leading digits of 5^q for |q| ≤ `limit`, as the Eisel–Lemire conversion wants them (Lemire 2021,
/// “Number Parsing at a Gigabyte per Second”): 5^q shifted so that the top bit is set, and for q < 0 the
/// reciprocal cut off, rounded up where 5^-q fits in 64 bits.
///
/// 5^55 is the last power that fits in 128 bits, which lets plain arithmetic make the table. Numbers beyond,
/// below 1e-36 or so, take the slow path.
struct PowersOfFive: Sendable {
  static let limit = 55
  static let shared = PowersOfFive()

  /// High and low half of 5^(i − limit), alternating.
  let halves: [UInt64]
  /// 10^i for 0 ≤ i ≤ 22, the powers that a Double holds exactly.
  let exactTens: [Double]
  /// 10^i for 0 ≤ i ≤ 8.
  let smallTens: [UInt64]

  private init() {
    var halves = [UInt64](repeating: 0, count: 2 * (2 * Self.limit + 1))
    var power: UInt128 = 1
    for q in 0...Self.limit {
      let leading = power << UInt128(power.leadingZeroBitCount)
      halves[2 * (Self.limit + q)] = UInt64(truncatingIfNeeded: leading >> 64)
      halves[2 * (Self.limit + q) + 1] = UInt64(truncatingIfNeeded: leading)
      if q > 0 {
        let inverse = Self.reciprocal(of: power) + (q <= 27 ? 1 : 0)
        halves[2 * (Self.limit - q)] = UInt64(truncatingIfNeeded: inverse >> 64)
        halves[2 * (Self.limit - q) + 1] = UInt64(truncatingIfNeeded: inverse)
      }
      if q < Self.limit { power *= 5 }
    }
    self.halves = halves
    var tens: [Double] = [1]
    for _ in 1...22 { tens.append((tens.last ?? 1) * 10) }
    exactTens = tens
    smallTens = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]
  }

  /// ⌊2^(z + 127) / divisor⌋, where z is the number of bits of `divisor` (not a power of two): 128 bits with
  /// the top one set. Long division, bit by bit.
  private static func reciprocal(of divisor: UInt128) -> UInt128 {
    let bits = 128 - divisor.leadingZeroBitCount
    var remainder: UInt128 = 1 << UInt128(bits - 1)
    var quotient: UInt128 = 0
    for _ in 0..<128 {
      let carry = remainder >> 127 == 1
      remainder <<= 1
      quotient <<= 1
      if carry || remainder >= divisor {
        remainder &-= divisor
        quotient |= 1
      }
    }
    return quotient
  }
}
