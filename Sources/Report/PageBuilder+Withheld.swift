import Results

/// Counts of slices, some of which may be withheld.
extension PageBuilder {
  /// Whether the slice has no rows, and that may be told.
  func isEmpty(_ slice: Int) -> Bool { rows(slice) == 0 && !evaluation.withholds(.rows, slice) }

  /// `withheld` where it may not be told.
  func shownRows(_ slice: Int) -> String {
    evaluation.withholds(.rows, slice) ? "withheld" : Wording.count(rows(slice))
  }

  /// The rows of a slice in a chart's table.
  func rowsCell(_ slice: Int) -> DataTable.Cell {
    evaluation.withholds(.rows, slice)
      ? .text("withheld") : .number(Wording.count(rows(slice)), Double(rows(slice)))
  }

  /// Rows with a positive label (`prevalence`) or decision (`selection_rate`), or those without.
  func shownPart(_ metric: String, _ slice: Int, rest: Bool = false) -> String {
    guard let part = part(metric, slice) else { return "withheld" }
    return Wording.count(rest ? rows(slice) - part : part)
  }

  /// From the cells, or where those are withheld, from the share that is not.
  private func part(_ metric: String, _ slice: Int) -> Int? {
    if !evaluation.withholds(.outcomes, slice) {
      return metric == "prevalence" ? positives(slice) : selected(slice)
    }
    guard !evaluation.withholds(metric: metric, slice), evaluation.slices.cellWeights.isEmpty,
      let share = evaluation.estimate(metric, slice: slice)?.value
    else { return nil }
    return Int((share * Double(rows(slice))).rounded())
  }
}
