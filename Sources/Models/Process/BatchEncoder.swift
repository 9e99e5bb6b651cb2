import Results
import Tables

/// Rows as the payload of a frame.
struct BatchEncoder: Sendable {
  let columns: [WireColumn]
  let format: FrameFormat

  func frame(_ rows: Range<Int>, sequence: Int) -> [UInt8] {
    var payload: [UInt8] = []
    if format == .csv { appendText(rows, to: &payload) } else { appendColumns(rows, to: &payload) }
    return Self.frame(.batch, sequence: sequence, rowCount: rows.count, payload)
  }

  static func frame(
    _ kind: FrameHeader.Kind, sequence: Int = 0, rowCount: Int = 0, _ payload: [UInt8] = []
  ) -> [UInt8] {
    var frame: [UInt8] = []
    frame.reserveCapacity(FrameHeader.size + payload.count)
    FrameHeader(kind, sequence: sequence, rowCount: rowCount, byteCount: payload.count).append(to: &frame)
    frame += payload
    return frame
  }

  // MARK: columns

  private func appendColumns(_ rows: Range<Int>, to bytes: inout [UInt8]) {
    bytes.reserveCapacity(columns.count * (rows.count + 1) * 8)
    for column in columns {
      switch column.content {
      case .numbers(let values) where format == .f32:
        FrameBytes.append(values[rows].map { Float($0).bitPattern.littleEndian }[...], to: &bytes)
      case .numbers(let values): FrameBytes.append(values[rows], to: &bytes)
      case .category(let codes, _): FrameBytes.append(codes[rows], to: &bytes)
      }
      while bytes.count % 8 != 0 { bytes.append(0) }
    }
  }

  // MARK: text

  private func appendText(_ rows: Range<Int>, to bytes: inout [UInt8]) {
    let fields = columns.map { column -> [[UInt8]] in
      guard case .category(_, let texts) = column.content else { return [] }
      return texts.map { Self.field($0) }
    }
    for (index, column) in columns.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += Self.field(column.name)
    }
    bytes.append(UInt8(ascii: "\n"))
    for row in rows {
      for (index, column) in columns.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        switch column.content {
        case .numbers(let values): if !values[row].isNaN { NumberText.append(values[row], to: &bytes) }
        case .category(let codes, _):
          if codes[row] != CategoryColumn.missing { bytes += fields[index][Int(codes[row])] }
        }
      }
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// An empty text is quoted, for nothing between commas is a missing value.
  private static func field(_ text: String) -> [UInt8] {
    let special = Set("\",\r\n".utf8)
    guard text.isEmpty || text.utf8.contains(where: special.contains) || text.first == " " || text.last == " "
    else { return Array(text.utf8) }
    let quote = UInt8(ascii: "\"")
    return [quote] + text.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }
}
