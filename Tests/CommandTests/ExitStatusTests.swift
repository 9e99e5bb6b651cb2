import Foundation
import TestSupport
import Testing

@Suite struct ExitStatusTests {
  private static let rows = """
    y,p,sex,age
    1,0.9,F,30
    0,0.2,F,41
    1,0.4,M,52
    0,0.7,M,23
    1,0.8,M,64
    0,0.1,F,35

    """
  private static let flags = ["--label", "y", "--score", "p", "--slice", "sex"]

  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write("d.csv", Self.rows)
    return folder
  }

  /// A table of command lines, with `DIR` for a fresh folder, and what they end with.
  @Test(arguments: [
    ("", 64, "Usage: fairslice COMMAND"), ("evalute", 64, "Did you mean “evaluate”?"),
    ("--verison", 64, "unknown flag “--verison”"), ("frobnicate", 64, "The commands are: evaluate, init"),
    ("help nothing", 64, "unknown command “nothing”"), ("init", 64, "init needs DATA"),
    ("init a b", 64, "“b” is one argument too many"), ("evaluate a b", 64, "“b” is one argument too many"),
    ("evaluate --lable y", 64, "Did you mean --label?"), ("evaluate", 64, "no data"),
    ("evaluate d.csv", 64, "no label"), ("evaluate d.csv --label y", 64, "neither a score nor a decision"),
    (
      "evaluate d.csv --label y --score p --level x", 64,
      "--level: expected a number between 0 and 1, found “x”"
    ),
    ("evaluate d.csv --label y --score p --level 2", 64, "--level: expected a number between 0 and 1"),
    ("evaluate d.csv --label y --score p --threads 0", 64, "--threads: expected a whole number"),
    ("evaluate d.csv --label y --score p --seed -1", 64, "--seed: expected a whole number"),
    ("evaluate d.csv --label y --score p --threshold nan", 64, "--threshold: expected a number"),
    (
      "evaluate d.csv --label y --score p --threshold meadian", 64,
      "expected a number, “median”, or the highest scores"
    ),
    ("evaluate d.csv --score p --positive 1", 64, "neither a label nor a decision column"),
    ("evaluate d.csv --score p --metric accuracy", 65, "accuracy needs a label"),
    ("evaluate d.csv --score p --gap equalized_odds", 65, "gap equalized_odds needs a label"),
    ("evaluate d.csv --label y --score p --comparison to_bets", 64, "Did you mean “to_best”?"),
    ("evaluate d.csv --label y --score p --bad-rows skipp", 64, "Did you mean “skip”?"),
    ("evaluate d.csv --label y --score p --slice age:edges=9,1", 64, "--slice"),
    ("evaluate d.csv --label y --score p --slice sex --reference sex", 64, "--reference: expected a feature"),
    ("evaluate d.csv --label y --score p --baseline-data d.csv", 64, "no unit: by which column"),
    ("evaluate d.csv --label y --score p --unit age --baseline-data n.csv", 66, "n.csv"),
    ("evaluate d.csv --label y --score p --unit sex --baseline-data d.csv", 65, "the unit “F” has had a row"),
    ("evaluate d.csv --label yy --score p", 65, "yy"),
    ("evaluate d.csv --label y --score p --slice sx", 65, "sx"),
    ("evaluate d.csv --label y --score p --metric acuracy", 65, "acuracy"),
    ("evaluate d.csv --label y --score p --slice sex --reference sx=F", 65, "reference for “sx”"),
    ("evaluate nothing.csv --label y --score p", 66, "nothing.csv"),
    ("evaluate --config nothing.json5", 66, "nothing.json5: there is no such configuration"),
    ("evaluate d.csv --label y --score p --templates nothing", 66, "no such folder of templates"),
    ("evaluate d.csv --label y --score p --out d.csv", 73, "d.csv"),
    ("evaluate d.csv --label y --score p --out /dev/full", 73, "/dev/full"),
    ("evaluate d.csv --label y --score p --out /proc/nothing", 73, "/proc/nothing"),
    ("report nothing.json", 66, "nothing.json: there is no such file"),
    ("report d.csv", 65, "not valid JSON"),
    ("init nothing.csv", 66, "nothing.csv"), ("init d.csv --out d.csv", 73, "exists already"),
    ("init d.csv --out /dev/full", 73, "exists already"),
    ("init d.csv --out /proc/nothing/c.json5", 73, "cannot be written"),
  ])
  func mistakesEndWithTheirStatus(line: String, status: Int32, message: String) throws {
    let folder = try folder()
    let result = try Child.run(line.split(separator: " ").map(String.init), in: folder)
    #expect(result.status == status, "\(result.error)")
    #expect(result.error.contains(message), "\(result.error)")
    #expect(result.output.isEmpty)
    #expect(folder.names == ["d.csv"])
    if !line.isEmpty { #expect(result.error.hasPrefix("error: ")) }
  }

  @Test(arguments: [
    "--help", "-h", "--version", "help", "help evaluate", "evaluate --help", "init --help", "report --help",
    "help --help", "evaluate --label y --help", "benchmark-read --help",
  ])
  func helpIsNoMistake(line: String) throws {
    let result = try Child.run(line.split(separator: " ").map(String.init))
    #expect(result.status == 0 && result.error.isEmpty && result.output.contains("fairslice"))
  }

  @Test func aRunWritesItsFilesAndNothingElse() throws {
    let folder = try folder()
    try folder.write("out.txt", "kept")
    let result = try Child.run(
      ["evaluate", "d.csv"] + Self.flags + ["--out", "out/deep", "--no-charts", "--threads", "2"], in: folder)
    #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    #expect(result.output.contains("demographic_parity") && result.output.contains("out/deep/slices.csv"))
    #expect(folder.names == ["d.csv", "out", "out.txt"])
    let names = try Child.run(
      ["report", "out/deep/evaluation.json", "--out", "again", "--no-charts"], in: folder)
    #expect(names.status == 0)
    #expect(try folder.read("again/report.html") == folder.read("out/deep/report.html"))
    #expect(try !folder.read("out/deep/evaluation.json").contains(folder.url.path))
  }

  @Test func withoutAFolderNothingIsWritten() throws {
    let folder = try folder()
    let result = try Child.run(["evaluate", "-"] + Self.flags, in: folder, input: Self.rows)
    #expect(result.status == 0 && result.output.contains("6 rows of standard input"), "\(result.error)")
    #expect(folder.names == ["d.csv"])
  }

  @Test func aBaselineIsJoined() throws {
    let folder = try folder()
    try folder.write("old.csv", "age,p\n30,.2\n41,.3\n52,.8\n23,.1\n64,.6\n35,.3\n")
    let result = try Child.run(
      ["evaluate", "d.csv"] + Self.flags + [
        "--unit", "age", "--baseline-data", "old.csv", "--out", "o", "--no-charts", "--no-report",
      ], in: folder)
    #expect(result.status == 0, "\(result.error)")
    #expect(try folder.read("o/evaluation.json").contains(#""paired": {"#))
  }

  @Test func aMistakeInAConfigurationIsLocated() throws {
    let folder = try folder()
    try folder.write("c.json5", "{\n  data: 'd.csv', label: 'y', score: 'p',\n  slcies: ['sex'],\n}")
    let result = try Child.run(["evaluate", "--config", "c.json5"], in: folder)
    #expect(result.status == 65)
    #expect(
      result.error
        == "error: c.json5:3: “slcies” is not a key of a configuration\n  Did you mean “slices”?\n")
  }

  @Test func flagsOverrideTheConfiguration() throws {
    let folder = try folder()
    try folder.write("c.json5", "{data: 'no.csv', label: 'y', score: 'nope', slices: ['age'], title: 'T'}")
    let arguments = ["evaluate", "d.csv", "--config", "c.json5", "--score", "p", "--slice", "sex"]
    let result = try Child.run(arguments, in: folder)
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.hasPrefix("T\n") && result.output.contains("sex: 2 groups"))
    #expect(!result.output.contains("age:"))
  }

  @Test func terminalEscapesAreMadeVisible() throws {
    let folder = try folder()
    let result = try Child.run(["evaluate", "d.csv", "--label", "\u{1B}[2Jy", "--score", "p"], in: folder)
    #expect(result.status == 65 && !result.error.contains("\u{1B}"), "\(result.error)")
    try folder.write("e.csv", Self.rows.replacing(",F,", with: ",\u{1B}[31mF,"))
    let shown = try Child.run(["evaluate", "e.csv"] + Self.flags, in: folder)
    #expect(shown.status == 0 && !shown.output.contains("\u{1B}") && shown.output.contains("\\u{1B}[31mF"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
  func aFullStandardOutputChangesNothing() throws {
    let folder = try folder()
    let result = try Child.run(
      ["evaluate", "d.csv"] + Self.flags + ["--out", "o", "--no-charts"], in: folder, output: "/dev/full")
    #expect(result.status == 0 && result.error.isEmpty)
  }

  @Test func initWritesAConfigurationThatRuns() throws {
    let folder = try folder()
    let first = try Child.run(["init", "d.csv", "--out", "c.json5"], in: folder)
    #expect(first.status == 0, "\(first.error)")
    let text = try folder.read("c.json5")
    for line in [#"label: "y""#, #"positive: "1""#, #"score: "p""#, #""sex","#, #"data: "d.csv""#] {
      #expect(text.contains(line), "\(text)")
    }
    let again = try Child.run(["init", "d.csv", "--out", "c.json5"], in: folder)
    #expect(again.status == 73)
    #expect(try folder.read("c.json5") == text)
    let run = try Child.run(["evaluate", "--config", "c.json5"], in: folder)
    #expect(run.status == 0 && run.output.contains("sex: 2 groups"), "\(run.error)")
  }

  @Test func aScoreAloneIsEvaluated() throws {
    let flags = ["--score", "p", "--threshold", "median", "--threshold-rule", "above", "--slice", "sex"]
    let result = try Child.run(["evaluate", "d.csv"] + flags, in: folder())
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains("no label · decision p > 0.55"), "\(result.output)")
    #expect(result.output.contains("predicted_positives      3"), "\(result.output)")
  }

  /// Data without a true outcome, with a slash in a column's name.
  @Test func initCopesWithoutALabel() throws {
    let folder = try Folder()
    try folder.write(
      "d.csv", "Race/Ethnicity,Gender,Score,Selection\nA,F,0.9,1\nB,M,0.2,0\nA,M,0.7,1\nB,F,0.1,0\n")
    let first = try Child.run(["init", "d.csv", "--out", "c.json5"], in: folder)
    #expect(first.status == 0 && first.output.contains("label: not found; without it"), "\(first.error)")
    let text = try folder.read("c.json5")
    for line in [#"// label: …"#, #"decision: "Selection""#, #"positive: "1""#, #"score: "Score""#] {
      #expect(text.contains(line), "\(text)")
    }
    let run = try Child.run(["evaluate", "--config", "c.json5", "--out", "o", "--no-charts"], in: folder)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("no label · decision Selection = “1”"))
    #expect(run.output.contains("Race/Ethnicity: 2 groups") && run.output.contains("No label was given"))
    let slices = try folder.read("o/slices.csv")
    #expect(slices.contains("\nGender=F & Race/Ethnicity=A,Gender*Race/Ethnicity,selection_rate,1,"))
    #expect(!slices.contains("prevalence") && !slices.contains("true_negatives"))
  }

  @Test func theSampleIsGuessedRight() throws {
    let data = SharedData.root.appending(path: "SampleData/adult.csv").path
    let result = try Child.run(["init", data, "--out", "-"])
    #expect(result.status == 0)
    for line in [
      #"label: "income""#, #"positive: ">50K""#, #"score: "score""#, #"baseline_score: "score_logistic""#,
      #"weight: "fnlwgt""#, #"unit: "id""#, #""age:edges=25,45,65""#, #""sex*race""#,
    ] {
      #expect(result.output.contains(line), "\(line) is not in \(result.output)")
    }
  }

  @Test func theReadingBenchmarkCountsRows() throws {
    let result = try Child.run(
      ["benchmark-read", "d.csv", "--columns", "y,p", "--threads", "2"], in: folder())
    #expect(result.status == 0 && result.output.hasPrefix("6 rows, "))
  }
}
