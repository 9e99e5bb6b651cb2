import Charts
import Results
import Statistics
import Templating

/// All slices in one chart: which lie farther from the whole than their size explains.
struct AcrossPage {
  private let page: PageBuilder
  private let panels: [(metric: MetricEntry, gaps: [Gap])]

  private static let shown = ["demographic_parity", "equal_opportunity", "false_positive_rate"]
  /// Rows of the data table.
  static let listed = 8
  /// With fewer slices there is nothing to look over.
  private static let least = 6

  /// Nil where slices were not compared with all rows, or are few.
  init?(_ page: PageBuilder) {
    self.page = page
    let all = page.chapters.flatMap { page.gaps($0, .toOverall, .difference) }
    panels = (page.profile?.across ?? Self.shown).compactMap { id in
      let gaps = all.filter { $0.metric == id && $0.group != nil && $0.estimate.value != nil }
      guard gaps.count >= Self.least, let entry = gaps.first.flatMap({ page.entry($0.component) }),
        entry.kind == .rate || !page.hasOutcomes && entry.kind != .count
      else { return nil }
      return (
        entry,
        gaps.sorted {
          Self.rank($0) != Self.rank($1) ? Self.rank($0) > Self.rank($1) : $0.group ?? 0 < $1.group ?? 0
        }
      )
    }
    if panels.isEmpty { return nil }
  }

  /// By what the interval vouches for, then by size.
  private static func rank(_ gap: Gap) -> (Double, Double) {
    (Wording.assured(gap.estimate), abs(gap.estimate.value ?? 0))
  }

  func model() -> TemplateValue { ["figure": figure().model()] }

  func figure() -> Figure {
    let heading = "Distance of every slice from all rows"
    return Figure(
      id: "fig-across", fileName: "slices", heading: heading, caption: caption,
      chart: SliceScatter(
        title: heading, summary: caption, panels: panels.compactMap(panel),
        critical: Normal.criticalValue(level: page.evaluation.level),
        level: Wording.level(page.evaluation.level)),
      table: table(heading), width: Figure.whole)
  }

  private func panel(_ panel: (metric: MetricEntry, gaps: [Gap])) -> SliceScatter.Panel? {
    let (metric, gaps) = panel
    guard let whole = page.evaluation.estimate(metric.id, slice: 0), let rate = whole.value else {
      return nil
    }
    let effective = page.evaluation.roles.weight == nil ? "" : "effective "
    return SliceScatter.Panel(
      PageBuilder.shortName(metric), rate: rate, whole: whole.effectiveCount,
      variance: metric.kind == .rate ? nil : whole.standardError.map { $0 * $0 * whole.effectiveCount } ?? 0,
      counts: effective + metric.denominator,
      dots: gaps.compactMap { gap in
        guard let slice = gap.group, let value = gap.estimate.value,
          let own = page.evaluation.estimate(metric.id, slice: slice)
        else { return nil }
        return SliceScatter.Dot(
          page.label(slice), size: own.effectiveCount, gap: value,
          degree: page.evaluation.families[gap.family].features.count,
          isSure: Wording.excludes(0, gap.estimate))
      })
  }

  private var caption: String {
    let parts = panels.map { metric, gaps -> String in
      let sure = gaps.filter { Wording.excludes(0, $0.estimate) }.count
      let first = gaps.first.flatMap { gap in
        Wording.excludes(0, gap.estimate) ? gap.group.map { (page.label($0), gap.estimate.value ?? 0) } : nil
      }
      let name = PageBuilder.shortName(metric)
      return "\(name): \(Wording.count(sure)) of \(Wording.count(gaps.count)) slices differ from all rows"
        + (first.map { ", most surely \($0.0) (\(Wording.value($0.1, signed: true)))." } ?? ".")
    }
    return parts.joined(separator: " ")
      + " Of many equal slices, about \(Wording.level(1 - page.evaluation.level)) would lie outside the band by chance."
  }

  private func table(_ caption: String) -> DataTable {
    var rows: [(name: String, cells: [DataTable.Cell])] = []
    for (metric, gaps) in panels {
      for gap in gaps.prefix(Self.listed) {
        guard let slice = gap.group, let own = page.evaluation.estimate(metric.id, slice: slice) else {
          continue
        }
        rows.append(
          (
            page.label(slice),
            [
              .text(PageBuilder.shortName(metric)),
              .number(NumberText.count(own.effectiveCount.rounded()), own.effectiveCount),
              .number(Wording.text(gap.estimate, signed: true), gap.estimate.value),
            ]
          ))
      }
    }
    return DataTable(
      caption: "\(caption): the \(Self.listed) surest of each metric; the table of slices has all",
      columns: [
        "Slice", "Metric", page.evaluation.roles.weight == nil ? "Rests on" : "Effective rows", "Difference",
      ],
      rows: rows)
  }
}
