import Foundation
import Testing

@testable import FairSlice

/// The exit status of a gate is its verdict, whatever else happens. Documentation/CommandLine.md has the table.
@Suite struct GateExitTests {
  @Test(arguments: [
    ("pass", 0, "PASS"), ("fail", 1, "FAIL"), ("warn", 0, "PASS"), ("edge", 3, "INCONCLUSIVE"),
    ("edgepass", 0, "PASS"), ("edgefail", 1, "FAIL"), ("edgekeep", 3, "INCONCLUSIVE"),
    ("edgewarn", 0, "PASS"), ("mixed", 1, "FAIL"), ("passedge", 3, "INCONCLUSIVE"),
    ("edge --inconclusive pass", 0, "PASS"), ("edge --inconclusive fail", 1, "FAIL"),
    ("edge --inconclusive inconclusive", 3, "INCONCLUSIVE"),
    // What a check says of itself has the last word.
    ("edgekeep --inconclusive pass", 3, "INCONCLUSIVE"), ("edgefail --inconclusive pass", 1, "FAIL"),
    ("edgepass --inconclusive fail", 0, "PASS"),
    // Folding is about what is inconclusive, never about a failure.
    ("fail --inconclusive pass", 1, "FAIL"), ("mixed --inconclusive pass", 1, "FAIL"),
    ("pass --inconclusive fail", 0, "PASS"), ("edgewarn --inconclusive fail", 0, "PASS"),
  ])
  func theStatusIsTheVerdict(policy: String, status: Int32, verdict: String) throws {
    let folder = try GateWorkshop.folder()
    let words = GateWorkshop.words(policy)
    let flags = words.dropFirst().joined(separator: " ")
    let result = try GateWorkshop.gate("e.json --policy \(words[0]).json5 \(flags) --out o", in: folder)
    #expect(result.status == status && result.error.isEmpty, "\(result.error)")
    #expect(result.output.split(separator: " ").dropFirst().first == verdict[...], "\(result.output)")
    let stored = try folder.read("o/verdict.json")
    #expect(stored.contains("\n  \"verdict\": \"\(verdict.lowercased())\""), "\(stored)")
    #expect(stored.contains("\n  \"exit_code\": \(status)"))
    #expect(folder.names(in: "o").contains(status == 0 ? "BLESSED" : "NOT_BLESSED"))
  }

  @Test(arguments: [("pass", 0), ("fail", 1), ("edge", 3)])
  func evaluatingJudgesAlike(policy: String, status: Int32) throws {
    let folder = try GateWorkshop.folder()
    let flags = GateWorkshop.roles + ["--policy", "\(policy).json5"]
    let result = try Child.run(["evaluate", "d.csv"] + flags, in: folder)
    #expect(result.status == status && result.error.isEmpty, "\(result.error)")
    #expect(result.output.contains("demographic_parity"))
    let alone = try GateWorkshop.gate("e.json --policy \(policy).json5", in: folder)
    #expect(result.output.hasSuffix("\n\n" + alone.output), "\(result.output)")
  }

  @Test(arguments: [
    ("--as-of 2026-03-01", "0.3", 0, "WAIVED"), ("--as-of 2026-04-01", "0.3", 0, "WAIVED"),
    ("--as-of 2026-02-01", "0.2", 0, "WAIVED"),
    ("--as-of 2026-04-02", "0.3", 1, "expired on 2026-04-01 and waives nothing"),
    ("--as-of 2026-03-01", "0.19", 1, "accepts 0.19; the result is worse"),
    // Today lies long after it.
    ("", "0.3", 1, "expired"),
  ])
  func waiversAreJudgedByTheDay(flags: String, accepted: String, status: Int32, message: String) throws {
    let folder = try GateWorkshop.folder()
    try folder.write("w.json5", GateWorkshop.waiver(accepted: accepted, created: "2026-01-02"))
    if flags.isEmpty {
      try folder.write("w.json5", GateWorkshop.waiver(created: "2020-01-01", expires: "2020-02-01"))
    }
    let result = try GateWorkshop.gate(
      "e.json --policy fail.json5 --waivers w.json5 \(flags) --out o", in: folder)
    #expect(result.status == status && result.error.isEmpty, "\(result.error)")
    #expect(result.output.contains(message), "\(result.output)")
    #expect(folder.names(in: "o").contains(status == 0 ? "BLESSED" : "NOT_BLESSED"))
  }

  @Test(arguments: [
    ("fail", "elsewhere", "sex", 1, "matches no check and group of this run"),
    ("fail", "narrow", "region", 1, "matches no check and group of this run"),
    ("pass", "wide", "sex", 0, "is not needed: nothing that it covers failed"),
    ("edge", "edge", "sex", 3, "is not needed"),
  ])
  func aWaiverThatDoesNothingIsTold(
    policy: String, check: String, slice: String, status: Int32, message: String
  ) throws {
    let folder = try GateWorkshop.folder()
    try folder.write("w.json5", GateWorkshop.waiver(check: check, slice: slice))
    let result = try GateWorkshop.gate(
      "e.json --policy \(policy).json5 --waivers w.json5 --as-of 2026-03-01", in: folder)
    #expect(result.status == status && result.error.isEmpty, "\(result.error)")
    // The notes are wrapped.
    let text = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains(message), "\(result.output)")
  }

  @Test(arguments: [("pass", 0), ("fail", 1), ("edge", 3)])
  func aStandardOutputThatNobodyReadsChangesNothing(policy: String, status: Int32) throws {
    let folder = try GateWorkshop.folder()
    let arguments = ["gate", "e.json", "--policy", "\(policy).json5"]
    #expect(try Child.runUnread(arguments, in: folder).status == status)
    let evaluate = ["evaluate", "d.csv", "--policy", "\(policy).json5"] + GateWorkshop.roles
    #expect(try Child.runUnread(evaluate, in: folder).status == status)
    if FileManager.default.fileExists(atPath: "/dev/full") {
      let full = try Child.run(arguments, in: folder, output: "/dev/full")
      #expect(full.status == status && full.error.isEmpty)
    }
    let program = try #require(Child.program).path
    let closed = try Child.run(
      ["-c", #"exec "$0" "$@" >&-"#, program] + arguments + ["--out", "closed"], in: folder, tool: "/bin/sh")
    #expect(closed.status == status && closed.error.isEmpty, "\(closed.error)")
    let open = try Child.run(arguments + ["--out", "open"], in: folder)
    #expect(open.status == status)
    for name in folder.names(in: "open") {
      #expect(try folder.read("closed/\(name)") == folder.read("open/\(name)"), "\(name)")
    }
    let piped = try Child.run(
      ["-c", #"{ "$0" "$@"; echo $? >status; } | head -n 0"#, program] + arguments, in: folder,
      tool: "/bin/sh")
    #expect(piped.error.isEmpty)
    #expect(try folder.read("status") == "\(status)\n")
  }

  private static let make = "/usr/bin/make"

  /// make ends with 2 wherever a recipe fails, and says with what.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: make), "needs make"),
    arguments: [
      ("pass", 0, ""), ("warn", 0, ""), ("fail", 2, "Error 1"), ("edge", 2, "Error 3"),
      ("none", 2, "Error 66"),
    ])
  func makeStopsWhereAGateDoes(policy: String, status: Int32, message: String) throws {
    let folder = try GateWorkshop.folder()
    try folder.write(
      "Makefile",
      "deploy: gate\n\techo deployed\ngate:\n\t$(FAIRSLICE) gate e.json --policy $(POLICY).json5\n")
    let program = try #require(Child.program).path
    let result = try Child.run(
      ["-s", "deploy", "FAIRSLICE=\(program)", "POLICY=\(policy)"], in: folder, environment: ["LC_ALL": "C"],
      tool: Self.make)
    #expect(result.status == status, "\(result.error)")
    #expect(result.output.contains("deployed") == (status == 0))
    #expect(result.error.contains(message) || message.isEmpty, "\(result.error)")
  }

  @Test func everyKindOfErrorHasAStatus() {
    let statuses: [(FairSliceError.Kind, Int32)] = [
      (.usage, 64), (.data, 65), (.missingInput, 66), (.unavailable, 69), (.defect, 70), (.unwritable, 73),
    ]
    for (kind, status) in statuses { #expect(FairSliceError(kind: kind, message: "m").exitCode == status) }
  }
}
