import Foundation
import Results
import TestSupport
import Testing

/// Runs and their index through the built program.
@Suite struct IndexProgramTests {
  private let flags = ["--label", "y", "--score", "p", "--slice", "sex", "--no-charts", "--no-report"]

  private func log(_ folder: Folder, _ name: String = "runs.jsonl") throws -> [RunRecord] {
    try RunLog(jsonLines: Array(folder.read(name).utf8), name: name).entries.map(\.record)
  }

  private func evaluate(
    _ more: String, in folder: Folder, environment: [String: String] = [:]
  ) throws -> Child.Result {
    try Child.run(
      ["evaluate", "d.csv"] + flags + GateWorkshop.words(more), in: folder, environment: environment)
  }

  @Test func everyRunAddsALineAndTheIndexShowsThem() throws {
    let folder = try GateWorkshop.folder()
    #expect(try evaluate("--out r/a", in: folder).status == 0)
    #expect(
      try evaluate(
        "--out r/b --policy fail.json5 --run-label v2", in: folder,
        environment: ["SOURCE_DATE_EPOCH": "1772366400"]
      ).status == 1)
    #expect(
      try GateWorkshop.gate("r/a/evaluation.json --policy pass.json5 --out r/c --report", in: folder).status
        == 0)
    let runs = try log(folder, "r/runs.jsonl")
    #expect(runs.map(\.origin.folder) == ["a", "b", "c"])
    #expect(runs.map(\.origin.kind) == [.evaluate, .evaluate, .gate])
    #expect(runs.map(\.origin.label) == [nil, "v2", nil])
    #expect(runs.map(\.origin.date) == [nil, "2026-03-01T12:00:00Z", nil])
    #expect(runs.map(\.verdict) == [nil, .fail, .pass] && runs.map(\.exitCode) == [nil, 1, 0])
    #expect(runs[1].checks.map(\.id) == ["narrow"] && runs[1].checks[0].maximum == 0.05)
    let difference = try #require(runs[1].checks[0].reading.value)
    #expect(abs(difference - 0.2) < 1e-12)
    #expect(!(try folder.read("r/runs.jsonl").contains(folder.url.path)))

    let result = try Child.run(["index", "r"], in: folder)
    #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    #expect(result.output.contains("3 runs, the newest #3: ✓ PASS") && result.output.contains("r/index.html"))
    let page = try folder.read("r/index.html")
    #expect(page.contains("href=\"./c/report.html\"") && !page.contains("href=\"./b/report.html\""))
    #expect(try Child.run(["index", "r/"], in: folder).status == 0)
    #expect(try folder.read("r/index.html") == page)
  }

  @Test func aLineDoesNotDependOnThePlaceOrTheThreads() throws {
    let one = try GateWorkshop.folder()
    let two = try GateWorkshop.folder()
    _ = try evaluate("--out o --policy mixed.json5 --threads 1", in: one)
    _ = try evaluate("--out \(two.path("o")) --policy mixed.json5 --threads 2", in: two)
    #expect(try one.read("runs.jsonl") == two.read("runs.jsonl"))
    #expect(try JSONSchema("runs.schema.json").errors(in: Array(one.read("runs.jsonl").utf8)).isEmpty)
  }

  @Test func itCanBeTurnedOff() throws {
    let folder = try GateWorkshop.folder()
    _ = try evaluate("--out o --no-history", in: folder)
    try folder.write(
      "c.json5", "{ data: 'd.csv', label: 'y', score: 'p', history: false, run_label: 'x', charts: false }")
    #expect(try Child.run(["evaluate", "--config", "c.json5", "--out", "q"], in: folder).status == 0)
    _ = try GateWorkshop.gate("e.json --policy pass.json5 --out g --no-history", in: folder)
    _ = try GateWorkshop.gate("e.json --policy pass.json5", in: folder)
    _ = try evaluate("", in: folder)
    #expect(folder.names.contains("o") && folder.names.contains("q") && folder.names.contains("g"))
    #expect(!folder.names.contains("runs.jsonl"))
  }

  @Test func theConfigurationCanNameTheRun() throws {
    let folder = try GateWorkshop.folder()
    try folder.write(
      "c.json5", "{ data: 'd.csv', label: 'y', score: 'p', run_label: 'monday', charts: false }")
    _ = try Child.run(["evaluate", "--config", "c.json5", "--out", "q"], in: folder)
    #expect(try log(folder).map(\.origin.label) == ["monday"])
    #expect(!(try folder.read("q/evaluation.json").contains("monday")))
  }

  /// A run that fails is no run.
  @Test func withoutAResultThereIsNoLine() throws {
    let folder = try GateWorkshop.folder()
    #expect(try evaluate("--out o --metric acuracy", in: folder).status == 65)
    #expect(!folder.names.contains("runs.jsonl"))
  }

  @Test func whereNoLineCanBeAddedNothingIsWritten() throws {
    let folder = try GateWorkshop.folder()
    try FileManager.default.createDirectory(
      atPath: folder.path("runs.jsonl"), withIntermediateDirectories: false)
    for result in [
      try evaluate("--out o", in: folder),
      try GateWorkshop.gate("e.json --policy pass.json5 --out o", in: folder),
    ] {
      #expect(result.status == 73)
      #expect(result.error.contains("runs.jsonl") && result.error.contains("--no-history"), "\(result.error)")
      #expect(!folder.names.contains("o"))
    }
    #expect(try evaluate("--out o --no-history", in: folder).status == 0)
  }

  @Test func twoProgramsAtATimeLoseNothing() throws {
    let folder = try GateWorkshop.folder()
    let program = try #require(Child.program).path
    let processes = try ["a", "b"].map { name in
      let script =
        "for i in 1 2 3 4 5 6 7 8; do \"$0\" gate e.json --policy pass.json5 --out r/\(name)$i >/dev/null || exit; done"
      let process = try Child.process(["-c", script, program], in: folder, tool: "/bin/sh")
      try process.run()
      return process
    }
    for process in processes {
      process.waitUntilExit()
      #expect(Child.status(process) == 0)
    }
    let names = try log(folder, "r/runs.jsonl").map(\.origin.folder)
    #expect(names.filter { $0.hasPrefix("a") } == (1...8).map { "a\($0)" })
    #expect(names.filter { $0.hasPrefix("b") } == (1...8).map { "b\($0)" })
  }

  @Test func mistakesEndWithTheirStatus() throws {
    let folder = try Folder()
    let cases: [(String, Int32, String)] = [
      ("index", 64, "index needs DIR"), ("index a b", 64, "one argument too many"),
      ("index nothing", 66, "nothing: there is no such folder"),
      ("index .", 66, "runs.jsonl: there is no such list of runs"),
      ("index bad", 65, "bad/runs.jsonl:2: is not valid JSON"), ("index full", 73, "index.html"),
    ]
    for name in ["bad", "full", "empty"] {
      try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
    }
    let line = String(decoding: SampleRun.plain().line(), as: UTF8.self)
    try folder.write("bad/runs.jsonl", line + "oops\n" + line)
    try folder.write("full/runs.jsonl", line)
    try FileManager.default.createDirectory(
      atPath: folder.path("full/index.html"), withIntermediateDirectories: true)
    try folder.write("empty/runs.jsonl", "")
    for (arguments, status, message) in cases {
      let result = try Child.run(GateWorkshop.words(arguments), in: folder)
      #expect(result.status == status && result.error.contains(message), "\(arguments): \(result.error)")
      #expect(result.output.isEmpty)
    }
    #expect(folder.names(in: "bad") == ["runs.jsonl"])
    let empty = try Child.run(["index", "empty"], in: folder)
    #expect(empty.status == 0 && empty.output.contains("No runs yet."))
    #expect(try folder.read("empty/index.html").contains("No runs yet"))
  }
}
