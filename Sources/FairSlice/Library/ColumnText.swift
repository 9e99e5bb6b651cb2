import Results

/// Columns as the CSV text (RFC 4180) that a reader takes for the same values.
struct ColumnText {
  private let columns: [InputColumn]
  private let rowCount: Int

  /// - Throws: `usage` where the columns make no table.
  init(_ columns: [InputColumn]) throws(Failure) {
    guard let first = columns.first else {
      throw Failure(.usage, "a table needs a column", advice: "Give the columns that the request names.")
    }
    var names: Set<String> = []
    for column in columns {
      guard !column.name.isEmpty else { throw Failure(.usage, "a column of the table has no name") }
      guard names.insert(column.name).inserted else {
        throw Failure(.usage, "two columns of the table are called “\(column.name)”")
      }
      guard column.count == first.count else {
        throw Failure(
          .usage,
          "column “\(column.name)” has \(column.count) values, column “\(first.name)” has \(first.count)",
          advice: "Give every column one value a row; nil stands for a missing one.")
      }
    }
    self.columns = columns
    rowCount = first.count
  }

  func bytes() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity((rowCount + 1) * columns.count * 8)
    appendLine(columns.map { Optional($0.name) }, to: &bytes)
    for row in 0..<rowCount {
      for (index, column) in columns.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(column.text(row), to: &bytes)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  private func appendLine(_ texts: [String?], to bytes: inout [UInt8]) {
    for (index, text) in texts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(text, to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private func append(_ text: String?, to bytes: inout [UInt8]) {
    guard let text, !text.isEmpty else {
      // A line without anything would be passed over.
      if columns.count == 1 { bytes += "\"\"".utf8 }
      return
    }
    guard text.utf8.contains(where: Self.needsQuotes) else {
      bytes += text.utf8
      return
    }
    bytes.append(Self.quote)
    for byte in text.utf8 {
      if byte == Self.quote { bytes.append(Self.quote) }
      bytes.append(byte)
    }
    bytes.append(Self.quote)
  }

  private static let quote = UInt8(ascii: "\"")

  /// Also what could be taken for another delimiter.
  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte < 0x21 || byte == quote || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
      || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "{") || byte > 0x7e
  }
}

extension InputColumn {
  /// The value as text that reads back as the same; nil where it is missing.
  fileprivate func text(_ row: Int) -> String? {
    switch values {
    case .numbers(let values): values[row].flatMap { $0.isNaN ? nil : $0.description }
    case .integers(let values): values[row]?.description
    case .texts(let values): values[row]
    case .flags(let values): values[row]?.description
    }
  }
}
