import Glibc

/// Numbers as people read them, the same on every machine: `.` for decimals, `,` for thousands, `−` for minus.
package enum NumberText {
  package enum Format: Sendable, Equatable {
    case number
    /// A share: 0.25 is written `25%`.
    case percent
  }

  /// A value with at most three significant digits beyond the whole part: `0.712`, `−0.04`, `12.3`, `1,234`,
  /// `1,234,568`; from 10⁹ on, three in all: `1.23×10⁹`.
  /// - Parameter decimals: digits after the point for values below 10 (for percent: below 100 %).
  package static func value(
    _ value: Double, _ format: Format = .number, decimals: Int = 3, isSigned: Bool = false
  ) -> String {
    if value.isNaN { return "—" }
    if value.isInfinite { return (value < 0 ? "−" : isSigned ? "+" : "") + "∞" }
    let isPercent = format == .percent
    let shown = isPercent ? value * 100 : value
    let magnitude = abs(shown)
    let digits = isPercent ? max(0, decimals - 2) : decimals
    let places = magnitude >= 100 ? 0 : magnitude >= 10 ? min(1, digits) : digits
    let sign = shown < 0 ? "−" : isSigned && shown > 0 ? "+" : ""
    let tooSmall = magnitude > 0 && magnitude < 0.5 * power(-digits)
    let body =
      tooSmall
      ? scientific(magnitude)
      : magnitude >= 1e9 ? scientific(magnitude, digits: 3) : fixed(magnitude, decimals: places)
    return sign + body + (isPercent ? "%" : "")
  }

  /// A setting rather than a measurement, without trailing zeros: `0.5`.
  package static func short(_ value: Double) -> String {
    var text = self.value(value)
    guard text.contains("."), !text.contains("×") else { return text }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  /// `0.712 [0.660, 0.764]`.
  package static func interval(
    _ value: Double, _ lower: Double?, _ upper: Double?, _ format: Format = .number, decimals: Int = 3,
    isSigned: Bool = false
  ) -> String {
    func show(_ number: Double) -> String {
      self.value(number, format, decimals: decimals, isSigned: isSigned)
    }
    guard let lower, let upper, !lower.isNaN, !upper.isNaN else { return show(value) }
    return "\(show(value)) [\(show(lower)), \(show(upper))]"
  }

  /// A whole number with thousands separated: `12,345`.
  package static func count(_ value: Double) -> String {
    if !value.isFinite { return self.value(value) }
    return (value < 0 ? "−" : "")
      + (abs(value) >= 1e15 ? scientific(abs(value)) : fixed(abs(value), decimals: 0))
  }

  /// A magnitude < 1e15 with a fixed number of decimals, rounded half to even on the stored value.
  static func fixed(_ magnitude: Double, decimals: Int) -> String {
    let scale = power(decimals)
    let scaled = (magnitude * scale).rounded(.toNearestOrEven)
    guard scaled < 9e15 else { return scientific(magnitude) }
    var digits = String(Int64(scaled))
    guard decimals > 0 else { return grouped(digits) }
    if digits.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits
    }
    return grouped(String(digits.dropLast(decimals))) + "." + digits.suffix(decimals)
  }

  /// `2.5×10⁶`, without trailing zeros.
  ///
  /// - Parameter digits: of the mantissa, at most
  static func scientific(_ magnitude: Double, digits: Int = 2) -> String {
    guard magnitude > 0 else { return "0" }
    guard magnitude.isFinite else { return "∞" }
    // Near the smallest doubles a power of ten has no reciprocal left.
    let shift = magnitude < 1e-290 ? 200 : 0
    let normal = magnitude * power(shift)
    var exponent = Int(log10(normal).rounded(.down))
    let unit = power(digits - 1)
    var units = (normal / power(exponent) * unit).rounded()
    if units >= 10 * unit {
      exponent += 1
      units = (units / 10).rounded()
    }
    exponent -= shift
    var mantissa = String(Int(units))
    let whole = mantissa.removeFirst()
    while mantissa.last == "0" { mantissa.removeLast() }
    mantissa = String(whole) + (mantissa.isEmpty ? "" : "." + mantissa)
    return (mantissa == "1" ? "" : mantissa + "×") + "10" + superscript(exponent)
  }

  private static func superscript(_ value: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (value < 0 ? "⁻" : "")
      + String(String(abs(value)).compactMap(\.wholeNumberValue).map { digits[$0] })
  }

  private static func grouped(_ digits: String) -> String {
    guard digits.count > 3 else { return digits }
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// 10 to a whole power.
  static func power(_ exponent: Int) -> Double { pow(10, Double(exponent)) }
}
