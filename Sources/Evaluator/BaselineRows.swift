import Results
import TableIngest
import Tables

/// The baseline's predictions from a file of their own, joined to the rows of the data by unit.
struct BaselineRows: Sendable {
  let outcome: ReadOutcome
  /// The baseline's row of each row of the data.
  let rows: [Int]
  /// Columns that it has; at least one of them is there.
  let score: String?
  let decision: String?
  let notes: [String]

  var table: Table { outcome.table }

  /// The base name of the file.
  var name: String { outcome.record.name }

  /// Reads and joins. Rows of `data` without a partner are an error or, where bad rows are skipped, are taken
  /// out of it, counted and listed as rejected. nil where the baseline is in the data or there is none.
  init?(_ configuration: Configuration, joinedTo data: inout ReadOutcome) throws(Failure) {
    guard configuration.baselineData != nil, let unit = configuration.unit else { return nil }
    let request = BaselineRequest(configuration)
    outcome = try RowReader(request, configuration).read()
    let table = outcome.table
    guard table.rowCount > 0 else {
      throw Failure(
        .data, "\(table.origin.source): every row was rejected",
        advice: "look at the first of them with --bad-rows stop")
    }
    func present(_ name: String?) -> String? { name.flatMap { table.column(named: $0)?.name } }
    score = present(request.score)
    decision = present(request.decision)
    let join = try UnitJoin(data.table, table, unit: unit)
    let lone = join.partners.indices.filter { join.partners[$0] == nil }
    if !lone.isEmpty {
      try Self.refuse(lone, data, outcome, unit: unit, configuration)
      data = try data.rejecting(lone, unit: unit, without: outcome.record.name)
    }
    rows = join.partners.compactMap { $0 }
    notes = Self.notes(outcome, join, lone: lone.count, absent: request.absent(from: table))
  }

  private static func refuse(
    _ lone: [Int], _ data: ReadOutcome, _ baseline: ReadOutcome, unit: String,
    _ configuration: Configuration
  ) throws(Failure) {
    let column = try RoleColumns(data.table).category(unit)
    func text(_ row: Int) -> String { column.categories[Int(column.codes[row])] }
    if lone.count == data.table.rowCount {
      let other = try RoleColumns(baseline.table).category(unit)
      throw Failure(
        .data, "\(baseline.table.origin.source) has none of the units of \(data.table.origin.source)",
        advice: "Units are compared as texts: “\(unit)” holds “\(text(0))” here and “\(other.categories[0])” "
          + "there.")
    }
    guard configuration.badRows == .stop else { return }
    throw Failure(
      .data,
      "\(data.table.origin.place(ofRow: lone[0])): column “\(unit)”: the unit “\(text(lone[0]))” has no row "
        + "in \(baseline.table.origin.source)"
        + (lone.count > 1 ? ", nor have \(lone.count - 1) others" : ""),
      advice: "Score every row with the baseline too, or leave such rows out (--bad-rows skip).")
  }

  private static func notes(
    _ outcome: ReadOutcome, _ join: UnitJoin, lone: Int, absent: String?
  ) -> [String] {
    let name = outcome.record.name
    var notes: [String] = []
    if let absent { notes.append("\(name) has no column “\(absent)”: it is compared without.") }
    if outcome.rejectedCount > 0 {
      let first = outcome.rejected.first.map { row in
        let subject = row.column.isEmpty ? row.reason : "column “\(row.column)”: “\(row.text)” \(row.reason)"
        return ", the first on line \(row.line) (\(subject))"
      }
      notes.append(
        "\(outcome.rejectedCount) of \(outcome.rowsRead) rows of \(name) were rejected\(first ?? "").")
    }
    if lone > 0 { notes.append("\(lone) rows were rejected because \(name) has no row of their unit.") }
    if join.unused > 0 {
      notes.append("\(join.unused) rows of \(name) belong to no row of the data and count nowhere.")
    }
    return notes
  }

  /// The positions at which a baseline label contradicts the data's is an error: the two files were then
  /// made from different truths. A missing label contradicts nothing.
  func checkLabels(_ classes: BinaryClasses, _ data: Table, _ configuration: Configuration) throws(Failure) {
    guard let label = configuration.label, case .category(let column)? = table.column(named: label) else {
      return
    }
    let known = classes.classes(of: column.categories)
    for (row, partner) in rows.enumerated() {
      let code = column.codes[partner]
      guard code >= 0, known[Int(code)] != classes.marks[row] else { continue }
      let unit = try RoleColumns(table).category(configuration.unit)
      let mine = try RoleColumns(data).category(label)
      throw Failure(
        .data,
        "\(table.origin.place(ofRow: partner)): column “\(label)”: “\(column.categories[Int(code)])” for the "
          + "unit “\(unit.categories[Int(unit.codes[partner])])”, for which "
          + "\(data.origin.place(ofRow: row)) has “\(mine.categories[Int(mine.codes[row])])”",
        advice: "Both models are judged by one truth: score the same labelled rows with both, or leave the "
          + "label out of the baseline's file.")
    }
  }
}

/// Which columns are wanted of the file with the baseline's predictions.
struct BaselineRequest {
  let score: String?
  let decision: String?
  /// A column that is taken if it is there: the candidate has one of that name, but another was named.
  private let optional: String?

  /// A column that is not named is called as the candidate's is.
  init(_ configuration: Configuration) {
    score = configuration.baselineScore ?? configuration.score
    decision = configuration.baselineDecision ?? configuration.decision
    switch (configuration.baselineScore, configuration.baselineDecision) {
    case (_?, nil): optional = decision
    case (nil, _?): optional = score
    default: optional = nil
    }
  }

  func isRequired(_ column: String) -> Bool { column != optional }

  func absent(from table: Table) -> String? {
    optional.flatMap { table.column(named: $0) == nil ? $0 : nil }
  }
}

extension ReadOutcome {
  /// What an evaluation says about the file.
  var record: InputRecord {
    let source = table.origin.source
    return InputRecord(
      name: source.split(separator: "/").last.map(String.init) ?? source, format: format,
      sha256: sha256, bytes: bytes, rowsRead: rowsRead, rowsRejected: rejectedCount)
  }

  /// The same with more rows rejected, those whose unit the baseline lacks.
  fileprivate func rejecting(
    _ lone: [Int], unit: String, without baseline: String
  ) throws(Failure) -> ReadOutcome {
    let column = try RoleColumns(table).category(unit)
    let more = lone.prefix(RowReader.listedRejections).map { row in
      RejectedRow(
        line: table.origin.line(ofRow: row) ?? 0, column: unit,
        text: column.categories[Int(column.codes[row])], reason: "has no row in \(baseline)")
    }
    let listed = (rejected + more).sorted { $0.line < $1.line }.prefix(RowReader.listedRejections)
    let gone = Set(lone)
    return ReadOutcome(
      table: table.selecting((0..<table.rowCount).filter { !gone.contains($0) }), rowsRead: rowsRead,
      rejectedCount: rejectedCount + lone.count, rejected: Array(listed), format: format, sha256: sha256,
      bytes: bytes)
  }
}
