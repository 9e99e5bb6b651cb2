import Results

/// `indicators.csv`: one row an indicator of a group.
package enum IndicatorsCSV {
  package static let header = [
    "preset", "table", "features", "slice", "reference", "indicator", "value", "lower", "upper", "text",
  ]

  /// nil without a preset.
  package static func bytes(of evaluation: Evaluation) -> [UInt8]? {
    guard let record = evaluation.preset else { return nil }
    var csv = CSVWriter(header: header)
    let predicate = evaluation.slices.predicate
    for table in record.tables {
      for (row, slice) in table.slices.enumerated() {
        for column in table.columns {
          csv.field(record.id)
          csv.field(table.id)
          csv.field(evaluation.families[table.family].name)
          csv.field(predicate[slice])
          csv.field(table.reference.map { predicate[$0] } ?? "")
          csv.field(column.id)
          for numbers in [column.values, column.lower, column.upper] {
            csv.field(numbers.indices.contains(row) ? numbers[row] : .nan)
          }
          csv.field(column.texts.indices.contains(row) ? column.texts[row] : "")
          csv.endLine()
        }
      }
    }
    return csv.bytes
  }
}
