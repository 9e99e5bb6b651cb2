/// Where the fields of some whole rows lie.
struct RecordBatch {
  /// Row r owns marks r · `stride` ..< (r + 1) · `stride`. A field of it is a pair of neighbours: it begins one
  /// byte after the first mark and ends before the second. Offsets count from the chunk's start.
  var marks: [Int32] = []
  /// Lines before the row's first, counted from the chunk's start.
  var lines: [Int32] = []
  /// Rows whose shape is wrong; they have no marks.
  var faults: [RowFault] = []
  let stride: Int

  var rowCount: Int { lines.count }
}

/// Why a row cannot be taken.
enum RowProblem: Equatable {
  case fieldCount(Int)
  case nul
  case notNumber
  case infinite
  case belowMinimum
  case missing
  case notUTF8
  case textAfterQuote
  case notObject
  case nested
  case repeatedKey
  case badString
}

/// A row that is left out. Words are made of it only if it is to be listed.
struct RowFault {
  /// Lines before the row's first, counted from the chunk's start.
  let line: Int32
  /// Index of the requested column, −1 for the row as a whole.
  var column: Int32 = -1
  let problem: RowProblem
  /// The offending bytes, as offsets into the input.
  var start = 0
  var end = 0
}

/// Cuts a chunk into batches of rows.
protocol RecordSource {
  var batch: RecordBatch { get }
  /// Lines that have ended so far.
  var lineCount: Int { get }
  /// Whether quotes turned up that only the byte-by-byte scanner understands; the batch is then void.
  var isIrregular: Bool { get }
  /// Which wanted keys occurred; of JSON Lines only.
  var seen: [Bool] { get }
  /// Replaces the batch by the next; false at the end of the chunk.
  mutating func next() -> Bool
}

extension RecordSource {
  var seen: [Bool] { [] }
}
