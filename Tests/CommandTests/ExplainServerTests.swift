import Foundation
import Results
import TestSupport
import Testing

/// A model on a prediction server: it explains as the same model in a file does, and whatever the server does wrong is
/// told in one error, in which no token is.
@Suite struct ExplainServerTests {
  private static let token = "s3cr3t-t0k3n"

  /// The workshop's formula.
  private static func score(_ a: Double, _ b: Double, _ sex: String) -> Double {
    1 / (1 + exp(-2 * a - b + (sex == "F" ? 0.8 : 0)))
  }

  /// Answers what the formula gives, in either protocol.
  private static func answer(_ request: TestServer.Request) -> TestServer.Reply {
    var scores: [Double] = []
    if let rows = request.json["instances"] as? [[String: Any]] {
      func first<Value>(_ value: Any?) -> Value? { (value as? [Value])?.first ?? value as? Value }
      scores = rows.map { score(first($0["a"]) ?? .nan, first($0["b"]) ?? .nan, first($0["sex"]) ?? "") }
      return .answer(200, "{\"predictions\": [\(scores.map(\.description).joined(separator: ","))]}")
    }
    let tensors = request.json["inputs"] as? [[String: Any]] ?? []
    func values<Value>(_ name: String) -> [Value] {
      tensors.first { $0["name"] as? String == name }?["data"] as? [Value] ?? []
    }
    let (a, b, sex): ([Double], [Double], [String]) = (values("a"), values("b"), values("sex"))
    scores = zip(zip(a, b), sex).map { score($0.0, $0.1, $1) }
    let list = scores.map(\.description).joined(separator: ",")
    return .answer(
      200,
      "{\"outputs\": [{\"name\": \"p\", \"datatype\": \"FP64\", \"shape\": [\(scores.count)], \"data\": [\(list)]}]}"
    )
  }

  private static func arguments(_ model: String, _ out: String = "o") -> [String] {
    ["evaluate", "d.csv", "--score", "p", "--repeats", "3", "--out", out, "--model", model]
      + ExplainPrograms.flags
  }

  private func explanation(_ folder: Folder, _ path: String) throws -> Explanation {
    let text = try folder.read("\(path)/evaluation.json")
    return try #require(try Evaluation(json: Data(text.utf8), name: path).explanation)
  }

  @Test(arguments: [
    ("/v2/models/m", "KServe"), ("/v1/models/m/versions/3:predict", "TensorFlow Serving"),
    ("/v2/models/m/infer", "KServe"),
  ]) func aServerExplainsAsItsFileDoes(place: String, kind: String) throws {
    // Busy at first, and then well.
    let server = TestServer { request, number in
      number < 2 ? .answer(503, "busy", ["Retry-After": "0"]) : Self.answer(request)
    }
    defer { server.stop() }
    let folder = try ExplainWorkshop.folder()
    try folder.write("c.json5", Self.configuration(server.url + place, more: "token_variable: 'MODEL_TOKEN'"))
    for line in [
      "evaluate d.csv --label y --score p --slice sex --repeats 3 --no-report --no-charts --model m.json --encoding e.json --out native",
      "evaluate --config c.json5 --out o --no-charts",
    ] {
      let result = try Child.run(
        GateWorkshop.words(line), in: folder, environment: ["MODEL_TOKEN": Self.token])
      #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
      #expect(!result.output.contains(Self.token) && !result.output.contains("127.0.0.1"))
    }
    let (native, remote) = (try explanation(folder, "native"), try explanation(folder, "o"))
    #expect(remote.model.kind == kind && remote.model.name == "m" && remote.model.differingRows == 0)
    #expect(native.importances.count == remote.importances.count)
    for (left, right) in zip(native.importances, remote.importances) {
      for (a, b) in zip(left.importance, right.importance) {
        #expect(abs(a - b) < 1e-9 || a.isNaN && b.isNaN, "\(left.metric)")
      }
    }
    for name in folder.names(in: "o") {
      let text = try folder.read("o/\(name)")
      #expect(!text.contains(Self.token) && !text.contains("127.0.0.1"), "\(name)")
    }
    #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Bearer \(Self.token)" })
  }

  private static func configuration(_ url: String, more: String) -> String {
    """
    { data: "d.csv", label: "y", score: "p", slices: ["sex"],
      model: { url: "\(url)", features: ["a", "b", "sex"], \(more) }, explain: { repeats: 3 } }
    """
  }

  enum Fault: String, CaseIterable {
    case fails, echoes, closes, hangs, few, garbage, late, redirects
    var words: String {
      switch self {
      case .fails: "answers 500: “division by zero”"
      case .echoes: "answers 401"
      case .closes: "connection"
      case .hangs: "does not answer within"
      case .few, .late: "399 numbers of the shape [399] for "
      case .garbage: "is no value"
      case .redirects: "answers 302"
      }
    }
  }

  @Test(arguments: Fault.allCases) func aFaultIsTold(fault: Fault) throws {
    let server = TestServer { request, number in
      switch fault {
      case .fails: .answer(500, "division by zero")
      case .echoes: .answer(401, "no entry with \(request.headers["authorization"] ?? "")")
      case .closes: .raw("")
      case .hangs: .silence
      case .late where number < 4: Self.answer(request)
      case .few, .late:
        .answer(
          200,
          "{\"outputs\": [{\"name\": \"p\", \"datatype\": \"FP64\", \"shape\": [399], \"data\": \(Array(repeating: 0.5, count: 399))}]}"
        )
      case .garbage: .answer(200, "<html>Welcome</html>")
      case .redirects: .answer(302, "", ["Location": "/v2/models/other/infer"])
      }
    }
    defer { server.stop() }
    let folder = try ExplainWorkshop.folder()
    try folder.write(
      "c.json5",
      Self.configuration(
        "\(server.url)/v2/models/m",
        more: "token_variable: 'MODEL_TOKEN', timeout: \(fault == .hangs ? 0.5 : 30), tries: 2"))
    let before = folder.names
    let result = try Child.run(
      GateWorkshop.words("evaluate --config c.json5 --out o"), in: folder,
      environment: ["MODEL_TOKEN": Self.token])
    #expect(result.status == 69, "\(result.error)")
    #expect(result.error.hasPrefix("error: \(server.url)/v2/models/m"), "\(result.error)")
    #expect(result.error.contains(fault.words), "\(result.error)")
    #expect(result.error.split(separator: "\n").count <= 2 && result.output.isEmpty, "\(result.error)")
    #expect(!result.error.contains(Self.token), "\(result.error)")
    #expect(folder.names == before)
    #expect(server.requests.count <= 8)
  }

  @Test func nobodyListens() throws {
    let server = TestServer { _, _ in .silence }
    let url = server.url
    server.stop()
    let folder = try ExplainWorkshop.folder()
    try folder.write("c.json5", Self.configuration("\(url)/v2/models/m", more: "tries: 1"))
    let result = try Child.run(GateWorkshop.words("evaluate --config c.json5 --out o"), in: folder)
    #expect(result.status == 69 && result.error.contains(url), "\(result.error)")
    #expect(!folder.names.contains("o") && result.error.split(separator: "\n").count <= 2)
  }

  @Test(arguments: [
    ("http://127.0.0.1:9/models/m", "is not the address of a model on a server"),
    ("http://127.0.0.1:9", "is not the address of a model on a server"),
    ("http://", "is not the address of a model on a server"),
    ("http://me:secret@127.0.0.1:9/v2/models/m", "user"),
    ("http://127.0.0.1:99999/v2/models/m", "address"),
  ]) func anAddressOfAnotherForm(url: String, words: String) throws {
    let folder = try ExplainWorkshop.folder()
    let before = folder.names
    let result = try Child.run(Self.arguments(url), in: folder)
    #expect(result.status == 65 && result.error.contains(words), "\(result.error)")
    #expect(!result.error.contains("secret") && folder.names == before, "\(result.error)")
  }

  @Test func aTokenThatIsNotThere() throws {
    let folder = try ExplainWorkshop.folder()
    try folder.write(
      "c.json5", Self.configuration("http://127.0.0.1:9/v2/models/m", more: "token_variable: 'NO_SUCH_TOKEN'")
    )
    let result = try Child.run(GateWorkshop.words("evaluate --config c.json5 --out o"), in: folder)
    #expect(result.status == 65 && result.error.contains("NO_SUCH_TOKEN"), "\(result.error)")
    #expect(!folder.names.contains("o"))
  }
}
