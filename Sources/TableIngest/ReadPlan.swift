/// All that a worker needs to read a chunk.
struct ReadPlan: Sendable {
  enum Syntax: Sendable {
    case csv(delimiter: UInt8)
    /// Odd quotes: byte by byte.
    case serialCSV(delimiter: UInt8)
    case jsonLines

    var isJSON: Bool {
      if case .jsonLines = self { return true }
      return false
    }
  }

  struct PlannedColumn: Sendable {
    let name: String
    var kind: ReadRequest.Kind
    let isRequired: Bool
    let minimum: Double
    /// The mark before the field, see `RecordBatch`.
    let mark: Int

    init(_ request: ReadRequest.ColumnRequest, mark: Int) {
      name = request.name
      let isBounded = request.kind == .automatic && request.minimum != nil
      kind = isBounded ? .number : request.kind
      isRequired = request.isRequired
      minimum = request.minimum ?? -.infinity
      self.mark = mark
    }
  }

  let view: ByteView
  var syntax: Syntax
  /// Fields of a row; for JSON Lines, keys asked for.
  let fieldCount: Int
  var columns: [PlannedColumn]
  let missing: MissingTexts
  /// How many bad rows are to be remembered.
  let listing: Int
}

/// The texts that stand for a missing value.
struct MissingTexts: Sendable {
  private let texts: [[UInt8]]
  /// One of them spells a number (`-999`), so that numbers must be looked up too.
  let holdsNumbers: Bool

  init(_ texts: [String]) {
    self.texts = texts.map { Array($0.utf8) }.filter { !$0.isEmpty }
    let parser = NumberParser()
    holdsNumbers = self.texts.contains { text in
      let bytes = ByteStorage(copying: text)
      return withExtendedLifetime(bytes) { !parser.parseLong(bytes.view, 0, text.count).isNaN }
    }
  }

  func contains(_ view: ByteView, _ start: Int, _ end: Int) -> Bool {
    if start == end { return true }
    return texts.contains { text in
      text.count == end - start && text.indices.allSatisfy { text[$0] == view[start + $0] }
    }
  }

  /// Whether the text is missing once blanks around it are taken off.
  func containsTrimmed(_ view: ByteView, _ start: Int, _ end: Int) -> Bool {
    var (start, end) = (start, end)
    while start < end, view[start] == ASCII.space || view[start] == ASCII.tab { start += 1 }
    while start < end, view[end - 1] == ASCII.space || view[end - 1] == ASCII.tab { end -= 1 }
    return contains(view, start, end)
  }
}
