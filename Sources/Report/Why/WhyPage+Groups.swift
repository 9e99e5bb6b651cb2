import Charts
import Results
import Templating

extension WhyPage {
  /// Importance within each group, one chart a metric, the leading metric first.
  func groupFigures() -> [Figure] {
    let own = explanation.importances.filter { !$0.isGap && $0.slice != 0 }
    var metrics: [String] = leading.map { [$0.metric] } ?? []
    for columns in own where !metrics.contains(columns.metric) { metrics.append(columns.metric) }
    return metrics.compactMap { metric in
      groupFigure(metric, own.filter { $0.metric == metric })
    }.prefix(WhyPage.groupMetrics).map { $0 }
  }

  private func groupFigure(_ metric: String, _ all: [ImportanceColumns]) -> Figure? {
    guard !all.isEmpty else { return nil }
    let groups = WhyPage.largest(all, WhyPage.drawnGroups, rows: \.rows)
    let whole = overall.first { $0.metric == metric }
    let ranked = ranked(by: whole ?? groups.first)
    let drawn = Array(ranked.prefix(WhyPage.drawnFeatures))
    guard !drawn.isEmpty else { return nil }
    let heading = "\(metricName(metric)): what is lost when each feature is shuffled, group by group"
    let caption = groupCaption(groups, drawn, hidden: all.count - groups.count)
    let chart = ImportancePlot(
      title: heading, summary: caption,
      panels: groups.map { columns in
        ImportancePlot.Panel(label(columns.slice), note: "n = \(Wording.count(columns.rows))")
      },
      rows: drawn.map { feature in
        let reference = whole.flatMap { $0.importance[safe: feature].known }
        return ImportancePlot.Row(
          name(feature),
          cells: groups.map { columns in
            var cell = cell(columns, feature, hasRepeats: false, reference: reference)
            cell.shuffle = nil
            return cell
          })
      }, sharesScale: true, unstableLegend: hollowLegend, referenceLegend: "over all rows",
      intervalLegend: "\(Wording.level(explanation.sampling.level)) interval for other rows of the group")
    let slug = Names.slug(metric)
    return Figure(
      id: "fig-why-groups-\(slug)", fileName: "importance-groups-\(slug)", heading: heading, caption: caption,
      chart: chart, table: groupTable(heading, groups, drawn), isDense: true)
  }

  private struct Contrast {
    let feature: Int
    let low: ImportanceColumns
    let high: ImportanceColumns
  }

  /// The feature whose importance differs most between two groups, both of which know it.
  private func widestContrast(_ groups: [ImportanceColumns], _ drawn: [Int]) -> Contrast? {
    var best: (contrast: Contrast, spread: Double)?
    for feature in drawn {
      func value(_ columns: ImportanceColumns) -> Double { columns.importance[safe: feature].known ?? 0 }
      let known = groups.filter {
        $0.rows >= Wording.smallCount && $0.importance[safe: feature].known?.isFinite == true
      }
      guard let low = known.min(by: { value($0) < value($1) }),
        let high = known.max(by: { value($0) < value($1) })
      else { continue }
      let spread = value(high) - value(low)
      if spread > (best?.spread ?? 0) {
        best = (Contrast(feature: feature, low: low, high: high), spread)
      }
    }
    return best?.contrast
  }

  private func groupCaption(_ groups: [ImportanceColumns], _ drawn: [Int], hidden: Int) -> String {
    var text = "No group has a value."
    if let best = widestContrast(groups, drawn) {
      text =
        "Farthest apart: \(name(best.feature)), \(self.text(best.high, best.feature)) in \(label(best.high.slice)) and "
        + "\(self.text(best.low, best.feature)) in \(label(best.low.slice))."
    } else if groups.contains(where: { $0.importance.contains { !$0.isNaN } }) {
      text =
        "No feature is more important in one group of \(Wording.smallCount) rows or more than in another."
    }
    let isOwn = groups.allSatisfy { $0.donors == .sameSlice }
    text += isOwn ? " A group's moved values come from its own rows." : " Moved values come from all rows."
    let others = Set(explanation.importances.filter { !$0.isGap && $0.slice != 0 }.map(\.metric)).count - 1
    if others > 0 {
      text += " \(Wording.plural(others, "more metric is", "more metrics are")) in importances.csv."
    }
    if hidden > 0 {
      text +=
        " The \(groups.count) largest groups are drawn; \(Wording.plural(hidden, "more is", "more are")) in importances.csv."
    }
    return text + sidedNote(groups, drawn)
  }

  private func groupTable(_ caption: String, _ groups: [ImportanceColumns], _ features: [Int]) -> DataTable {
    DataTable(
      caption: caption,
      columns: ["Feature"] + groups.flatMap { [label($0.slice), "p (Holm)"] },
      rows: features.map { feature in
        (
          name(feature),
          groups.flatMap { columns -> [DataTable.Cell] in
            [
              .number(text(columns, feature), columns.importance[safe: feature].known),
              pValue(columns.holm[safe: feature]),
            ]
          }
        )
      })
  }
}
