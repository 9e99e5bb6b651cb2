/// Writes JSON as UTF-8 bytes, in the order in which it is told, one member of the outer objects a line.
///
/// Numbers are the shortest text that reads back the same. JSON has no NaN and no infinity: NaN is
/// written as `null`, the infinities as `"inf"` and `"-inf"`.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  /// Whether the next member or element is the first of its container, from the outside in.
  private var isFirst: [Bool] = [true]
  /// Containers nested deeper than this stay on one line.
  private var brokenDepth: Int

  package init(brokenDepth: Int = 3) { self.brokenDepth = brokenDepth }

  private var depth: Int { isFirst.count - 1 }

  // MARK: structure

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    container(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), body)
  }

  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    container(open: UInt8(ascii: "["), close: UInt8(ascii: "]"), body)
  }

  private mutating func container(open: UInt8, close: UInt8, _ body: (inout JSONWriter) -> Void) {
    bytes.append(open)
    isFirst.append(true)
    body(&self)
    let wasEmpty = isFirst.removeLast()
    if !wasEmpty, depth < brokenDepth { newLine() }
    bytes.append(close)
    if depth == 0 { bytes.append(UInt8(ascii: "\n")) }
  }

  /// Writes a part whose containers are broken into lines `levels` deeper than here.
  package mutating func broken(levels: Int, _ body: (inout JSONWriter) -> Void) {
    let outer = brokenDepth
    brokenDepth = depth + levels
    body(&self)
    brokenDepth = outer
  }

  private mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth { bytes.append(contentsOf: [32, 32]) }
  }

  /// Begins an element of an array, or a member before its name.
  private mutating func separate() {
    if isFirst[depth] { isFirst[depth] = false } else { bytes.append(UInt8(ascii: ",")) }
    if depth > 0, depth <= brokenDepth { newLine() }
  }

  package mutating func member(_ name: String, _ value: (inout JSONWriter) -> Void) {
    separate()
    string(name)
    bytes.append(contentsOf: [UInt8(ascii: ":"), 32])
    value(&self)
  }

  package mutating func element(_ value: (inout JSONWriter) -> Void) {
    separate()
    value(&self)
  }

  // MARK: scalars

  package mutating func null() { bytes.append(contentsOf: "null".utf8) }
  package mutating func bool(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }
  package mutating func integer(_ value: Int) { NumberText.append(value, to: &bytes) }
  package mutating func unsigned(_ value: UInt64) { bytes.append(contentsOf: value.description.utf8) }

  package mutating func number(_ value: Double) {
    if value.isFinite {
      NumberText.append(value, to: &bytes)
    } else if value.isNaN {
      null()
    } else {
      bytes.append(contentsOf: (value > 0 ? "\"inf\"" : "\"-inf\"").utf8)
    }
  }

  package mutating func string(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 10: bytes.append(contentsOf: "\\n".utf8)
      case 13: bytes.append(contentsOf: "\\r".utf8)
      case 9: bytes.append(contentsOf: "\\t".utf8)
      case 0..<32, 127:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(Self.hexadecimal[Int(byte >> 4)])
        bytes.append(Self.hexadecimal[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)

  // MARK: columns, each on one line

  package mutating func numbers(_ values: [Double]) {
    line(values) { $0.number($1) }
  }

  package mutating func integers(_ values: [Int]) {
    line(values) { $0.integer($1) }
  }

  /// `null` where `isWithheld` says so.
  package mutating func integers(_ values: [Int], isWithheld: (Int) -> Bool) {
    line(Array(values.enumerated())) { isWithheld($1.offset) ? $0.null() : $0.integer($1.element) }
  }

  /// `null` where `isWithheld` says so.
  package mutating func numbers(_ values: [Double], isWithheld: (Int) -> Bool) {
    line(Array(values.enumerated())) { isWithheld($1.offset) ? $0.null() : $0.number($1.element) }
  }

  package mutating func strings(_ values: [String]) {
    line(values) { $0.string($1) }
  }

  private mutating func line<Value>(_ values: [Value], _ write: (inout JSONWriter, Value) -> Void) {
    bytes.append(UInt8(ascii: "["))
    var isFirst = true
    for value in values {
      if isFirst { isFirst = false } else { bytes.append(UInt8(ascii: ",")) }
      write(&self, value)
    }
    bytes.append(UInt8(ascii: "]"))
  }
}
