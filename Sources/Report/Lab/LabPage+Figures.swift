import Charts
import Fairness
import Metrics
import Results
import Templating

extension LabPage {
  /// Rates of a sweep, each above the gap that follows from it.
  private static let columns: [(metric: BinaryMetric, gap: String)] = [
    (.selectionRate, "demographic_parity"), (.truePositiveRate, "equal_opportunity"),
    (.falsePositiveRate, "equalized_odds"),
  ]

  func figures(_ family: Int) -> [Figure] {
    [sweepFigure(family), tradeFigure(family)].compactMap { $0 }
  }

  // MARK: Every threshold

  /// A gap at every stored threshold, the same for all groups.
  func sweep(_ gaps: ThresholdGaps, _ kind: Gap.Kind) -> [Double] {
    curves.thresholds.indices.map { place in
      gaps.value(kind, gaps.groups.map { $0.selected(at: place) }) ?? .nan
    }
  }

  private func sweepFigure(_ family: Int) -> Figure? {
    let groups = drawn(family)
    let columns = LabPage.columns.compactMap { metric, gap -> ThresholdSweep.Column? in
      guard let definition = GapDefinition(named: gap) else { return nil }
      let gaps = ThresholdGaps(definition, groups, level: evaluation.level)
      return ThresholdSweep.Column(
        name(metric), rates: groups.map { rates(metric, $0) },
        gapName: "\(definition.name) gap", gap: sweep(gaps, .difference), limit: limit(family, gap))
    }
    guard !groups.isEmpty, columns.contains(where: { $0.gap.contains { !$0.isNaN } }) else { return nil }
    let heading = "Every threshold by \(builder.familyName(family))"
    let caption = sweepCaption(columns)
    return Figure(
      id: "fig-sweep-\(builder.slugs[family])", fileName: "sweep-\(builder.slugs[family])",
      heading: heading, caption: caption,
      chart: ThresholdSweep(
        title: heading, summary: caption, thresholds: curves.thresholds,
        groups: groups.map { builder.label($0.slice) }, columns: columns,
        current: lab.operating.map { curves.thresholds[$0] }, xLabel: "Threshold, the same for all"),
      table: sweepTable(heading, columns), isDense: true)
  }

  /// The groups in their order; where they are more than colours, the largest first.
  private func drawn(_ family: Int) -> [ThresholdGroup] {
    let all = groups(family).filter { !isWithheld($0.slice) }
    guard all.count > Ink.seriesCount else { return all }
    return all.enumerated().sorted {
      let (a, b) = ($0.element.positives + $0.element.negatives, $1.element.positives + $1.element.negatives)
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
  }

  private func name(_ metric: BinaryMetric) -> String { PageBuilder.shortName(metric.entry) }

  private func rates(_ metric: BinaryMetric, _ group: ThresholdGroup) -> [Double] {
    curves.thresholds.indices.map { group.value(metric, group.selected(at: $0)) ?? .nan }
  }

  /// Where each gap is smallest while at least one person in ten is selected and one is not.
  private func sweepCaption(_ columns: [ThresholdSweep.Column]) -> String {
    let whole = ThresholdGroup(0, curves, evaluation.slices)
    let share = rates(.selectionRate, whole)
    let parts = columns.compactMap { column -> String? in
      let sensible = column.gap.indices.filter {
        !column.gap[$0].isNaN && share[$0] >= 0.1 && share[$0] <= 0.9
      }
      guard let low = sensible.min(by: { column.gap[$0] < column.gap[$1] }),
        let high = sensible.max(by: { column.gap[$0] < column.gap[$1] })
      else { return nil }
      return
        "\(column.gapName) from \(Wording.value(column.gap[low])) at \(threshold(low)) to "
        + "\(Wording.value(column.gap[high])) at \(threshold(high))"
    }
    guard !parts.isEmpty else { return "No threshold selects between a tenth and nine tenths of all rows." }
    return
      "Where between a tenth and nine tenths of all rows are selected: \(parts.joined(separator: "; ")). "
      + "Where nobody or everybody is selected, gaps vanish and say nothing."
  }

  private func sweepTable(_ caption: String, _ columns: [ThresholdSweep.Column]) -> DataTable {
    let count = curves.thresholds.count
    let step = max(1, (count - 1) / 10)
    let places = Set(Array(stride(from: 0, to: count, by: step)) + [lab.operating ?? 0]).sorted()
    return DataTable(
      caption: caption,
      columns: ["Threshold"] + columns.flatMap { ["\($0.name), lowest to highest", $0.gapName] },
      rows: places.map { place in
        let cells = columns.flatMap { column -> [DataTable.Cell] in
          let known = column.rates.map { $0[place] }.filter { !$0.isNaN }
          let range =
            known.isEmpty
            ? "—" : "\(Wording.value(known.min() ?? 0))–\(Wording.value(known.max() ?? 0))"
          let gap = column.gap[place]
          return [.text(range), gap.isNaN ? .text("—") : .number(Wording.value(gap), gap)]
        }
        return (threshold(place) + (place == lab.operating ? ", in force" : ""), cells)
      })
  }

  // MARK: The price of a gap

  private func tradeFigure(_ family: Int) -> Figure? {
    guard let trade = leading(family) else { return nil }
    let panels = ["accuracy", "balanced_accuracy"].compactMap { panel(trade, $0) }
    guard !panels.isEmpty else { return nil }
    let gap = "\(gapName(trade)) gap"
    let heading = "Accuracy against the \(PageBuilder.lowered(gap)) by \(builder.familyName(family))"
    let caption =
      (finding(family) ?? "No group can be compared.")
      + " Each line is the best that is reached within a gap; crosses are \(Wording.level(evaluation.level)) intervals"
      + " of single points."
    return Figure(
      id: "fig-trade-\(builder.slugs[family])", fileName: "trade-\(builder.slugs[family])",
      heading: heading, caption: caption,
      chart: ParetoPlot(
        title: heading, summary: caption, gapLabel: gap, panels: panels, limit: limit(family, trade.gap),
        currentLegend: lab.operating.map { "as decided, threshold \(threshold($0))" } ?? "as decided",
        baselineLegend: evaluation.paired.map { "baseline (\(VisibleText.of($0.name)))" } ?? "baseline"),
      table: tradeTable(heading, trade), isDense: true)
  }

  private func panel(_ trade: DecisionLab.Trade, _ quality: String) -> ParetoPlot.Panel? {
    let all = trade.series.filter { $0.quality == quality }
    guard !all.isEmpty else { return nil }
    func first(_ kind: DecisionLab.Series.Kind) -> ParetoPlot.Place? {
      all.first { $0.kind == kind }.flatMap { places($0, trade).first }
    }
    return ParetoPlot.Panel(
      quality == "accuracy" ? "Accuracy" : "Balanced accuracy",
      frontiers: all.filter { $0.kind == .single || $0.kind == .byGroup }.map {
        ParetoPlot.Frontier(label($0), points: places($0, trade))
      }, current: first(.current), baseline: first(.baseline))
  }

  private func label(_ series: DecisionLab.Series) -> String {
    switch series.kind {
    case .current: "as decided"
    case .baseline: "baseline"
    case .single: "one threshold for all"
    case .byGroup: series.isExact ? "a threshold a group" : "a threshold a group (search cut short)"
    }
  }

  private func places(_ series: DecisionLab.Series, _ trade: DecisionLab.Trade) -> [ParetoPlot.Place] {
    (0..<series.count).filter { !series.gap[$0].isNaN && !series.value[$0].isNaN }.map { point in
      ParetoPlot.Place(
        gap: reading(series.gap[point], series.gapLower[point], series.gapUpper[point]),
        quality: reading(series.value[point], series.lower[point], series.upper[point]),
        note: note(series, point, trade))
    }
  }

  /// `0.35`, or `Female 0.35, Male 0.4` while that is short.
  private func note(_ series: DecisionLab.Series, _ point: Int, _ trade: DecisionLab.Trade) -> String {
    let cuts = series.thresholds(of: point).map(threshold)
    guard series.kind == .byGroup else { return cuts.joined() }
    let named = zip(trade.slices, cuts).map { "\(builder.label($0)) \($1)" }
    return named.count <= 4 ? named.joined(separator: ", ") : ""
  }

  private func tradeTable(_ caption: String, _ trade: DecisionLab.Trade) -> DataTable {
    var rows: [(name: String, cells: [DataTable.Cell])] = []
    for series in trade.series {
      let quality = series.quality == "accuracy" ? "Accuracy" : "Balanced accuracy"
      for (point, place) in places(series, trade).enumerated() {
        rows.append(
          (
            label(series),
            [
              .text(note(series, point, trade)), .text(quality),
              .number(
                NumberText.interval(series.value[point], place.quality.lower, place.quality.upper),
                series.value[point]),
              .number(
                NumberText.interval(series.gap[point], place.gap.lower, place.gap.upper), series.gap[point]),
            ]
          ))
      }
    }
    return DataTable(
      caption: caption, columns: ["Decisions", "Thresholds", "Measure", "Value", "Gap"], rows: rows)
  }
}
