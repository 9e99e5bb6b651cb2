import Charts
import Results
import Templating

extension WhyPage {
  private static let drawnFamilies = 4

  /// What closes the gaps: a chart for each attribute, a panel for each metric.
  func gapFigures() -> [Figure] {
    var families: [Int] = []
    for columns in gaps {
      if let family = family(columns.slice), !families.contains(family) { families.append(family) }
    }
    return families.prefix(WhyPage.drawnFamilies).compactMap(gapFigure)
  }

  /// Of each metric the largest gap of the family.
  private func largestGaps(_ family: Int) -> (shown: [ImportanceColumns], others: Int) {
    let own = gaps.filter { self.family($0.slice) == family }
    var order: [String] = []
    var largest: [String: ImportanceColumns] = [:]
    for columns in own {
      guard let known = largest[columns.metric] else {
        order.append(columns.metric)
        largest[columns.metric] = columns
        continue
      }
      if abs(columns.base) > abs(known.base) || known.base.isNaN { largest[columns.metric] = columns }
    }
    let shown = order.prefix(WhyPage.drawnMetrics).compactMap { largest[$0] }
    return (shown, own.count - shown.count)
  }

  private func gapFigure(_ family: Int) -> Figure? {
    let (columns, others) = largestGaps(family)
    let ranked = ranked(by: columns.first)
    let drawn = Array(ranked.prefix(WhyPage.drawnFeatures))
    guard !columns.isEmpty, !drawn.isEmpty else { return nil }
    let heading = "What closes the gaps of \(builder.familyName(family))"
    let caption = gapCaption(columns, drawn, others: others)
    let chart = ImportancePlot(
      title: heading, summary: caption, panels: columns.map(gapPanel),
      rows: drawn.map { feature in
        ImportancePlot.Row(name(feature), cells: columns.map { cell($0, feature, hasRepeats: false) })
      }, unstableLegend: hollowLegend, intervalLegend: intervalLegend,
      shuffleLegend: WhyPage.shuffleLegend)
    let slug = builder.slugs[family]
    return Figure(
      id: "fig-why-gap-\(slug)", fileName: "importance-gap-\(slug)", heading: heading, caption: caption,
      chart: chart, table: gapTable(heading, columns, drawn), isDense: drawn.count * columns.count > 24)
  }

  private func sidesText(_ columns: ImportanceColumns) -> String {
    "\(label(columns.slice)) − \(columns.reference.map(label) ?? "reference")"
  }

  private func gapPanel(_ columns: ImportanceColumns) -> ImportancePlot.Panel {
    let base = columns.base.isNaN ? "no gap" : Wording.value(columns.base, signed: true)
    let sides = WhyPage.sides(columns)
    return ImportancePlot.Panel(
      metricName(columns.metric), note: "\(base), \(sidesText(columns))", lessLabel: sides.less,
      moreLabel: sides.more)
  }

  private func gapCaption(_ columns: [ImportanceColumns], _ drawn: [Int], others: Int) -> String {
    var parts = columns.map { quantity -> String in
      let metric = metric(inSentence: quantity.metric)
      let clear = drawn.filter { isClear(quantity, $0) }
      func value(_ feature: Int) -> Double { quantity.importance[safe: feature].known ?? 0 }
      let closing = clear.filter { value($0) > 0 }
      guard let most = closing.max(by: { reach(quantity, $0) < reach(quantity, $1) }) else {
        let less = clear.min { value($0) < value($1) }
        let grows = less.map { "; when \(name($0)) is shuffled it grows" } ?? ""
        return "No feature can be shown to close the gap in \(metric)\(grows)."
      }
      return gapSentence(quantity, most)
    }
    if others > 0 {
      parts.append(
        "Drawn is the largest gap of each metric; \(Wording.plural(others, "more is", "more are")) in importances.csv."
      )
    }
    return parts.joined(separator: " ") + pickedNote(columns)
  }

  /// What intervals and p-values of these gaps allow for, where a pair was picked from several.
  func pickedNote(_ columns: [ImportanceColumns]) -> String {
    guard let pairs = columns.map(\.comparisons).max(), pairs > 1 else { return "" }
    return " Intervals and p-values of a gap allow for its pair having been picked as the widest of "
      + "\(Wording.count(pairs))."
  }

  private func gapTable(
    _ caption: String, _ columns: [ImportanceColumns], _ features: [Int]
  ) -> DataTable {
    DataTable(
      caption: caption,
      columns: ["Feature"]
        + columns.flatMap { quantity -> [String] in
          let name = "\(metricName(quantity.metric)), \(sidesText(quantity))"
          return [
            "\(name): change towards zero", "gap as it is", "gap, shuffled", "|gap|, shuffled", "p (Holm)",
            "p (BH)",
          ]
        },
      rows: features.map { feature in
        (
          name(feature),
          columns.flatMap { quantity -> [DataTable.Cell] in
            [
              .number(text(quantity, feature), quantity.importance[safe: feature].known),
              signed(quantity.base), signed(quantity.permuted[safe: feature]),
              number(quantity.permutedSize[safe: feature]), pValue(quantity.holm[safe: feature]),
              pValue(quantity.benjaminiHochberg[safe: feature]),
            ]
          }
        )
      })
  }

  func signed(_ value: Double?) -> DataTable.Cell {
    .number(value.known.map { Wording.value($0, signed: true) } ?? "—", value.known)
  }
}
