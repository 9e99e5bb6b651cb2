import Foundation
import Results
import TestSupport
import Testing

@testable import Report

@Suite struct RunComparisonTests {
  private func check(
    _ verdict: Verdict, _ value: Double? = 0.1, _ lower: Double? = 0.05, _ upper: Double? = 0.15
  )
    -> RunRecord.Check
  {
    RunRecord.Check(SampleRun.check(verdict, value, lower, upper))
  }

  /// Every pair of verdicts.
  @Test(arguments: [
    (Verdict.pass, Verdict.fail, RunShift.newFailure), (.inconclusive, .fail, .newFailure),
    (.waived, .fail, .newFailure), (.fail, .pass, .fixed), (.waived, .pass, .fixed),
    (.inconclusive, .pass, .settled), (.pass, .inconclusive, .undecided), (.fail, .inconclusive, .undecided),
    (.waived, .inconclusive, .undecided), (.pass, .waived, .newWaived), (.fail, .waived, .newWaived),
    (.inconclusive, .waived, .newWaived), (.pass, .pass, .unclear), (.fail, .fail, .unclear),
  ])
  func verdictsDecideFirst(a: Verdict, b: Verdict, shift: RunShift) {
    #expect(RunShift.of(check(a), check(b)) == shift)
  }

  /// With the same verdict, a value outside the other's interval, by the side of the bound.
  @Test(arguments: [
    (0.16, RunShift.worse), (0.15, .unclear), (0.05, .unclear), (0.04, .better),
  ])
  func valuesDecideThen(value: Double, shift: RunShift) {
    #expect(RunShift.of(check(.fail), check(.fail, value, value - 0.01, value + 0.01)) == shift)
  }

  @Test func aMinimumTurnsTheSides() {
    var low = SampleRun.check("floor", .fail, 0.7, 0.65, 0.75)
    (low.minimum, low.maximum, low.kind) = (0.8, nil, .value)
    let a = RunRecord.Check(low)
    low.items[0].value = 0.6
    #expect(RunShift.of(a, RunRecord.Check(low)) == .worse)
    low.items[0].value = 0.78
    #expect(RunShift.of(a, RunRecord.Check(low)) == .better)
  }

  @Test func whatHasNoValueHasNotChanged() {
    #expect(RunShift.of(check(.inconclusive, nil, nil, nil), check(.inconclusive)) == .unclear)
    #expect(RunShift.of(check(.inconclusive), check(.inconclusive, nil, nil, nil)) == .unclear)
  }

  @Test func metricsHaveADirection() {
    let (a, b) = (RunRecord.Reading(0.8, 0.79, 0.81), RunRecord.Reading(0.9, 0.89, 0.91))
    #expect(RunShift.of(.higherIsBetter, a, b) == .better && RunShift.of(.higherIsBetter, b, a) == .worse)
    #expect(RunShift.of(.lowerIsBetter, a, b) == .worse && RunShift.of(.neutral, a, b) == .higher)
    #expect(RunShift.of(.neutral, b, a) == .lower && RunShift.of(.neutral, a, a) == .unclear)
  }

  private func comparison(_ a: RunRecord, _ b: RunRecord) -> RunComparison {
    RunComparison(IndexPage.Run(number: 1, record: a), IndexPage.Run(number: 2, record: b))
  }

  @Test func whatNeedsAReaderComesFirst() {
    let a = SampleRun.judged(checks: [
      SampleRun.check("one", .fail, 0.3, 0.2, 0.4), SampleRun.check("two", .pass, 0.05, 0.01, 0.09),
      SampleRun.check("gone", .pass, 0.05, 0.01, 0.09), SampleRun.check("same", .pass, 0.05, 0.01, 0.09),
    ])
    let b = SampleRun.judged(checks: [
      SampleRun.check("same", .pass, 0.05, 0.01, 0.09), SampleRun.check("one", .pass, 0.05, 0.01, 0.09),
      SampleRun.check("two", .fail, 0.3, 0.2, 0.4, maximum: 0.05),
      SampleRun.check("new", .pass, 0.05, 0.01, 0.09),
    ])
    let lines = comparison(a, b).checks()
    #expect(lines.map(\.name) == ["two", "one", "same", "new", "gone"])
    #expect(lines.map(\.shift) == [.newFailure, .fixed, .unclear, .added, .removed])
    #expect(lines[0].about.contains("≤ 0.1 → ≤ 0.05"))
    #expect(
      lines[0].a == "✓ PASS 0.050 [0.010, 0.090]" && lines[0].b == "✗ FAIL 0.300 [0.200, 0.400]",
      "\(lines[0])")
    #expect(
      RunComparison.finding(lines, []) == "Checks: 1 new failure, 1 fixed, 1 only in B, 1 only in A.")
  }

  @Test func theWarningIsAboutTheData() {
    let same = comparison(SampleRun.plain(), SampleRun.plain(gap: 0.3))
    #expect(same.warnings == [RunComparison.sameData])
    let other = comparison(SampleRun.plain(), SampleRun.plain(title: "x", data: "y"))
    #expect(other.warnings == [RunComparison.otherData, RunComparison.otherTitles])
    #expect(same.gaps().map(\.shift) == [.worse, .unclear])
  }

  /// The script knows the rules by the places of the words.
  @Test func theScriptHasTheSameOrder() throws {
    let html = try IndexPageTests.html(IndexPageTests.page(IndexPageTests.history))
    let json = try #require(try PageTests.matches("id=\"run-data\"[^>]*>(.*?)</script>", html).first)
    let data = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((data["shifts"] as? [[String]])?.map { $0[0] } == RunShift.allCases.map(\.rawValue))
    #expect(
      html.contains(
        "['failure','waived','undecided','worse','higher','lower','fixed','settled','better','unclear','added','removed']"
      ))
    #expect(Verdict.allCases.map(\.rank).sorted() == [0, 1, 2, 3])
  }
}
