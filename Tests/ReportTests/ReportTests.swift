import Foundation
import Report
import Results
import Templating
import TestSupport
import Testing

@Suite struct LookingGlass {
  /// Writes the fixtures' pages where a person asked for them.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["FAIRSLICE_PAGES"] != nil))
  func writePages() throws {
    let folder = URL(filePath: ProcessInfo.processInfo.environment["FAIRSLICE_PAGES"] ?? "")
    let nasty = JudgementFixture.nasty(NastyNameTests.evaluation(), names: NastyNameTests.names)
    var passing = JudgementFixture.rich
    passing.checks = passing.checks.filter { $0.verdict == .pass || $0.verdict == .waived }
    let pages = [
      ("adult", EvaluationFixture.adult.make()), ("large", EvaluationFixture.large.make()),
      ("gate", JudgementFixture.rich.make()), ("gate-crowded", JudgementFixture.crowded.make()),
      ("gate-nasty", nasty.make()), ("gate-pass", passing.make()),
      ("why", ExplanationFixture.explained()), ("why-bare", ExplanationFixture.bare),
      ("why-unknown", ExplanationFixture.unknown),
    ]
    for (name, evaluation) in pages {
      let page = try ReportWriter.html(evaluation, options: ReportOptions())
      try Data(page).write(to: folder.appending(path: "\(name).html"))
    }
  }
}
