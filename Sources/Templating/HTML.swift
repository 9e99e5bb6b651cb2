package enum HTML {
  /// `text` with the five characters escaped that mean something in HTML text or a quoted attribute: & < > " '
  package static func escaped(_ text: String) -> String {
    var out: [UInt8] = []
    escape(text, into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  static func escape(_ text: String, into out: inout [UInt8]) {
    let utf8 = text.utf8
    guard utf8.contains(where: isSpecial) else {
      out.append(contentsOf: utf8)
      return
    }
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "&"): out.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): out.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): out.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): out.append(contentsOf: "&quot;".utf8)
      case UInt8(ascii: "'"): out.append(contentsOf: "&#39;".utf8)
      default: out.append(byte)
      }
    }
  }

  @inline(__always) private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: false
    }
  }
}
