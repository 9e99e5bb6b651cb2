import Foundation
import Results
import TestSupport
import Testing

/// A model that is a program of the user's: it explains as the same model in a file does, and whatever it does wrong is
/// told in one error, after which nothing is written and nothing runs.
@Suite(.enabled(if: ExplainPrograms.isPythonPresent, ExplainPrograms.absence)) struct ExplainProgramTests {
  private func explanation(_ folder: Folder, _ path: String) throws -> Explanation {
    let text = try folder.read("\(path)/evaluation.json")
    return try #require(try Evaluation(json: Data(text.utf8), name: path).explanation)
  }

  private func agree(_ one: Explanation, _ other: Explanation) {
    #expect(one.features.map(\.name) == other.features.map(\.name))
    #expect(one.importances.count == other.importances.count && !one.importances.isEmpty)
    for (left, right) in zip(one.importances, other.importances) {
      #expect(left.metric == right.metric && left.slice == right.slice)
      #expect(abs(left.base - right.base) < 1e-9)
      for (a, b) in zip(left.importance, right.importance) {
        #expect(abs(a - b) < 1e-9 || a.isNaN && b.isNaN, "\(left.metric)")
      }
    }
  }

  @Test func aProgramExplainsAsItsFileDoes() throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write("child.py", ExplainPrograms.child)
    for (model, out) in [
      (["--model", "m.json", "--encoding", "e.json"], "native"),
      (["--model-program", "python3 child.py none ids"], "program"),
    ] {
      let result = try Child.run(
        ["evaluate", "d.csv", "--score", "p", "--out", out, "--repeats", "4"] + ExplainPrograms.flags + model,
        in: folder)
      #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    }
    #expect(ExplainPrograms.left(in: folder) == [])
    let (native, program) = (try explanation(folder, "native"), try explanation(folder, "program"))
    agree(native, program)
    #expect(program.model.kind == "program" && program.model.name == "python3")
    #expect(program.model.comparedRows == 400 && program.model.differingRows == 0)
  }

  @Test(arguments: ["format: 'csv', batch: 64", "processes: 3, batch: 64", "batch: 1000000"])
  func howRowsTravelChangesNothing(settings: String) throws {
    let plain = try ExplainPrograms.folder()
    // The child itself speaks binary only; the reference child speaks all.
    let folder =
      settings.contains("csv") ? try reference(settings) : try ExplainPrograms.folder(settings: settings)
    for folder in [plain, folder] {
      let result = try Child.run(
        GateWorkshop.words("evaluate --config c.json5 --out o --no-report --no-charts"), in: folder)
      #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    }
    agree(try explanation(plain, "o"), try explanation(folder, "o"))
  }

  /// The program for Python models that comes with fairslice, with a function for a model.
  private func reference(_ settings: String) throws -> Folder {
    let folder = try ExplainPrograms.folder(settings: settings)
    let scorer = SharedData.root.appending(path: "Integrations/python/fairslice_scorer.py").path
    try folder.write(
      "formula.py",
      """
      import math
      def score(columns):
          return [1 / (1 + math.exp(-2 * a - b + (0.8 if sex == "F" else 0)))
                  for a, b, sex in zip(columns["a"], columns["b"], columns["sex"])]
      """)
    let text = try folder.read("c.json5")
    try folder.write(
      "c.json5", text.replacing(#""child.py", "none", "ids""#, with: "\"\(scorer)\", \"formula:score\""))
    return folder
  }

  @Test func twoRunsGiveWhatOneGives() throws {
    let folder = try ExplainPrograms.folder()
    for line in [
      "evaluate --config c.json5 --out one",
      "evaluate d.csv --label y --score p --slice sex --slice region --out two",
      "explain two/evaluation.json --config c.json5",
    ] {
      let result = try Child.run(GateWorkshop.words(line), in: folder)
      #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    }
    #expect(try folder.read("one/evaluation.json") == folder.read("two/evaluation.json"))
    #expect(try folder.read("one/report.html") == folder.read("two/report.html"))
    #expect(ExplainPrograms.left(in: folder) == [])
  }

  @Test(arguments: [
    ("no-start", 69, "its standard error ends: cannot find my model"),
    ("hang-at-start", 69, "does not answer within 1 s after its start"),
    ("prints", 69, "no value, in “Loading the model ...”"),
    ("version", 69, "it speaks version 2 of the protocol, this program 1"),
    ("refuses", 69, "it says: there is no column “zeal”"),
    (
      "dies", 69,
      "rows 101 to 200: ended before it answered (exit status 7); its standard error ends: first words | Traceback: out of memory"
    ),
    ("hangs", 69, "rows 101 to 200: does not answer within 1 s"),
    ("few", 69, "answers 99 rows where 100 were asked for"),
    ("garbage", 69, "answers what is no frame: “epoch 1: loss 0.3"),
    ("nan", 69, "row 101: its score is nan"),
    ("dies-late", 69, "ended before it answered (exit status 7)"),
    ("random", 65, "gives other scores when it is asked again"),
    ("order", 65, "depend on the order of the rows or on other rows"),
    ("two-outputs", 65, "the model has 2 outputs: no, yes"),
  ]) func aFaultIsTold(fault: String, status: Int32, words: String) throws {
    let folder = try ExplainPrograms.folder(fault, settings: "batch: 100, timeout: 1")
    let bare = "d.csv --label y --score p --slice sex --slice region --out o --no-charts --no-documents"
    _ = try Child.run(GateWorkshop.words("evaluate \(bare)"), in: folder)
    let before = (folder.names + ["ids"]).sorted()
    let stored = try (folder.read("o/evaluation.json"), folder.read("o/report.html"))
    for line in ["evaluate --config c.json5 --out new", "explain o/evaluation.json --config c.json5"] {
      let result = try Child.run(GateWorkshop.words(line), in: folder)
      #expect(result.status == status, "\(result.error)")
      #expect(result.error.hasPrefix("error: ") && result.error.contains(words), "\(result.error)")
      #expect(result.error.split(separator: "\n").count <= 2, "\(result.error)")
      #expect(result.output.isEmpty)
      #expect(
        folder.names == before
          && folder.names(in: "o") == [
            "evaluation.json", "gaps.csv", "report.html", "slices.csv", "spreads.csv",
          ])
      #expect(try (folder.read("o/evaluation.json"), folder.read("o/report.html")) == stored)
      #expect(ExplainPrograms.left(in: folder) == [])
    }
  }

  @Test(arguments: [("random", "gives other scores"), ("order", "depend on the order of the rows")])
  func aDoubtfulModelIsToldWhereThatIsAllowed(fault: String, words: String) throws {
    let folder = try ExplainPrograms.folder(fault, settings: "mismatch: 'warn'")
    let result = try Child.run(
      GateWorkshop.words("evaluate --config c.json5 --out o --no-report --no-charts"), in: folder)
    #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    #expect(result.output.replacing(/\s+/, with: " ").contains(words), "\(result.output)")
    let warnings = try explanation(folder, "o").warnings
    #expect(warnings.contains { $0.kind == .modelDiffers && $0.message.contains(words) })
    #expect(ExplainPrograms.left(in: folder) == [])
  }

  @Test func whatItSaysOnStandardErrorDoesNoHarm() throws {
    let folder = try ExplainPrograms.folder("talks", settings: "batch: 100")
    let result = try Child.run(
      GateWorkshop.words("evaluate --config c.json5 --out o --no-report --no-charts"), in: folder)
    #expect(result.status == 0 && result.error.isEmpty, "\(result.error.prefix(300))")
  }

  @Test(arguments: [
    ("/nowhere/scorer", 69, "/nowhere/scorer: cannot be started: No such file"),
    ("no-such-program-of-ours", 69, "cannot be started"),
    ("./d.csv", 69, "cannot be started: Permission denied"),
    ("true", 69, "ended before it answered the first line (exit status 0)"),
    ("yes", 69, "no value, in “y”"), ("cat", 69, "“ok” is missing"),
    ("", 64, "--model-program: expected a program"),
  ]) func whatIsNoScorerIsTold(program: String, status: Int32, words: String) throws {
    let folder = try ExplainWorkshop.folder()
    let before = folder.names
    let result = try Child.run(
      ["evaluate", "d.csv", "--score", "p", "--out", "o", "--model-program", program] + ExplainPrograms.flags,
      in: folder)
    #expect(result.status == status && result.error.contains(words), "\(result.error)")
    #expect(result.error.split(separator: "\n").count <= 2 && folder.names == before)
  }
}
