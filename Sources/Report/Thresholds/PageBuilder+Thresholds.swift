import Metrics
import Results
import Templating

extension PageBuilder {
  /// Groups of an attribute that the table shows; the table of slices and slices.csv have all.
  private static let cutGroups = 12

  /// Metrics at several cuts of the scores, group by group; null where none were asked for.
  func thresholds(_ family: Int) -> TemplateValue {
    let spec = evaluation.families[family]
    let metrics = cutMetrics
    guard spec.features.count == 1, !metrics.isEmpty else { return .null }
    let cuts = Set(metrics.flatMap(\.columns.keys)).sorted()
    let groups = cutSlices(family)
    let against = comparisonAtCuts(family)
    let left = spec.count - groups.count
    return [
      "id": .text("thresholds-" + slugs[family]),
      "cuts": .list(cuts.map { .text(NumberText.text($0)) }),
      "width": .integer(cuts.count + 1),
      "against": against.map { .text(words($0, spec)) } ?? .null,
      "left": left > 0 ? .text(Wording.plural(left, "smaller group", "smaller groups")) : .null,
      "metrics": .list(
        metrics.map { metric in
          [
            "name": .text(metric.name),
            "also": .optional(metric.complement.map { "1 − it: \($0)" }),
            "rows": .list(groups.map { cutRow($0, metric, cuts, family, against) }),
          ]
        }),
    ]
  }

  /// Whether a gap is one of a metric at a cut, which the chapter tells of in a table of its own.
  func isAtCut(_ metric: String) -> Bool { CutName(metric) != nil && entry(metric)?.k == nil && hasOutcomes }

  // MARK: Metrics

  /// A metric with its columns, by the cut.
  private struct CutMetric {
    let base: String
    let name: String
    var complement: String?
    var columns: [Double: Int]
  }

  private struct CutName {
    let base: String
    let cut: Double

    private static let bases = Set(BinaryRowMetrics.thresholdNames(hasLabel: true))

    init?(_ id: String) {
      guard let mark = id.lastIndex(of: "@"), let cut = Double(id[id.index(after: mark)...]),
        Self.bases.contains(String(id[..<mark]))
      else { return nil }
      (base, self.cut) = (String(id[..<mark]), cut)
    }
  }

  /// What is left of a rate says the same: one of the two has a row, the first that is stored.
  private static let cutComplements = [
    "true_positive_rate": "false_negative_rate", "false_positive_rate": "true_negative_rate",
    "precision": "false_discovery_rate", "negative_predictive_value": "false_omission_rate",
    "selection_rate": "predicted_negative_rate",
  ]

  private var cutMetrics: [CutMetric] {
    guard hasOutcomes else { return [] }
    var found: [CutMetric] = []
    for (place, entry) in evaluation.metrics.enumerated() where entry.kind != .count {
      guard let name = CutName(entry.id) else { continue }
      let partner =
        Self.cutComplements[name.base] ?? Self.cutComplements.first { $0.value == name.base }?.key
      let title = Self.withoutCut(PageBuilder.shortName(entry))
      if let known = found.firstIndex(where: { $0.base == name.base }) {
        found[known].columns[name.cut] = place
      } else if let other = found.firstIndex(where: { $0.base == partner }) {
        found[other].complement = title.prefix(1).lowercased() + title.dropFirst()
      } else {
        found.append(CutMetric(base: name.base, name: title, complement: nil, columns: [name.cut: place]))
      }
    }
    return found
  }

  /// `Precision` of `Precision at 0.3`.
  private static func withoutCut(_ name: String) -> String {
    name.firstRange(of: " at ").map { String(name[..<$0.lowerBound]) } ?? name
  }

  // MARK: Rows

  /// The largest groups, in the order of the family.
  private func cutSlices(_ family: Int) -> [Int] {
    let slices = Array(evaluation.families[family].slices)
    guard slices.count > Self.cutGroups else { return slices }
    let largest = slices.sorted { (rows($0), $1) > (rows($1), $0) }.prefix(Self.cutGroups)
    return slices.filter(Set(largest).contains)
  }

  /// What groups are compared with at the cuts: the first of these that was asked for.
  private func comparisonAtCuts(_ family: Int) -> Gap.Comparison? {
    let order: [Gap.Comparison] = [.toReference, .toLargest, .toBest, .toOverall, .toComplement]
    return order.first { comparison in
      gaps(family, comparison, .difference).contains { isAtCut($0.metric) }
    }
  }

  private func words(_ comparison: Gap.Comparison, _ family: SliceFamily) -> String {
    switch comparison {
    case .toReference: family.reference.map(label) ?? "the reference"
    case .toLargest: "the largest group"
    case .toBest: "the best group"
    case .toComplement: "the rows outside the group"
    case .toOverall, .betweenGroups: "all rows"
    }
  }

  private func cutRow(
    _ slice: Int, _ metric: CutMetric, _ cuts: [Double], _ family: Int, _ against: Gap.Comparison?
  ) -> TemplateValue {
    let gaps = against.map { self.gaps(family, $0, .difference).filter { $0.group == slice } } ?? []
    return [
      "label": .text(label(slice)),
      "href": .text("#" + anchor(slice)),
      "isReference": .bool(slice == evaluation.families[family].reference),
      "cells": .list(
        cuts.map { cut in
          guard let place = metric.columns[cut] else { return Self.cutCell(nil, nil) }
          let id = evaluation.metrics[place].id
          return Self.cutCell(evaluation.estimates[place][slice], gaps.first { $0.metric == id })
        }),
    ]
  }

  /// The value and its difference; their intervals and the number of rows in the tip.
  private static func cutCell(_ estimate: Estimate?, _ gap: Gap?) -> TemplateValue {
    guard let estimate else {
      return ["shown": "—", "tip": "not computed", "gap": nil, "isSure": false, "isSmall": false]
    }
    let shown = estimate.value.map { Wording.value($0) }
    let difference = gap?.estimate.value.map { Wording.value($0, signed: true) }
    var tips = [Wording.interval(estimate) ?? Wording.reason(estimate)].compactMap { $0 }
    if shown != nil { tips.append("n \(Wording.count(estimate.denominator))") }
    if let gap, let difference {
      tips.append(
        "difference \(difference)" + (Wording.interval(gap.estimate, signed: true).map { " " + $0 } ?? ""))
    }
    return [
      "shown": .text(shown ?? "—"), "tip": .text(tips.joined(separator: "; ")),
      "gap": .optional(difference),
      "isSure": .bool(gap.map { Wording.excludes(0, $0.estimate) } ?? false),
      "isSmall": .bool(shown != nil && Wording.isSmall(estimate)),
    ]
  }
}
