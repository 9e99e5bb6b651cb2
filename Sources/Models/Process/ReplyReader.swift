import Results

/// Answers of a scoring program. Its failures hold the words alone, not yet whose they are.
struct ReplyReader {
  let format: FrameFormat
  /// The rows that were asked for, as the caller counts them.
  let rows: Range<Int>
  let outputCount: Int

  /// Checks what the head of an answer promises, before any of it is waited for.
  func check(_ header: FrameHeader, sequence: Int) throws(Failure) {
    switch FrameHeader.Kind(rawValue: header.kind) {
    case .error:
      guard header.byteCount <= 1 << 20 else {
        throw Self.failure("reports an error of \(header.byteCount) bytes")
      }
      return
    case .batch: break
    default: throw Self.failure("answers a frame of kind \(header.kind)")
    }
    guard header.sequence == sequence else {
      throw Self.failure("answers batch \(header.sequence) where batch \(sequence) should come")
    }
    guard header.rowCount == rows.count else {
      throw Self.failure(
        "answers \(header.rowCount) rows where \(rows.count) were asked for",
        advice: "Every row needs an answer, in the order of the question.")
    }
    let exact = rows.count * outputCount * 8
    let fits =
      format == .csv ? header.byteCount <= rows.count * (outputCount * 40 + 2) : header.byteCount == exact
    guard fits else {
      throw Self.failure(
        "answers \(header.byteCount) bytes for \(rows.count) rows of \(outputCount) scores, which take \(format == .csv ? "less" : "\(exact)")"
      )
    }
  }

  /// The scores of an answer that has come whole, output by output.
  /// - Throws: also what an error frame says
  func scores(_ header: FrameHeader, _ bytes: [UInt8], _ range: Range<Int>) throws(Failure) -> [[Double]] {
    if header.kind == FrameHeader.Kind.error.rawValue {
      throw Self.failure("reports: \(ReplyText.shown(bytes[range], limit: 1500))")
    }
    let columns = format == .csv ? try text(bytes[range]) : numbers(bytes, range.lowerBound)
    for column in columns {
      guard let row = column.firstIndex(where: { !$0.isFinite }) else { continue }
      throw Self.failure("row \(rows.lowerBound + row + 1): its score is \(NumberText.text(column[row]))")
    }
    return columns
  }

  private func numbers(_ bytes: [UInt8], _ start: Int) -> [[Double]] {
    (0..<outputCount).map {
      FrameBytes.doubles(bytes, at: start + $0 * rows.count * 8, count: rows.count)
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(Failure) -> [[Double]] {
    var columns = Array(repeating: [Double](), count: outputCount)
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard lines.count == rows.count else {
      throw Self.failure("answers \(lines.count) lines where \(rows.count) rows were asked for")
    }
    for (index, line) in lines.enumerated() {
      let fields = (line.last == 13 ? line.dropLast() : line).split(
        separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard fields.count == outputCount else {
        throw Self.failure(
          "row \(rows.lowerBound + index + 1): \(fields.count) scores where there are \(outputCount) outputs")
      }
      for (output, field) in fields.enumerated() {
        guard let number = Double(String(decoding: field, as: UTF8.self)) else {
          throw Self.failure(
            "row \(rows.lowerBound + index + 1): “\(ReplyText.shown(field, limit: 40))” is no number")
        }
        columns[output].append(number)
      }
    }
    return columns
  }

  private static func failure(_ message: String, advice: String? = nil) -> Failure {
    Failure(.unavailable, message, advice: advice)
  }
}

/// Bytes of others in our messages.
enum ReplyText {
  static func shown(_ bytes: some Collection<UInt8>, limit: Int = 200) -> String {
    let text = String(decoding: bytes.prefix(limit), as: UTF8.self)
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " | ")
    return bytes.count > limit ? "\(line)…" : line
  }
}
