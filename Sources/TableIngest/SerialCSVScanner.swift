/// Follows quotes byte by byte: a quote opens only at the start of a field and is a plain character elsewhere in an
/// unquoted one, as spreadsheets and most readers have it.
struct QuoteState {
  private enum State { case fieldStart, unquoted, quoted, quoteInQuoted }

  enum Event { case text, field, lineFeed, carriageReturn, quotedLineFeed, quotedCarriageReturn, nul, opened }

  private let delimiter: UInt8
  private var state = State.fieldStart

  init(delimiter: UInt8) { self.delimiter = delimiter }

  var isInside: Bool { state == .quoted }

  @inline(__always) mutating func take(_ byte: UInt8) -> Event {
    if state == .quoted {
      switch byte {
      case ASCII.quote: state = .quoteInQuoted
      case ASCII.lineFeed: return .quotedLineFeed
      case ASCII.carriageReturn: return .quotedCarriageReturn
      case ASCII.nul: return .nul
      default: break
      }
      return .text
    }
    if byte == ASCII.quote, state != .unquoted {
      let opens = state == .fieldStart
      state = .quoted
      return opens ? .opened : .text
    }
    switch byte {
    case delimiter:
      state = .fieldStart
      return .field
    case ASCII.lineFeed:
      state = .fieldStart
      return .lineFeed
    case ASCII.carriageReturn:
      state = .fieldStart
      return .carriageReturn
    default:
      state = .unquoted
      return byte == ASCII.nul ? .nul : .text
    }
  }
}

/// Cuts a chunk of CSV into rows and fields where quotes stand in odd places.
struct SerialCSVScanner: RecordSource {
  private(set) var batch: RecordBatch
  let isIrregular = false
  private let view: ByteView
  private let end: Int
  private var rows: RowMarks
  private var at: Int
  private var state: QuoteState

  init(_ view: ByteView, _ range: Range<Int>, delimiter: UInt8, columnCount: Int) {
    self.view = view
    end = range.upperBound
    at = range.lowerBound
    state = QuoteState(delimiter: delimiter)
    batch = RecordBatch(stride: columnCount + 1)
    rows = RowMarks(origin: range.lowerBound, columnCount: columnCount)
  }

  var lineCount: Int { rows.line }

  mutating func next() -> Bool {
    rows.begin(&batch)
    guard at < end else { return false }
    repeat {
      let stop = min(at + CSVScanner.window, end)
      rows.reserve(2 * (stop - at) + 256, &batch)
      var marks: [Int32] = []
      swap(&marks, &batch.marks)
      var span = marks.mutableSpan
      scan(to: stop, &span)
      if at >= end { rows.finish(at: end, &span) }
      swap(&marks, &batch.marks)
    } while rows.isEmpty && at < end
    rows.deliver(to: &batch)
    return true
  }

  private mutating func scan(to stop: Int, _ marks: inout MutableSpan<Int32>) {
    while at < stop {
      switch state.take(view[at]) {
      case .text, .opened: break
      case .nul: rows.hasNul = true
      case .field: rows.mark(at: at, &marks)
      case .quotedLineFeed: rows.line += 1
      case .quotedCarriageReturn: if view[at + 1] != ASCII.lineFeed { rows.line += 1 }
      case .lineFeed:
        rows.line += 1
        let hasReturn = at > rows.origin && view[at - 1] == ASCII.carriageReturn
        rows.endRow(at: hasReturn ? at - 1 : at, next: at + 1, &marks)
      case .carriageReturn:
        if view[at + 1] != ASCII.lineFeed {
          rows.line += 1
          rows.endRow(at: at, next: at + 1, &marks)
        }
      }
      at += 1
    }
  }
}
