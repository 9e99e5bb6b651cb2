import Foundation
import Glibc
import Results
import Tables
import TestSupport
import Testing

@testable import Models

/// Requests as the two protocols want them, and scores in the order of the rows.
@Suite struct ServerScorerTests {
  static let features = [
    ScorerFeature(name: "a", kind: .number), ScorerFeature(name: "c", kind: .category),
  ]

  static let columns = [
    Programs.numbers("a", [1, .nan, 2.5]), Programs.category("c", ["x", nil, "“y\"\n"]),
  ]

  /// The body that a server gets for three rows.
  static func body(
    _ kind: ServerScorer.Kind, _ reply: String, _ change: (inout ServerScorer.Options) -> Void = { _ in }
  ) throws -> TestServer.Request {
    let server = TestServer { _, _ in .answer(200, reply) }
    defer { server.stop() }
    var options = ServerScorer.Options()
    change(&options)
    let scorer = try ServerScorer(
      url: server.url + "/base/", kind: kind, model: "my model", features: features, options: options)
    #expect(try scorer.score(columns) == [[0.1, 0.2, 0.3]])
    return try #require(server.requests.first)
  }

  static let tensor =
    #"{"model_name": "m", "outputs": [{"name": "score", "shape": [3], "datatype": "FP64", "data": [0.1, 0.2, 0.3]}]}"#

  @Test func kserveColumns() throws {
    let request = try Self.body(.kserve, Self.tensor) {
      $0.version = "7"
      $0.missingText = "?"
      $0.output = "score"
      $0.numberTypes = ["a": .fp32]
      $0.contentType = "pd"
    }
    #expect(request.path == "/base/v2/models/my%20model/versions/7/infer")
    #expect(request.headers["content-type"] == "application/json")
    #expect(request.headers["authorization"] == nil && request.headers["cookie"] == nil)
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"parameters":{"content_type":"pd"},"inputs":["#
        + #"{"name":"a","shape":[3,1],"datatype":"FP32","data":[1,null,2.5]},"#
        + #"{"name":"c","shape":[3,1],"datatype":"BYTES","data":["x","?","“y\"\n"]}],"outputs":[{"name":"score"}]}"#
    )
  }

  @Test func tensorflowRowsAndColumns() throws {
    let rows = try Self.body(.tensorflow, #"{"predictions": [[0.1], [0.2], [0.3]]}"#) {
      $0.missingNumber = .null
      $0.signature = "serve"
    }
    #expect(rows.path == "/base/v1/models/my%20model:predict")
    #expect(
      String(decoding: rows.body, as: UTF8.self)
        == #"{"signature_name":"serve","instances":[{"a":[1],"c":["x"]},{"a":[null],"c":[""]},{"a":[2.5],"c":["“y\"\n"]}]}"#
    )
    let columns = try Self.body(.tensorflow, #"{"outputs": {"p": [0.1, 0.2, 0.3]}}"#) {
      $0.layout = .columns
      $0.isFlat = true
    }
    #expect(
      String(decoding: columns.body, as: UTF8.self)
        == #"{"inputs":{"a":[1,NaN,2.5],"c":["x","","“y\"\n"]}}"#)
  }

  @Test func aMatrixOfEncodedInputs() throws {
    let encoding = try Encoding.read(
      bytes: Array(#"{"features": [{"column": "a", "impute": 9}, {"column": "c", "one_hot": ["x"]}]}"#.utf8),
      name: "encoding")
    var options = ServerScorer.Options()
    options.layout = .matrix
    for (kind, body, reply) in [
      (
        ServerScorer.Kind.kserve,
        #"{"inputs":[{"name":"input-0","shape":[3,2],"datatype":"FP64","data":[1,1,9,0,2.5,0]}]}"#,
        Self.tensor
      ),
      (.tensorflow, #"{"instances":[[1,1],[9,0],[2.5,0]]}"#, #"{"predictions": [0.1, 0.2, 0.3]}"#),
    ] {
      let server = TestServer { _, _ in .answer(200, reply) }
      defer { server.stop() }
      let scorer = try ServerScorer(
        url: server.url, kind: kind, model: "m", encoding: encoding, options: options)
      #expect(try scorer.score(Self.columns) == [[0.1, 0.2, 0.3]])
      #expect(String(decoding: server.requests[0].body, as: UTF8.self) == body)
    }
    #expect(
      Programs.failure {
        _ = try ServerScorer(
          url: "http://h", kind: .kserve, model: "m", features: Self.features, options: options)
      }?.message == "a matrix cannot hold numbers and categories")
  }

  /// Answers in the forms that servers give them.
  @Test(arguments: [
    (ServerScorer.Kind.kserve, #"[{"name": "p", "shape": [3, 1], "data": [[1], [2], [3]]}]"#, [[1.0, 2, 3]]),
    (.kserve, #"[{"name": "p", "shape": [3, 2], "data": [9, 1, 8, 2, 7, 3]}]"#, [[1, 2, 3]]),
    (.tensorflow, #"[[9, 1], [8, 2], [7, 3]]"#, [[1, 2, 3]]),
    (.tensorflow, #"[{"p": 1}, {"p": 2}, {"p": 3}]"#, [[1, 2, 3]]),
    (.tensorflow, #"[{"p": [9, 1]}, {"p": [8, 2]}, {"p": [7, 3]}]"#, [[1, 2, 3]]),
    (
      .kserve, #"[{"name": "p", "shape": [3, 3], "data": [1, 2, 3, 4, 5, 6, 7, 8, 9]}]"#,
      [[1, 4, 7], [2, 5, 8], [3, 6, 9]]
    ),
    (.tensorflow, #"[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"#, [[1, 4, 7], [2, 5, 8], [3, 6, 9]]),
  ]) func answers(_ kind: ServerScorer.Kind, _ list: String, _ expected: [[Double]]) throws {
    let reply = kind == .kserve ? "{\"outputs\": \(list)}" : "{\"predictions\": \(list)}"
    let server = TestServer { _, _ in .answer(200, reply) }
    defer { server.stop() }
    var options = ServerScorer.Options()
    if expected.count == 3 { options.outputs = ["no", "maybe", "yes"] }
    let scorer = try ServerScorer(
      url: server.url, kind: kind, model: "m", features: Self.features, options: options)
    #expect(try scorer.score(Self.columns) == expected)
  }

  /// A server that answers each row's own number, the later batches sooner.
  @Test(arguments: [1, 5]) func rowsKeepTheirOrder(_ concurrency: Int) throws {
    let server = TestServer { request, number in
      let rows = request.json["instances"] as? [[String: Any]] ?? []
      let values = rows.map { "\((($0["a"] as? [Double])?.first ?? -1) * 2)" }
      usleep(UInt32(max(0, 5 - number)) * 10_000)
      return .answer(200, "{\"predictions\": [\(values.joined(separator: ","))]}")
    }
    defer { server.stop() }
    var options = ServerScorer.Options()
    (options.batchRows, options.concurrency) = (10, concurrency)
    let scorer = try ServerScorer(
      url: server.url, kind: .tensorflow, model: "m", features: Programs.features(["a"]), options: options)
    let values = (0..<123).map(Double.init)
    #expect(try scorer.score([Programs.numbers("a", values)]) == [values.map { 2 * $0 }])
    #expect(server.requests.count == 13)
    #expect(server.mostAtOnce <= concurrency)
    #expect(concurrency == 1 || server.mostAtOnce > 1)
    #expect(try scorer.score([Programs.numbers("a", [])]) == [[]])
  }

  @Test func aTokenComesFromTheEnvironment() throws {
    setenv("FAIRSLICE_TEST_TOKEN", "secret-token-123\n", 1)
    let server = TestServer { request, _ in
      .answer(403, "not allowed: \(request.headers["authorization"] ?? "")")
    }
    defer { server.stop() }
    var options = ServerScorer.Options()
    options.tokenVariable = "FAIRSLICE_TEST_TOKEN"
    let scorer = try ServerScorer(
      url: server.url, kind: .kserve, model: "m", features: Self.features, options: options)
    let failure = Programs.failure { _ = try scorer.score(Self.columns) }
    #expect(server.requests[0].headers["authorization"] == "Bearer secret-token-123")
    #expect(failure?.message.contains("answers 403: “not allowed: Bearer …”") == true)
    #expect(!String(describing: failure).contains("secret"))
    options.tokenVariable = "FAIRSLICE_NO_SUCH_TOKEN"
    let absent = Programs.failure {
      _ = try ServerScorer(
        url: server.url, kind: .kserve, model: "m", features: Self.features, options: options)
    }
    #expect(absent?.kind == .data)
    #expect(absent?.message.contains("FAIRSLICE_NO_SUCH_TOKEN") == true)
  }

  @Test(arguments: [
    "", "host:8080", "ftp://host", "http://", "http://user:password@host", "http://host?key=secret",
    "http://host#x",
  ]) func addressesThatAreNone(_ url: String) {
    let failure = Programs.failure {
      _ = try ServerScorer(url: url, kind: .kserve, model: "m", features: Self.features)
    }
    #expect(failure?.kind == .data)
    #expect(failure?.message.contains("password@") == false && failure?.message.contains("secret") == false)
  }

  @Test func valuesThatCannotBeSent() throws {
    var options = ServerScorer.Options()
    options.numberType = .int64
    for value in [Double.nan, 0.5, 1e300] {
      let scorer = try ServerScorer(
        url: "http://127.0.0.1:9", kind: .kserve, model: "m", features: Programs.features(["a"]),
        options: options)
      let failure = Programs.failure { _ = try scorer.score([Programs.numbers("a", [1, value])]) }
      #expect(failure?.kind == .data)
      #expect(failure?.message.contains("column “a”, row 2: ") == true)
    }
  }
}
