/// Collects the marks of a chunk's rows, and checks that each row has as many fields as the header.
struct RowMarks {
  let origin: Int
  private let columnCount: Int
  /// Lines that have ended.
  var line = 0
  /// Whether the row under way holds a NUL byte.
  var hasNul = false
  private var count = 0
  private var rowStart = 0
  private var rowLine = 0
  private var lines: [Int32] = []
  private var faults: [RowFault] = []
  private var hasBegun = false

  init(origin: Int, columnCount: Int) {
    self.origin = origin
    self.columnCount = columnCount
  }

  /// No row has been completed since the batch was begun.
  var isEmpty: Bool { lines.isEmpty && faults.isEmpty }

  /// Drops the rows that were delivered; the one under way moves to the front.
  mutating func begin(_ batch: inout RecordBatch) {
    if !hasBegun {
      hasBegun = true
      batch.marks = [-1]
      count = 1
    } else {
      batch.marks.withMoved(from: rowStart, count: count - rowStart)
      count -= rowStart
      rowStart = 0
    }
    lines.removeAll(keepingCapacity: true)
    faults.removeAll(keepingCapacity: true)
  }

  mutating func reserve(_ extra: Int, _ batch: inout RecordBatch) {
    let wanted = count + extra
    guard batch.marks.count < wanted else { return }
    let grown = max(wanted, batch.marks.count * 2) - batch.marks.count
    batch.marks.append(contentsOf: repeatElement(0, count: grown))
  }

  mutating func deliver(to batch: inout RecordBatch) {
    swap(&batch.lines, &lines)
    swap(&batch.faults, &faults)
  }

  /// Marks the end of a field at each bit.
  @inline(__always)
  mutating func mark(_ bits: UInt64, from base: Int, _ marks: inout MutableSpan<Int32>) {
    var bits = bits
    let offset = base - origin
    while bits != 0 {
      marks[count] = Int32(truncatingIfNeeded: offset + bits.trailingZeroBitCount)
      count += 1
      bits &= bits &- 1
    }
  }

  /// Marks the end of a field at one place.
  @inline(__always)
  mutating func mark(at place: Int, _ marks: inout MutableSpan<Int32>) {
    marks[count] = Int32(truncatingIfNeeded: place - origin)
    count += 1
  }

  /// The row's last field ends at `place`; the next row begins at `next`.
  @inline(__always)
  mutating func endRow(at place: Int, next: Int, _ marks: inout MutableSpan<Int32>) {
    mark(at: place, &marks)
    let fields = count - rowStart - 1
    if fields == columnCount, !hasNul {
      lines.append(Int32(truncatingIfNeeded: rowLine))
    } else {
      refuse(fields, endingAt: place, startMark: marks[rowStart])
      count = rowStart
    }
    rowStart = count
    mark(at: next - 1, &marks)
    rowLine = line
  }

  /// A blank line is no row, unless there is but one column: there it is a missing value.
  private mutating func refuse(_ fields: Int, endingAt place: Int, startMark: Int32) {
    let start = origin + Int(startMark) + 1
    if fields == 1, place == start, !hasNul { return }
    let problem: RowProblem = hasNul ? .nul : .fieldCount(fields)
    faults.append(RowFault(line: Int32(truncatingIfNeeded: rowLine), problem: problem))
    hasNul = false
  }

  /// The chunk ends; a last row may lack its line end.
  mutating func finish(at end: Int, _ marks: inout MutableSpan<Int32>) {
    guard end > origin + Int(marks[rowStart]) + 1 || count - rowStart > 1 else { return }
    endRow(at: end, next: end, &marks)
  }
}

extension [Int32] {
  /// Moves a stretch to the front.
  fileprivate mutating func withMoved(from start: Int, count: Int) {
    for offset in 0..<count { self[offset] = self[start + offset] }
  }
}
