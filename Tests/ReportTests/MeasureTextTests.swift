import Fairness
import Foundation
import TestSupport
import Testing

@testable import Report

@Suite struct MeasureTextTests {
  /// `Documentation/Measures.md` is what the program writes.
  @Test func theDocumentationIsCurrent() throws {
    let path = SharedData.root.appending(path: "Documentation/Measures.md")
    let stored = try String(contentsOf: path, encoding: .utf8)
    #expect(
      stored == MeasurePage.markdown(),
      "run: fairslice metrics --measures --markdown > Documentation/Measures.md")
  }

  @Test func everyMeasureIsTold() throws {
    let (list, page) = (MeasureText.list(width: 100), MeasurePage.markdown())
    for measure in FairnessMeasure.all {
      #expect(list.contains(measure.id), "\(measure.id)")
      #expect(page.contains("### `\(measure.id)`"), "\(measure.id)")
    }
    #expect(list.split(separator: "\n").allSatisfy { TerminalText.width(String($0)) <= 100 })
    for one in ToolMeasure.all { #expect(page.contains("| `\(one.name)` | `\(one.measure.id)` |")) }
  }

  @Test func namesOfOtherTools() throws {
    #expect(try #require(MeasureText.details("CDDL")).contains("conditional_demographic_disparity"))
    #expect(
      try #require(MeasureText.details("demographic_parity_difference")).contains("difference_between_groups")
    )
    #expect(MeasureText.details("nonsense") == nil)
  }
}
