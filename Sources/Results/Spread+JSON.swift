extension Spread {
  /// Columns of numbers by their names in the stored form.
  static var numberColumns: [(name: String, path: WritableKeyPath<Spread, Double>)] {
    [
      ("range", \.range), ("noise_floor", \.noiseFloor), ("variance", \.variance),
      ("deviation_lower", \.deviationLower), ("deviation_upper", \.deviationUpper), ("within", \.within),
      ("detectable", \.detectable), ("rows_to_decide", \.rowsToDecide),
    ]
  }

  /// Columns of places and counts.
  static var wholeColumns: [(name: String, path: WritableKeyPath<Spread, Int>)] {
    [("family", \.family), ("groups", \.groups), ("largest", \.largest), ("smallest", \.smallest)]
  }
}

extension SpreadTable {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("count") { $0.integer(spreads.count) }
      object.member("metric") { $0.distinctTexts(spreads.map(\.metric)) }
      for (name, path) in Spread.wholeColumns {
        object.member(name) { $0.integers(spreads.map { $0[keyPath: path] }) }
      }
      for (name, path) in Spread.numberColumns {
        object.member(name) { $0.numbers(spreads.map { $0[keyPath: path] }) }
      }
      object.member("shrunken") { list in
        list.array { array in
          for column in shrunken {
            array.element {
              $0.object {
                $0.member("metric") { $0.string(column.metric) }
                $0.member("values") { $0.numbers(column.values) }
              }
            }
          }
        }
      }
    }
  }
}

/// The stored form of `SpreadTable` as it is decoded.
struct SpreadTableDocument: Decodable {
  private struct Shrunken: Decodable {
    var metric: String
    var values: Numbers
  }

  private var count: Int
  private var metric: StoredTexts
  private var whole: [[Int]] = []
  private var numbers: [[Double]] = []
  private var shrunken: [Shrunken]

  init(from decoder: any Decoder) throws {
    let fields = try StoredFields(decoder)
    count = try fields.value("count")
    metric = try fields.value("metric")
    for (name, _) in Spread.wholeColumns { whole.append(try fields.value(name)) }
    for (name, _) in Spread.numberColumns { numbers.append(try fields.numbers(name)) }
    shrunken = try fields.value("shrunken")
  }

  func table(_ check: DocumentCheck) throws(Failure) -> SpreadTable {
    let metrics = try metric.values(check, count: count, "spreads.metric").compactMap { $0 }
    try check.length(metrics.count, count, "spreads.metric")
    var found = metrics.map {
      Spread(
        family: 0, metric: $0, groups: 0, largest: 0, smallest: 0, range: .nan, noiseFloor: .nan,
        variance: .nan, deviationLower: .nan, deviationUpper: .nan, within: .nan, detectable: .nan,
        rowsToDecide: .nan)
    }
    for ((name, path), column) in zip(Spread.wholeColumns, whole) {
      try check.length(column.count, count, "spreads.\(name)")
      let limit = name == "family" ? check.familyCount : name == "groups" ? Int.max : check.sliceCount
      try check.range(column, 0..<limit, "spreads.\(name)")
      for (row, value) in column.enumerated() { found[row][keyPath: path] = value }
    }
    for ((name, path), column) in zip(Spread.numberColumns, numbers) {
      try check.length(column.count, count, "spreads.\(name)")
      for (row, value) in column.enumerated() { found[row][keyPath: path] = value }
    }
    for column in shrunken {
      try check.length(column.values.values.count, check.sliceCount, "spreads.shrunken of \(column.metric)")
    }
    return SpreadTable(
      spreads: found,
      shrunken: shrunken.map { SpreadTable.Shrunken(metric: $0.metric, values: $0.values.values) })
  }
}
