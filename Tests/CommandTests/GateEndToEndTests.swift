import Foundation
import Testing

/// Whole runs: GitHub's environment, explanations, baselines, and names that somebody chose with care.
@Suite struct GateEndToEndTests {
  // MARK: GitHub

  @Test(arguments: [("fail", 1, 1), ("pass", 0, 0), ("edge", 3, 1)])
  func gitHubIsToldWhereItAsks(policy: String, status: Int32, annotations: Int) throws {
    let folder = try GateWorkshop.folder()
    try folder.write("steps.md", "# Before\n")
    func annotated(_ result: Child.Result) -> Int {
      result.output.split(separator: "\n").count { $0.hasPrefix("::") }
    }
    let environment = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": folder.path("steps.md")]
    let line = "e.json --policy \(policy).json5 --out o"
    let plain = try GateWorkshop.gate(line, in: folder)
    #expect(plain.status == status && annotated(plain) == 0)
    #expect(try folder.read("steps.md") == "# Before\n")
    let told = try GateWorkshop.gate(line, in: folder, environment: environment)
    #expect(told.status == status && annotated(told) == annotations, "\(told.output)")
    #expect(try folder.read("steps.md") == "# Before\n" + folder.read("o/summary.md"))
    let run = ["evaluate", "d.csv", "--policy", "\(policy).json5"] + GateWorkshop.roles
    let evaluated = try Child.run(run, in: folder, environment: environment)
    #expect(evaluated.status == status && annotated(evaluated) == annotations)
    #expect(try folder.read("steps.md").split(separator: "fairslice:").count == 5)
    for other in [["GITHUB_ACTIONS": "false"], ["GITHUB_STEP_SUMMARY": ""], ["GITHUB_ACTIONS": ""]] {
      #expect(try GateWorkshop.gate(line, in: folder, environment: other).output == plain.output)
    }
  }

  @Test func aStepSummaryThatCannotBeWrittenIsAnError() throws {
    let folder = try GateWorkshop.folder()
    let result = try GateWorkshop.gate(
      "e.json --policy fail.json5 --out o", in: folder,
      environment: ["GITHUB_STEP_SUMMARY": folder.path("none/steps.md")])
    #expect(result.status == 73 && result.error.contains("GITHUB_STEP_SUMMARY"), "\(result.error)")
    #expect(folder.names(in: "o").contains("verdict.json"))
  }

  // MARK: explanations

  /// From the counts over both tests to the verdict; the tests' numbers have tests of their own.
  @Test func anExplanationHasTheArithmetic() throws {
    let folder = try GateWorkshop.folder()
    let result = try GateWorkshop.gate("e.json --policy mixed.json5 --explain narrow", in: folder)
    #expect(result.status == 1, "\(result.error)")
    for part in [
      "check “narrow” (error), mixed.json5:4\n", "bound: at most 0.05, inclusive",
      "1. sex=F against sex=M: FAIL",
      "selection_rate of sex=M = (TP + FP) / n = (300 + 200) / 1000 = 0.5",
      "selection_rate of sex=F = (TP + FP) / n = (180 + 120) / 1000 = 0.3",
      "difference = 0.3 − 0.5 = -0.2, size 0.2, two-sided 95 % interval [0.157", "p of “within the bound” = ",
      "adjusted (weighted Holm over 3 groups of 3 checks of severity error, of α to each group here 1/3): ",
      "p of “beyond the limit” = 1 > 0.05",
      "groups: 1 fail, 0 inconclusive, 0 waived, 0 pass → FAIL",
    ] { #expect(result.output.contains(part), "“\(part)” is not in \(result.output)") }
    let edge = try GateWorkshop.gate("e.json --policy mixed.json5 --explain edge", in: folder)
    #expect(edge.status == 1 && edge.output.contains("p of “within the bound” = 0.5\n"), "\(edge.output)")
    #expect(edge.output.contains("→ within is not shown") && edge.output.contains("→ beyond is not shown"))
    #expect(edge.output.contains("→ INCONCLUSIVE\n"))
    let wide = try GateWorkshop.gate("e.json --policy mixed.json5 --explain wide", in: folder)
    #expect(
      wide.output.contains("→ within is shown") && wide.output.contains("1 pass → PASS"), "\(wide.output)")
  }

  @Test func anExplanationOfAWaivedCheckNamesTheWaiver() throws {
    let folder = try GateWorkshop.folder()
    let result = try GateWorkshop.gate(
      "e.json --policy fail.json5 --waivers w.json5 --as-of 2026-03-01 --explain narrow --out o", in: folder)
    #expect(result.status == 0 && folder.names(in: "o").contains("BLESSED"))
    #expect(
      result.output.contains("waived by ada up to 0.3 until 2026-04-01: retraining"), "\(result.output)")
  }

  /// A change of a gap is of gaps; the rates it shows are those of the groups.
  @Test func anExplanationOfAChangeOfAGapKeepsRatesAndGapsApart() throws {
    let folder = try GateWorkshop.folder("old")
    try folder.write("new.json", GateWorkshop.evaluation("p"))
    try folder.write("ratchet.json5", GateWorkshop.policy(["pass"], before: "ratchet: true,"))
    let line = "e.json --policy ratchet.json5 --baseline new.json --explain"
    let words = GateWorkshop.words("gate \(line)") + ["wide (ratchet)"]
    let result = try Child.run(words, in: folder)
    #expect(result.status == 0, "\(result.error)")
    let rates = result.output.split(separator: "\n").filter { $0.contains("selection_rate of") }
    #expect(rates.count == 2)
    for line in rates {
      let parts = line.split(separator: " = ")
      let counts = parts[2].split { !$0.isNumber }.compactMap { Double($0) }
      let shown = try #require(Double(parts[3]))
      #expect(abs((counts[0] + counts[1]) / counts[2] - shown) < 1e-6, "\(line)")
    }
    #expect(result.output.contains("baseline 0.2; positive is worse"), "\(result.output)")
  }

  // MARK: baselines

  @Test func anotherRunIsABaseline() throws {
    let folder = try GateWorkshop.folder()
    try folder.write("old.json", GateWorkshop.evaluation("old"))
    try folder.write(
      "loose.json5",
      GateWorkshop.policy(["id: 'auc', metric: 'roc_auc', slices: 'sex', change: { max: 0.2 }"]))
    try folder.write(
      "tight.json5",
      GateWorkshop.policy(["id: 'accuracy', metric: 'accuracy', slices: 'overall', change: { max: 0.01 }"]))
    for (line, status) in [
      ("e.json --baseline old.json --policy loose.json5", 0),
      ("old.json --baseline e.json --policy loose.json5", 0),
      ("e.json --baseline old.json --policy tight.json5", 0),
      ("old.json --baseline e.json --policy tight.json5", 1),
      // As two samples the same thousand rows settle nothing about 0.01.
      ("old.json --baseline e.json --policy change.json5", 3),
    ] as [(String, Int32)] {
      let result = try GateWorkshop.gate(line + " --out o", in: folder)
      #expect(result.status == status && result.error.isEmpty, "\(line)\n\(result.output)\(result.error)")
      #expect(result.output.contains("The baseline was made from the same data."))
      #expect(try folder.read("o/verdict.json").contains("\"is_paired\": false"))
    }
    let run = ["evaluate", "d.csv", "--baseline", "old.json", "--policy", "loose.json5"] + GateWorkshop.roles
    #expect(try Child.run(run, in: folder).status == 0)
  }

  @Test func aRatchetFailsWhatBecameWorse() throws {
    let folder = try GateWorkshop.folder()
    try folder.write("old.json", GateWorkshop.evaluation("old"))
    try folder.write(
      "ratchet.json5",
      GateWorkshop.policy(
        ["id: 'floor', metric: 'accuracy', slices: 'overall', min: 0.5"], before: "ratchet: true,"))
    let better = try GateWorkshop.gate("e.json --baseline old.json --policy ratchet.json5", in: folder)
    #expect(better.status == 0 && better.output.contains("floor (ratchet)"), "\(better.output)")
    let same = try GateWorkshop.gate("e.json --baseline e.json --policy ratchet.json5", in: folder)
    #expect(same.status == 0, "\(same.output)")
    let worse = try GateWorkshop.gate("old.json --baseline e.json --policy ratchet.json5", in: folder)
    #expect(worse.status == 1 && worse.output.contains("FAIL floor (ratchet)"), "\(worse.output)")
  }

  /// The same rows decide what two samples of them cannot.
  @Test func aSecondModelOnTheSameRowsIsABaseline() throws {
    let folder = try GateWorkshop.folder("paired")
    #expect(try GateWorkshop.gate("e.json --policy change.json5", in: folder).status == 0)
    let roles = ["--label", "y", "--score", "old", "--baseline-score", "p"] + GateWorkshop.roles.dropFirst(4)
    let result = try Child.run(
      ["evaluate", "d.csv", "--policy", "change.json5", "--out", "o", "--no-charts"] + roles, in: folder)
    #expect(
      result.status == 1 && result.output.contains("On the same rows"), "\(result.output)\(result.error)")
    #expect(try folder.read("o/verdict.json").contains("\"is_paired\": true"))
    let again = try GateWorkshop.gate("o/evaluation.json --policy change.json5 --out g", in: folder)
    #expect(again.status == 1)
    #expect(try folder.read("g/verdict.json") == folder.read("o/verdict.json"))
  }

  // MARK: names

  private static let names = [
    "<b>bold</b>", "a&b=c*d:e\\f", "\"", "two\nlines", "::error::pwned", "\u{1B}[31mred", "]]>", "-->",
    "%0A::error::pwned", "\u{202E}gnp.exe", "\r::warning::x", String(repeating: "x", count: 5000), "plain",
  ]

  private static var nastyRows: String {
    var text = "y,p,g\n"
    for (index, name) in names.enumerated() {
      let quoted = "\"\(name.replacing("\"", with: "\"\""))\""
      for row in 0..<100 {
        text +=
          "\(row.isMultiple(of: 3) ? 0 : 1),\(row < (index.isMultiple(of: 2) ? 60 : 10) ? 0.9 : 0.2),\(quoted)\n"
      }
    }
    return text
  }

  private static let nastyPolicy = #"""
    { checks: [
      { id: "::error::<b>\u001b[31m]]>", note: "<script>\n::error::x", gap: "demographic_parity", kind: "ratio",
        comparison: "to_best", slices: "g", min: 0.8 },
      { id: "floor", metric: "selection_rate", slices: "g", min: 0.001 },
      { id: "one", metric: "selection_rate", slices: "g=a\\&b\\=c\\*d\\:e\\\\f", min: 0.05, severity: "warning" },
    ] }
    """#

  @Test func nastyNamesGoThroughEveryOutput() throws {
    let folder = try Folder()
    try folder.write("d.csv", Self.nastyRows)
    try folder.write("p.json5", Self.nastyPolicy)
    let words = GateWorkshop.words("evaluate d.csv --label y --score p --slice g --policy p.json5 --out o")
    let result = try Child.run(
      words, in: folder,
      environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": folder.path("steps.md")])
    #expect(result.status == 1 && result.error.isEmpty, "\(result.error)")
    #expect(folder.names(in: "o").count == 18)
    expectPrintable(result.output)
    let commands = result.output.split(separator: "\n").filter { $0.hasPrefix("::") }
    #expect(commands.count == 6 && commands.allSatisfy { $0.hasPrefix("::error file=p.json5,line=2,title=") })
    #expect(result.output.split(separator: "\n").allSatisfy { !$0.contains("::error::pwned") })
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count < 2000 })
    let html = try folder.read("o/report.html")
    #expect(!html.contains("<b>bold</b>") && html.contains("&lt;b&gt;bold&lt;/b&gt;"))
    for name in ["junit.xml", "badge.svg", "report.html", "summary.md", "results.tap", "metrics.txt"] {
      let text = try folder.read("o/\(name)")
      #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"), "\(name)")
    }
    for id in ["::error::<b>\u{1B}[31m]]>", "floor", "one"] {
      let told = try Child.run(
        ["gate", "o/evaluation.json", "--policy", "p.json5", "--explain", id], in: folder)
      #expect(told.status == 1, "\(told.error)")
      expectPrintable(told.output)
    }
    let wrong = try Child.run(
      ["gate", "o/evaluation.json", "--policy", "p.json5", "--explain", "\u{1B}[2J\n::error::x"], in: folder)
    #expect(wrong.status == 64)
    expectPrintable(wrong.error)
    #expect(wrong.error.split(separator: "\n").count == 2)
  }

  /// A selector finds the group by its escaped name.
  @Test func anEscapedNameIsFound() throws {
    let folder = try Folder()
    try folder.write("d.csv", Self.nastyRows)
    try folder.write("p.json5", Self.nastyPolicy)
    let words = GateWorkshop.words(
      "evaluate d.csv --label y --score p --slice g --policy p.json5 --out o --no-charts")
    _ = try Child.run(words, in: folder)
    let told = try Child.run(
      ["gate", "o/evaluation.json", "--policy", "p.json5", "--explain", "one"], in: folder)
    #expect(told.output.contains("= (TP + FP) / n = (6 + 4) / 100 = 0.1\n"), "\(told.output)")
    #expect(!told.output.contains("2. "))
  }

  /// Line feeds apart, nothing steers a terminal or turns the reading direction.
  private func expectPrintable(_ text: String, at location: SourceLocation = #_sourceLocation) {
    let steering = text.unicodeScalars.filter {
      ($0.properties.generalCategory == .control && $0 != "\n") || $0.properties.generalCategory == .format
    }
    #expect(steering.isEmpty, sourceLocation: location)
  }
}
