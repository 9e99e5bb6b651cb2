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
    for (name, fixture) in [("adult", EvaluationFixture.adult), ("large", EvaluationFixture.large)] {
      let page = try ReportWriter.html(fixture.make(), options: ReportOptions())
      try Data(page).write(to: folder.appending(path: "\(name).html"))
    }
  }
}
