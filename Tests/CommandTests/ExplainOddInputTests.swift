import Foundation
import Results
import Testing

/// Odd data and models: an explanation that holds, or one error that says what is wrong; never a number that is none.
@Suite struct ExplainOddInputTests {
  private static let flags =
    "--label y --slice sex --model m.json --encoding e.json --repeats 3 --out o --no-report --no-charts"

  private func explained(
    _ data: String, _ flags: String, in folder: Folder, input: String? = nil
  ) throws -> (explanation: Explanation, output: String) {
    let result = try Child.run(
      ["evaluate", data] + GateWorkshop.words(flags), in: folder, input: input)
    #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    #expect(result.output.firstMatch(of: /\b(nan|inf)\b/.ignoresCase()) == nil, "\(result.output)")
    let text = try folder.read("o/evaluation.json")
    let evaluation = try Evaluation(json: Data(text.utf8), name: "o")
    return (try #require(evaluation.explanation), result.output)
  }

  /// The workshop's rows with some fields replaced; `row` counts from 1.
  private func rows(_ count: Int = 400, change: (_ row: Int, _ fields: inout [String]) -> Void) -> String {
    var lines = ExplainWorkshop.rows(count).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    for row in 1..<lines.count { change(row, &lines[row]) }
    return lines.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  @Test func theWayOfTheDataChangesNothing() throws {
    let folder = try ExplainWorkshop.folder()
    let flags = "--score p \(Self.flags)"
    let file = try explained("d.csv", flags, in: folder).explanation
    let piped = try explained("-", flags, in: folder, input: ExplainWorkshop.rows()).explanation
    #expect(file.importances.map(\.importance) == piped.importances.map(\.importance))
    guard FileManager.default.isExecutableFile(atPath: "/bin/gzip") else { return }
    _ = try Child.run(["-k", "d.csv"], in: folder, tool: "/bin/gzip")
    let packed = try explained("d.csv.gz", flags, in: folder).explanation
    #expect(file.importances.map(\.importance) == packed.importances.map(\.importance))
  }

  @Test(arguments: [
    "", " --within region", " --conditional leaves", " --repeats automatic", " --explain-rows 100",
  ])
  func threadsChangeNothing(more: String) throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write("d.csv", ExplainWorkshop.rows(200))
    let flags = "d.csv --score p --label y --slice sex --slice region --model m.json --encoding e.json\(more)"
    for threads in [1, 4] {
      let result = try Child.run(
        GateWorkshop.words("evaluate \(flags) --out o\(threads) --threads \(threads) --no-charts"), in: folder
      )
      #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    }
    for name in ["evaluation.json", "importances.csv", "report.html"] {
      #expect(try folder.read("o1/\(name)") == folder.read("o4/\(name)"), "\(name)")
    }
  }

  @Test(arguments: [
    (3, "abc", "odd.csv:50: column “a”: “abc” is not a number"), (3, "", "row 49: the model gives no number"),
    (2, "0.5", "odd.csv:50: model ≠ predictions: m.json gives"), (6, "X", "odd.csv:50: model ≠ predictions"),
  ]) func aValueThatTheModelCannotTake(field: Int, value: String, words: String) throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write("odd.csv", rows { row, fields in if row == 49 { fields[field] = value } })
    let before = folder.names
    let result = try Child.run(
      ["evaluate", "odd.csv", "--score", "p"] + GateWorkshop.words(Self.flags), in: folder)
    #expect(result.status == 65 && result.error.contains(words), "\(result.error)")
    #expect(result.error.split(separator: "\n").count <= 2 && folder.names == before)
  }

  /// A category that no input stands for is 0 in all of them, here as M is.
  @Test func aCategoryNeverSeenInTraining() throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write(
      "odd.csv", rows { row, fields in if fields[6] == "M", row.isMultiple(of: 2) { fields[6] = "X" } })
    let known = try explained("d.csv", "--score p \(Self.flags)", in: folder).explanation
    let unknown = try explained("odd.csv", "--score p \(Self.flags)", in: folder).explanation
    func overall(_ explanation: Explanation) -> [[Double]] {
      explanation.importances.filter { $0.slice == 0 && !$0.isGap }.map(\.importance)
    }
    #expect(overall(known) == overall(unknown) && !overall(known).isEmpty)
  }

  @Test func aFeatureWithoutValues() throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write("odd.csv", rows { _, fields in fields[6] = "" })
    let sex = try explained(
      "odd.csv", Self.flags.replacing("--slice sex", with: "--slice region"), in: folder)
    for column in sex.explanation.importances where column.importance.count == 3 {
      #expect(column.importance[2] == 0, "\(column.metric)")
    }
    try folder.write(
      "e.json", ExplainWorkshop.encoding.replacing(#""b""#, with: #"{"column": "b", "impute": 0}"#))
    try folder.write("odd.csv", rows { _, fields in fields[4] = "" })
    _ = try explained("odd.csv", Self.flags, in: folder)
  }

  @Test(arguments: [2, 3, 4, 7, 12, 30], ["3", "exact", "automatic"])
  func fewRows(count: Int, repeats: String) throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write("d.csv", rows(count) { row, fields in fields[1] = row.isMultiple(of: 2) ? "1" : "0" })
    let (explanation, _) = try explained(
      "d.csv", "--score p \(Self.flags.replacing("--repeats 3", with: "--repeats \(repeats)"))", in: folder)
    #expect(explanation.features.count == 3)
  }

  @Test(arguments: [(1, 1, "1"), (400, 400, "0")]) func oneClassOnly(count: Int, rows: Int, label: String)
    throws
  {
    let folder = try ExplainWorkshop.folder()
    try folder.write("d.csv", self.rows(count) { _, fields in fields[1] = label })
    let result = try Child.run(
      ["evaluate", "d.csv", "--score", "p"] + GateWorkshop.words(Self.flags), in: folder)
    #expect(result.status == 65 && result.error.contains("label column “y” has one value only: “\(label)”"))
    #expect(!folder.names.contains("o"))
  }

  /// Without a label there are decisions to explain, also of one row.
  @Test(arguments: [1, 2, 60]) func withoutALabel(count: Int) throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write("d.csv", ExplainWorkshop.rows(count))
    _ = try explained("d.csv", Self.flags.replacing("--label y ", with: ""), in: folder)
  }

  @Test func aModelThatSaysTheSameOfAll() throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write("m.json", ExplainWorkshop.model.replacing("2, 1, -0.8, 0", with: "0, 0, 0, 0"))
    let (explanation, output) = try explained("d.csv", Self.flags, in: folder)
    #expect(explanation.warnings.contains { $0.kind == .noSkill })
    #expect(output.contains("no prediction changed"))
    #expect(explanation.importances.allSatisfy { $0.importance.allSatisfy { $0 == 0 || $0.isNaN } })
  }

  @Test func rowsBeyondTheData() throws {
    let folder = try ExplainWorkshop.folder()
    let (explanation, _) = try explained(
      "d.csv", "--score p \(Self.flags) --explain-rows 1000000", in: folder)
    #expect(explanation.sampling.rows == 400)
  }

  @Test(arguments: ["file/below", "file", "/proc/nowhere"]) func nowhereToWrite(place: String) throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write("file", "x")
    let before = folder.names
    let result = try Child.run(
      ["evaluate", "d.csv"] + GateWorkshop.words(Self.flags.replacing("--out o", with: "--out \(place)")),
      in: folder)
    #expect(result.status == 73 && result.error.hasPrefix("error: \(place)"), "\(result.error)")
    #expect(folder.names == before)
  }

  /// Sixty features, whose names have everything that a table, a page or a terminal could take for its own.
  @Test func namesAndNumberOfFeatures() throws {
    let names =
      ["with space", "a,b", "quo\"te", "<b>bold</b>", "line\nbreak", "\u{1B}[31mred"]
      + (6..<60).map { "f\($0)" }
    let folder = try Folder()
    var state: UInt64 = 5
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    var text = (["y"] + names.map { "\"\($0.replacing("\"", with: "\"\""))\"" }).joined(separator: ",") + "\n"
    for _ in 0..<200 {
      let values = names.map { _ in uniform() }
      let label = values[..<6].reduce(0, +) + uniform() > 3.5
      text += ([label ? "1" : "0"] + values.map(\.description)).joined(separator: ",") + "\n"
    }
    try folder.write("d.csv", text)
    let inputs = String(decoding: try JSONEncoder().encode(names), as: UTF8.self)
    let weights = names.indices.map { $0 < 6 ? "3" : "0.01" }.joined(separator: ", ")
    try folder.write(
      "m.json",
      """
      {"format": "fairslice-model", "version": 1, "model": "linear", "inputs": \(inputs), "outputs": ["score"],
       "link": "logistic", "coefficients": [[\(weights)]], "intercepts": [-9]}
      """)
    let result = try Child.run(
      [
        "evaluate", "d.csv", "--label", "y", "--model", "m.json", "--repeats", "3", "--out", "o",
        "--list-row", "2",
        "--effect", "<b>bold</b>", "--effect", "line\nbreak", "--interaction", "a,b*<b>bold</b>",
      ], in: folder)
    #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    #expect(!result.output.contains("line\nbreak") && !result.output.contains("\u{1B}"), "\(result.output)")
    let page = try folder.read("o/report.html")
    #expect(!page.contains("<b>bold") && page.contains("&lt;b&gt;bold"))
    let table = try folder.read("o/importances.csv")
    #expect(table.contains("\"a,b\"") && table.contains("\"quo\"\"te\""))
    #expect(result.output.contains("more, in importances.csv"))
  }
}
