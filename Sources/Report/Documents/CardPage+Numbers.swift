import Charts
import Results
import Templating

extension CardPage {
  static let drawnChecks = 60
  /// Groups in a table and tables in a card.
  private static let drawnGroups = 40
  private static let drawnFamilies = 20

  /// The metrics of the tables.
  var measured: [MetricEntry] {
    let ids =
      builder.profile?.lead
      ?? (builder.hasLabel
        ? ["selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy", "roc_auc"]
        : ["selection_rate", "mean_score"])
    return ids.compactMap(builder.entry)
  }

  /// Estimates of some groups.
  func table(slices: [Int], caption: String = "All rows", left: Int = 0) -> TemplateValue {
    [
      "caption": escape.foreign(caption),
      "columns": .list(measured.map { ["name": escape.own(PageBuilder.shortName($0))] }),
      "rows": .list(
        slices.map { slice in
          [
            "name": escape.foreign(slice == 0 ? "All rows" : builder.label(slice)),
            "n": escape.own(Wording.count(builder.rows(slice))),
            "cells": .list(measured.map { ["text": cell($0, slice)] }),
          ]
        }),
      "left": left > 0
        ? escape.own("\(Wording.plural(left, "more group is", "more groups are")) in slices.csv.") : .null,
    ]
  }

  private func cell(_ entry: MetricEntry, _ slice: Int) -> TemplateValue {
    guard let estimate = evaluation.estimate(entry.id, slice: slice) else { return escape.own("—") }
    let text = Wording.text(estimate, kind: entry.kind)
    // A reason may come from the data.
    return estimate.value == nil ? escape.foreign(text) : escape.own(text)
  }

  /// A table for each attribute, crosses last.
  func groups() -> [TemplateValue] {
    let order =
      builder.chapters.filter { evaluation.families[$0].features.count == 1 }
      + builder.chapters.filter { evaluation.families[$0].features.count > 1 }
    return order.prefix(Self.drawnFamilies).map { family in
      let all = evaluation.families[family].slices
      let slices = Array(builder.drawnSlices(family).prefix(Self.drawnGroups))
      return table(
        slices: slices, caption: "By " + builder.familyName(family), left: all.count - slices.count)
    }
  }

  /// The chief gaps of every attribute between the groups that are farthest apart.
  func gaps() -> [TemplateValue] {
    builder.chapters.prefix(Self.drawnFamilies).flatMap { family -> [TemplateValue] in
      let all = builder.gaps(family, .betweenGroups, .difference)
      return builder.chiefIDs.compactMap { id in all.first { $0.metric == id } }.map { gap in
        [
          "attribute": escape.foreign(builder.familyName(family)),
          "name": escape.own(builder.gapName(gap.metric)),
          "high": gap.group.map { escape.foreign(builder.label($0)) } ?? escape.own("—"),
          "low": gap.reference.map { escape.foreign(builder.label($0)) } ?? escape.own("—"),
          "difference": gap.estimate.value == nil
            ? escape.foreign(Wording.text(gap.estimate))
            : escape.own(
              Wording.text(gap.estimate, kind: builder.profile == nil ? .rate : builder.scale(gap))),
          "isSure": .bool(Wording.excludes(0, gap.estimate)),
        ]
      }
    }
  }
}
