import Charts
import Results
import Templating

/// The first screen's grid: attributes by chief gaps in few pixels, each cell with what the gate made of it.
extension PageBuilder {
  /// Attributes on the first screen; the full grid has all.
  static let glanceRows = 12

  /// What a check came to on one attribute and gap.
  private struct Touch {
    var verdict: Verdict
    var check: Int
  }

  private struct CellKey: Hashable {
    var family: Int
    var metric: String
  }

  func glance(_ gate: GatePage?) -> TemplateValue {
    let chief = chiefGaps()
    guard !chief.isEmpty else { return .null }
    let touches = gate.map { self.touches($0.judgement) } ?? [:]
    let shown = glanceFamilies(chief.map(\.id), touches)
    let left = chapters.count - shown.count
    return [
      "columns": .list(chief.map { ["name": .text(gapName($0.id))] }),
      "isJudged": .bool(!touches.isEmpty),
      "left": .optional(
        left > 0 ? Wording.plural(left, "more attribute", "more attributes") : nil),
      "rows": .list(
        shown.map { family in
          let gaps = self.gaps(family, .betweenGroups, .difference)
          return [
            "family": .text(familyName(family)), "href": .text("#" + chapterAnchor(family)),
            "groups": .text(Wording.plural(evaluation.families[family].count, "group", "groups")),
            "cells": .list(
              chief.map { id, range in
                let touch = touches[CellKey(family: family, metric: id)]
                return glanceCell(
                  gaps.first { $0.metric == id }, range, "#" + gapRowAnchor(family, id),
                  touch.map { ($0.verdict, gate?.anchor($0.check) ?? "gate") })
              }),
          ]
        }),
    ]
  }

  private func glanceCell(
    _ gap: Gap?, _ range: ClosedRange<Double>, _ href: String, _ touch: (verdict: Verdict, anchor: String)?
  ) -> TemplateValue {
    let verdict = touch.map { GatePage.verdict($0.verdict) } ?? .null
    // What did not pass leads to its check; everything else to the gap and its groups.
    let target = touch.flatMap { $0.verdict == .pass ? nil : "#" + $0.anchor } ?? href
    guard let gap, let value = gap.estimate.value else {
      return [
        "has": .bool(gap != nil), "href": .text(target), "shown": "—", "title": .null, "glyph": .null,
        "isSure": false, "isSmall": false, "verdict": verdict,
      ]
    }
    let glyph = CellGlyph(Wording.reading(gap.estimate), range: range, reference: 0)
    let shown = scale(gap) == .count ? NumberText.count(value) : Wording.value(value)
    let groups = gap.group.flatMap { group in gap.reference.map { "\(label(group)) − \(label($0))" } }
    return [
      "has": true, "href": .text(target), "shown": .text(shown),
      "title": .optional(
        ([Wording.text(gap.estimate, kind: scale(gap))] + [groups].compactMap { $0 }).joined(separator: ": ")),
      "glyph": .markup(
        glyph.layout(width: 56).svg(idPrefix: "", presence: .decorative, className: "glyph")),
      "isSure": .bool(Wording.excludes(0, gap.estimate)),
      "isSmall": .bool(isThin(gap)),
      "verdict": verdict,
    ]
  }

  /// Whether a side of the gap rests on few observations.
  private func isThin(_ gap: Gap) -> Bool {
    [gap.group, gap.reference].compactMap { $0 }.contains { slice in
      evaluation.estimate(gap.component, slice: slice).map(Wording.isSmall) ?? false
    }
  }

  /// The families with the worst verdicts, then those with the most gaps that are sure, in the order of the chapters.
  private func glanceFamilies(_ ids: [String], _ touches: [CellKey: Touch]) -> [Int] {
    guard chapters.count > PageBuilder.glanceRows else { return chapters }
    func rank(_ family: Int) -> (Int, Int) {
      let worst = ids.compactMap { touches[CellKey(family: family, metric: $0)]?.verdict.rank }.min()
      let sure = gaps(family, .betweenGroups, .difference).filter {
        ids.contains($0.metric) && Wording.excludes(0, $0.estimate)
      }
      return (worst ?? Int.max, -sure.count)
    }
    let ranked = chapters.map { (family: $0, rank: rank($0)) }.sorted {
      $0.rank != $1.rank ? $0.rank < $1.rank : $0.family < $1.family
    }
    return ranked.prefix(PageBuilder.glanceRows).map(\.family).sorted()
  }

  /// For each attribute and gap the worst verdict on its groups: of checks on the gap, as a difference or a ratio, and
  /// of checks on the metric that it compares.
  private func touches(_ judgement: Judgement) -> [CellKey: Touch] {
    var result: [CellKey: Touch] = [:]
    for (index, check) in judgement.checks.enumerated() {
      for item in check.items {
        guard let slice = item.sliceIndex, evaluation.slices.family.indices.contains(slice) else { continue }
        let family = evaluation.slices.family[slice]
        for id in touched(check, family) {
          let key = CellKey(family: family, metric: id)
          if let known = result[key], known.verdict.rank <= item.verdict.rank { continue }
          result[key] = Touch(verdict: item.verdict, check: index)
        }
      }
    }
    return result
  }

  private func touched(_ check: CheckResult, _ family: Int) -> [String] {
    switch check.kind {
    case .difference, .ratio: return [check.metric]
    case .value:
      return gaps(family, .betweenGroups, .difference).filter {
        $0.component == check.metric && $0.metric != "equalized_odds"
      }.map(\.metric)
    case .change, .relativeChange: return []
    }
  }
}
