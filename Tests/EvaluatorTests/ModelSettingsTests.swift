import Foundation
import Models
import Results
import Testing

@testable import Evaluator

@Suite struct ModelSettingsTests {
  private func read(_ model: String) throws(Failure) -> ModelSettings? {
    try Configuration(
      text: Array("{ model: \(model), explain: { groups: { g: [\"a\", \"b\"] } } }".utf8), name: "c"
    )
    .model
  }

  @Test func aTextIsAFileOrAnAddress() throws {
    #expect(try read("'m.json'")?.source == .file("m.json"))
    #expect(try read("'https://h/v2/models/m'")?.source == .server("https://h/v2/models/m"))
  }

  @Test func everyKeyIsRead() throws {
    let model = try #require(
      try read(
        """
        { program: ["python3", "s.py", "--key=secret"], encoding: "e.json", rounds: 7, output: 1, features: ["a"],
          tolerance: 0.01, mismatch: "warn", outputs: ["x", "y"], batch: 10, timeout: 2, format: "csv", processes: 3,
          token_variable: "T", concurrency: 2, tries: 1, layout: "matrix", missing_number: "nan", missing_text: "?",
          number_type: "FP32", flat: true, matrix_tensor: "in", content_type: "pd", signature: "s",
          output_tensor: "o" }
        """))
    #expect(model.source == .program(["python3", "s.py", "--key=secret"]) && model.rounds == .first(7))
    #expect(
      model.output == "1" && model.features == ["a"] && model.tolerance == 0.01 && model.mismatch == .warn)
    #expect(model.program.formats == [.csv] && model.program.processes == 3 && model.program.batchRows == 10)
    #expect(model.program.outputs == ["x", "y"] && model.program.batchSeconds == 2)
    #expect(model.server.layout == .matrix && model.server.isFlat && model.server.numberType == .fp32)
    #expect(model.server.tokenVariable == "T" && model.server.attempts == 1 && model.server.concurrency == 2)
    let echo = model.echo.canonicalText
    #expect(!echo.contains("secret") && !echo.contains("\"T\""))
    // What decides the numbers reads back.
    let again = try #require(try read(echo))
    #expect(again.echo == model.echo && again.server.layout == .matrix && again.tolerance == 0.01)
  }

  @Test(arguments: [
    "{}", "{ file: 'a', url: 'b' }", "{ program: [] }", "{ file: 'a', roundz: 3 }",
    "{ file: 'a', rounds: 0 }",
    "{ file: 'a', tolerance: -1 }", "{ url: 'http://h/v2/models/m', layout: 'heap' }", "''", "3",
  ])
  func mistakes(model: String) {
    #expect(throws: Failure.self) { try read(model) }
  }

  @Test func addressesAreTakenApart() throws {
    let place = try ServerPlace("https://h:8080/a/v2/models/credit/versions/3/infer")
    #expect(place.url == "https://h:8080/a" && place.kind == .kserve && place.model == "credit")
    #expect(place.version == "3" && place.path == "v2/models/credit/versions/3")
    let tensorflow = try ServerPlace("http://h/v1/models/m:predict")
    #expect(tensorflow.kind == .tensorflow && tensorflow.model == "m" && tensorflow.version == nil)
    #expect(try read("'http://h/v1/models/m:predict'")?.name == "m")
  }

  @Test(arguments: [
    "http://h", "http://h/v3/models/m", "http://h/v2/models/", "http://user:secret@h/v2/models/m",
    "http://h/v2/models/m?token=secret", "http://h/v2/models/m#secret",
  ])
  func otherAddressesAreRefused(address: String) {
    do throws(Failure) {
      _ = try ServerPlace(address)
      Issue.record("taken")
    } catch {
      #expect(!error.message.contains("secret") && !(error.advice ?? "").contains("secret"))
    }
  }
}
