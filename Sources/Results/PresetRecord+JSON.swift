// Texts as they are, tables column by column.

extension PresetRecord {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      for (name, text) in [("id", id), ("title", title), ("statement", statement)] {
        object.member(name) { $0.string(text) }
      }
      Self.list("citations", citations, in: &object) {
        [("source", .string($0.source)), ("about", .string($0.about))]
      }
      Self.list("requests", requests, in: &object) {
        [("key", .string($0.key)), ("wanted", .string($0.wanted)), ("used", .string($0.used))]
      }
      Self.list("exclusions", exclusions, in: &object) {
        [("slice", .integer($0.slice)), ("reason", .string($0.reason))]
      }
      object.member("notes") { $0.strings(notes) }
      object.member("tables") { list in
        list.array { for table in tables { $0.element { table.write(to: &$0) } } }
      }
    }
  }

  private static func list<Entry>(
    _ name: String, _ entries: [Entry], in object: inout JSONWriter,
    _ members: (Entry) -> [(String, JSONValue)]
  ) {
    object.member(name) { list in
      list.array { array in
        for entry in entries {
          array.element {
            $0.object { for (name, value) in members(entry) { $0.member(name) { value.write(to: &$0) } } }
          }
        }
      }
    }
  }
}

extension PresetTable {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      for (name, text) in [("id", id), ("title", title), ("about", about)] {
        object.member(name) { $0.string(text) }
      }
      object.member("family") { $0.integer(family) }
      object.optional("reference", reference)
      object.member("is_searched") { $0.bool(isSearched) }
      object.member("together") { $0.string(together) }
      object.member("slices") { $0.integers(slices) }
      object.member("columns") { list in
        list.array { for column in columns { $0.element { column.write(to: &$0) } } }
      }
    }
  }
}

extension PresetTable.Column {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      for (name, text) in [
        ("id", id), ("name", name), ("kind", kind.rawValue), ("meaning", meaning), ("tells", tells.rawValue),
        ("basis", basis.rawValue),
      ] {
        object.member(name) { $0.string(text) }
      }
      for (name, numbers) in [("values", values), ("lower", lower), ("upper", upper)] where !numbers.isEmpty {
        object.member(name) { $0.numbers(numbers) }
      }
      if !texts.isEmpty { object.member("texts") { $0.strings(texts) } }
    }
  }
}

/// The stored form of `PresetRecord` as it is decoded.
struct PresetRecordDocument: Decodable {
  var id: String
  var title: String
  var statement: String
  var citations: [PresetRecord.Citation]
  var requests: [PresetRecord.Request]
  var exclusions: [PresetRecord.Exclusion]
  var notes: [String]
  var tables: [Table]

  struct Table: Decodable {
    var id: String
    var title: String
    var about: String
    var family: Int
    var reference: Int?
    var isSearched: Bool
    var together: String
    var slices: [Int]
    var columns: [Column]
  }

  struct Column: Decodable {
    var id: String
    var name: String
    var kind: PresetTable.Column.Kind
    var meaning: String
    var tells: Suppression.Layer
    var basis: PresetTable.Column.Basis
    var values: Numbers?
    var lower: Numbers?
    var upper: Numbers?
    var texts: [String]?
  }

  func record(_ check: DocumentCheck) throws(Failure) -> PresetRecord {
    try check.range(exclusions.map(\.slice), 0..<check.sliceCount, "preset.exclusions")
    var found: [PresetTable] = []
    for table in tables { found.append(try table.table(check)) }
    return PresetRecord(
      id: id, title: title, statement: statement, citations: citations, requests: requests,
      exclusions: exclusions, notes: notes, tables: found)
  }
}

extension PresetRecordDocument.Table {
  func table(_ check: DocumentCheck) throws(Failure) -> PresetTable {
    let place = "preset.tables.\(id)"
    try check.range([family], 0..<check.familyCount, "\(place).family")
    try check.range(slices + (reference.map { [$0] } ?? []), 0..<check.sliceCount, place)
    var found: [PresetTable.Column] = []
    for column in columns { found.append(try column.column(check, rows: slices.count, place)) }
    return PresetTable(
      id: id, title: title, about: about, family: family, reference: reference, isSearched: isSearched,
      together: together, slices: slices, columns: found)
  }
}

extension PresetRecordDocument.Column {
  func column(_ check: DocumentCheck, rows: Int, _ table: String) throws(Failure) -> PresetTable.Column {
    let isText = kind == .text
    let numbers = [values, lower, upper].map { $0?.values ?? [] }
    for (index, column) in numbers.enumerated() where !column.isEmpty || index == 0 && !isText {
      try check.length(column.count, rows, "\(table).\(id)")
    }
    let texts = texts ?? []
    if isText || !texts.isEmpty { try check.length(texts.count, rows, "\(table).\(id).texts") }
    return PresetTable.Column(
      id: id, name: name, kind: kind, meaning: meaning, tells: tells, basis: basis,
      values: numbers[0], lower: numbers[1], upper: numbers[2], texts: texts)
  }
}
