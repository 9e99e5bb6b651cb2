import FoundationEssentials
import Results

/// One column of the slice table, quantised to what the page shows: whole numbers of the last shown digit, less an
/// offset, in as few bits as pay; what lies far off stands beside it. The lowest codes stand for reasons why there is no
/// value. So the page sorts, filters and prints the same number, without rounding twice.
struct ColumnCode {
  /// Digits after the point.
  let decimals: Int
  let offset: Int
  /// Of one code, 1…45: a script's numbers hold them and the byte that is being read.
  let bits: Int
  let codes: [Int]
  /// Units by row, where they do not fit.
  let outliers: [(row: Int, units: Int)]

  static let mostBits = 45

  /// - Parameters:
  ///   - units: Whole numbers of the last digit; nil for none.
  ///   - reason: Index of the reason for each row without a value, below `reasonCodes`.
  ///
  /// Complexity: O(n log n).
  init(units: [Int?], reasons reason: [Int], reasonCodes: Int, decimals: Int) {
    let known = units.compactMap { $0 }.sorted()
    let (bits, first) = ColumnCode.window(known, count: units.count, reasonCodes: reasonCodes)
    let room = 1 << bits - reasonCodes
    var outliers: [(row: Int, units: Int)] = []
    codes = units.indices.map { row in
      guard let own = units[row] else { return min(reason[row], reasonCodes - 1) }
      if own >= first, own - first < room { return own - first + reasonCodes }
      outliers.append((row, own))
      return 0
    }
    (self.decimals, offset, self.bits, self.outliers) = (decimals, first, bits, outliers)
  }

  /// The width of a code and the lowest number for which column and outliers take the fewest bytes.
  private static func window(_ known: [Int], count: Int, reasonCodes: Int) -> (bits: Int, first: Int) {
    let least = width(reasonCodes)
    guard let low = known.first, let high = known.last else { return (least, 0) }
    let most = max(least, min(mostBits, width(high - low + 1 + reasonCodes)))
    var best = (cost: Int.max, bits: most, first: low)
    for bits in max(least, most - 14)...most {
      let room = 1 << bits - reasonCodes
      guard room > 0 else { continue }
      var (end, inside, first) = (0, 0, low)
      for (start, value) in known.enumerated() {
        while end < known.count, known[end] - value < room { end += 1 }
        if end - start > inside { (inside, first) = (end - start, value) }
      }
      // Six bits a character of base64; about 14 characters an outlier.
      let cost = count * bits / 6 + (known.count - inside) * 14
      if cost < best.cost { best = (cost, bits, first) }
    }
    return (best.bits, best.first)
  }

  /// Bits that hold `count` different codes.
  static func width(_ count: Int) -> Int {
    var bits = 1
    while bits < mostBits, 1 << bits < count { bits += 1 }
    return bits
  }

  // MARK: Digits

  /// Digits after the point for numbers of a kind: none for whole counts, else three, fewer where numbers are huge.
  static func decimals(_ values: [Double], isCount: Bool) -> Int {
    let finite = values.filter(\.isFinite)
    if isCount, finite.allSatisfy({ $0 == $0.rounded() && abs($0) < 9e15 }) { return 0 }
    let largest = finite.reduce(0) { max($0, abs($1)) }
    var decimals = 3
    while decimals > -300, largest * power(decimals) >= 9e15 { decimals -= 1 }
    return decimals
  }

  static func units(_ value: Double, decimals: Int) -> Int? {
    let scaled = (value * power(decimals)).rounded(.toNearestOrEven)
    return scaled.magnitude < 1e16 ? Int(scaled) : nil
  }

  static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }

  /// As the script writes it: `0.712`, `12,345`, `−0.040`.
  static func text(_ units: Int, decimals: Int, isSigned: Bool = false) -> String {
    var digits = String(units.magnitude) + String(repeating: "0", count: max(0, -decimals))
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
    return (units < 0 ? "−" : isSigned && units > 0 ? "+" : "") + grouped + fraction
  }

  // MARK: Bytes

  var base64: String { ColumnCode.base64(codes, bits: bits) }

  /// Codes of `bits` bits one after the other, each from its lowest bit, in base64.
  static func base64(_ codes: [Int], bits: Int) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(codes.count * bits / 8 + 1)
    var (held, have) = (UInt64(0), 0)
    for code in codes {
      held |= UInt64(code) << UInt64(have)
      have += bits
      while have >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: held))
        held >>= 8
        have -= 8
      }
    }
    if have > 0 { bytes.append(UInt8(truncatingIfNeeded: held)) }
    return base64(bytes)
  }

  static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// The leading `bits` bits below the sign of a single-precision number; all ones for "not known".
  static func floatCode(_ value: Double, bits: Int) -> Int {
    guard value.isFinite else { return 1 << bits - 1 }
    let dropped = 31 - bits
    let pattern = Int(Float(value).bitPattern)
    return (pattern + (dropped > 0 ? 1 << (dropped - 1) : 0)) >> dropped
  }

  static func float(code: Int, bits: Int) -> Double {
    Double(Float(bitPattern: UInt32(truncatingIfNeeded: code << (31 - bits))))
  }
}
