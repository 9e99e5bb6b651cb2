import Foundation
import Report
import ReportTemplates
import Results
import Templating
import Testing

/// Pages and charts of an evaluation without the true outcome, and of columns with a slash in their name.
@Suite struct LabelFreeTests {
  /// The evaluation as it would be, had nobody known the label.
  static let evaluation: Evaluation = {
    var evaluation = EvaluationFixture.adult.make()
    let kept = ["count", "weight", "selection_rate"]
    let indices = evaluation.metrics.indices.filter { kept.contains(evaluation.metrics[$0].id) }
    evaluation.estimates = indices.map { evaluation.estimates[$0] }
    evaluation.metrics = indices.map { evaluation.metrics[$0] }
    evaluation.gaps = evaluation.gaps.filter { $0.component == "selection_rate" }
    (evaluation.roles.label, evaluation.roles.positive, evaluation.calibration) = (nil, "", nil)
    for slice in 0..<evaluation.slices.count {
      evaluation.slices.falsePositives[slice] += evaluation.slices.truePositives[slice]
      evaluation.slices.trueNegatives[slice] += evaluation.slices.falseNegatives[slice]
      evaluation.slices.truePositives[slice] = 0
      evaluation.slices.falseNegatives[slice] = 0
    }
    if var curves = evaluation.curves {
      curves.negatives = zip(curves.negatives, curves.positives).map(+)
      curves.positives = curves.positives.map { _ in 0 }
      evaluation.curves = curves
    }
    return evaluation
  }()
  static let page = PageTests.render(evaluation)

  private static let wordsOfTruth = [
    "prevalence", "ROC", "AUC", "true positive", "false positive", "precision", "accuracy", "calibration",
    "kinds of error", "confusion",
  ]

  @Test func nothingThatNeedsTheTruthIsShown() throws {
    let markup = try PageTests.withoutElements(Self.page)
    let seen = try PageTests.matches(">([^<]+)<", markup).filter { !$0.contains("No label was given") }
      .joined(separator: "\n").lowercased().replacing("in full precision", with: "")
    for word in Self.wordsOfTruth {
      #expect(!seen.contains(word.lowercased()), "“\(word)” is on the page")
    }
    #expect(!seen.contains("positives") && !seen.contains("negatives"))
    #expect(seen.contains("none: the truth is not known") && seen.contains("not selected"))
    #expect(!seen.contains("1 of 1 gaps") && !seen.contains("none of 1 gaps"))
  }

  /// The same words are found where the label is known, so that the test above can fail.
  @Test func withALabelAllOfItIsThere() throws {
    let seen = try PageTests.matches(">([^<]+)<", PageTests.withoutElements(PageTests.page))
      .joined(separator: "\n").lowercased()
    for word in Self.wordsOfTruth where word != "confusion" {
      #expect(seen.contains(word.lowercased()), "\(word)")
    }
    #expect(!seen.contains("the truth is not known") && !seen.contains("not selected"))
  }

  @Test func scoresAreDrawnOverAllRows() throws {
    let chapter = ModelTests.member(ReportWriter.pageModel(Self.evaluation), "chapters", "0", "more")
    let figures = ModelTests.items(chapter)
    #expect(figures.count == 1)
    let svg = ModelTests.member(figures[0], "svg")
    guard case .markup(let text) = svg else {
      Issue.record("no chart")
      return
    }
    #expect(text.contains("all rows") && !text.contains("not "))
    #expect(ModelTests.text(ModelTests.member(figures[0], "caption"))?.contains("by label") == false)
  }

  @Test func linksOfThePageLeadSomewhere() throws {
    let markup = try PageTests.withoutElements(Self.page)
    let ids = try PageTests.matches("\\sid=\"([^\"]*)\"", markup)
    #expect(Set(ids).count == ids.count)
    for target in try PageTests.matches("href=\"#([^\"]*)\"", markup) {
      #expect(ids.contains(target), "\(target)")
    }
  }

  @Test func aSlashInANameStaysOutOfFilesAndAnchors() throws {
    var evaluation = Self.evaluation
    for family in evaluation.families.indices {
      evaluation.families[family].features = evaluation.families[family].features.map { "Race/\($0)" }
      evaluation.families[family].name = evaluation.families[family].features.joined(separator: "*")
    }
    let files = try ReportWriter.chartFiles(evaluation).map(\.path)
    #expect(files.contains("charts/dot-race-sex.svg"), "\(files)")
    #expect(files.allSatisfy { $0.split(separator: "/").count == 2 && $0.hasPrefix("charts/") })
    #expect(Set(files).count == files.count)
    #expect(!files.contains { $0.contains("roc") || $0.contains("confusion") || $0.contains("calibration") })
    let markup = try PageTests.withoutElements(PageTests.render(evaluation))
    #expect(markup.contains("Race/sex × Race/race"))
    for id in try PageTests.matches("\\sid=\"([^\"]*)\"", markup) { #expect(!id.contains("/"), "\(id)") }
  }
}
