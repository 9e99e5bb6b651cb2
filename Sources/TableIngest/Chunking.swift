import Results

/// Where an input may be cut without cutting a row. The cuts depend on the bytes alone, never on the number of
/// threads.
struct Chunking {
  static let defaultSize = 1 << 21

  private(set) var chunks: [Range<Int>] = []
  private(set) var hasQuotes = false
  private(set) var syntax: ReadPlan.Syntax

  /// - Parameter size: bytes of a chunk, to which the rest of its last row is added.
  init(
    _ layout: Layout, _ view: ByteView, size: Int, threads: Int, syntax: ReadPlan.Syntax, title: String
  ) throws(Failure) {
    self.syntax = syntax
    let body = layout.body
    if case .csv(let delimiter) = syntax {
      let starts = Array(stride(from: body.lowerBound, to: body.upperBound, by: size))
      let quotes = Workers.map(starts.count, threads: threads) { index in
        view.count(of: ASCII.quote, in: starts[index]..<min(starts[index] + size, body.upperBound))
      }
      hasQuotes = quotes.contains { $0 > 0 }
      if quotes.reduce(0, +).isMultiple(of: 2) {
        cut(body, view, starts, quotes)
      } else {
        // Odd: either a quote is never closed or quotes stand where they have no meaning.
        self.syntax = .serialCSV(delimiter: delimiter)
      }
    }
    if case .serialCSV(let delimiter) = self.syntax {
      hasQuotes = true
      try cutSerially(body, view, delimiter, size, title, firstLine: layout.firstLine)
    } else if case .jsonLines = syntax {
      cut(body, view, Array(stride(from: body.lowerBound, to: body.upperBound, by: size)), [])
    }
    guard chunks.allSatisfy({ $0.count < Int(Int32.max) - CSVScanner.window }) else {
      throw Failure(.data, "\(title): a row is longer than two gigabytes")
    }
  }

  /// Cuts after the first line end outside quotes that follows each start.
  private mutating func cut(_ body: Range<Int>, _ view: ByteView, _ starts: [Int], _ quotes: [Int]) {
    var begin = body.lowerBound
    var quotesBefore = 0
    for (index, start) in starts.enumerated() {
      defer { quotesBefore += index < quotes.count ? quotes[index] : 0 }
      guard start > begin else { continue }
      let stop = Self.rowEnd(
        view, from: start, isInside: !quotesBefore.isMultiple(of: 2), before: body.upperBound)
      chunks.append(begin..<stop)
      begin = stop
    }
    if begin < body.upperBound { chunks.append(begin..<body.upperBound) }
  }

  private static func rowEnd(_ view: ByteView, from start: Int, isInside: Bool, before end: Int) -> Int {
    var isInside = isInside
    var at = start
    while at < end {
      let byte = view[at]
      at += 1
      if byte == ASCII.quote {
        isInside.toggle()
      } else if !isInside, byte == ASCII.lineFeed {
        return at
      } else if !isInside, byte == ASCII.carriageReturn {
        return at < end && view[at] == ASCII.lineFeed ? at + 1 : at
      }
    }
    return end
  }

  private mutating func cutSerially(
    _ body: Range<Int>, _ view: ByteView, _ delimiter: UInt8, _ size: Int, _ title: String, firstLine: Int
  ) throws(Failure) {
    var state = QuoteState(delimiter: delimiter)
    var begin = body.lowerBound
    var line = firstLine
    var opening = firstLine
    var at = body.lowerBound
    while at < body.upperBound {
      let event = state.take(view[at])
      at += 1
      switch event {
      case .opened: opening = line
      case .quotedLineFeed: line += 1
      case .quotedCarriageReturn: if view[at] != ASCII.lineFeed { line += 1 }
      case .lineFeed, .carriageReturn:
        guard event == .lineFeed || view[at] != ASCII.lineFeed else { continue }
        line += 1
        guard at - begin >= size else { continue }
        chunks.append(begin..<at)
        begin = at
      case .text, .field, .nul: break
      }
    }
    guard !state.isInside else { throw Failure.unterminatedQuote(title, line: opening) }
    if begin < body.upperBound { chunks.append(begin..<body.upperBound) }
  }
}
