extension Table {
  /// The rows of that position, ascending, as a table of their own. Categories that no row has any more are
  /// gone. Complexity: O(rows · columns).
  ///
  /// - Precondition: `rows` ascends and names rows of the table.
  package func selecting(_ rows: [Int]) -> Table {
    Table(
      rowCount: rows.count, columns: columns.map { $0.selecting(rows) }, origin: origin.selecting(rows))
  }
}

extension Column {
  fileprivate func selecting(_ rows: [Int]) -> Column {
    switch self {
    case .numbers(let column):
      let values = rows.map { column.values[$0] }
      return .numbers(
        NumberColumn(name: column.name, values: values, missingCount: values.count(where: \.isNaN)))
    case .category(let column):
      return .category(column.selecting(rows))
    }
  }
}

extension CategoryColumn {
  fileprivate func selecting(_ rows: [Int]) -> CategoryColumn {
    var places = [Int32](repeating: Self.missing, count: categories.count)
    var missingCount = 0
    for row in rows {
      if codes[row] == Self.missing { missingCount += 1 } else { places[Int(codes[row])] = 0 }
    }
    var kept: [String] = []
    for code in places.indices where places[code] == 0 {
      places[code] = Int32(kept.count)
      kept.append(categories[code])
    }
    return CategoryColumn(
      name: name, codes: rows.map { codes[$0] == Self.missing ? Self.missing : places[Int(codes[$0])] },
      categories: kept, missingCount: missingCount)
  }
}

extension RowOrigin {
  fileprivate func selecting(_ rows: [Int]) -> RowOrigin {
    var kept: [Stretch] = []
    for (row, old) in rows.enumerated() {
      guard let line = line(ofRow: old) else { continue }
      if let last = kept.last, last.firstLine + row - last.firstRow == line { continue }
      kept.append(Stretch(firstRow: row, firstLine: line))
    }
    return RowOrigin(source: source, stretches: kept)
  }
}
