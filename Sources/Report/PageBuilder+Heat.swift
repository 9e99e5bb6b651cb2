import Charts
import Results
import Templating

extension PageBuilder {
  /// For a cross of two features: its groups as a grid, one for each chief rate.
  func heatFigures(_ family: Int) -> [Figure] {
    let spec = evaluation.families[family]
    guard spec.features.count == 2 else { return [] }
    let axes = heatAxes(family)
    guard axes.rows.count <= 30, axes.columns.count <= 16, axes.rows.count * axes.columns.count > 0 else {
      return []
    }
    return (profile?.heat ?? ["selection_rate", "true_positive_rate"]).compactMap { entry($0) }.map {
      heatFigure($0, family, axes)
    }
  }

  struct HeatAxes {
    var rows: [String] = []
    var columns: [String] = []
    /// Slice by row and column.
    var slices: [[Int?]] = []
  }

  private func heatAxes(_ family: Int) -> HeatAxes {
    var axes = HeatAxes()
    var seen: (rows: Set<String>, columns: Set<String>) = ([], [])
    var places: [[String]: Int] = [:]
    for slice in evaluation.families[family].slices {
      let terms = Names.terms(evaluation.slices.predicate[slice])
      guard terms.count == 2 else { continue }
      if places[terms] == nil { places[terms] = slice }
      if seen.rows.insert(terms[0]).inserted { axes.rows.append(terms[0]) }
      if seen.columns.insert(terms[1]).inserted { axes.columns.append(terms[1]) }
    }
    // The finer feature runs down the page.
    let isTurned = axes.columns.count > axes.rows.count
    if isTurned { (axes.rows, axes.columns) = (axes.columns, axes.rows) }
    axes.slices = axes.rows.map { row in
      axes.columns.map { column in places[isTurned ? [column, row] : [row, column]] }
    }
    return axes
  }

  private func heatFigure(_ entry: MetricEntry, _ family: Int, _ axes: HeatAxes) -> Figure {
    let overall = evaluation.estimate(entry.id, slice: 0)?.value
    let estimates = axes.slices.map { row in
      row.map { slice in slice.flatMap { evaluation.estimate(entry.id, slice: $0) } }
    }
    let heading = "\(PageBuilder.shortName(entry)) by \(familyName(family))"
    let caption = heatCaption(entry, axes, overall)
    let cells = estimates.map { row in
      row.map { $0.map { HeatGrid.Cell(Wording.reading($0), note: Wording.count($0.denominator)) } }
    }
    let chart = HeatGrid(
      title: heading, summary: caption, rowLabels: axes.rows.map(PageBuilder.valuePart),
      columnLabels: axes.columns.map(PageBuilder.valuePart), cells: cells,
      ramp: overall.map { .diverging(around: $0, reach: PageBuilder.reach(estimates, around: $0)) }
        ?? .sequential(),
      unstableLegend: "striped: fewer than \(Wording.smallCount) \(entry.denominator)")
    let symbol =
      !hasOutcomes ? Names.slug(entry.id) : entry.id == "selection_rate" ? "selection" : "recall"
    let table = DataTable(
      caption: heading, columns: [""] + axes.columns.map { VisibleText.of(PageBuilder.valuePart($0)) },
      rows: zip(axes.rows, estimates).map { name, row in
        (
          VisibleText.of(PageBuilder.valuePart(name)),
          row.map { $0.map { .number(Wording.text($0), $0.value) } ?? .text("—") }
        )
      })
    return Figure(
      id: "fig-heat-\(symbol)-\(slugs[family])", fileName: "heat-\(symbol)-\(slugs[family])",
      heading: heading,
      caption: caption, chart: chart, table: table,
      width: axes.columns.count <= 6 ? Figure.half : Figure.whole)
  }

  /// The farthest that a cell with enough rows lies from the whole; nil where there is none.
  private static func reach(_ estimates: [[Estimate?]], around overall: Double) -> Double? {
    let steady = estimates.flatMap { $0 }.compactMap { $0 }.filter { !Wording.isSmall($0) }.compactMap(
      \.value)
    return steady.map { abs($0 - overall) }.max().flatMap { $0 > 0 ? $0 : nil }
  }

  private func heatCaption(_ entry: MetricEntry, _ axes: HeatAxes, _ overall: Double?) -> String {
    let slices = axes.slices.flatMap { $0 }.compactMap { $0 }
    let known = slices.compactMap { slice -> (Int, Double)? in
      guard let estimate = evaluation.estimate(entry.id, slice: slice), !Wording.isSmall(estimate) else {
        return nil
      }
      return estimate.value.map { (slice, $0) }
    }
    guard let low = known.min(by: { $0.1 < $1.1 }), let high = known.max(by: { $0.1 < $1.1 }) else {
      let found = slices.compactMap { evaluation.estimate(entry.id, slice: $0) }
      let withheld = found.count { $0.status == .suppressed }
      if withheld > 0, withheld == found.count {
        return "Every cell is withheld: its counts are too small to show."
      }
      return
        "No cell\(withheld > 0 ? " that is shown" : "") rests on \(Wording.smallCount) \(entry.denominator) or more."
    }
    let whole = overall.map { " Overall \(Wording.value($0)); the fill is the distance from it." } ?? ""
    return "Among cells with at least \(Wording.smallCount) \(entry.denominator): lowest \(label(low.0)) "
      + "\(Wording.value(low.1)), highest \(label(high.0)) \(Wording.value(high.1)).\(whole)"
  }

  /// The value of a term, `Female` of `sex=Female`; of a bin, `[25, 45)`. Escapes are taken off.
  static func valuePart(_ term: String) -> String {
    var isEscaped = false
    var value: [UInt8] = []
    var isValue = false
    for byte in term.utf8 {
      if !isEscaped, byte == UInt8(ascii: "\\") {
        isEscaped = true
        continue
      }
      if !isValue, !isEscaped, byte == UInt8(ascii: "=") {
        isValue = true
      } else if isValue {
        value.append(byte)
      }
      isEscaped = false
    }
    return isValue ? String(decoding: value, as: UTF8.self) : term
  }
}
