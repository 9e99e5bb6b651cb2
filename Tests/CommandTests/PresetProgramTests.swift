import Foundation
import Results
import TestSupport
import Testing

/// Presets from the command line to every file.
@Suite struct PresetProgramTests {
  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write("d.csv", GateWorkshop.rows)
    return folder
  }

  private let evaluate = ["evaluate", "d.csv", "--no-charts", "--no-history"] + GateWorkshop.roles

  @Test func indicatorsAreWritten() throws {
    let folder = try folder()
    let run = try Child.run(evaluate + ["--preset", "four-fifths", "--out", "o"], in: folder)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("Indicators: Four-fifths rule") && run.output.contains("o/indicators.csv"))
    #expect(run.output.contains("impact ratio 0.600"))
    let csv = try folder.read("o/indicators.csv")
    #expect(csv.contains("four-fifths,four_fifths,sex,sex=F,sex=M,impact_ratio,0.6,"))
    #expect(csv.contains("sex=F,sex=M,indicator,,,,\"below four fifths, significant\""))
    #expect(try folder.read("o/report.html").contains("id=\"preset\""))
    let json = Array(try folder.read("o/evaluation.json").utf8)
    #expect(try JSONSchema("evaluation.schema.json").errors(in: json) == [])
    #expect(try Evaluation(json: Data(json), name: "o").configuration.contains("\"four-fifths\""))
    let again = try Child.run(["report", "o/evaluation.json", "--out", "r", "--no-charts"], in: folder)
    #expect(again.status == 0, "\(again.error)")
    #expect(try folder.read("r/report.html") == folder.read("o/report.html"))
  }

  @Test func anUnknownPresetIsAMistakeOfUsage() throws {
    let run = try Child.run(evaluate + ["--preset", "four-fith"], in: try folder())
    #expect(run.status == 64)
    #expect(
      run.error.contains("--preset: expected one of “four-fifths”")
        && run.error.contains("Did you mean “four-fifths”?"))
  }

  @Test func aPresetThatNeedsALabel() throws {
    let run = try Child.run(
      ["evaluate", "d.csv", "--score", "p", "--slice", "sex", "--preset", "aequitas"], in: try folder())
    #expect(run.status == 64 && run.error.contains("needs a label"), "\(run.error)")
  }

  @Test func flagsOverrideThePreset() throws {
    let folder = try folder()
    let run = try Child.run(
      evaluate + ["--preset", "four-fifths", "--metric", "accuracy", "--out", "o", "--no-report"], in: folder)
    #expect(run.status == 0, "\(run.error)")
    let evaluation = try Evaluation(json: Data(try folder.read("o/evaluation.json").utf8), name: "o")
    #expect(evaluation.metrics.map(\.id) == ["accuracy"])
    let request = try #require(evaluation.preset?.requests.first { $0.key == "metrics" })
    #expect(request.used == "accuracy" && request.wanted.contains("selection_rate"))
    #expect(evaluation.preset?.tables.first?.column("impact_ratio")?.values.contains(0.6) == true)
  }

  @Test func gateAndPresetTogether() throws {
    let folder = try folder()
    try folder.write(
      "p.json5", "{ checks: [{ id: 'four', preset: 'four-fifths', slices: 'sex', severity: 'warning' }] }")
    let run = try Child.run(
      evaluate + ["--preset", "four-fifths", "--policy", "p.json5", "--out", "o"], in: folder)
    #expect(run.status == 0, "\(run.error)")
    #expect(try folder.read("o/summary.md").contains("impact ratio 0"))
  }

  @Test func presetsAreListed() throws {
    let folder = try folder()
    let help = try Child.run(["help", "evaluate"], in: folder)
    let draft = try Child.run(["init", "d.csv", "--out", "-"], in: folder)
    for name in ["four-fifths", "nyc-ll144", "ecoa", "clarify", "aequitas", "fairness-indicators", "ai-act"] {
      #expect(help.output.contains(name) && draft.output.contains(name), "\(name)")
    }
  }
}
