import Charts
import Glibc
import Results

/// How high the groups of a ranking are placed.
extension PageBuilder {
  func exposureFigure(_ family: Int, _ shown: [Int], _ cut: String) -> Figure? {
    guard let details = evaluation.details, details.exposureShare.count == evaluation.slices.count,
      details.relevanceShare.count == evaluation.slices.count, !shown.isEmpty
    else { return nil }
    let series = ["exposure", "relevance", "rows"]
    func shares(_ slice: Int) -> [Double] {
      [
        details.exposureShare[slice], details.relevanceShare[slice],
        details.rowShare.indices.contains(slice) ? details.rowShare[slice] : .nan,
      ]
    }
    let heading = "Exposure against relevance by \(familyName(family))"
    let caption =
      exposureFinding(shown, shares)
      + " Exposure of a row is 1 / log₂(1 + rank); in proportion to relevance, the marks of a group lie on each other."
      + cut
    return Figure(
      id: "fig-exposure-\(slugs[family])", fileName: "exposure-\(slugs[family])", heading: heading,
      caption: caption,
      chart: ShareStrip(
        title: heading, summary: caption, series: series.map { "share of \($0)" },
        rows: shown.map { ShareStrip.Row(label($0), note: shownRows($0), shares: shares($0)) }),
      table: DataTable(
        caption: heading,
        columns: ["Group", "n"] + series.map { "Share of \($0)" } + ["Exposure over relevance"],
        rows: shown.map { slice in
          let values = shares(slice)
          let ratio = values[0] / values[1]
          return (
            label(slice),
            [rowsCell(slice)]
              + values.map { $0.isFinite ? .number(Charts.NumberText.value($0, .percent), $0) : .text("—") }
              + [ratio.isFinite ? .number(Wording.value(ratio), ratio) : .text("—")]
          )
        }))
  }

  /// The group whose exposure is farthest from its relevance, as a ratio.
  private func exposureFinding(_ shown: [Int], _ shares: (Int) -> [Double]) -> String {
    let known = shown.filter { rows($0) >= Wording.smallCount }.compactMap { slice -> (Int, [Double])? in
      let values = shares(slice)
      return values[0] > 0 && values[1] > 0 && values[0].isFinite && values[1].isFinite
        ? (slice, values) : nil
    }
    guard let far = known.max(by: { abs(log($0.1[0] / $0.1[1])) < abs(log($1.1[0] / $1.1[1])) }) else {
      return "No group with \(Wording.smallCount) rows has exposure and relevance."
    }
    let ratio = far.1[0] / far.1[1]
    return
      "Farthest from proportion: \(label(far.0)), with \(Charts.NumberText.value(far.1[0], .percent)) of the exposure for "
      + "\(Charts.NumberText.value(far.1[1], .percent)) of the relevance (\(Wording.value(ratio)) times)."
  }

  /// Skew among the first k, one panel a cut-off.
  func skewFigure(_ family: Int, _ shown: [Int], _ cut: String) -> Figure? {
    let entries = Array(
      evaluation.metrics.filter { $0.id.hasPrefix("skew@") }.sorted { ($0.k ?? 0) < ($1.k ?? 0) }.suffix(3))
    guard !entries.isEmpty, !shown.isEmpty else { return nil }
    let panels = entries.map { entry in
      DotPlot.Panel(entry.name, axis: AxisSpec(), reference: ReferenceLine(0, "proportional"))
    }
    let rows = shown.map { slice in
      DotPlot.Row(
        label(slice), note: shownRows(slice),
        readings: entries.map { Wording.reading(evaluation.estimate($0.id, slice: slice)) })
    }
    let heading = "Skew of the first places by \(familyName(family))"
    let caption =
      entries.map { skewFinding($0, shown) }.joined(separator: " ")
      + " Skew is the logarithm of a group's rows among the first k over those expected from its share; below 0 it has too few."
      + cut
    return Figure(
      id: "fig-skew-\(slugs[family])", fileName: "skew-\(slugs[family])", heading: heading, caption: caption,
      chart: DotPlot(
        title: heading, summary: caption, panels: panels, rows: rows,
        unstableLegend: "hollow: fewer than \(Wording.smallCount) in the denominator"),
      table: groupTable(heading, entries, shown))
  }

  private func skewFinding(_ entry: MetricEntry, _ shown: [Int]) -> String {
    let sure = shown.filter { slice in
      evaluation.estimate(entry.id, slice: slice).map { Wording.excludes(0, $0) } ?? false
    }
    let names = sure.prefix(3).map(label).joined(separator: ", ")
    return sure.isEmpty
      ? "\(entry.name): no interval excludes 0."
      : "\(entry.name): \(sure.count) of \(shown.count) intervals exclude\(sure.count == 1 ? "s" : "") 0 (\(names)\(sure.count > 3 ? ", …" : ""))."
  }
}
