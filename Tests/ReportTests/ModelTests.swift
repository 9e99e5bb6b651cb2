import Charts
import Foundation
import Report
import Results
import Templating
import Testing

/// The page model against the evaluation it is made from.
@Suite struct ModelTests {
  static let evaluation = EvaluationFixture.adult.make()
  static let model = ReportWriter.pageModel(evaluation)

  static func member(_ value: TemplateValue, _ path: String...) -> TemplateValue {
    path.reduce(value) { value, key in
      if case .object(let members) = value { return members[key] ?? .null }
      if case .list(let items) = value, let index = Int(key), items.indices.contains(index) {
        return items[index]
      }
      return .null
    }
  }

  static func items(_ value: TemplateValue) -> [TemplateValue] {
    if case .list(let items) = value { return items }
    return []
  }

  static func text(_ value: TemplateValue) -> String? {
    if case .text(let text) = value { return text }
    return nil
  }

  static func number(_ value: TemplateValue) -> Double? {
    if case .number(let number) = value { return number }
    return nil
  }

  @Test func isJSON() throws {
    let json = Self.model.json()
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect(object?["headline"] as? String != nil)
    #expect((object?["chapters"] as? [Any])?.count == 5)
    #expect(ReportWriter.pageModel(Self.evaluation).json() == json)
  }

  /// Each number in the table of a dot plot is the evaluation's, and its words say it.
  @Test func chartTablesHoldTheEvaluationsNumbers() throws {
    let metrics = [
      ["selection_rate", "true_positive_rate", "false_positive_rate"], ["precision", "accuracy", "roc_auc"],
    ]
    var checked = 0
    for (chapter, family) in zip(
      Self.items(Self.member(Self.model, "chapters")), Self.evaluation.families.dropFirst())
    {
      for (place, ids) in metrics.enumerated() {
        let rows = Self.items(Self.member(chapter, "figures", "\(place)", "table", "rows"))
        #expect(rows.count == family.count)
        for (row, slice) in zip(rows, family.slices) {
          #expect(Self.text(Self.member(row, "name")) == Self.evaluation.slices.label[slice])
          for (column, id) in ids.enumerated() {
            let estimate = try #require(Self.evaluation.estimate(id, slice: slice))
            let cell = Self.member(row, "cells", "\(1 + 2 * column)")
            #expect(Self.number(Self.member(cell, "raw")) == estimate.value)
            let words = try #require(Self.text(Self.member(cell, "text")))
            if let value = estimate.value {
              #expect(words == NumberText.interval(value, estimate.lower, estimate.upper))
            } else {
              #expect(words == "— \(estimate.reason ?? "")")
            }
            let count = Self.member(row, "cells", "\(2 + 2 * column)", "raw")
            #expect(Self.number(count) == Double(estimate.denominator))
            checked += 1
          }
        }
      }
    }
    #expect(checked == 6 * (Self.evaluation.slices.count - 1))
  }

  /// Forests: each number is the stored gap's.
  @Test func forestTablesHoldTheGaps() throws {
    let race = Self.member(Self.model, "chapters", "1", "figures")
    let family = Self.evaluation.families[2]
    let ids = ["demographic_parity", "equal_opportunity", "false_positive_rate", "predictive_parity"]
    for (place, kind) in [(2, Gap.Kind.difference), (3, .ratio)] {
      let rows = Self.items(Self.member(race, "\(place)", "table", "rows"))
      #expect(rows.count == family.count)
      for (row, slice) in zip(rows, family.slices) {
        for (column, id) in ids.enumerated() {
          let gap = Self.evaluation.gaps.first {
            $0.family == 2 && $0.metric == id && $0.kind == kind && $0.comparison == .toReference
              && $0.group == slice
          }
          #expect(Self.number(Self.member(row, "cells", "\(1 + 2 * column)", "raw")) == gap?.estimate.value)
        }
      }
    }
  }

  /// One finding a family at most, its interval excluding zero, farthest first; no restated gap.
  @Test func findingsFollowTheRule() throws {
    let findings = Self.items(Self.member(Self.model, "findings"))
    #expect(!findings.isEmpty)
    var last = (2, Double.infinity)
    for finding in findings {
      let family = try #require(Self.text(Self.member(finding, "family")))
      let index = try #require(
        Self.evaluation.families.firstIndex { $0.features.joined(separator: " × ") == family })
      let value = try #require(Self.number(Self.member(finding, "difference", "raw")))
      let ranked = Self.evaluation.gaps.filter {
        $0.family == index && $0.comparison == .betweenGroups && $0.kind == .difference
          && !["equalized_odds", "false_negative_rate"].contains($0.metric)
      }.map { gap -> (rank: (Int, Double), value: Double?) in
        let least =
          [gap.group, gap.reference].map { slice in
            slice.flatMap { Self.evaluation.estimate(gap.component, slice: $0)?.denominator } ?? 0
          }.min() ?? 0
        let lower = gap.estimate.lower ?? -1
        return ((lower <= 0 ? -1 : least >= 30 ? 1 : 0, lower), gap.estimate.value)
      }
      let best = try #require(ranked.max { $0.rank < $1.rank })
      #expect(best.value == value)
      #expect(best.rank.0 >= 0 && best.rank <= last)
      last = best.rank
    }
  }
}
