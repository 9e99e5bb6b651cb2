import Results

/// How an input is laid out: its format, its columns and where its rows begin.
struct Layout {
  let syntax: ReadPlan.Syntax
  /// For the record: `CSV, gzip`.
  let formatName: String
  /// Names in the order of the file; for JSON Lines empty.
  let names: [String]
  /// The rows.
  let body: Range<Int>
  /// The 1-based line that the body begins on.
  let firstLine: Int

  init(
    _ input: Input, format: ReadRequest.Format, delimiter: UInt8?
  ) throws(Failure) {
    let view = input.content.view
    let start = view.count >= 3 && view[0] == 0xef && view[1] == 0xbb && view[2] == 0xbf ? 3 : 0
    let end = Self.contentEnd(view, from: start)
    guard end > start else {
      throw Failure(.data, "\(input.title) is empty", advice: "Give a file with a header and rows.")
    }
    let chosen = Self.format(input, format, view, start..<end)
    let suffix = input.isCompressed ? ", gzip" : ""
    guard chosen != .jsonLines else {
      (syntax, names, body, firstLine) = (.jsonLines, [], start..<end, 1)
      formatName = "JSON Lines" + suffix
      return
    }
    try Self.check(delimiter)
    let isTabbed = chosen == .tsv
    let separator = delimiter ?? (isTabbed ? ASCII.tab : Self.sniff(view, start..<end))
    let header = try Header(input, start..<end, delimiter: separator)
    syntax = .csv(delimiter: separator)
    formatName = (isTabbed || separator == ASCII.tab ? "TSV" : "CSV") + suffix
    (names, body, firstLine) = (header.names, header.end..<max(end, header.end), header.nextLine)
  }

  private static func check(_ delimiter: UInt8?) throws(Failure) {
    guard let delimiter else { return }
    let isWord = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(delimiter) || delimiter >= 0x80
    let isSpecial = [ASCII.nul, ASCII.lineFeed, ASCII.carriageReturn, ASCII.quote].contains(delimiter)
    guard isWord || isSpecial || delimiter == UInt8(ascii: ".") else { return }
    throw Failure(
      .data, "“\(Diagnosis.shown(String(UnicodeScalar(delimiter))))” cannot be a delimiter",
      advice: "Use a comma, a semicolon, a tab, a bar or another ASCII sign.")
  }

  /// The offset after the last line that is not blank.
  private static func contentEnd(_ view: ByteView, from start: Int) -> Int {
    var end = view.count
    while end > start, view[end - 1] == ASCII.lineFeed || view[end - 1] == ASCII.carriageReturn { end -= 1 }
    guard end > start else { return start }
    if end < view.count, view[end] == ASCII.carriageReturn { end += 1 }
    if end < view.count, view[end] == ASCII.lineFeed { end += 1 }
    return end
  }

  private static func format(
    _ input: Input, _ asked: ReadRequest.Format, _ view: ByteView, _ range: Range<Int>
  ) -> ReadRequest.Format {
    guard asked == .automatic else { return asked }
    var name = input.name.lowercased()
    for suffix in [".gz", ".gzip"] where name.hasSuffix(suffix) { name.removeLast(suffix.count) }
    if name.hasSuffix(".csv") { return .csv }
    if name.hasSuffix(".tsv") || name.hasSuffix(".tab") { return .tsv }
    if [".jsonl", ".ndjson", ".json"].contains(where: name.hasSuffix) { return .jsonLines }
    let first = range.first { view[$0] > ASCII.space }
    return first.map { view[$0] == UInt8(ascii: "{") } == true ? .jsonLines : .csv
  }

  /// A comma if the header line has one outside quotes; else the most frequent of `;`, tab and `|`.
  private static func sniff(_ view: ByteView, _ range: Range<Int>) -> UInt8 {
    let comma = UInt8(ascii: ",")
    var counts: [(byte: UInt8, count: Int)] = [
      (UInt8(ascii: ";"), 0), (ASCII.tab, 0), (UInt8(ascii: "|"), 0),
    ]
    var isInside = false
    var hasText = false
    for offset in range {
      let byte = view[offset]
      if byte == ASCII.quote { isInside.toggle() }
      guard !isInside else { continue }
      if byte == comma { return comma }
      if byte == ASCII.lineFeed || byte == ASCII.carriageReturn {
        if hasText { break } else { continue }
      }
      hasText = true
      for index in counts.indices where counts[index].byte == byte { counts[index].count += 1 }
    }
    var best = (byte: comma, count: 0)
    for candidate in counts where candidate.count > best.count { best = candidate }
    return best.byte
  }
}
