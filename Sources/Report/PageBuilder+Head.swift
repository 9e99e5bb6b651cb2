import Charts
import Results
import Templating

extension PageBuilder {
  /// What was evaluated, as pairs of a term and its description.
  func facts() -> TemplateValue {
    let roles = evaluation.roles
    var facts: [(String, String)] = []
    let joined = evaluation.inputs.dropFirst().contains { $0.name == roles.baseline }
    for (place, input) in evaluation.inputs.enumerated() {
      let rejected =
        input.rowsRejected == 0 ? "none rejected" : "\(Wording.count(input.rowsRejected)) rejected"
      facts.append(
        (
          joined && place > 0 && input.name == roles.baseline ? "Baseline" : "Data",
          "\(VisibleText.of(input.name)) · \(Wording.plural(input.rowsRead, "row", "rows")) read, \(rejected)"
        ))
    }
    if let profile {
      facts += taskFacts(profile)
    } else if let label = roles.label {
      facts.append(("Positive class", "\(VisibleText.of(label)) = \(VisibleText.of(roles.positive))"))
    } else {
      facts.append(("Label", "none: the truth is not known"))
    }
    if hasOutcomes { facts.append(("Decision", decisionRule())) }
    if hasOutcomes, let score = roles.score {
      facts.append(
        ("Score", VisibleText.of(score) + (roles.scoreIsProbability ? ", a probability" : ", a ranking")))
    }
    facts.append(("Weights", roles.weight.map { VisibleText.of($0) } ?? "none"))
    if let baseline = roles.baseline, !joined, evaluation.judgement?.baseline == nil {
      facts.append(("Baseline", VisibleText.of(baseline)))
    }
    facts.append(("Intervals", Wording.level(evaluation.level)))
    return .list(facts.map { ["term": .text($0.0), "text": .text($0.1)] })
  }

  func decisionRule() -> String {
    let roles = evaluation.roles
    if let decision = roles.decision {
      let selected = hasLabel ? "" : ", \(VisibleText.of(roles.positive)) is selected"
      return "column \(VisibleText.of(decision))\(selected)"
    }
    guard let threshold = roles.threshold else { return "none" }
    return "score \(roles.thresholdIsStrict ? ">" : "≥") \(threshold.description)"
  }

  private static let tiles = [
    "prevalence", "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy",
    "roc_auc", "brier_score",
  ]
  private static let tilesWithoutLabel = ["count", "predicted_positives", "selection_rate", "mean_score"]

  /// The model as a whole, in a few numbers.
  func overallFigures() -> TemplateValue {
    let ids = profile?.tiles ?? (hasLabel ? PageBuilder.tiles : PageBuilder.tilesWithoutLabel)
    let facts = MetricFacts(evaluation.task)
    return .list(
      ids.compactMap { id in
        guard let entry = entry(id), let estimate = evaluation.estimate(id, slice: 0) else { return nil }
        return [
          "name": .text(PageBuilder.shortName(entry)), "symbol": .text(entry.symbol),
          "tip": .text(facts.tip(entry)),
          "estimate": estimate.cell(entry.kind),
        ]
      })
  }

  /// The gaps that lead, with one range for each that holds every attribute's interval.
  func chiefGaps() -> [(id: String, range: ClosedRange<Double>)] {
    let differences = chapters.flatMap { gaps($0, .betweenGroups, .difference) }
    var seen: Set<String> = []
    let ids = differences.map(\.metric).filter { seen.insert($0).inserted }
    let columns = chiefIDs.filter(ids.contains)
    return (columns.isEmpty ? Array(ids.prefix(8)) : columns).map { id in
      let estimates = differences.filter { $0.metric == id }.map(\.estimate)
      let limits = estimates.flatMap { [$0.value, $0.lower, $0.upper].compactMap { $0 } }.filter(\.isFinite)
      return (id, min(0, limits.min() ?? 0)...max(1e-9, limits.max() ?? 1))
    }
  }

  /// Attributes by chief gaps: the difference between the groups that are farthest apart.
  func grid() -> TemplateValue {
    let chief = chiefGaps()
    let (shown, ranges) = (chief.map(\.id), chief.map(\.range))
    guard !shown.isEmpty else { return .null }
    return [
      "columns": .list(
        shown.map {
          ["name": .text(gapName($0)), "question": .optional(GapNames.question($0, evaluation.task))]
        }),
      "rows": .list(
        chapters.map { family in
          let gaps = self.gaps(family, .betweenGroups, .difference)
          return [
            "family": .text(familyName(family)),
            "href": .text("#" + chapterAnchor(family)),
            "groups": .text(Wording.plural(evaluation.families[family].count, "group", "groups")),
            "cells": .list(
              zip(shown, ranges).map { id, range in
                gridCell(gaps.first { $0.metric == id }, range: range, href: "#" + gapRowAnchor(family, id))
              }),
          ]
        }),
    ]
  }

  func gapAnchor(_ family: Int) -> String { "gaps-" + slugs[family] }

  private func gridCell(_ gap: Gap?, range: ClosedRange<Double>, href: String) -> TemplateValue {
    guard let gap else { return ["has": false] }
    let glyph = CellGlyph(Wording.reading(gap.estimate), range: range, reference: 0)
    let groups = gap.group.flatMap { group in gap.reference.map { "\(label(group)) − \(label($0))" } }
    return [
      "has": true, "href": .text(href), "estimate": gap.estimate.cell(scale(gap)),
      "glyph": gap.estimate.value == nil ? .null : .markup(glyph.svg),
      "groups": groups.map { .text($0) } ?? .null,
      "isSure": .bool(Wording.excludes(0, gap.estimate)),
    ]
  }
}
