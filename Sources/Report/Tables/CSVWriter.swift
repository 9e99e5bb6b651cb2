import Results

/// Writes comma-separated values after RFC 4180 (with `\n` as the line end, as every reader takes it).
struct CSVWriter {
  private(set) var bytes: [UInt8] = []
  private var isLineStart = true

  init(header: [String]) {
    for name in header { field(name) }
    endLine()
  }

  mutating func field(_ text: String) {
    separate()
    let mustQuote = text.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13
    }
    guard mustQuote else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The shortest text that reads back the same; `inf` and `-inf`; nothing for NaN.
  mutating func field(_ number: Double) {
    separate()
    if !number.isNaN { NumberText.append(number, to: &bytes) }
  }

  mutating func field(_ number: Int) {
    separate()
    NumberText.append(number, to: &bytes)
  }

  /// Nothing for nil.
  mutating func field(_ number: Int?) {
    separate()
    if let number { NumberText.append(number, to: &bytes) }
  }

  mutating func endLine() {
    bytes.append(10)
    isLineStart = true
  }

  private mutating func separate() {
    if isLineStart { isLineStart = false } else { bytes.append(UInt8(ascii: ",")) }
  }
}
