/// A 128-bit whole number that terms of 64 bits are added to: exact, so that order does not matter.
/// Two words and a carry are several times as fast as the generic conversions of `Int128`.
struct WideSum: Sendable, Equatable {
  private var high: Int64 = 0
  private var low: UInt64 = 0

  @inline(__always)
  mutating func add(_ term: Int64) {
    let (sum, carry) = low.addingReportingOverflow(UInt64(bitPattern: term))
    low = sum
    high &+= (term >> 63) &+ (carry ? 1 : 0)
  }

  /// Adds a product of two unsigned words.
  @inline(__always)
  mutating func add(_ a: UInt64, times b: UInt64) {
    let product = a.multipliedFullWidth(by: b)
    let (sum, carry) = low.addingReportingOverflow(product.low)
    low = sum
    high &+= Int64(bitPattern: product.high) &+ (carry ? 1 : 0)
  }

  static func + (a: WideSum, b: WideSum) -> WideSum {
    var sum = a
    let (low, carry) = a.low.addingReportingOverflow(b.low)
    sum.low = low
    sum.high &+= b.high &+ (carry ? 1 : 0)
    return sum
  }

  /// The sum as a whole number.
  var whole: Int128 { Int128(high) << 64 | Int128(low) }

  /// The sum, correctly rounded.
  var value: Double { Double(whole) }
}
