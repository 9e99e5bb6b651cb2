import Charts
import Foundation
@testable import Report
import Results
import Templating
import TestSupport
import Testing

/// Precision against recall, by group.
@Suite struct PrecisionRecallTests {
  /// With an average precision, which is only to be told from other metrics here.
  static let evaluation: Evaluation = {
    var made = PageTests.adult
    guard let place = made.metricIndex("roc_auc") else { return made }
    var entry = made.metrics[place]
    (entry.id, entry.name, entry.symbol) = ("average_precision", "Average precision", "AP")
    made.metrics.append(entry)
    made.estimates.append(made.estimates[place])
    return made
  }()
  static let page = PageTests.render(evaluation)

  @Test func everyAttributeHasItsCurvesAndNoCross() throws {
    for family in Self.evaluation.families where !family.features.isEmpty {
      let name = family.features.joined(separator: "-")
      #expect(Self.page.contains("id=\"fig-pr-\(name)\"") == (family.features.count == 1), "\(name)")
    }
    // In the fold of its neighbours, so that paper holds no more than before.
    for chapter in try PageTests.matches("(<section class=\"chapter\".*?</section>)", Self.page) {
      let parts = chapter.components(separatedBy: "<details class=\"more\"")
      #expect(!parts[0].contains("fig-pr-"))
      #expect((parts.last?.contains("fig-pr-") == true) == chapter.contains("fig-roc-"))
    }
  }

  @Test func theFindingNamesTheEndsWithTheirPrevalence() throws {
    let family = try #require(Self.evaluation.families.first { $0.name == "sex" })
    func value(_ metric: String, _ slice: Int) -> Double {
      Self.evaluation.estimate(metric, slice: slice)?.value ?? .nan
    }
    let order = family.slices.filter { !value("average_precision", $0).isNaN }
      .sorted { value("average_precision", $0) < value("average_precision", $1) }
    let caption = try #require(
      try PageTests.matches("<figcaption id=\"fig-pr-sex-c\">([^<]*)</figcaption>", Self.page).first)
    let ends = [try #require(order.first), try #require(order.last)].map { Self.evaluation.slices.label[$0] }
    let places = ends.compactMap { caption.range(of: " in \($0) (prevalence ")?.lowerBound }
    #expect(ends[0] != ends[1] && places.count == 2 && places[0] < places[1])
    #expect(caption.contains("prevalence, what guessing reaches"))
  }

  /// From the counts at each threshold, one by one.
  @Test func pointsAreThoseOfTheThresholds() throws {
    let curves = try #require(Self.evaluation.curves)
    for slice in 0..<Self.evaluation.slices.count {
      let entries = curves.offsets[slice]..<curves.offsets[slice + 1]
      let all = entries.reduce((0.0, 0.0)) { ($0.0 + curves.positives[$1], $0.1 + curves.negatives[$1]) }
      let points = PageBuilder.precisionRecallPoints(curves, slice)
      guard all.0 > 0 else {
        #expect(points.isEmpty)
        continue
      }
      var expected: [(Double, Double)] = []
      for threshold in curves.thresholds.indices.reversed() {
        var (right, wrong) = (0.0, 0.0)
        for entry in entries where curves.bin[entry] >= threshold {
          right += curves.positives[entry]
          wrong += curves.negatives[entry]
        }
        if right + wrong > 0 { expected.append((right / all.0, right / (right + wrong))) }
      }
      expected.append((1, all.0 / (all.0 + all.1)))
      expected.insert((0, expected[0].1), at: 0)
      #expect(points.count == expected.count)
      for (point, own) in zip(points, expected) {
        #expect(isClose(point.x, own.0) && isClose(point.y, own.1))
      }
    }
  }

  @Test func theTableHoldsTheMetrics() throws {
    let model = ReportWriter.pageModel(Self.evaluation)
    let chapters = ModelTests.items(ModelTests.member(model, "chapters"))
    let figures = chapters.flatMap { ModelTests.items(ModelTests.member($0, "more")) }
    let figure = try #require(figures.first { $0.json().contains("\"fig-pr-sex\"") })
    let rows = ModelTests.items(ModelTests.member(figure, "table", "rows"))
    let family = try #require(Self.evaluation.families.first { $0.name == "sex" })
    #expect(rows.count == family.count + 1)
    for (row, slice) in zip(rows, [0] + Array(family.slices)) {
      for (place, metric) in ["average_precision", "prevalence", "precision", "true_positive_rate"]
        .filter({ Self.evaluation.metricIndex($0) != nil }).enumerated()
      {
        #expect(
          ModelTests.number(ModelTests.member(row, "cells", "\(place + 1)", "raw"))
            == Self.evaluation.estimate(metric, slice: slice)?.value)
      }
    }
  }

  @Test func withoutALabelThereIsNone() {
    #expect(!PageTests.render(LabelFreeTests.evaluation).contains("fig-pr-"))
  }
}
