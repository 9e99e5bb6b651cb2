import FoundationEssentials
import Results

/// One column of the slice table, quantised to what the page shows: whole numbers of the last shown digit, less an
/// offset, in 16 or 32 bits; a few outliers of a 16-bit column (the whole among its groups) stand beside it. The highest
/// codes stand for reasons why there is no value. So the page sorts, filters and prints the same number, without
/// rounding twice.
struct ColumnCode {
  /// Digits after the point.
  let decimals: Int
  let offset: Int
  /// 16 or 32.
  let bits: Int
  let codes: [UInt32]
  /// Units by row, where they do not fit.
  let outliers: [Int: Int]

  /// Codes above the values: reason `r` is `top − r`.
  static let reasons = 64

  var top: Int { bits == 16 ? 0xFFFF : 0xFFFF_FFFF }

  /// - Parameters:
  ///   - values: NaN for "none".
  ///   - reason: Index of the reason for each row without a value.
  init(_ values: [Double], reasons reason: [Int], isCount: Bool) {
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    let room = Double(0xFFFF_FFFF - ColumnCode.reasons)
    var decimals = isCount && finite.allSatisfy { $0 == $0.rounded() } ? 0 : 3
    while decimals > -15, (high - low) * ColumnCode.power(decimals) > room - 2 { decimals -= 1 }
    let scale = ColumnCode.power(decimals)
    let offset = abs(low * scale) < 9e15 ? Int((low * scale).rounded(.toNearestOrEven)) : 0
    let units = values.map { value -> Int? in
      value.isFinite ? Int((value * scale).rounded(.toNearestOrEven)) - offset : nil
    }
    let narrow = 0xFFFF - ColumnCode.reasons
    let outliers = units.indices.filter { (units[$0] ?? 0) >= narrow }
    let bits = outliers.count <= units.count / 50 + 1 ? 16 : 32
    let top = bits == 16 ? 0xFFFF : 0xFFFF_FFFF
    self.outliers =
      bits == 16 ? Dictionary(uniqueKeysWithValues: outliers.map { ($0, (units[$0] ?? 0) + offset) }) : [:]
    codes = zip(units, reason).map { units, reason in
      guard let units else { return UInt32(top - min(reason, ColumnCode.reasons - 1)) }
      return UInt32(max(0, bits == 16 && units >= narrow ? 0 : units))
    }
    (self.decimals, self.offset, self.bits) = (decimals, offset, bits)
  }

  static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }

  /// The number's last-digit units; nil for a reason.
  func units(_ row: Int) -> Int? {
    if let units = outliers[row] { return units }
    return Int(codes[row]) > top - ColumnCode.reasons ? nil : Int(codes[row]) + offset
  }

  /// The rows where this column is not one minus another, with their units; nil where the two differ in what they
  /// leave out, in scale, or in more than a few rows.
  func exceptionsFromOne(minus other: ColumnCode) -> [(row: Int, units: Int)]? {
    guard decimals == other.decimals, decimals >= 0, codes.count == other.codes.count else { return nil }
    let one = Int(ColumnCode.power(decimals))
    var exceptions: [(row: Int, units: Int)] = []
    for row in codes.indices {
      switch (units(row), other.units(row)) {
      case (nil, nil): if top - Int(codes[row]) != other.top - Int(other.codes[row]) { return nil }
      case (let own?, let theirs?): if own != one - theirs { exceptions.append((row, own)) }
      default: return nil
      }
      if exceptions.count > codes.count / 50 { return nil }
    }
    return exceptions
  }

  /// As the script writes it: `0.712`, `12,345`, `−0.040`.
  func text(_ row: Int) -> String? { units(row).map { ColumnCode.text($0, decimals: decimals) } }

  static func text(_ units: Int, decimals: Int) -> String {
    var digits = String(abs(units)) + String(repeating: "0", count: max(0, -decimals))
    var fraction = ""
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      fraction = "." + digits.suffix(decimals)
      digits = String(digits.dropLast(decimals))
    }
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return (units < 0 ? "−" : "") + grouped + fraction
  }

  /// Little-endian, base64.
  var base64: String { ColumnCode.base64(codes, bits: bits) }

  static func base64(_ codes: [UInt32], bits: Int) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(codes.count * bits / 8)
    for code in codes {
      for shift in stride(from: 0, to: bits, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: code >> UInt32(shift)))
      }
    }
    return base64(bytes)
  }

  static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
