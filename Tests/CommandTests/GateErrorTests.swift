import Foundation
import Testing

/// Where there is no verdict, nothing is written, nothing is printed for a program to read, and the status says
/// whose mistake it was.
@Suite struct GateErrorTests {
  /// Broken files by name, beside those of the workshop.
  private static let files = [
    "empty.json5": "", "list.json5": "[]", "nochecks.json5": "{ checks: [] }", "nokey.json5": "{}",
    "comma.json5": "{ checks: [\n  { id: 'x', metric: 'accuracy' slices: 'sex', min: 0.5 },\n] }",
    "half.json5": "{ checks: [\n  { id: 'x',",
    "metric.json5": GateWorkshop.policy(["pass", "id: 'x', metric: 'acuracy', slices: 'sex', min: 0.5"]),
    "gap.json5": GateWorkshop.policy(["id: 'x', gap: 'equal_oportunity', slices: 'sex', max: 0.5"]),
    "feature.json5": GateWorkshop.policy(["id: 'x', metric: 'accuracy', slices: 'sxe', min: 0.5"]),
    "cross.json5": GateWorkshop.policy(["id: 'x', metric: 'accuracy', slices: 'sex*region', min: 0.5"]),
    "group.json5": GateWorkshop.policy(["id: 'x', metric: 'accuracy', slices: 'sex=G', min: 0.5"]),
    "pattern.json5": GateWorkshop.policy(["id: 'x', metric: 'accuracy', slices: 'sex=Q*', min: 0.5"]),
    "key.json5": GateWorkshop.policy(["id: 'x', metric: 'accuracy', slices: 'sex', minn: 0.5"]),
    "ratchet.json5": GateWorkshop.policy(["pass"], before: "ratchet: true,"),
    "twice.json5": GateWorkshop.policy(["pass", "pass"]),
    "wcomma.json5": "{ waivers: [\n  { check: 'narrow' slice: 'sex' } ] }",
    "wkey.json5": "{ waivers: [\n  { chek: 'narrow' } ] }",
    "wmissing.json5": "{ waivers: [\n  { check: 'n' } ] }",
    "wlong.json5": GateWorkshop.waiver(expires: "2026-12-01"),
    "wday.json5": GateWorkshop.waiver(expires: "2026-02-30"),
    "other.json": #"{"schema": "fairslice-verdict", "version": 1}"#, "text.json": "not JSON",
    "config.json5": "{ data: 'd.csv', label: 'y', score: 'p', slices: ['sex'] }",
  ]

  private func folder() throws -> Folder {
    let folder = try GateWorkshop.folder()
    for (name, text) in Self.files { try folder.write(name, text) }
    let whole = try GateWorkshop.evaluation()
    try folder.write("cut.json", String(whole.prefix(whole.count / 2)))
    try FileManager.default.createDirectory(
      atPath: folder.path("folder"), withIntermediateDirectories: false)
    return folder
  }

  private func expectError(_ line: String, _ status: Int32, _ message: String) throws {
    let folder = try folder()
    let before = folder.names
    let result = try Child.run(GateWorkshop.words(line), in: folder, environment: ["GITHUB_ACTIONS": "true"])
    #expect(result.status == status, "\(result.error)")
    #expect(result.error.contains(message), "\(result.error)")
    #expect(result.error.hasPrefix("error: ") && result.output.isEmpty, "\(result.output)")
    let lines = result.error.split(separator: "\n")
    #expect(lines.count <= 2 && lines.dropFirst().allSatisfy { $0.hasPrefix("  ") }, "\(result.error)")
    #expect(folder.names == before)
    #expect(folder.names(in: "folder").isEmpty)
  }

  @Test(arguments: [
    ("gate", "gate needs evaluation.json"), ("gate e.json", "Say --policy FILE."),
    ("gate e.json pass.json5 --policy pass.json5", "one argument too many"),
    ("gate e.json --polcy pass.json5", "Did you mean --policy?"),
    ("gate e.json --policy", "--policy needs a value"),
    ("gate e.json --policy=", "--policy is empty"),
    ("gate e.json --policy pass.json5 --out=", "--out is empty"),
    ("gate e.json --policy pass.json5 --policy fail.json5", "--policy is given twice"),
    ("gate e.json --policy pass.json5 --inconclusive fial", "Did you mean “fail”?"),
    ("gate e.json --policy pass.json5 --inconclusive=", "expected one of “pass”"),
    ("gate e.json --policy pass.json5 --as-of 2026-03-01", "Say --waivers FILE."),
    ("gate e.json --policy pass.json5 --waivers w.json5 --as-of tomorrow", "Write --as-of 2026-03-01."),
    ("gate e.json --policy pass.json5 --waivers w.json5 --as-of 2026-02-29", "found “2026-02-29”"),
    ("gate e.json --policy fail.json5 --explain narow --out o", "Did you mean “narrow”?"),
    ("gate e.json --policy pass.json5 --report", "--report has no folder to write to"),
    ("gate e.json --policy pass.json5 --out o --templates folder", "Say --report, too."),
    ("gate e.json --policy pass.json5 --gate", "unknown flag “--gate”"),
    ("evaluate d.csv --label y --score p --waivers w.json5", "--waivers belongs to a gate"),
    ("evaluate d.csv --label y --score p --baseline e.json", "Add --gate"),
    ("evaluate d.csv --label y --score p --as-of 2026-03-01", "--as-of belongs to a gate"),
    ("evaluate d.csv --label y --score p --inconclusive pass", "--inconclusive belongs to a gate"),
    ("evaluate d.csv --label y --score p --gate", "there is no policy to judge by"),
    ("evaluate --config config.json5 --gate --out o", "write a “gate” section into the configuration"),
    ("evaluate d.csv --label y --score p --out= --no-charts", "--out is empty"),
  ])
  func aWrongFlagIs64(line: String, message: String) throws { try expectError(line, 64, message) }

  @Test(arguments: [
    ("empty.json5", "error: empty.json5"), ("list.json5", "expected a policy in { }"),
    ("nochecks.json5", "nochecks.json5: the policy has no checks"),
    ("nokey.json5", "the policy has no checks"),
    ("comma.json5", "error: comma.json5:2:33: "), ("half.json5", "error: half.json5:2:"),
    (
      "metric.json5",
      "metric.json5:3: checks[1].metric: there is no metric “acuracy”\n  Did you mean “accuracy”?"
    ),
    ("gap.json5", "Did you mean “equal_opportunity”?"),
    ("feature.json5", "is no feature that the evaluation is sliced by\n  Did you mean “sex”?"),
    ("cross.json5", "Evaluate with --slice 'region*sex'"), ("group.json5", "Did you mean “sex=F”?"),
    ("pattern.json5", "“sex=Q*” matches no group"),
    ("key.json5", "key.json5:2: checks[0].minn: “minn” is not a key of a check\n  Did you mean “min”?"),
    ("change.json5", "is about a change, and there is no baseline\n  Give --baseline evaluation.json"),
    ("ratchet.json5", "the policy is a ratchet, and there is no baseline"),
    ("twice.json5", "there are two checks “wide”; the other is on line 2"),
    ("text.json", "error: text.json:1:1: "),
    ("e.json", "is not a key of a policy"),
    ("config.json5", "config.json5:1: data: “data” is not a key of a policy"),
  ])
  func aWrongPolicyIs65(file: String, message: String) throws {
    try expectError("gate e.json --policy \(file) --out o", 65, message)
    try expectError(
      "evaluate d.csv --label y --score p --slice sex --slice region --policy \(file) --out o", 65, message)
  }

  /// What the policy lacks by itself is told before the data are read.
  @Test func aMissingBaselineIsToldFirst() throws {
    for policy in ["change.json5", "ratchet.json5"] {
      try expectError(
        "evaluate gone.csv --label y --score p --slice sex --policy \(policy) --out o", 65,
        "there is no baseline")
    }
  }

  @Test(arguments: [
    ("e.json --waivers wcomma.json5", "error: wcomma.json5:2:21: "),
    ("e.json --waivers wkey.json5", "“chek” is not a key of a waiver\n  Did you mean “check”?"),
    ("e.json --waivers wmissing.json5", "the waiver has no “"),
    ("e.json --waivers wlong.json5", "runs for 303 days, and the policy allows 90"),
    ("e.json --waivers wday.json5", "expected a day"),
    ("e.json --waivers pass.json5", "not a key of a waiver file"),
    ("e.json --waivers w.json5 --as-of 2026-01-31", "2026-02-01 lies after 2026-01-31, the day of this run"),
    ("cut.json", "cut.json: is not valid JSON; it may have been cut short\n  Make it again"),
    ("text.json", "text.json: is not valid JSON"), ("pass.json5", "is not valid JSON"),
    ("other.json", "other.json: is not an evaluation made by fairslice"), ("d.csv", "is not valid JSON"),
    ("e.json --baseline cut.json", "cut.json: is not valid JSON"),
    ("e.json --baseline other.json", "is not an evaluation made by fairslice"),
  ])
  func aWrongInputIs65(line: String, message: String) throws {
    let day = line.contains("--waivers") && !line.contains("--as-of") ? " --as-of 2026-03-01" : ""
    try expectError("gate \(line)\(day) --policy pass.json5 --out o", 65, message)
  }

  @Test(arguments: [
    ("gate none.json --policy pass.json5", "none.json: there is no such evaluation"),
    ("gate folder --policy pass.json5", "folder: the evaluation cannot be read"),
    ("gate e.json --policy none.json5", "none.json5: there is no such policy"),
    ("gate e.json --policy folder", "folder: the policy cannot be read"),
    ("gate e.json --policy pass.json5 --waivers none.json5", "none.json5: there is no such waiver file"),
    ("gate e.json --policy pass.json5 --baseline none.json", "none.json: there is no such baseline"),
    ("gate e.json --policy pass.json5 --report --out o --templates none", "no such folder of templates"),
    ("evaluate d.csv --label y --score p --policy none.json5", "there is no such policy"),
    ("evaluate none.csv --label y --score p --policy pass.json5", "none.csv"),
  ])
  func aMissingInputIs66(line: String, message: String) throws { try expectError(line, 66, message) }

  @Test(arguments: ["d.csv", "/dev/full", "/proc/nothing", "d.csv/x"])
  func whatCannotBeWrittenIs73(place: String) throws {
    for policy in ["pass", "fail", "edge"] {
      try expectError("gate e.json --policy \(policy).json5 --out \(place)", 73, place)
    }
    try expectError(
      "evaluate d.csv --label y --score p --slice sex --policy pass.json5 --out \(place)", 73, place)
  }

  /// The run that breaks leaves what an earlier one wrote, except its blessing: nobody may take it for one of this
  /// run. So does a run that is not judged.
  @Test(arguments: [
    ("gate e.json --policy nochecks.json5 --out o", 65), ("gate gone.json --policy pass.json5 --out o", 66),
    ("evaluate gone.csv --label y --score p --out o", 66),
  ])
  func anErrorLeavesAnEarlierVerdictAndTakesItsBlessing(line: String, status: Int32) throws {
    let folder = try folder()
    #expect(try GateWorkshop.gate("e.json --policy pass.json5 --out o", in: folder).status == 0)
    let before = try folder.read("o/verdict.json")
    let names = folder.names(in: "o")
    #expect(names.contains("BLESSED"))
    let result = try Child.run(line.split(separator: " ").map(String.init), in: folder)
    #expect(result.status == status, "\(result.error)")
    #expect(try folder.read("o/verdict.json") == before)
    #expect(folder.names(in: "o") == names.filter { $0 != "BLESSED" })
  }
}
