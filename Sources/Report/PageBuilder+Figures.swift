import Charts
import Results
import Templating

extension PageBuilder {
  /// Dot plots and forests of a family; ratios only where all groups are drawn.
  func mainFigures(_ family: Int, _ drawn: [Int]) -> [Figure] {
    let groups =
      profile?.dots
      ?? (hasLabel
        ? [
          ["selection_rate", "true_positive_rate", "false_positive_rate"],
          ["precision", "accuracy", "roc_auc"],
        ] : [["selection_rate", "mean_score"]])
    var figures = zip(groups, ["dot", "dot-quality"]).compactMap { ids, kind in
      dotFigure(family, drawn, metrics: ids.filter { evaluation.metricIndex($0) != nil }, kind: kind)
    }
    let isCut = drawn.count < evaluation.families[family].count
    if isCut { return Array(figures.prefix(1)) }
    // Ratios of single attributes; those of crosses are in gaps.csv.
    let isSingle = evaluation.families[family].features.count == 1
    figures += (!isSingle ? [Gap.Kind.difference] : [.difference, .ratio])
      .compactMap { forestFigure(family, drawn, kind: $0) }
    return figures
  }

  private func dotFigure(_ family: Int, _ drawn: [Int], metrics: [String], kind: String) -> Figure? {
    let entries = metrics.compactMap(entry)
    guard !entries.isEmpty else { return nil }
    let panels = entries.map { entry in
      let overall = evaluation.estimate(entry.id, slice: 0)?.value
      return DotPlot.Panel(
        PageBuilder.shortName(entry), axis: PageBuilder.axis(entry),
        reference: overall.map { ReferenceLine($0, "overall") })
    }
    let rows = drawn.map { slice in
      DotPlot.Row(
        label(slice), note: self.shownRows(slice),
        readings: entries.map { Wording.reading(evaluation.estimate($0.id, slice: slice)) },
        isReference: slice == evaluation.families[family].reference)
    }
    let names = entries.map { PageBuilder.lowered(PageBuilder.shortName($0)) }
    let heading = "\(PageBuilder.sentence(PageBuilder.listed(names))) by \(familyName(family))"
    let caption = dotCaption(entries, drawn)
    return Figure(
      id: "fig-\(kind)-\(slugs[family])", fileName: "\(kind)-\(slugs[family])", heading: heading,
      caption: caption,
      chart: DotPlot(
        title: heading, summary: caption, panels: panels, rows: rows,
        unstableLegend: "hollow: fewer than \(Wording.smallCount) in the denominator"),
      table: estimateTable(heading, entries, drawn), isDense: isCrowded(family, drawn, entries.count))
  }

  /// Whether a chart's tooltips would weigh more than the chart, which its table does without.
  func isCrowded(_ family: Int, _ drawn: [Int], _ panels: Int) -> Bool {
    drawn.count < evaluation.families[family].count || drawn.count * panels > 24
  }

  static func axis(_ entry: MetricEntry) -> AxisSpec {
    switch entry.kind {
    case .rate, .index: .rate
    case .correlation: AxisSpec(limits: -1...1)
    case .loss: AxisSpec(limits: 0...Double.greatestFiniteMagnitude)
    case .count, .mean: AxisSpec()
    }
  }

  /// Lowest and highest group of each metric.
  private func dotCaption(_ entries: [MetricEntry], _ drawn: [Int]) -> String {
    let parts = entries.compactMap { entry -> String? in
      let known = drawn.compactMap { slice in
        evaluation.estimate(entry.id, slice: slice)?.value.map { (slice: slice, value: $0) }
      }.filter { $0.value.isFinite }
      guard let low = known.min(by: { $0.value < $1.value }),
        let high = known.max(by: { $0.value < $1.value })
      else { return nil }
      if low.value == high.value {
        return "\(PageBuilder.shortName(entry)) is \(Wording.value(low.value)) in every group that has one."
      }
      return
        "\(PageBuilder.shortName(entry)) runs from \(Wording.value(low.value)) in \(label(low.slice)) to "
        + "\(Wording.value(high.value)) in \(label(high.slice))."
    }
    return parts.isEmpty ? "No group has a value." : parts.joined(separator: " ")
  }

  private func estimateTable(_ caption: String, _ entries: [MetricEntry], _ drawn: [Int]) -> DataTable {
    DataTable(
      caption: caption,
      columns: ["Group", "n"] + entries.flatMap { [PageBuilder.shortName($0), $0.denominator] },
      rows: drawn.map { slice in
        let cells = entries.flatMap { entry -> [DataTable.Cell] in
          guard let estimate = evaluation.estimate(entry.id, slice: slice) else {
            return [.text("—"), .text("")]
          }
          return [
            .number(Wording.text(estimate, kind: entry.kind), estimate.value),
            .number(Wording.count(estimate.denominator), Double(estimate.denominator)),
          ]
        }
        return (label(slice), [rowsCell(slice)] + cells)
      })
  }

  // MARK: Forests

  /// The comparison that a family's forests show: with the named reference if there is one, else with all rows.
  func forestComparison(_ family: Int) -> Gap.Comparison? {
    let order: [Gap.Comparison] = [.toReference, .toOverall, .toComplement, .toBest, .toLargest]
    return order.first { comparison in
      !gaps(family, comparison, .difference).isEmpty || !gaps(family, comparison, .ratio).isEmpty
    }
  }

  private static let versus: [Gap.Comparison: String] = [
    .toOverall: "all rows", .toComplement: "everyone else", .toBest: "the best group",
    .toLargest: "the largest group",
  ]

  private func referenceName(_ family: Int, _ comparison: Gap.Comparison) -> String {
    if comparison == .toReference {
      return evaluation.families[family].reference.map(label) ?? "the reference"
    }
    return PageBuilder.versus[comparison] ?? "the reference"
  }

  private func forestFigure(_ family: Int, _ drawn: [Int], kind: Gap.Kind) -> Figure? {
    guard let comparison = forestComparison(family) else { return nil }
    let all = gaps(family, comparison, kind)
    // A difference of counts says how large groups are, and no more.
    let ids = forestMetrics(all.filter { (kind == .ratio || scale($0) != .count) && !isRestated($0, all) })
    guard !ids.isEmpty else { return nil }
    let table = Dictionary(
      all.compactMap { gap in gap.group.map { (GapKey(metric: gap.metric, group: $0), gap) } },
      uniquingKeysWith: { first, _ in first })
    let against = referenceName(family, comparison)
    let isDifference = kind == .difference
    let panels = ids.map { id in
      Forest.Panel(
        panelName(id, all), isDifference ? .difference : .ratio, lessLabel: "lower", moreLabel: "higher")
    }
    let reference = comparison == .toReference ? evaluation.families[family].reference : nil
    let rows = drawn.map { slice in
      Forest.Row(
        label(slice), note: self.shownRows(slice), weight: Double(self.rows(slice)),
        readings: ids.map { id in
          slice == reference
            ? .absent("reference") : forestReading(table[GapKey(metric: id, group: slice)], slice: slice)
        }, isReference: slice == reference)
    }
    let word = isDifference ? "difference" : "ratio"
    let heading =
      "\(isDifference ? "Differences" : "Ratios") of each group of \(familyName(family)) to \(against)"
    let columns = ids.compactMap { id in drawn.compactMap { table[GapKey(metric: id, group: $0)] } }
    let one = evaluation.task == .multilabel ? "label" : "class"
    let caption =
      forestCaption(columns, kind)
      + (columns.contains { !$0.isEmpty && isMixed($0) }
        ? " Parities compare each group in the \(one) where it is farthest off." : "")
    return Figure(
      id: "fig-\(word)-\(slugs[family])",
      fileName: "forest-\(isDifference ? "" : "ratio-")\(slugs[family])", heading: heading, caption: caption,
      chart: Forest(
        title: heading, summary: caption, panels: panels, rows: rows,
        unstableLegend: "hollow: fewer than \(Wording.smallCount) in the group's denominator"),
      table: gapDataTable(heading, ids, all, drawn, table),
      isDense: isCrowded(family, drawn, ids.count))
  }

  private struct GapKey: Hashable {
    var metric: String
    var group: Int
  }

  private func forestMetrics(_ gaps: [Gap]) -> [String] {
    let present = Set(gaps.map(\.metric))
    let preferred =
      (profile?.chief ?? [
        "demographic_parity", "equal_opportunity", "false_positive_rate", "predictive_parity", "accuracy",
        "roc_auc",
      ]).filter(present.contains)
    var seen: Set<String> = []
    let others = gaps.map(\.metric).filter { seen.insert($0).inserted && !preferred.contains($0) }
    return Array((preferred + others).prefix(4))
  }

  /// Whether a task's panel would repeat another one.
  private func isRestated(_ gap: Gap, _ gaps: [Gap]) -> Bool {
    guard !hasOutcomes, let other = GapNames.restated[gap.metric] else { return false }
    return gaps.contains { $0.metric == other }
  }

  /// Whether groups are compared in different metrics: each in the class where it is farthest off.
  private func isMixed(_ gaps: [Gap]) -> Bool {
    !hasOutcomes && gaps.contains { $0.component != gaps.first?.component }
  }

  private func panelName(_ id: String, _ gaps: [Gap]) -> String {
    let own = gaps.filter { $0.metric == id }
    if isMixed(own) { return gapName(id) }
    let component = gaps.first { $0.metric == id }?.component ?? id
    return entry(component).map(PageBuilder.shortName) ?? gapName(id)
  }

  /// A gap as a reading; hollow where the group's own estimate rests on few rows.
  private func forestReading(_ gap: Gap?, slice: Int) -> Reading {
    guard let gap else { return .absent("not compared") }
    var reading = Wording.reading(gap.estimate)
    // The row names the group already.
    let prefix = evaluation.slices.predicate[slice] + ": "
    if let reason = reading.reason, reason.hasPrefix(prefix) {
      reading.reason = String(reason.dropFirst(prefix.count))
    }
    reading.isUnstable = evaluation.estimate(gap.component, slice: slice).map(Wording.isSmall) ?? false
    return reading
  }

  private func forestCaption(_ columns: [[Gap]], _ kind: Gap.Kind) -> String {
    let neutral = kind == .difference ? 0.0 : 1.0
    let parts = columns.compactMap { gaps -> String? in
      guard let first = gaps.first else { return nil }
      let name = isMixed(gaps) ? panelName(first.metric, gaps) : componentName(first)
      guard gaps.contains(where: { $0.interval != nil }) else {
        return "\(name): no intervals."
      }
      let sure = gaps.filter { Wording.excludes(neutral, $0.estimate) }.count
      if gaps.count == 1 {
        return
          "\(name): the interval \(sure == 1 ? "excludes" : "does not exclude") \(Int(neutral))."
      }
      return
        "\(name): \(sure) of \(gaps.count) intervals \(sure == 1 ? "excludes" : "exclude") "
        + "\(Int(neutral))."
    }
    return parts.joined(separator: " ")
  }

  private func gapDataTable(
    _ caption: String, _ ids: [String], _ all: [Gap], _ drawn: [Int], _ table: [GapKey: Gap]
  ) -> DataTable {
    let mixed = ids.filter { id in isMixed(all.filter { $0.metric == id }) }
    return DataTable(
      caption: caption, columns: ["Group", "n"] + ids.flatMap { [panelName($0, all), "p"] },
      rows: drawn.map { slice in
        let cells = ids.flatMap { id -> [DataTable.Cell] in
          guard let gap = table[GapKey(metric: id, group: slice)] else { return [.text("—"), .text("")] }
          let which = mixed.contains(id) ? " \(componentName(gap))" : ""
          return [
            .number(Wording.text(gap.estimate) + which, gap.estimate.value),
            .number(Wording.pValue(gap.pValue) ?? "", gap.pValue),
          ]
        }
        return (label(slice), [rowsCell(slice)] + cells)
      })
  }

  // MARK: Words

  /// `a, b and c`.
  static func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
