import Results

/// `spreads.csv`: how much of the gaps between groups is noise. One row a family and metric; below each a row a group with its value drawn
/// towards the family's mean.
package enum SpreadsCSV {
  package static let header = [
    "features", "metric", "slice", "value", "shrunken", "groups", "largest", "smallest", "range",
    "noise_floor", "variance", "deviation", "deviation_lower", "deviation_upper", "within", "detectable",
    "rows_to_decide",
  ]

  /// A row about a family has no slice, a row about a slice no numbers of the family.
  package static func bytes(of evaluation: Evaluation) -> [UInt8] {
    var csv = CSVWriter(header: header)
    guard let table = evaluation.spreads else { return csv.bytes }
    for spread in table.spreads {
      write(spread, evaluation, to: &csv)
      for slice in evaluation.families[spread.family].slices {
        guard let shrunken = table.shrunken(spread.metric, slice) else { continue }
        csv.field(evaluation.families[spread.family].name)
        csv.field(spread.metric)
        csv.field(evaluation.slices.predicate[slice])
        csv.field(evaluation.estimate(spread.metric, slice: slice)?.value ?? .nan)
        csv.field(shrunken)
        for _ in header.dropFirst(5) { csv.field("") }
        csv.endLine()
      }
    }
    return csv.bytes
  }

  private static func write(_ spread: Spread, _ evaluation: Evaluation, to csv: inout CSVWriter) {
    csv.field(evaluation.families[spread.family].name)
    csv.field(spread.metric)
    for _ in 0..<3 { csv.field("") }
    csv.field(spread.groups)
    csv.field(evaluation.slices.predicate[spread.largest])
    csv.field(evaluation.slices.predicate[spread.smallest])
    for number in [
      spread.range, spread.noiseFloor, spread.variance, spread.deviation, spread.deviationLower,
      spread.deviationUpper, spread.within, spread.detectable, spread.rowsToDecide,
    ] {
      csv.field(number)
    }
    csv.endLine()
  }
}
