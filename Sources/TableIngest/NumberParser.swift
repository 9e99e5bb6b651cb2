/// Text to Double, rounded to the nearest as IEEE 754 wants it.
///
/// Takes `1`, `+1`, `-1.`, `.5`, `1e-3`, `6.02E23`, with spaces or tabs around. Short numbers are exact products
/// or quotients (Clinger 1990), longer ones go through Eisel–Lemire (Lemire 2021), the rest, such as
/// 25 digits or subnormals, through the standard library.
struct NumberParser: Sendable {
  private let halves: [UInt64]
  private let exactTens: [Double]
  private let smallTens: [UInt64]

  init() {
    halves = PowersOfFive.shared.halves
    exactTens = PowersOfFive.shared.exactTens
    smallTens = PowersOfFive.shared.smallTens
  }

  /// The number that the bytes from `start` to `end` spell; NaN if they spell none; an infinity for its name or
  /// for a number that a Double cannot hold. The byte at `end` must not be a digit.
  @inline(__always) func parse(_ view: ByteView, _ start: Int, _ end: Int) -> Double {
    var at = start
    let first = view[at]
    if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { at += 1 }
    let whole = run(view, at)
    var mantissa = whole.value
    at += whole.count
    var digits = whole.count
    var exponent = 0
    if digits == 8 { return parseLong(view, start, end) }
    if at < end, view[at] == UInt8(ascii: ".") {
      at += 1
      let fraction = run(view, at)
      mantissa = mantissa &* smallTens[fraction.count] &+ fraction.value
      at += fraction.count
      digits += fraction.count
      exponent = -fraction.count
      if fraction.count == 8 {
        let more = run(view, at)
        mantissa = mantissa &* smallTens[more.count] &+ more.value
        at += more.count
        digits += more.count
        exponent -= more.count
      }
    }
    // Up to 18 digits cannot have overflowed. A mantissa and a power of ten that are exact need but one division,
    // which rounds once.
    guard at == end, digits > 0, digits <= 18, mantissa < 1 << 53 else { return parseLong(view, start, end) }
    let magnitude = Double(mantissa) / exactTens[-exponent]
    return first == UInt8(ascii: "-") ? -magnitude : magnitude
  }

  /// Up to eight digits at an offset, all at once.
  @inline(__always) private func run(_ view: ByteView, _ offset: Int) -> (value: UInt64, count: Int) {
    let bytes = view.word(at: offset) ^ 0x3030_3030_3030_3030
    let others = ((bytes &+ 0x7676_7676_7676_7676) | bytes) & 0x8080_8080_8080_8080
    let count = others.trailingZeroBitCount >> 3
    guard count > 0 else { return (0, 0) }
    // Leading zeros fill up the eight places.
    let digits = bytes << UInt64(64 - 8 * count)
    return (Self.eightDigits(digits), count)
  }

  /// The value of eight decimal digits, one a byte, the first in the lowest.
  @inline(__always) private static func eightDigits(_ digits: UInt64) -> UInt64 {
    let pairs = (digits &* 10) &+ (digits >> 8)
    let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let high = ((pairs >> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (low &+ high) >> 32
  }
}

extension NumberParser {
  /// A number's parts: ±mantissa · 10^exponent, exact if `isExact`.
  private struct Decimal {
    var mantissa: UInt64 = 0
    var exponent = 0
    var isNegative = false
    /// No more than 19 significant digits.
    var isExact = true
  }

  /// Every spelling that `parse` takes.
  func parseLong(_ view: ByteView, _ start: Int, _ end: Int) -> Double {
    var (start, end) = (start, end)
    while start < end, Self.isBlank(view[start]) { start += 1 }
    while start < end, Self.isBlank(view[end - 1]) { end -= 1 }
    guard start < end else { return .nan }
    guard let decimal = split(view, start, end) else { return Self.infinity(view, start, end) }
    if decimal.isExact, let value = convert(decimal) { return value }
    return Double(view.text(start..<end)) ?? .nan
  }

  private func split(_ view: ByteView, _ start: Int, _ end: Int) -> Decimal? {
    var at = start
    var decimal = Decimal()
    if view[at] == UInt8(ascii: "-") || view[at] == UInt8(ascii: "+") {
      decimal.isNegative = view[at] == UInt8(ascii: "-")
      at += 1
    }
    var significant = 0
    var digits = digitRun(view, &at, end, &decimal.mantissa, &significant)
    if at < end, view[at] == UInt8(ascii: ".") {
      at += 1
      let places = digitRun(view, &at, end, &decimal.mantissa, &significant)
      digits += places
      decimal.exponent = -places
    }
    guard digits > 0 else { return nil }
    decimal.isExact = significant <= 19
    if at < end {
      guard let exponent = scientific(view, at, end) else { return nil }
      decimal.exponent += exponent
    }
    return decimal
  }

  private func digitRun(
    _ view: ByteView, _ at: inout Int, _ end: Int, _ mantissa: inout UInt64, _ significant: inout Int
  ) -> Int {
    let start = at
    while mantissa == 0, significant == 0, at < end, view[at] == UInt8(ascii: "0") { at += 1 }
    let counted = at
    while at < end {
      let (value, count) = run(view, at)
      mantissa = mantissa &* smallTens[count] &+ value
      at += count
      if count < 8 { break }
    }
    significant += at - counted
    return at - start
  }

  /// The exponent from its `e` to the end, bounded so that sums with it cannot overflow.
  private func scientific(_ view: ByteView, _ start: Int, _ end: Int) -> Int? {
    guard view[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    var at = start + 1
    let isNegative = at < end && view[at] == UInt8(ascii: "-")
    if at < end, isNegative || view[at] == UInt8(ascii: "+") { at += 1 }
    guard at < end else { return nil }
    var value = 0
    while at < end {
      let digit = view[at] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = min(value * 10 + Int(digit), 1_000_000)
      at += 1
    }
    return isNegative ? -value : value
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func infinity(_ view: ByteView, _ start: Int, _ end: Int) -> Double {
    guard end - start <= 9 else { return .nan }
    var word = view.text(start..<end).lowercased()
    let isNegative = word.hasPrefix("-")
    if isNegative || word.hasPrefix("+") { word.removeFirst() }
    guard word == "inf" || word == "infinity" else { return .nan }
    return isNegative ? -.infinity : .infinity
  }
}

extension NumberParser {
  /// The nearest Double, or nil where the standard library has to decide.
  private func convert(_ decimal: Decimal) -> Double? {
    let (mantissa, exponent) = (decimal.mantissa, decimal.exponent)
    if mantissa == 0 { return decimal.isNegative ? -0.0 : 0 }
    if mantissa < 1 << 53, abs(exponent) <= 22 {
      let value = Double(mantissa)
      let magnitude = exponent < 0 ? value / exactTens[-exponent] : value * exactTens[exponent]
      return decimal.isNegative ? -magnitude : magnitude
    }
    guard abs(exponent) <= PowersOfFive.limit, let bits = eiselLemire(mantissa, exponent) else { return nil }
    return Double(bitPattern: decimal.isNegative ? bits | 1 << 63 : bits)
  }

  /// Bits of the Double nearest to `mantissa` · 10^`exponent` for a mantissa that is not 0 (Lemire 2021,
  /// algorithm 1). Within |exponent| ≤ 55 neither subnormals nor overflow occur.
  private func eiselLemire(_ mantissa: UInt64, _ exponent: Int) -> UInt64? {
    let zeros = mantissa.leadingZeroBitCount
    let scaled = mantissa << UInt64(zeros)
    let index = 2 * (exponent + PowersOfFive.limit)
    var product = scaled.multipliedFullWidth(by: halves[index])
    if product.high & 0x1FF == 0x1FF {
      let more = scaled.multipliedFullWidth(by: halves[index + 1])
      let (sum, carry) = product.low.addingReportingOverflow(more.high)
      product.low = sum
      if carry { product.high &+= 1 }
      if sum == .max, exponent < -27 { return nil }
    }
    let upper = product.high >> 63
    let shift = upper + 9
    var bits = product.high >> shift
    var power = (217_706 * exponent) >> 16 + 63 + Int(upper) - zeros + 1023
    // Exactly half-way: to the even neighbour.
    if product.low <= 1, exponent >= -4, exponent <= 23, bits & 3 == 1, bits << shift == product.high {
      bits &= ~1
    }
    bits += bits & 1
    bits >>= 1
    if bits >= 1 << 53 {
      bits = 1 << 52
      power += 1
    }
    return (bits & ~(1 << 52)) | UInt64(power) << 52
  }
}
