import Foundation
import Testing

/// What a gate writes, when, and that it is the same each time.
@Suite struct GateOutputTests {
  private static let files = [
    "badge.svg", "gl-code-quality.json", "junit.xml", "metrics.txt", "report.sarif", "results.tap",
    "summary.md", "verdict.json",
  ]

  @Test func theBlessingOfAnEarlierRunGoes() throws {
    let folder = try GateWorkshop.folder()
    for (policy, blessing) in [
      ("pass", "BLESSED"), ("fail", "NOT_BLESSED"), ("edge", "NOT_BLESSED"), ("warn", "BLESSED"),
      ("pass", "BLESSED"),
    ] {
      _ = try GateWorkshop.gate("e.json --policy \(policy).json5 --out a/b", in: folder)
      #expect(folder.names(in: "a/b") == (Self.files + [blessing]).sorted())
      #expect(try folder.read("a/b/\(blessing)").isEmpty)
    }
  }

  @Test func withoutAFolderNothingIsWritten() throws {
    let folder = try GateWorkshop.folder()
    let before = folder.names
    #expect(try GateWorkshop.gate("e.json --policy fail.json5", in: folder).status == 1)
    #expect(folder.names == before)
  }

  @Test(arguments: ["report.html", "junit.xml", "NOT_BLESSED"])
  func theVerdictStandsWhateverGoesWrongAfterIt(blocked: String) throws {
    let folder = try GateWorkshop.folder()
    try FileManager.default.createDirectory(
      atPath: folder.path("o/\(blocked)"), withIntermediateDirectories: true)
    let gate = try GateWorkshop.gate("e.json --policy fail.json5 --out o --report", in: folder)
    #expect(gate.status == 73 && gate.output.isEmpty, "\(gate.error)")
    #expect(gate.error.hasPrefix("error: o/\(blocked): is a folder"), "\(gate.error)")
    #expect(folder.names(in: "o") == [blocked, "verdict.json"].sorted())
    #expect(try folder.read("o/verdict.json").contains("\"exit_code\": 1"))
    let arguments =
      ["evaluate", "d.csv", "--policy", "edge.json5", "--out", "o", "--no-charts"]
      + GateWorkshop.roles
    #expect(try Child.run(arguments, in: folder).status == 73)
    #expect(folder.names(in: "o") == [blocked, "verdict.json"].sorted())
    #expect(try folder.read("o/verdict.json").contains("\"exit_code\": 3"))
  }

  @Test func aBrokenTemplateLeavesTheVerdict() throws {
    let folder = try GateWorkshop.folder()
    try FileManager.default.createDirectory(
      atPath: folder.path("t/report"), withIntermediateDirectories: true)
    try folder.write("t/report/page.mustache", "{{#open}}")
    let gate = try GateWorkshop.gate(
      "e.json --policy pass.json5 --out o --report --templates t", in: folder)
    #expect(gate.status == 65 && gate.output.isEmpty, "\(gate.error)")
    #expect(folder.names(in: "o") == ["verdict.json"])
  }

  @Test func anEvaluationKeepsItsVerdict() throws {
    let folder = try GateWorkshop.folder()
    let run = ["evaluate", "d.csv", "--policy", "mixed.json5", "--no-charts"] + GateWorkshop.roles
    let one = try Child.run(run + ["--out", "one", "--threads", "1"], in: folder)
    #expect(one.status == 1 && one.output.contains("  one/verdict.json\n"), "\(one.error)")
    #expect(!one.output.contains("files in"))
    let two = try Child.run(run + ["--out", "two", "--threads", "2"], in: folder)
    #expect(two.output == one.output.replacing("one/", with: "two/"))
    let names =
      Self.files + [
        "NOT_BLESSED", "evaluation.json", "gaps.csv", "model-card.html", "model-card.md", "report.html",
        "report.pdf", "slices.csv", "spreads.csv",
      ]
    #expect(folder.names(in: "one") == names.sorted() && folder.names(in: "two") == names.sorted())
    for name in names {
      let same = try folder.read("one/\(name)") == folder.read("two/\(name)")
      #expect(same, "\(name) depends on the threads")
    }
    let html = try folder.read("one/report.html")
    #expect(html.contains("narrow") && html.contains("FAIL") && html.contains("INCONCLUSIVE"))
    let again = try Child.run(
      GateWorkshop.words("report one/evaluation.json --out r --no-charts"), in: folder)
    #expect(again.status == 0)
    #expect(try folder.read("r/report.html") == html)
    // Judged once more, from what is stored and by itself.
    let gate = try GateWorkshop.gate("one/evaluation.json --policy mixed.json5 --out g --report", in: folder)
    #expect(gate.status == 1 && gate.output.hasSuffix("\n10 files in g\n"), "\(gate.output)")
    for name in Self.files { #expect(try folder.read("g/\(name)") == folder.read("one/\(name)"), "\(name)") }
    #expect(try folder.read("g/report.html").contains("narrow"))
  }

  @Test func aSecondRunWritesTheSameBytes() throws {
    let folder = try GateWorkshop.folder()
    let line = "e.json --policy mixed.json5 --waivers w.json5 --as-of 2026-03-01 --report --out"
    for name in ["a", "b"] { #expect(try GateWorkshop.gate("\(line) \(name)", in: folder).status == 3) }
    #expect(folder.names(in: "a").count == 10)
    for name in folder.names(in: "a") {
      let same = try folder.read("a/\(name)") == folder.read("b/\(name)")
      #expect(same, "\(name)")
    }
  }

  /// Nothing tells one machine from another; a path below the current folder is told as a repository knows it.
  @Test func noOutputHoldsAPathOfThisMachine() throws {
    let folder = try GateWorkshop.folder()
    try FileManager.default.createDirectory(
      atPath: folder.path("ci"), withIntermediateDirectories: true)
    try folder.write("ci/p.json5", GateWorkshop.policy(["fail"]))
    let elsewhere = try Folder()
    try elsewhere.write("p.json5", GateWorkshop.policy(["fail"]))
    // The child knows its folder by the path that has no links in it.
    let here = folder.url.resolvingSymlinksInPath().path
    for (policy, told) in [
      ("\(here)/ci/p.json5", "ci/p.json5"), ("./ci/p.json5", "ci/p.json5"),
      (elsewhere.path("p.json5"), "p.json5"),
    ] {
      let result = try GateWorkshop.gate(
        "\(here)/e.json --policy \(policy) --waivers \(here)/w.json5 --out \(here)/o --report", in: folder,
        environment: ["GITHUB_ACTIONS": "true"])
      #expect(result.status == 1, "\(result.error)")
      #expect(result.output.contains("::error file=\(told),line=2,"), "\(result.output)")
      #expect(try folder.read("o/report.sarif").contains("\"uri\": \"\(told)\""))
      #expect(try folder.read("o/gl-code-quality.json").contains("\"path\": \"\(told)\""))
      for name in folder.names(in: "o") {
        let text = try folder.read("o/\(name)")
        #expect(!text.contains(here) && !text.contains(elsewhere.url.path), "\(name)")
      }
    }
  }

  // MARK: the policy in a configuration

  private static func configuration(_ gate: String, data: String = "d.csv") -> String {
    """
    { data: "\(data)", label: "y", score: "p", slices: ["sex", "region"],
      gate: \(gate) }
    """
  }

  @Test func aSectionOfTheConfigurationIsAPolicy() throws {
    let folder = try GateWorkshop.folder()
    try folder.write("c.json5", Self.configuration(GateWorkshop.policy(["pass", "edge", "fail"])))
    let section = try Child.run(
      GateWorkshop.words("evaluate --config c.json5 --gate --out s --no-charts"), in: folder)
    let file = try Child.run(
      GateWorkshop.words("evaluate --config c.json5 --policy mixed.json5 --out f --no-charts"), in: folder)
    #expect(section.status == 1 && file.status == 1, "\(section.error)\(file.error)")
    func verdicts(_ name: String) throws -> [String] {
      // Name, digest and lines of the policy differ, and they alone.
      try folder.read("\(name)/verdict.json").split(separator: "\n").map(String.init).filter {
        !$0.contains("\"line\"") && !$0.contains("json5\"") && !$0.contains("    \"sha256\"")
      }
    }
    #expect(try verdicts("s") == verdicts("f") && verdicts("s").count > 50)
    #expect(section.output.replacing("s/", with: "f/") == file.output)
    // The configuration judges what is stored, too.
    let stored = try GateWorkshop.gate("s/evaluation.json --policy c.json5 --out g", in: folder)
    #expect(stored.status == 1, "\(stored.error)")
    #expect(try folder.read("g/verdict.json") == folder.read("s/verdict.json"))
    let unjudged = try Child.run(["evaluate", "--config", "c.json5"], in: folder)
    #expect(unjudged.status == 0 && unjudged.output.hasSuffix("a gate, and --gate was not said.\n"))
  }

  @Test(arguments: [
    ("{ checks: [] }", "error: c.json5:2: gate: the policy has no checks"),
    ("{ level: 2, checks: [] }", "error: c.json5:2: gate.level: expected a number between 0.5 and 1"),
    (
      "{ checks: [\n    { id: 'x', metric: 'acuracy', slices: 'sex', min: 0.5 } ] }",
      "error: c.json5:3: gate.checks[0]"
    ),
    (
      "{ checks: [\n\n    { id: 'x', metric: 'accuracy', slices: 'sx', min: 0.5 } ] }",
      "error: c.json5:4: check “x”"
    ),
    (
      "{ checks: [\n\n    { id: 'x', metric: 'accuracy' slices: 'sx', min: 0.5 } ] }", "error: c.json5:4:35: "
    ),
    ("7", "error: c.json5:2: gate: expected a policy in { }, or the name of a file with one, found 7"),
  ])
  func aMistakeInASectionIsLocated(gate: String, message: String) throws {
    let folder = try GateWorkshop.folder()
    try folder.write("c.json5", Self.configuration(gate))
    let result = try Child.run(
      GateWorkshop.words("evaluate --config c.json5 --gate --out o"), in: folder)
    #expect(result.status == 65 && result.error.hasPrefix(message), "\(result.error)")
    #expect(result.output.isEmpty && !folder.names.contains("o"))
  }

  @Test func aPathInAConfigurationIsRelativeToIt() throws {
    let folder = try GateWorkshop.folder()
    try FileManager.default.createDirectory(
      atPath: folder.path("ci"), withIntermediateDirectories: true)
    try folder.write("ci/gate.json5", GateWorkshop.policy(["fail"]))
    try folder.write("ci/c.json5", Self.configuration("'gate.json5'", data: "../d.csv"))
    let result = try Child.run(
      GateWorkshop.words("evaluate --config ci/c.json5 --gate"), in: folder,
      environment: ["GITHUB_ACTIONS": "true"])
    #expect(result.status == 1, "\(result.error)")
    #expect(result.output.contains("::error file=ci/gate.json5,line=2,"), "\(result.output)")
    #expect(try GateWorkshop.gate("e.json --policy ci/c.json5", in: folder).status == 1)
    try folder.write("ci/c.json5", Self.configuration("'none.json5'", data: "../d.csv"))
    let missing = try Child.run(GateWorkshop.words("evaluate --config ci/c.json5 --gate"), in: folder)
    #expect(missing.status == 66 && missing.error.contains("ci/none.json5: there is no such policy"))
    // A configuration whose gate is itself leads nowhere.
    try folder.write("ci/c.json5", Self.configuration("'c.json5'", data: "../d.csv"))
    let circle = try GateWorkshop.gate("e.json --policy ci/c.json5", in: folder)
    #expect(circle.status == 65 && circle.error.contains("is not a key of a policy"), "\(circle.error)")
  }
}
