import Foundation
import Results
import TestSupport
import Testing

@testable import Models

/// Whatever a prediction server does wrong: an error that tells it, with the address and the rows.
@Suite struct FaultyServerTests {
  static func scorer(
    _ server: TestServer, _ kind: ServerScorer.Kind = .tensorflow,
    _ change: (inout ServerScorer.Options) -> Void = { _ in }
  ) throws -> ServerScorer {
    var options = ServerScorer.Options()
    (options.batchRows, options.concurrency, options.firstWaitSeconds) = (3, 1, 0.01)
    change(&options)
    return try ServerScorer(
      url: server.url, kind: kind, model: "m", features: Programs.features(["a"]), options: options)
  }

  static let columns = [Programs.numbers("a", [1, 2, 3, 4, 5])]

  static func failure(
    _ kind: ServerScorer.Kind = .tensorflow, _ change: (inout ServerScorer.Options) -> Void = { _ in },
    _ reply: @escaping @Sendable (TestServer.Request, Int) -> TestServer.Reply
  ) throws -> (failure: Failure, requests: Int) {
    let server = TestServer(reply)
    defer { server.stop() }
    let failure = try #require(
      Programs.failure { _ = try Self.scorer(server, kind, change).score(columns) })
    #expect(failure.kind == .unavailable)
    #expect(failure.message.hasPrefix("\(server.url)/v\(kind == .kserve ? 2 : 1)/models/m"))
    return (failure, server.requests.count)
  }

  @Test(arguments: [
    (200, "<html>Welcome</html>", "is no value"), (200, "", "the text ends where a value should be"),
    (200, #"{"predictions": [1, 2"#, "should stand here"),
    (200, #"{"predictions": [1, 2]}"#, "2 rows where 3 were asked for"),
    (200, #"{"predictions": [1, 2, 3, 4]}"#, "4 rows where 3 were asked for"),
    (200, #"{"predictions": ["yes", "no", "no"]}"#, "expected a number, found text"),
    (200, #"{"predictions": [[1], [2, 3], [4]]}"#, "predictions[1]: it has 2 numbers, rows before it 1"),
    (200, #"{"predictions": [1, null, 3]}"#, "expected a number, found null"),
    (200, #"{"predictions": [1, NaN, 3]}"#, "row 2: the score is nan"),
    (
      200, #"{"predictions": [[1,2,3],[1,2,3],[1,2,3]]}"#,
      "3 numbers a row, where the scores are called score"
    ),
    (200, #"{"predictions": [{"a": 1, "b": 2}, {}, {}]}"#, "it has 2 outputs: a, b"),
    (200, #"{"error": "no signature"}"#, "it says: no signature"),
    (200, String(repeating: "[", count: 1_000_000), "nested too deeply"),
    (500, "Traceback: division by zero", "answers 500: “Traceback: division by zero”"),
    (404, #"{"error": "no model m"}"#, "answers 404: “{\"error\": \"no model m\"}”"),
  ]) func aFaultIsTold(_ status: Int, _ body: String, _ words: String) throws {
    let (failure, requests) = try Self.failure { _, _ in .answer(status, body) }
    #expect(failure.message.contains(": rows 1 to 3: "))
    #expect(failure.message.contains(words), "\(failure.message)")
    #expect(failure.message.count < 600)
    #expect(requests == 1)
  }

  @Test(arguments: [
    (#"{"outputs": []}"#, "it has 0 outputs"),
    (
      #"{"outputs": [{"name": "p", "shape": [3], "datatype": "BYTES", "data": ["a","b","c"]}]}"#,
      "of the type BYTES"
    ),
    (#"{"outputs": [{"name": "p", "shape": [2], "data": [1, 2]}]}"#, "2 numbers of the shape [2] for 3 rows"),
    (
      #"{"outputs": [{"name": "p", "shape": [3, 4], "data": [1, 2, 3]}]}"#,
      "3 numbers of the shape [3, 4] for 3 rows"
    ),
    (
      #"{"outputs": [{"name": "p", "shape": [3, 1000000000, 1000000000, 1000000000], "data": [1, 2, 3]}]}"#,
      "for 3 rows"
    ),
    (#"{"outputs": [{"name": "p", "shape": [3], "data": [1, "x", 3]}]}"#, "expected a number, found text"),
    (#"{"outputs": [{"name": "p", "shape": [3]}]}"#, "“data” is missing"),
  ]) func aFaultyTensorIsTold(_ body: String, _ words: String) throws {
    let (failure, _) = try Self.failure(.kserve) { _, _ in .answer(200, body) }
    #expect(failure.message.contains(words), "\(failure.message)")
  }

  @Test func busyServersAreAskedAgain() throws {
    let server = TestServer { _, number in
      switch number {
      case 0: .answer(503, "loading", ["Retry-After": "0"])
      case 1: .answer(429, "slowly")
      case 2: .raw("")
      case 3: .answer(200, #"{"predictions": [1, 2, 3]}"#)
      case 4: .raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"predictions\": [")
      default: .answer(200, #"{"predictions": [4, 5]}"#)
      }
    }
    defer { server.stop() }
    #expect(try Self.scorer(server).score(Self.columns) == [[1, 2, 3, 4, 5]])
    #expect(server.requests.count >= 6)
  }

  @Test func atMostSoOften() throws {
    let (failure, requests) = try Self.failure(.kserve, { $0.attempts = 3 }) { _, _ in .answer(503, "busy") }
    #expect(requests == 3)
    #expect(failure.message.contains("answers 503: “busy” (3 tries)"))
    let (_, others) = try Self.failure(
      .kserve,
      {
        $0.retriedStatuses = [500]; $0.attempts = 2
      }
    ) { _, _ in
      .answer(500, "")
    }
    #expect(others == 2)
  }

  @Test func aWaitThatIsAskedForHasALimit() throws {
    let (_, requests) = try Self.failure(
      .kserve,
      {
        $0.attempts = 2; $0.longestWaitSeconds = 0.05
      }
    ) { _, _ in .answer(429, "", ["Retry-After": "86400"]) }
    #expect(requests == 2)
  }

  @Test func closedConnectionsAreTold() throws {
    let (failure, _) = try Self.failure(.tensorflow, { $0.attempts = 2 }) { _, _ in
      .raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"predictions\": [1,")
    }
    #expect(
      failure.message.contains("in the middle of its answer: “{\"predictions\": [1,”"), "\(failure.message)")
    let (other, _) = try Self.failure(.tensorflow, { $0.attempts = 2 }) { _, _ in .raw("") }
    #expect(other.message.contains("closes the connection without an answer (2 tries)"), "\(other.message)")
    let (garbage, _) = try Self.failure(.tensorflow, { $0.attempts = 1 }) { _, _ in
      .raw("SSH-2.0-OpenSSH\r\n")
    }
    #expect(garbage.message.contains("answers what is no HTTP"), "\(garbage.message)")
  }

  @Test func silenceEnds() throws {
    let (failure, requests) = try Self.failure(.tensorflow, { $0.seconds = 0.4 }) { _, _ in .silence }
    #expect(failure.message.contains("does not answer within 0.4 s"))
    // On a busy machine the time may be over before the request has come.
    #expect(requests <= 1)
  }

  @Test func nobodyThere() throws {
    let server = TestServer { _, _ in .silence }
    server.stop()
    let failure = Programs.failure {
      _ = try Self.scorer(server, .kserve) { $0.attempts = 2 }.score(Self.columns)
    }
    #expect(
      failure?.message.contains("no connection can be made (2 tries)") == true,
      "\(String(describing: failure))")
  }

  @Test func largeAnswersAreBounded() throws {
    let (failure, _) = try Self.failure(.tensorflow, { $0.largestAnswerBytes = 10_000 }) { _, _ in
      .answer(200, String(repeating: "1,", count: 1_000_000))
    }
    #expect(failure.message.contains("answers more than 10000 bytes"), "\(failure.message)")
  }

  @Test func redirectsAreNotFollowed() throws {
    let other = TestServer { _, _ in .answer(200, #"{"predictions": [1, 2, 3]}"#) }
    defer { other.stop() }
    let target = "\(other.url)/login?token=hidden"
    for status in [301, 302, 307, 308] {
      let (failure, _) = try Self.failure { _, _ in .answer(status, "", ["Location": target]) }
      #expect(
        failure.message.contains("answers \(status), a redirect to \(other.url)/login"), "\(failure.message)")
      #expect(!failure.message.contains("hidden"))
    }
    #expect(other.requests.isEmpty)
  }

  /// Of several batches that fail, the first rows' failure is told, whatever came first.
  @Test func theFirstRowsFailureIsTold() throws {
    let (failure, _) = try Self.failure(
      .tensorflow,
      {
        $0.batchRows = 1; $0.concurrency = 5
      }
    ) { _, _ in
      .answer(500, "no")
    }
    #expect(failure.message.contains("rows 1 to 1: "))
  }
}
