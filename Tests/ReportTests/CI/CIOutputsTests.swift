import Foundation
import FoundationXML
import Results
import TestSupport
import Testing

@testable import Report

@Suite struct CIOutputsTests {
  static func file(_ name: String, _ judgement: Judgement, path: String = "ci/policy.json5") throws -> String
  {
    let files = GateOutputs.files(judgement, policyPath: path)
    let bytes = try #require(files.first { $0.path == name }).bytes
    return String(decoding: bytes, as: UTF8.self)
  }

  static func json(_ name: String, _ judgement: Judgement, path: String = "ci/policy.json5") throws -> Any {
    try JSONSerialization.jsonObject(with: Data(try file(name, judgement, path: path).utf8))
  }

  static let outcomes: [Judgement] = [
    SampleJudgement.mixed(), SampleJudgement.mixed(folding: .pass), SampleJudgement.mixed(folding: .fail),
    SampleJudgement.make(SampleJudgement.mixed().checks.filter { $0.verdict == .pass }),
    SampleJudgement.make(SampleJudgement.mixed().checks.filter { $0.verdict == .inconclusive }),
    SampleJudgement.make(SampleJudgement.mixed().checks.filter { $0.severity == .warning }),
    SampleJudgement.make(
      SampleJudgement.mixed().checks.filter { $0.verdict == .waived }, waivers: SampleJudgement.waivers),
    SampleJudgement.make(
      SampleJudgement.mixed().checks.filter { $0.verdict == .inconclusive }, folding: .fail),
  ]

  @Test func theVerdictComesFirst() {
    let files = GateOutputs.files(SampleJudgement.mixed(), policyPath: "p")
    #expect(
      files.map(\.path) == [
        "verdict.json", "junit.xml", "summary.md", "report.sarif", "gl-code-quality.json", "results.tap",
        "metrics.txt", "badge.svg", "NOT_BLESSED",
      ])
    #expect(files.filter(\.bytes.isEmpty).map(\.path) == ["NOT_BLESSED"])
    #expect(files[0].bytes == SampleJudgement.mixed().json())
    let again = GateOutputs.files(SampleJudgement.mixed(), policyPath: "p")
    #expect(zip(files, again).allSatisfy { $0.bytes == $1.bytes })
  }

  @Test(arguments: outcomes) func onlyAPassBlesses(judgement: Judgement) {
    #expect((GateOutputs.blessing(judgement) == "BLESSED") == (judgement.exitCode == 0))
    #expect(Set([GateOutputs.blessing(judgement), GateOutputs.staleBlessing(judgement)]).count == 2)
  }

  // No output may call red what the gate calls green, or the other way round.
  @Test(arguments: outcomes) func everyOutputAgreesWithTheExitStatus(judgement: Judgement) throws {
    let fails = judgement.exitCode == 1
    let suite = try JUnitReading(try Self.file("junit.xml", judgement))
    #expect((suite.failures > 0) == fails)
    let tap = try TAPReading(try Self.file("results.tap", judgement))
    #expect((tap.failed > 0) == fails)
    let log = try #require(try Self.json("report.sarif", judgement) as? [String: Any])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.contains { $0["level"] as? String == "error" } == fails)
    let quality = try #require(try Self.json("gl-code-quality.json", judgement) as? [[String: Any]])
    #expect(quality.contains { $0["severity"] as? String == "critical" } == fails)
    #expect(quality.count == results.count)
    let notes = GateOutputs.annotations(judgement, policyPath: "p")
    #expect(notes.contains("::error ") == fails)
    #expect(try Self.file("badge.svg", judgement).contains(VerdictWording.word(judgement.verdict)))
    #expect(
      try Self.file("summary.md", judgement).contains("fairslice: \(VerdictWording.summary(judgement))"))
  }

  @Test func junitHasACaseForEveryGroup() throws {
    let suite = try JUnitReading(try Self.file("junit.xml", SampleJudgement.mixed()))
    #expect(suite.cases.count == 12 && suite.tests == 12)
    #expect(suite.failures == 1 && suite.skipped == suite.cases.count { $0.outcome == "skipped" })
    let failed = try #require(suite.cases.first { $0.outcome == "failure" })
    #expect(failed.name == "tpr-gap: race=C against race=A" && failed.classname == "tpr-gap")
    #expect(failed.type == "fail" && failed.message.contains("about 90 more missed positives per 1,000"))
    #expect(suite.cases.contains { $0.name == "four-fifths: race=(missing)" && $0.outcome == "skipped" })
    let strict = try JUnitReading(try Self.file("junit.xml", SampleJudgement.mixed(folding: .fail)))
    #expect(Set(strict.cases.map(\.type)) == ["fail", "inconclusive", ""])
  }

  @Test func sarifPointsAtThePolicy() throws {
    let log = try #require(
      try Self.json("report.sarif", SampleJudgement.mixed(), path: "./ci/my policy#1.json5") as? [String: Any]
    )
    #expect(log["version"] as? String == "2.1.0")
    let text = try Self.file("report.sarif", SampleJudgement.mixed(), path: "./ci/my policy#1.json5")
    #expect(text.contains(#""uri": "ci/my%20policy%231.json5""#) && text.contains(#""startLine": 5"#))
    #expect(text.contains(#""kind": "external""#) && text.contains("Waived by @owner until 2026-03-01"))
    #expect(!text.contains("baselineState"))
  }

  @Test func fingerprintsKnowNoNumbers() {
    let check = SampleJudgement.mixed().checks[1]
    var item = SampleJudgement.failed
    let first = Fingerprint.of(item, check)
    (item.value, item.lower, item.verdict, item.pBeyond, item.denominator) = (0.5, 0.1, .pass, 0.9, 7)
    #expect(Fingerprint.of(item, check) == first)
    #expect(first.count == 64)
    var others: Set = [first]
    for change in [
      { (item: inout CheckItem, _: inout CheckResult) in item.slice = "race=D" },
      { item, _ in item.reference = "race=B" }, { _, check in check.id = "x" },
      { _, check in check.metric = "accuracy" }, { _, check in check.comparison = .toBest },
      { item, _ in (item.slice, item.reference) = ("race=C\",\"race=A", "") },
    ] {
      var (item, check) = (item, check)
      change(&item, &check)
      others.insert(Fingerprint.of(item, check))
    }
    #expect(others.count == 7)
  }

  @Test func tapMarksWhatIsKnown() throws {
    let text = try Self.file("results.tap", SampleJudgement.mixed())
    #expect(text.hasPrefix("TAP version 13\n1..11\n"))
    #expect(
      text.contains(
        "not ok 7 - fpr-gap: sex=Female against rows outside sex=Female # TODO waived until 2026-03-01"))
    #expect(text.contains("ok 5 - tpr-gap: race=E against race=A # SKIP inconclusive"))
    #expect(text.contains("not ok 6 - auc-floor: region=North # TODO warning only, fail"))
  }

  @Test func metricsCarryInfinities() throws {
    let text = try Self.file("metrics.txt", SampleJudgement.mixed())
    #expect(
      text.contains(
        #"fairslice_value{check="four-fifths",severity="error",metric="selection_rate",slice="race=C",reference="race=A"} +Inf"#
      ))
    #expect(text.contains(#"fairslice_gate_verdict{policy="policy.json5"} 1"#) && text.hasSuffix("\n# EOF\n"))
    #expect(text.contains(#"fairslice_bound{check="tpr-gap",severity="error",side="max"} 0.04"#))
  }

  @Test func atMostTenAnnotationsAndTheLastCounts() {
    let many = GateOutputs.annotations(SampleJudgement.failing(25), policyPath: "a,b:c%.json5")
    let lines = many.split(separator: "\n")
    #expect(lines.count == 10)
    #expect(
      lines[0].hasPrefix("::error file=a%2Cb%3Ac%25.json5,line=5,title=FAIL tpr-gap::True positive rate for ")
    )
    #expect(lines[9].contains("16 more findings"))
    let ten = GateOutputs.annotations(SampleJudgement.failing(10), policyPath: "p").split(separator: "\n")
    #expect(ten.count == 10 && !ten[9].contains("more findings"))
    let mixed = GateOutputs.annotations(SampleJudgement.mixed(), policyPath: "p").split(separator: "\n")
    #expect(mixed.first?.hasPrefix("::error ") == true && mixed.last?.hasPrefix("::notice ") == true)
    let good = SampleJudgement.make(SampleJudgement.mixed().checks.filter { $0.verdict == .pass })
    #expect(GateOutputs.annotations(good, policyPath: "p").isEmpty)
  }

  @Test(arguments: [1, 40, 300, 5000]) func theSummaryStaysSmall(count: Int) throws {
    let judgement = SampleJudgement.failing(count)
    let text = try Self.file("summary.md", judgement)
    #expect(text.utf8.count <= 60_000)
    #expect(text.hasPrefix("<!-- fairslice:loans -->\n### ✗ fairslice: FAIL — 1 of 1 check failed"))
    let shown = text.split(separator: "\n").count { $0.hasPrefix("  - ") }
    #expect(shown == min(count, shown) && shown >= min(count, 30))
    #expect(text.contains("more in `verdict.json`") == (shown < count))
    if shown < count {
      #expect(text.contains("… and \(Wording.plural(count - shown, "finding", "findings")) more"))
    }
  }

  @Test func manyChecksWithTheLongestNamesStaySmall() throws {
    let check = SampleJudgement.mixed().checks[1]
    let checks = (0..<300).map { index in
      var copy = check
      copy.id = String(repeating: "`|@", count: 400) + "\(index)"
      copy.verdict = index % 2 == 0 ? .fail : .pass
      return copy
    }
    var judgement = SampleJudgement.make(
      checks, title: String(repeating: "<@#", count: 4000),
      notes: (0..<500).map { String(repeating: "*\($0)", count: 99) })
    judgement.inputs = (0..<50).map { _ in judgement.inputs[0] }
    judgement.waivers = (0..<500).map { _ in SampleJudgement.waivers[1] }
    let text = try Self.file("summary.md", judgement)
    #expect(text.utf8.count <= 60_000)
    #expect(text.contains("checks more in `verdict.json`"))
  }

  @Test func theSummaryTellsEverything() throws {
    let text = try Self.file("summary.md", SampleJudgement.mixed())
    #expect(text.contains("| Check | Verdict | Observed [95 %] | Limit | vs baseline | Group | n |"))
    #expect(text.contains("✗ FAIL | 0.090 [0.041, 0.139] | ≤ 0.04 |"))
    #expect(text.contains("<details><summary>3 passed, 1 waived</summary>"))
    #expect(text.contains("Waived by <code>&#64;&#8203;owner</code> until <code>2026-03-01</code>"))
    #expect(text.contains("**Notes**"))
    #expect(text.contains("Against the baseline <code>baseline.json</code> (row by row)"))
    #expect(GateOutputs.stepSummary(SampleJudgement.mixed()) == Array(text.utf8))
  }

  @Test(arguments: [40, 60, 80, 120, 200]) func theTerminalKeepsItsWidth(width: Int) {
    let text = GateOutputs.terminal(SampleJudgement.mixed(), width: width)
    let lines = text.split(separator: "\n")
    #expect(lines[0].hasPrefix("✗ FAIL — 1 of 8"))
    let table = lines.prefix { !$0.hasPrefix("✗ FAIL tpr-gap") }
    if width >= 80 { for line in table { #expect(TerminalText.width(String(line)) <= width, "\(line)") } }
    for line in lines.dropFirst(table.count) { #expect(TerminalText.width(String(line)) <= width, "\(line)") }
    #expect(
      text.replacing("\n", with: " ").split(separator: " ").joined(separator: " ").contains(
        "more missed positives per 1,000"))
  }

  @Test func theBadgeIsAPicture() throws {
    for judgement in Self.outcomes {
      let svg = try XMLTree(try Self.file("badge.svg", judgement))
      #expect(svg.names == ["svg", "title", "desc", "rect", "rect", "g", "text", "text"])
      #expect(svg.texts.first == "fairness: \(svg.texts.last?.dropFirst(2) ?? "")")
      #expect(!svg.text.contains("http") || svg.text.components(separatedBy: "http").count == 2)
    }
  }

  @Test func fiveThousandFailuresStayBearable() throws {
    let files = GateOutputs.files(SampleJudgement.failing(5000), policyPath: "policy.json5")
    for file in files { #expect(file.bytes.count < 8_000_000, "\(file.path)") }
    let log = try Self.json("report.sarif", SampleJudgement.failing(6000)) as? [String: Any]
    let run = try #require((log?["runs"] as? [[String: Any]])?.first)
    #expect((run["results"] as? [Any])?.count == 5000)
    #expect((run["properties"] as? [String: Any])?["resultsLeftOut"] as? Int == 1000)
  }
}
