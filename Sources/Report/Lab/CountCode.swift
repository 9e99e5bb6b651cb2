/// Whole numbers as exponential-Golomb codes (Teuhola 1978), one after the other from each byte's lowest bit: of order k, a
/// number takes some k + 1 bits where it lies near 2ᵏ, and two more for each doubling beyond.
struct CountCode {
  private(set) var bytes: [UInt8] = []
  private var free = 0

  /// The order in which these numbers take the fewest bits.
  static func order(_ values: [UInt64]) -> Int {
    (0..<32).min { cost(values, $0) < cost(values, $1) } ?? 0
  }

  private static func cost(_ values: [UInt64], _ order: Int) -> Int {
    values.reduce(0) { $0 + 2 * width($1, order) - order - 1 }
  }

  private static func width(_ value: UInt64, _ order: Int) -> Int {
    64 - (value + 1 << UInt64(order)).leadingZeroBitCount
  }

  /// Appends a number below 2⁶². Zeros say how many bits follow the first one.
  mutating func append(_ value: UInt64, order: Int) {
    let width = CountCode.width(value, order)
    for _ in 0..<(width - order - 1) { append(bit: 0) }
    let code = value + 1 << UInt64(order)
    for place in (0..<width).reversed() { append(bit: UInt8(truncatingIfNeeded: code >> UInt64(place)) & 1) }
  }

  /// Appends eight bytes, the lowest first, from the next whole byte on.
  mutating func append(_ value: Double) {
    free = 0
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(shift)))
    }
  }

  private mutating func append(bit: UInt8) {
    if free == 0 {
      bytes.append(0)
      free = 8
    }
    bytes[bytes.count - 1] |= bit << UInt8(8 - free)
    free -= 1
  }
}
