enum ASCII {
  static let nul: UInt8 = 0
  static let tab: UInt8 = 9
  static let lineFeed: UInt8 = 10
  static let carriageReturn: UInt8 = 13
  static let space: UInt8 = 32
  static let quote: UInt8 = 34
}

/// Cuts a chunk of CSV into rows and fields (RFC 4180), 64 bytes at a time.
///
/// Delimiters, quotes and control characters become bit masks, and the prefix parity of the quotes tells what is
/// inside of them. That is right only while quotes stand at the edges of fields; where one does not
/// (`5" pipe`), the scanner says so and the input is read again by `SerialCSVScanner`.
struct CSVScanner: RecordSource {
  private(set) var batch: RecordBatch
  private(set) var isIrregular = false
  private let view: ByteView
  private let end: Int
  private let delimiter: UInt8
  private let hasQuotes: Bool
  private var rows: RowMarks
  private var at: Int
  /// All ones while the last byte seen was inside quotes.
  private var carry: UInt64 = 0
  /// Bit 0: the last byte seen lets a quoted field begin, or is a quote.
  private var opensBefore: UInt64 = 1
  /// Bit 0: the last byte seen was a closing quote.
  private var closedBefore: UInt64 = 0

  static let window = 1 << 16

  init(_ view: ByteView, _ range: Range<Int>, delimiter: UInt8, columnCount: Int, hasQuotes: Bool) {
    self.view = view
    self.delimiter = delimiter
    self.hasQuotes = hasQuotes
    end = range.upperBound
    at = range.lowerBound
    batch = RecordBatch(stride: columnCount + 1)
    rows = RowMarks(origin: range.lowerBound, columnCount: columnCount)
  }

  var lineCount: Int { rows.line }

  mutating func next() -> Bool {
    rows.begin(&batch)
    guard at < end else { return false }
    repeat {
      rows.reserve(2 * min(Self.window, end - at) + 256, &batch)
      // Taken out for the while, so that the scanner may change beside them.
      var marks: [Int32] = []
      swap(&marks, &batch.marks)
      var span = marks.mutableSpan
      scan(to: min(at + Self.window, end), &span)
      if at >= end { rows.finish(at: end, &span) }
      swap(&marks, &batch.marks)
    } while rows.isEmpty && at < end && !isIrregular
    rows.deliver(to: &batch)
    return true
  }

  private mutating func scan(to stop: Int, _ marks: inout MutableSpan<Int32>) {
    while at < stop {
      let block = Block64(view, at: at)
      let valid: UInt64 = end - at >= 64 ? .max : (1 << UInt64(end - at)) - 1
      var fields = block.equal(to: delimiter) & valid
      var controls = block.atMost(ASCII.carriageReturn) & valid & ~fields
      var inside: UInt64 = 0
      if hasQuotes {
        let quotes = block.equal(to: ASCII.quote) & valid
        inside = quotes.prefixParity ^ carry
        check(quotes, inside, fields, controls)
        carry = 0 &- (inside >> 63)
        fields &= ~inside
      }
      while controls != 0 {
        let place = UInt64(controls.trailingZeroBitCount)
        let below = ((1 as UInt64) << place) &- 1
        rows.mark(fields & below, from: at, &marks)
        fields &= ~below
        controls &= controls &- 1
        control(at + Int(place), isInside: (inside >> place) & 1 == 1, &marks)
      }
      rows.mark(fields, from: at, &marks)
      at += 64
    }
  }

  @inline(__always)
  private mutating func control(_ place: Int, isInside: Bool, _ marks: inout MutableSpan<Int32>) {
    let byte = view[place]
    if byte == ASCII.lineFeed {
      rows.line += 1
      guard !isInside else { return }
      let hasReturn = place > rows.origin && view[place - 1] == ASCII.carriageReturn
      rows.endRow(at: hasReturn ? place - 1 : place, next: place + 1, &marks)
    } else if byte == ASCII.carriageReturn {
      guard place + 1 >= view.count || view[place + 1] != ASCII.lineFeed else { return }
      rows.line += 1
      if !isInside { rows.endRow(at: place, next: place + 1, &marks) }
    } else if byte == ASCII.nul {
      rows.hasNul = true
    }
  }

  /// An opening quote must follow a delimiter, a line end or a quote that it doubles; a closing one must be
  /// followed by one of these.
  @inline(__always)
  private mutating func check(_ quotes: UInt64, _ inside: UInt64, _ fields: UInt64, _ controls: UInt64) {
    if quotes | closedBefore == 0 {
      opensBefore = edge(fields, controls, at + 63) ? 1 : 0
      return
    }
    var edges = fields | quotes
    var rest = controls
    while rest != 0 {
      let place = rest.trailingZeroBitCount
      let byte = view[at + place]
      if byte == ASCII.lineFeed || byte == ASCII.carriageReturn { edges |= 1 << UInt64(place) }
      rest &= rest &- 1
    }
    let opening = quotes & inside
    let closing = quotes & ~inside
    let wrongOpening = opening & ~(edges << 1 | opensBefore)
    var wrongClosing = (closing << 1 | closedBefore) & ~edges
    if end - at < 64 { wrongClosing &= (1 << UInt64(end - at)) - 1 }
    if wrongOpening | wrongClosing != 0 { isIrregular = true }
    opensBefore = edges >> 63
    closedBefore = closing >> 63
  }

  /// Whether the last byte of a block is a delimiter or a line end.
  @inline(__always)
  private func edge(_ fields: UInt64, _ controls: UInt64, _ place: Int) -> Bool {
    if (fields | controls) >> 63 == 0 { return false }
    let byte = view[place]
    return fields >> 63 == 1 || byte == ASCII.lineFeed || byte == ASCII.carriageReturn
  }
}
