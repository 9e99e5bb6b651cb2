import Results
import Tables

/// One reading of one input: chunks in parallel, as often as it takes.
struct ReadRun {
  private let input: Input
  private let layout: Layout
  private var request: ReadRequest
  private let chunkSize: Int
  private let threads: Int
  private var plan: ReadPlan
  private var chunking: Chunking
  private var results: [ChunkResult] = []
  private var digest: String?

  init(_ input: Input, _ layout: Layout, _ request: ReadRequest, chunkSize: Int) throws(Failure) {
    self.input = input
    self.layout = layout
    var request = request
    if !layout.syntax.isJSON {
      request.columns.removeAll { $0.mayBeAbsent && !layout.names.contains($0.name) }
    }
    self.request = request
    self.chunkSize = chunkSize
    threads = max(1, request.threads)
    var listing = 1
    if case .skip(let limit) = request.badRows { listing = max(1, limit) }
    plan = ReadPlan(
      view: input.content.view, syntax: layout.syntax,
      fieldCount: layout.syntax.isJSON ? request.columns.count : layout.names.count,
      columns: try Self.columns(request, layout, input.title), missing: MissingTexts(request.missing),
      listing: listing)
    chunking = try Chunking(
      layout, plan.view, size: chunkSize, threads: threads, syntax: plan.syntax, title: input.title)
  }

  private static func columns(
    _ request: ReadRequest, _ layout: Layout, _ title: String
  ) throws(Failure) -> [ReadPlan.PlannedColumn] {
    var columns: [ReadPlan.PlannedColumn] = []
    for (index, column) in request.columns.enumerated() {
      var mark = 2 * index
      if !layout.syntax.isJSON {
        guard let place = layout.names.firstIndex(of: column.name) else {
          throw unknown(column.name, layout.names, title)
        }
        mark = place
      }
      columns.append(ReadPlan.PlannedColumn(column, mark: mark))
    }
    return columns
  }

  private static func unknown(_ name: String, _ known: [String], _ title: String) -> Failure {
    Failure(
      .data, "\(title) has no column “\(Diagnosis.shown(name))”",
      advice: Suggestion.phrase(for: name, among: known.map(Diagnosis.shown)))
  }

  mutating func outcome() throws(Failure) -> ReadOutcome {
    try readChunks()
    if try dropAbsentKeys() { try readChunks() }
    try refuseUnknownKeys()
    if settleKinds() { try readChunks() }
    let rowCount = results.reduce(0) { $0 + $1.rowCount }
    let faultCount = results.reduce(0) { $0 + $1.faultCount }
    let rejected = try judgeFaults(rowCount: rowCount)
    guard let digest else { throw Failure(.defect, "the SHA-256 of \(input.title) could not be computed") }
    let origin = RowOrigin(source: input.name, stretches: stretches())
    let table = Table(rowCount: rowCount, columns: assemble(rowCount: rowCount), origin: origin)
    return ReadOutcome(
      table: table, rowsRead: rowCount + faultCount, rejectedCount: faultCount, rejected: rejected,
      format: layout.formatName, sha256: digest, bytes: input.given.count)
  }

  /// The digest is one task more, so that a second worker can begin with the chunks at once.
  private mutating func readChunks() throws(Failure) {
    let (plan, chunks, hasQuotes) = (plan, chunking.chunks, chunking.hasQuotes)
    let given = input.given
    let needsDigest = digest == nil
    let tasks = Workers.map(chunks.count + 1, threads: threads) { index -> (String?, ChunkResult?) in
      if index == 0 { return (needsDigest ? given.view.sha256() : nil, nil) }
      return (nil, ChunkReader.read(plan, chunks[index - 1], hasQuotes: hasQuotes))
    }
    if needsDigest { digest = tasks[0].0 }
    results = tasks.compactMap(\.1)
    guard results.contains(where: \.isIrregular), case .csv(let delimiter) = plan.syntax else { return }
    self.plan.syntax = .serialCSV(delimiter: delimiter)
    chunking = try Chunking(
      layout, plan.view, size: chunkSize, threads: threads, syntax: self.plan.syntax, title: input.title)
    try readChunks()
  }

  /// Leaves out keys that may be absent and were met in no object; true if the rest has to be read again.
  private mutating func dropAbsentKeys() throws(Failure) -> Bool {
    guard plan.syntax.isJSON, !results.isEmpty else { return false }
    let absent = request.columns.indices.filter { index in
      request.columns[index].mayBeAbsent && !results.contains { $0.seen[index] }
    }
    guard !absent.isEmpty else { return false }
    request.columns = request.columns.indices.filter { !absent.contains($0) }.map { request.columns[$0] }
    plan.columns = try Self.columns(request, layout, input.title)
    plan = ReadPlan(
      view: plan.view, syntax: plan.syntax, fieldCount: request.columns.count, columns: plan.columns,
      missing: plan.missing, listing: plan.listing)
    return true
  }

  private func refuseUnknownKeys() throws(Failure) {
    guard plan.syntax.isJSON, !results.isEmpty else { return }
    for (index, column) in plan.columns.enumerated() where !results.contains(where: { $0.seen[index] }) {
      // Rows that are no objects come first: they may be why.
      guard results.allSatisfy({ $0.faultCount == 0 }) || request.badRows != .stop else { return }
      let known = JSONLinesScanner.keys(plan.view, layout.body, lines: 1000)
      throw Self.unknown(column.name, known, input.title)
    }
  }

  /// Decides what automatic columns are; true if one has to be read again.
  private mutating func settleKinds() -> Bool {
    var readsAgain = false
    for index in plan.columns.indices where plan.columns[index].kind == .automatic {
      let parts = results.map { $0.columns[index] }
      switch Assembly.verdict(parts, isRequired: plan.columns[index].isRequired) {
      case .number: plan.columns[index].kind = .number
      case .category: plan.columns[index].kind = .category
      case .readAgain(let kind):
        plan.columns[index].kind = kind
        readsAgain = true
      }
    }
    return readsAgain
  }

  private func assemble(rowCount: Int) -> [Column] {
    let (columns, results) = (plan.columns, results)
    return Workers.map(columns.count, threads: threads) { index in
      let parts = results.map { $0.columns[index] }
      return columns[index].kind == .number
        ? Assembly.numbers(columns[index].name, parts, rowCount: rowCount)
        : Assembly.category(columns[index].name, parts, rowCount: rowCount)
    }
  }

  /// The bad rows to list.
  private func judgeFaults(rowCount: Int) throws(Failure) -> [RejectedRow] {
    let diagnosis = Diagnosis(plan: plan, title: input.title)
    var line = layout.firstLine
    var listed: [RejectedRow] = []
    for result in results {
      for fault in result.faults {
        let place = line + Int(fault.line)
        guard case .skip(let limit) = request.badRows else { throw diagnosis.failure(fault, line: place) }
        if listed.count < max(1, limit) { listed.append(diagnosis.row(fault, line: place)) }
      }
      line += result.lineCount
    }
    guard rowCount == 0 else {
      if case .skip(let limit) = request.badRows { return Array(listed.prefix(max(0, limit))) }
      return []
    }
    guard let first = listed.first else {
      throw Failure(
        .data, "\(input.title) has no rows\(plan.syntax.isJSON ? "" : " after its header")",
        advice: "Give a file with at least one row.")
    }
    let subject =
      first.column.isEmpty ? first.reason : "column “\(first.column)”: “\(first.text)” \(first.reason)"
    throw Failure(
      .data, "\(input.title): every row is bad, the first on line \(first.line): \(subject)",
      advice: "Check the delimiter, the columns' types and the texts for missing values.")
  }

  private func stretches() -> [RowOrigin.Stretch] {
    var row = 0
    var line = layout.firstLine
    var stretches: [RowOrigin.Stretch] = []
    for result in results {
      for stretch in result.stretches {
        let next = RowOrigin.Stretch(firstRow: row + stretch.row, firstLine: line + stretch.line)
        if let last = stretches.last, last.firstLine + next.firstRow - last.firstRow == next.firstLine {
          continue
        }
        stretches.append(next)
      }
      row += result.rowCount
      line += result.lineCount
    }
    return stretches
  }
}
