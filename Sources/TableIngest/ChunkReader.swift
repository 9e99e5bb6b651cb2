/// The bad rows of one batch, found column by column.
struct BatchFaults {
  private(set) var faults: [RowFault] = []
  private var isBad: [Bool] = []

  var isEmpty: Bool { faults.isEmpty }

  mutating func begin(rows: Int) {
    faults.removeAll(keepingCapacity: true)
    isBad.removeAll(keepingCapacity: true)
    isBad.append(contentsOf: repeatElement(false, count: rows))
  }

  /// The first fault of a row stands.
  mutating func add(_ row: Int, _ fault: RowFault) {
    guard !isBad[row] else { return }
    isBad[row] = true
    faults.append(fault)
  }

  /// Drops the bad ones among the last `rows` elements.
  func compact<Element>(_ array: inout [Element], rows: Int) {
    let first = array.count - rows
    var kept = first
    for row in 0..<rows where !isBad[row] {
      array[kept] = array[first + row]
      kept += 1
    }
    array.removeLast(array.count - kept)
  }
}

/// What a chunk gave.
struct ChunkResult: Sendable {
  var rowCount = 0
  var faultCount = 0
  /// The first faults, in the order of the file.
  var faults: [RowFault] = []
  /// Where rows stop following each other line by line: (row of the chunk, lines before it in the chunk).
  var stretches: [(row: Int, line: Int)] = []
  var lineCount = 0
  var columns: [ColumnPart] = []
  /// Which wanted keys occurred; of JSON Lines only.
  var seen: [Bool] = []
  var isIrregular = false
}

/// Reads one chunk: rows come in batches that fit the cache, and each batch is taken column by column.
struct ChunkReader {
  private let plan: ReadPlan
  private let range: Range<Int>
  private var builders: [ColumnBuilder]
  /// Columns from left to right, so that a row is blamed on its first bad field.
  private let order: [Int]
  private var faults = BatchFaults()
  private var result = ChunkResult()
  private var nextLine = -1

  static func read(_ plan: ReadPlan, _ range: Range<Int>, hasQuotes: Bool) -> ChunkResult {
    var reader = ChunkReader(plan, range)
    switch plan.syntax {
    case .csv(let delimiter):
      var scanner = CSVScanner(
        plan.view, range, delimiter: delimiter, columnCount: plan.fieldCount, hasQuotes: hasQuotes)
      return reader.run(&scanner)
    case .serialCSV(let delimiter):
      var scanner = SerialCSVScanner(plan.view, range, delimiter: delimiter, columnCount: plan.fieldCount)
      return reader.run(&scanner)
    case .jsonLines:
      var scanner = JSONLinesScanner(plan.view, range, keys: plan.columns.map(\.name))
      return reader.run(&scanner)
    }
  }

  private init(_ plan: ReadPlan, _ range: Range<Int>) {
    self.plan = plan
    self.range = range
    builders = plan.columns.indices.map { ColumnBuilder(plan, $0) }
    order = plan.columns.indices.sorted { plan.columns[$0].mark < plan.columns[$1].mark }
  }

  private mutating func run(_ source: inout some RecordSource) -> ChunkResult {
    while source.next() {
      if source.isIrregular {
        result.isIrregular = true
        return result
      }
      take(source.batch)
    }
    result.lineCount = source.lineCount
    result.seen = source.seen
    result.columns = builders.map { $0.finish(hasFaults: result.faultCount > 0) }
    return result
  }

  private mutating func take(_ batch: RecordBatch) {
    let rows = batch.rowCount
    faults.begin(rows: rows)
    for index in order { builders[index].add(batch, plan.view, range.lowerBound, &faults) }
    var lines = batch.lines
    if !faults.isEmpty {
      for index in order { builders[index].remove(faults, rows: rows) }
      faults.compact(&lines, rows: rows)
    }
    note(lines)
    keep(batch.faults, faults.faults)
  }

  /// Begins a stretch wherever lines and rows fall out of step.
  private mutating func note(_ lines: [Int32]) {
    for line in lines {
      if Int(line) != nextLine { result.stretches.append((result.rowCount, Int(line))) }
      nextLine = Int(line) + 1
      result.rowCount += 1
    }
  }

  private mutating func keep(_ shape: [RowFault], _ content: [RowFault]) {
    guard !shape.isEmpty || !content.isEmpty else { return }
    result.faultCount += shape.count + content.count
    let room = plan.listing - result.faults.count
    guard room > 0 else { return }
    let both = (shape + content).sorted { $0.line < $1.line }
    result.faults.append(contentsOf: both.prefix(room))
  }
}
