import Foundation
import Results
import Testing

@testable import FairSliceCommand

@Suite struct ExplainEndToEndTests {
  private func run(_ line: String, in folder: Folder) throws -> Child.Result {
    let result = try Child.run(GateWorkshop.words(line), in: folder)
    #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    return result
  }

  private func evaluation(_ folder: Folder, _ path: String) throws -> Evaluation {
    try Evaluation(json: Data(folder.read(path).utf8), name: path)
  }

  @Test func oneRunOrTwoGiveTheSame() throws {
    let folder = try ExplainWorkshop.folder()
    _ = try run("evaluate --config c.json5 --out one --threads 1", in: folder)
    _ = try run("evaluate d.csv --label y --score p --slice sex --slice region --out two", in: folder)
    #expect(try evaluation(folder, "two/evaluation.json").explanation == nil)
    _ = try run("explain two/evaluation.json --config c.json5 --threads 3", in: folder)
    for name in ["evaluation.json", "importances.csv", "report.html"] {
      #expect(try folder.read("one/\(name)") == folder.read("two/\(name)"), "\(name)")
    }
    #expect(folder.names(in: "one") == folder.names(in: "two"))
  }

  @Test func theFormulaIsFoundAgain() throws {
    let folder = try ExplainWorkshop.folder()
    let result = try run("evaluate --config c.json5 --out o --no-report --no-charts", in: folder)
    let explanation = try #require(try evaluation(folder, "o/evaluation.json").explanation)
    #expect(explanation.model.kind == "linear" && explanation.model.differingRows == 0)
    #expect(explanation.features.map(\.name) == ["a", "b", "sex"])
    let loss = try #require(explanation.importances.first { $0.metric == "log_loss" && $0.slice == 0 })
    #expect(loss.importance[0] > loss.importance[1] && loss.importance[1] > 0)
    #expect(loss.holm[0] < 0.001)
    let gap = try #require(explanation.importances.first { $0.metric == "selection_rate" && $0.isGap })
    #expect(gap.importance[2] > 0.5 * abs(gap.base), "sex carries its own gap")
    let parts = try #require(explanation.decompositions.first)
    #expect(abs(parts.parts.reduce(0, +) - parts.difference) < 1e-9)
    let flip = try #require(explanation.flips.first { $0.from == "F" && $0.to == "M" })
    #expect(flip.toNegative == 0 && flip.toPositive > 0)
    #expect(result.output.contains("When a is shuffled, the model's ROC AUC falls by"), "\(result.output)")
    #expect(result.output.contains("Changing only sex from F to M"), "\(result.output)")
  }

  @Test func aModelIsEvaluatedWithoutPredictions() throws {
    let folder = try ExplainWorkshop.folder()
    let flags = "--label y --slice sex --encoding e.json --model m.json --no-report --no-charts"
    _ = try run("evaluate d.csv \(flags) --out own", in: folder)
    _ = try run("evaluate d.csv \(flags) --score p --out given", in: folder)
    let (own, given) = try (
      evaluation(folder, "own/evaluation.json"), evaluation(folder, "given/evaluation.json")
    )
    #expect(own.slices.truePositives == given.slices.truePositives)
    #expect(own.slices.falsePositives == given.slices.falsePositives)
    #expect(own.roles.score == "score of m.json" && own.explanation?.model.comparedWith == nil)
    #expect(
      own.explanation?.importances.map(\.importance) == given.explanation?.importances.map(\.importance))
  }

  @Test func aDifferentModelIsToldWhereThatIsAllowed() throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write("shifted.csv", ExplainWorkshop.rows(shift: 1e-4))
    let flags =
      "evaluate shifted.csv --label y --score p --slice sex --model m.json --encoding e.json --out o"
    #expect(try Child.run(GateWorkshop.words(flags), in: folder).status == 65)
    _ = try run("\(flags) --model-mismatch warn --no-report --no-charts", in: folder)
    let explanation = try #require(try evaluation(folder, "o/evaluation.json").explanation)
    #expect(explanation.model.differingRows == 400)
    #expect(explanation.warnings.contains { $0.kind == .modelDiffers })
    _ = try run("\(flags) --model-tolerance 0.001 --no-report --no-charts", in: folder)
    #expect(try evaluation(folder, "o/evaluation.json").explanation?.model.differingRows == 0)
  }

  @Test func theVerdictOfAJudgedRunStands() throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write(
      "policy.json5", "{ checks: [{ id: 'x', metric: 'roc_auc', slices: 'overall', min: 0.5 }] }")
    _ = try run(
      "evaluate d.csv --label y --score p --slice sex --slice region --policy policy.json5 --out o",
      in: folder)
    _ = try run("explain o/evaluation.json --config c.json5", in: folder)
    #expect(try evaluation(folder, "o/evaluation.json").judgement?.verdict == .pass)
    #expect(
      try Child.run(GateWorkshop.words("gate o/evaluation.json --policy policy.json5"), in: folder).status
        == 0)
  }

  @Test func attributionsAddUpToTheScoreWhereThatIsAsked() throws {
    let folder = try ExplainWorkshop.folder()
    let text = ExplainWorkshop.configuration.replacing(
      "repeats: 4,", with: "repeats: 4, attribution_scale: 'score',")
    try folder.write("score.json5", text)
    _ = try run("evaluate --config score.json5 --out o --no-report --no-charts", in: folder)
    let explanation = try #require(try evaluation(folder, "o/evaluation.json").explanation)
    #expect(explanation.attributions?.scale == .score && explanation.attributions?.method == "exact")
    let parts = try #require(explanation.decompositions.first)
    #expect(abs(parts.parts.reduce(0, +) - parts.difference) < 1e-9)
    #expect(abs(parts.difference) < 1 && parts.scale == .score)
    let bad = try Child.run(
      GateWorkshop.words("evaluate --config bad.json5 --out b"),
      in: { () throws -> Folder in
        try folder.write("bad.json5", text.replacing("'score'", with: "'odds'"))
        return folder
      }())
    #expect(bad.status == 65 && bad.error.contains("attribution_scale"), "\(bad.error)")
  }

  /// Whoever is sent an evaluation must be able to explain it without starting what it names.
  @Test func aStoredModelIsNeverAsked() throws {
    let folder = try ExplainWorkshop.folder()
    _ = try run("evaluate --config c.json5 --out o --no-report --no-charts", in: folder)
    let text = try folder.read("o/evaluation.json")
    let changed = text.replacing("\"file\": \"m.json\"", with: "\"program\": [\"touch\", \"started\"]")
    try folder.write("received.json", changed)
    #expect(changed != text)
    let result = try Child.run(GateWorkshop.words("explain received.json --data d.csv"), in: folder)
    #expect(result.status == 64 && result.error.contains("no model is named"), "\(result.error)")
    #expect(!folder.names.contains("started"))
  }

  @Test func aSampleOfRowsIsToldAsOne() throws {
    let folder = try ExplainWorkshop.folder()
    _ = try run("evaluate --config c.json5 --explain-rows 100 --out o --no-report --no-charts", in: folder)
    let explanation = try #require(try evaluation(folder, "o/evaluation.json").explanation)
    #expect(explanation.sampling.rows == 100 && explanation.sampling.rowCount == 400)
  }

  @Test(arguments: [
    (0.5, 10.0, ", about 10 s left"), (0.01, 100, ""), (0.5, 1, ""), (1, 50, ""),
    (0.1, 60, ", about 9 min left"),
    (0.02, 360, ", about 5 h left"), (0.999, 100, ", about 1 s left"),
  ])
  func timeLeft(share: Double, seconds: Double, text: String) {
    #expect(ProgressLine.left(share, after: .seconds(seconds)) == text)
  }
}
