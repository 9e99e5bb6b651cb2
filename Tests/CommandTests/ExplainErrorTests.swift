import Foundation
import Testing

/// Where nothing can be explained, one error says what is wrong and what to do, and nothing is written or changed.
@Suite struct ExplainErrorTests {
  private func folder() throws -> Folder {
    let folder = try ExplainWorkshop.folder()
    _ = try Child.run(
      GateWorkshop.words("evaluate d.csv --label y --score p --slice sex --out o --no-report --no-charts"),
      in: folder)
    try folder.write("shifted.csv", ExplainWorkshop.rows(shift: 0.001))
    try folder.write("short.csv", ExplainWorkshop.rows(399))
    try folder.write("pickle.pkl", "\u{80}\u{4}")
    try folder.write("bad.json", String(ExplainWorkshop.model.prefix(100)))
    try folder.write("two.json", ExplainWorkshop.model.replacing("\"sex=M\"]", with: "\"sex=M\", \"c\"]"))
    try folder.write("order.json", ExplainWorkshop.encoding.replacing("\"a\", \"b\"", with: "\"b\", \"a\""))
    try folder.write("gone.json", ExplainWorkshop.encoding.replacing("\"a\"", with: "\"aa\""))
    return folder
  }

  @Test(arguments: [
    ("explain", 64, "explain needs evaluation.json"),
    ("explain o/evaluation.json", 64, "--data FILE"),
    ("explain o/evaluation.json --data d.csv", 64, "no model is named"),
    ("explain o/evaluation.json --data d.csv --model m.json --repeats 1", 64, "--repeats: expected"),
    ("explain o/evaluation.json --data d.csv --repeats 5", 64, "--repeats belongs to a model"),
    ("explain o/evaluation.json --data d.csv --encoding e.json", 64, "--encoding belongs to a model"),
    ("explain o/evaluation.json --data d.csv --model m.json --model-program p", 64, "name two models"),
    ("explain o/evaluation.json --data d.csv --modle m.json", 64, "Did you mean --model?"),
    ("explain o/evaluation.json --data d.csv --model m.json --list-row 0", 64, "the number of a row"),
    ("explain o/evaluation.json --data d.csv --model no.json", 66, "no.json"),
    ("explain no.json --data d.csv --model m.json", 66, "no.json"),
    ("explain o/evaluation.json --data no.csv --model m.json --encoding e.json", 66, "no.csv"),
    ("explain o/evaluation.json --data d.csv --model pickle.pkl", 65, "is not a model that can be read"),
    ("explain o/evaluation.json --data d.csv --model bad.json", 65, "bad.json"),
    ("explain o/evaluation.json --data d.csv --model m.json --encoding no.json", 66, "no.json"),
    ("explain o/evaluation.json --data d.csv --model two.json --encoding e.json", 65, "two.json"),
    ("explain o/evaluation.json --data d.csv --model m.json --encoding gone.json", 65, "“aa”"),
    ("explain o/evaluation.json --data d.csv --model m.json --encoding order.json", 65, "order"),
    ("explain o/evaluation.json --data short.csv --model m.json --encoding e.json", 65, "is not the file"),
    ("evaluate shifted.csv --label y --score p --model m.json --encoding e.json", 65, "model ≠ predictions"),
    (
      "evaluate d.csv --label y --score p --model m.json --encoding e.json --explain-metric acuracy", 64,
      "Did you mean “accuracy”?"
    ),
    ("evaluate d.csv --label y --score p --model m.json --encoding e.json --effect c", 65, "“c”"),
    ("evaluate d.csv --label y --score p --model m.json --encoding e.json --flip region", 65, "“region”"),
    ("evaluate d.csv --label y --score p --model m.json --encoding e.json --together t=a,c", 65, "“c”"),
    ("evaluate d.csv --label y --score p --model m.json --encoding e.json --interaction a*c", 65, "“c”"),
    ("evaluate d.csv --label y --score p --model m.json --encoding e.json --within zone", 65, "“zone”"),
    ("evaluate d.csv --label y --score p --model m.json --encoding e.json --list-row 401", 65, "401"),
    ("evaluate d.csv --label y --score p --model m.json --encoding e.json --model-output x", 65, "“x”"),
  ])
  func mistakes(line: String, status: Int, message: String) throws {
    let folder = try folder()
    let (before, stored) = (folder.names, try folder.read("o/evaluation.json"))
    let result = try Child.run(
      GateWorkshop.words(line) + (line.hasPrefix("evaluate") ? ["--out", "new"] : []), in: folder)
    #expect(result.status == status, "\(result.error)")
    #expect(result.error.contains(message), "\(result.error)")
    #expect(result.error.hasPrefix("error: ") && result.output.isEmpty, "\(result.output)")
    #expect(result.error.split(separator: "\n").count <= 2, "\(result.error)")
    #expect(folder.names == before)
    #expect(try folder.read("o/evaluation.json") == stored)
  }
}
