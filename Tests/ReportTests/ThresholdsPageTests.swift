import Metrics
import Results
import Templating
import Testing

@testable import Report

/// The table of metrics at other thresholds in a chapter.
struct ThresholdsPageTests {
  /// An evaluation whose rates at two cuts are copies of those of the decisions.
  private static let evaluation: Evaluation = {
    var evaluation = EvaluationFixture.adult.make()
    for cut in ["0.3", "0.7"] {
      for id in ["true_positive_rate", "false_negative_rate", "false_positive_rate"] {
        guard let place = evaluation.metricIndex(id) else { continue }
        var entry = evaluation.metrics[place]
        entry.id = "\(id)@\(cut)"
        entry.name = "\(PageBuilder.shortName(entry)) at \(cut)"
        evaluation.metrics.append(entry)
        evaluation.estimates.append(evaluation.estimates[place])
        evaluation.gaps += evaluation.gaps.filter { $0.component == id && $0.metric == id }.map { gap in
          var gap = gap
          (gap.metric, gap.component) = ("\(id)@\(cut)", "\(id)@\(cut)")
          return gap
        }
      }
    }
    return evaluation
  }()

  @Test func aTableOfGroupsByThresholds() throws {
    let page = PageTests.render(Self.evaluation)
    let plain = PageTests.render(EvaluationFixture.adult.make())
    #expect(page.contains("At other thresholds") && !plain.contains("At other thresholds"))
    #expect(page.contains("<th scope=\"col\">0.3<th scope=\"col\">0.7"))
    // A rate and what is left of it have one block.
    #expect(page.contains("1 − it: false negative rate"))
    #expect(!page.contains("<th scope=\"rowgroup\" colspan=\"3\">False negative rate"))
    #expect(page.contains("<th scope=\"rowgroup\" colspan=\"3\">True positive rate"))
  }

  /// The table of gaps, the noise and the findings are those of the decisions alone.
  @Test func gapsAtCutsStandInTheirTableOnly() throws {
    let builder = PageBuilder(Self.evaluation, mentionsChartFiles: false)
    let plain = PageBuilder(EvaluationFixture.adult.make(), mentionsChartFiles: false)
    #expect(builder.isAtCut("true_positive_rate@0.3") && !builder.isAtCut("true_positive_rate"))
    #expect(builder.lead(1) == plain.lead(1))
    #expect(builder.findings().map(\.gap.metric) == plain.findings().map(\.gap.metric))
    let page = PageTests.render(Self.evaluation)
    let methods = try #require(page.firstRange(of: "id=\"methods\" aria"))
    #expect(!page[..<methods.lowerBound].contains("<th scope=\"row\">True positive rate at 0.3"))
  }
}

struct MetricWordsTests {
  /// The same name is another metric in another task.
  @Test func wordsAreThoseOfTheTask() {
    #expect(MetricWords.of("accuracy").higher == "fewer errors")
    #expect(MetricWords.of("selection_rate", .ranking).higher != "more selections")
    #expect(MetricWords.of("recall[A]", .multiclass).unit == "rows of the class")
    #expect(MetricWords.of("recall[A]", .multiclass).lower == "more missed rows of the class")
    #expect(MetricWords.of("mean_absolute_error", .regression).higher == nil)
    #expect(MetricWords.of("selection_rate", .binary).higher == "more selections")
    for task in TaskKind.allCases {
      for definition in MetricCatalogue.all where definition.tasks.contains(task) {
        let words = MetricWords.of(definition.entry.id, task)
        #expect(words.unit == definition.entry.denominator, "\(definition.entry.id) of \(task)")
        #expect(words.direction == definition.entry.direction, "\(definition.entry.id) of \(task)")
      }
    }
  }
}
