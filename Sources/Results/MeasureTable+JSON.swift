// Entries one by one, results column by column, as gaps are stored.

extension MeasureTable {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("entries") { list in
        list.array { for entry in entries { $0.element { entry.write(to: &$0) } } }
      }
      object.member("results") { writeResults(to: &$0) }
    }
  }

  /// Columns of texts by their names in the stored form.
  static var textColumns: [(name: String, path: WritableKeyPath<MeasureResult, String?>)] {
    [
      ("tool", \.tool), ("metric", \.metric), ("stratum", \.stratum), ("variant", \.variant),
      ("test", \.test),
      ("interval", \.interval), ("detail", \.detail),
    ]
  }
  /// Columns of places.
  static var placeColumns: [(name: String, path: WritableKeyPath<MeasureResult, Int?>)] {
    [
      ("family", \.family), ("group", \.group), ("reference", \.reference),
    ]
  }

  private func writeResults(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("count") { $0.integer(results.count) }
      object.member("measure") { $0.distinctTexts(results.map(\.measure)) }
      object.member("name") { $0.distinctTexts(results.map(\.name)) }
      for (name, path) in Self.textColumns where results.contains(where: { $0[keyPath: path] != nil }) {
        object.member(name) { $0.distinctTexts(results.map { $0[keyPath: path] }) }
      }
      for (name, path) in Self.placeColumns {
        object.member(name) { $0.numbers(results.map { $0[keyPath: path].map(Double.init) ?? .nan }) }
      }
      EstimateColumns(results.map(\.estimate)).writeColumns(to: &object)
      object.member("p_value") { $0.numbers(results.map { $0.pValue ?? .nan }) }
    }
  }
}

extension MeasureEntry {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      for (name, text) in [
        ("id", id), ("name", name), ("family", family), ("formula", formula), ("source", source),
        ("meaning", meaning), ("undefined", undefined),
      ] {
        object.member(name) { $0.string(text) }
      }
      object.member("fair") { $0.number(fair ?? .nan) }
    }
  }
}

/// The stored form of `MeasureTable` as it is decoded.
struct MeasureTableDocument: Decodable {
  var entries: [MeasureEntry]
  var results: Columns

  struct Columns: Decodable {
    var count: Int
    var measure: StoredTexts
    var name: StoredTexts
    var texts: [String: StoredTexts] = [:]
    var places: [String: [Int?]] = [:]
    var pValues: [Double]
    var estimates: EstimateColumnsDocument

    init(from decoder: any Decoder) throws {
      let fields = try StoredFields(decoder)
      count = try fields.value("count")
      measure = try fields.value("measure")
      name = try fields.value("name")
      for (name, _) in MeasureTable.textColumns { texts[name] = try fields.optional(name) }
      for (name, _) in MeasureTable.placeColumns { places[name] = try fields.value(name, [Int?].self) }
      pValues = try fields.numbers("p_value")
      estimates = try EstimateColumnsDocument(from: decoder)
    }
  }

  func table(_ check: DocumentCheck) throws(Failure) -> MeasureTable {
    let count = results.count
    let measures = try required(results.measure, check, "measure")
    let names = try required(results.name, check, "name")
    let known = Set(entries.map(\.id))
    if let stranger = measures.first(where: { !known.contains($0) }) {
      throw DocumentCheck.contradiction("“measures.results” names “\(stranger)”, which has no entry")
    }
    try check.length(results.pValues.count, count, "measures.results.p_value")
    let estimates = try results.estimates.columns(count: count, place: "measures.results")
    var found = (0..<count).map {
      MeasureResult(
        measure: measures[$0], name: names[$0], estimate: estimates[$0],
        pValue: results.pValues[$0].isNaN ? nil : results.pValues[$0])
    }
    for (name, path) in MeasureTable.textColumns {
      guard let column = results.texts[name] else { continue }
      for (row, text) in try column.values(check, count: count, "measures.results.\(name)").enumerated() {
        found[row][keyPath: path] = text
      }
    }
    for (name, path) in MeasureTable.placeColumns {
      let places = results.places[name] ?? []
      try check.length(places.count, count, "measures.results.\(name)")
      let range = 0..<(name == "family" ? check.familyCount : check.sliceCount)
      try check.range(places.compactMap { $0 }, range, "measures.results.\(name)")
      for (row, place) in places.enumerated() { found[row][keyPath: path] = place }
    }
    return MeasureTable(entries: entries, results: found)
  }

  private func required(
    _ column: StoredTexts, _ check: DocumentCheck, _ name: String
  ) throws(Failure) -> [String] {
    let values = try column.values(check, count: results.count, "measures.results.\(name)").compactMap { $0 }
    try check.length(values.count, results.count, "measures.results.\(name)")
    return values
  }
}
