/// What a distinct text of a column is.
struct TextEntry {
  enum Class {
    case text
    case number
    case infinite
    case missing
    /// Missing once blanks around it are taken off: missing among numbers, a text among texts.
    case paddedMissing
    case notUTF8
  }

  let kind: Class
  /// Where it is a number or infinite.
  var number = Double.nan
}

/// A chunk's share of one column.
///
/// An automatic column starts out as codes into a dictionary, each entry of which is judged once. If it turns
/// out to be numbers with few repetitions, it goes on as plain values.
struct ColumnBuilder {
  /// In place of a number, where an automatic column has a text (or a padded missing value of a required column).
  private static let textMark = Double(nan: 1, signaling: false)
  private static let paddedMark = Double(nan: 2, signaling: false)

  private let column: ReadPlan.PlannedColumn
  private let index: Int32
  private let missing: MissingTexts
  private let decoder: FieldDecoder
  private let parser = NumberParser()
  private(set) var values: [Double] = []
  private(set) var codes: [Int32] = []
  private(set) var dictionary = TextDictionary()
  private(set) var entries: [TextEntry] = []
  private(set) var isCoded: Bool
  /// Some entry makes a row bad.
  private var hasBadEntries = false
  private var isNumbersOnly = true

  init(_ plan: ReadPlan, _ index: Int) {
    column = plan.columns[index]
    self.index = Int32(index)
    missing = plan.missing
    decoder = FieldDecoder(isJSON: plan.syntax.isJSON)
    isCoded = column.kind != .number
  }

  /// Adds a batch. Rows that cannot be taken get a fault, if they have none yet.
  mutating func add(_ batch: RecordBatch, _ view: ByteView, _ origin: Int, _ faults: inout BatchFaults) {
    if isCoded {
      addCodes(batch, view, origin, &faults)
      if column.kind == .automatic { reconsider() }
    } else {
      addValues(batch, view, origin, &faults)
    }
  }

  /// Takes the batch's bad rows out again.
  mutating func remove(_ faults: BatchFaults, rows: Int) {
    if isCoded { faults.compact(&codes, rows: rows) } else { faults.compact(&values, rows: rows) }
  }
}

// MARK: - Codes

extension ColumnBuilder {
  private mutating func addCodes(
    _ batch: RecordBatch, _ view: ByteView, _ origin: Int, _ faults: inout BatchFaults
  ) {
    let rows = batch.rowCount
    let first = codes.count
    let marks = batch.marks.span
    var at = column.mark
    codes.makeRoom(for: rows)
    for _ in 0..<rows {
      let start = origin + Int(marks[at]) + 1
      let end = origin + Int(marks[at + 1])
      var code: Int32 = -1
      if view[start] != ASCII.quote { code = dictionary.code(of: view, start, end - start) }
      if code < 0 { code = slowCode(view, start, end) }
      codes.append(code)
      at += batch.stride
    }
    if hasBadEntries { findBadRows(batch, view, origin, from: first, &faults) }
  }

  /// −1 where quotes or escapes are wrong.
  private mutating func slowCode(_ view: ByteView, _ start: Int, _ end: Int) -> Int32 {
    guard let field = decoder.decode(view, start, end) else {
      hasBadEntries = true
      return -1
    }
    let length = field.end - field.start
    let known = dictionary.code(of: field.view, field.start, length)
    // A JSON string of digits is a text, the same digits bare are a number: the string decides for both.
    if known >= 0 { return sameEntry(known, field) }
    let entry = judge(field)
    entries.append(entry)
    if entry.kind == .notUTF8 || (column.isRequired && entry.kind == .missing) { hasBadEntries = true }
    if entry.kind == .text || entry.kind == .notUTF8 { isNumbersOnly = false }
    return dictionary.insert(field.view, field.start, length)
  }

  private mutating func sameEntry(_ code: Int32, _ field: FieldDecoder.Decoded) -> Int32 {
    guard decoder.isJSON, !field.isLiteral else { return code }
    let kind = entries[Int(code)].kind
    if kind == .number || kind == .infinite {
      entries[Int(code)] = TextEntry(kind: .text)
      isNumbersOnly = false
    }
    return code
  }

  private func judge(_ field: FieldDecoder.Decoded) -> TextEntry {
    if missing.contains(field.view, field.start, field.end) { return TextEntry(kind: .missing) }
    guard field.view.validText(field.start..<field.end) != nil else { return TextEntry(kind: .notUTF8) }
    guard column.kind == .automatic, !decoder.isJSON || field.isLiteral else { return TextEntry(kind: .text) }
    let number = parser.parseLong(field.view, field.start, field.end)
    if number.isNaN {
      let isPadded = missing.containsTrimmed(field.view, field.start, field.end)
      return TextEntry(kind: isPadded ? .paddedMissing : .text)
    }
    return TextEntry(kind: number.isFinite ? .number : .infinite, number: number)
  }

  private func findBadRows(
    _ batch: RecordBatch, _ view: ByteView, _ origin: Int, from first: Int, _ faults: inout BatchFaults
  ) {
    for row in 0..<batch.rowCount {
      let code = Int(codes[first + row])
      var problem = RowProblem.notUTF8
      if code < 0 {
        problem = decoder.isJSON ? .badString : .textAfterQuote
      } else if entries[code].kind == .missing {
        guard column.isRequired else { continue }
        problem = .missing
      } else if entries[code].kind != .notUTF8 {
        continue
      }
      report(problem, row, batch, origin, &faults)
    }
  }

  private func report(
    _ problem: RowProblem, _ row: Int, _ batch: RecordBatch, _ origin: Int, _ faults: inout BatchFaults
  ) {
    let at = row * batch.stride + column.mark
    faults.add(
      row,
      RowFault(
        line: batch.lines[row], column: index, problem: problem, start: origin + Int(batch.marks[at]) + 1,
        end: origin + Int(batch.marks[at + 1])))
  }

  /// Goes over to plain values when a dictionary of numbers does not pay.
  private mutating func reconsider() {
    guard isNumbersOnly, entries.count >= 256, entries.count * 3 > codes.count, !hasBadEntries else { return }
    values = codes.map { code in
      let entry = entries[Int(code)]
      return entry.kind == .paddedMissing && column.isRequired ? Self.paddedMark : entry.number
    }
    (codes, entries, dictionary) = ([], [], TextDictionary())
    isCoded = false
  }
}

// MARK: - Values

extension ColumnBuilder {
  private mutating func addValues(
    _ batch: RecordBatch, _ view: ByteView, _ origin: Int, _ faults: inout BatchFaults
  ) {
    let rows = batch.rowCount
    let marks = batch.marks.span
    let minimum = column.minimum
    let isDirect = !missing.holdsNumbers
    var at = column.mark
    values.makeRoom(for: rows)
    for row in 0..<rows {
      let start = origin + Int(marks[at]) + 1
      let end = origin + Int(marks[at + 1])
      var value = parser.parse(view, start, end)
      if !(isDirect && value.isFinite && value >= minimum) {
        value = slowValue(view, start, end, row, batch, origin, &faults)
      }
      values.append(value)
      at += batch.stride
    }
  }

  private func slowValue(
    _ view: ByteView, _ start: Int, _ end: Int, _ row: Int, _ batch: RecordBatch, _ origin: Int,
    _ faults: inout BatchFaults
  ) -> Double {
    let (value, problem) = judgeNumber(view, start, end)
    if let problem { report(problem, row, batch, origin, &faults) }
    return value
  }

  private func judgeNumber(_ view: ByteView, _ start: Int, _ end: Int) -> (Double, RowProblem?) {
    guard let field = decoder.decode(view, start, end) else {
      return (.nan, decoder.isJSON ? .badString : .textAfterQuote)
    }
    let isAutomatic = column.kind == .automatic
    if missing.contains(field.view, field.start, field.end) {
      return (.nan, column.isRequired ? .missing : nil)
    }
    var value = parser.parseLong(field.view, field.start, field.end)
    if isAutomatic, decoder.isJSON, !field.isLiteral { value = .nan }
    if value.isFinite { return (value, value < column.minimum ? .belowMinimum : nil) }
    if value.isInfinite { return (value, isAutomatic ? nil : .infinite) }
    if missing.containsTrimmed(field.view, field.start, field.end) {
      if isAutomatic { return (column.isRequired ? Self.paddedMark : .nan, nil) }
      return (.nan, column.isRequired ? .missing : nil)
    }
    if isAutomatic { return (Self.textMark, nil) }
    if field.isLiteral, field.text == "true" || field.text == "false" {
      return (field.text == "true" ? 1 : 0, nil)
    }
    return (.nan, .notNumber)
  }
}

// MARK: - The end

extension ColumnBuilder {
  /// - Parameter hasFaults: rows were taken out, so that entries may be left without a row.
  func finish(hasFaults: Bool) -> ColumnPart {
    if isCoded {
      var used = [Bool](repeating: !hasFaults, count: entries.count)
      if hasFaults { for code in codes where code >= 0 { used[Int(code)] = true } }
      return .codes(codes, dictionary, entries, used: used)
    }
    var traits = ColumnTraits()
    if column.kind == .automatic {
      for value in values {
        if value.isFinite {
          traits.hasNumbers = true
        } else if value.isInfinite {
          traits.hasInfinite = true
        } else if value.bitPattern == Self.textMark.bitPattern {
          traits.hasTexts = true
        } else if value.bitPattern == Self.paddedMark.bitPattern {
          traits.hasPaddedMissing = true
        }
      }
    }
    return .values(values, traits)
  }
}

/// What an automatic column was seen to hold, in the rows that were taken.
struct ColumnTraits {
  var hasTexts = false
  var hasNumbers = false
  var hasInfinite = false
  var hasPaddedMissing = false

  mutating func formUnion(_ other: ColumnTraits) {
    hasTexts = hasTexts || other.hasTexts
    hasNumbers = hasNumbers || other.hasNumbers
    hasInfinite = hasInfinite || other.hasInfinite
    hasPaddedMissing = hasPaddedMissing || other.hasPaddedMissing
  }
}

/// A chunk's finished share of one column.
enum ColumnPart: Sendable {
  case values([Double], ColumnTraits)
  /// Codes into the dictionary; only the entries that are `used` count.
  case codes([Int32], TextDictionary, [TextEntry], used: [Bool])

  var traits: ColumnTraits {
    switch self {
    case .values(_, let traits): return traits
    case .codes(_, _, let entries, let used):
      var traits = ColumnTraits()
      for (entry, isUsed) in zip(entries, used) where isUsed {
        switch entry.kind {
        case .text, .notUTF8: traits.hasTexts = true
        case .number: traits.hasNumbers = true
        case .infinite: traits.hasInfinite = true
        case .paddedMissing: traits.hasPaddedMissing = true
        case .missing: break
        }
      }
      return traits
    }
  }
}

extension Array {
  /// Room for more elements. `reserveCapacity` alone would grow by just so much, and copy all each time.
  fileprivate mutating func makeRoom(for more: Int) {
    if count + more > capacity { reserveCapacity(Swift.max(count + more, 2 * capacity)) }
  }
}
