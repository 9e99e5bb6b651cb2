/// Numbers as text: the shortest that reads back as the same number.
package enum NumberText {
  /// Appends a finite number without a useless `.0`; `nan`, `inf` and `-inf` otherwise.
  package static func append(_ x: Double, to bytes: inout [UInt8]) {
    if let whole = Int(exactly: x), whole.magnitude < 10_000_000_000_000_000,
      !(whole == 0 && x.sign == .minus)
    {
      append(whole, to: &bytes)
      return
    }
    var text = x.description[...]
    if text.hasSuffix(".0") { text = text.dropLast(2) }
    bytes.append(contentsOf: text.utf8)
  }

  package static func append(_ x: Int, to bytes: inout [UInt8]) {
    if x >= 0, x < 10 {
      bytes.append(UInt8(48 + x))
    } else {
      bytes.append(contentsOf: x.description.utf8)
    }
  }

  package static func text(_ x: Double) -> String {
    var bytes: [UInt8] = []
    append(x, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
