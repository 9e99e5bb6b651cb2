import Foundation
import FoundationNetworking
import Glibc
import Results

/// Posts requests to one address, again where the server was busy.
struct ServerConnection: Sendable {
  private let address: ServerAddress
  private let options: ServerScorer.Options
  private let token: String?

  /// - Throws: `data` where the token's variable is not set
  init(_ address: ServerAddress, _ options: ServerScorer.Options) throws(Failure) {
    (self.address, self.options) = (address, options)
    guard let name = options.tokenVariable else {
      token = nil
      return
    }
    let value = ProcessInfo.processInfo.environment[name]?.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let value, !value.isEmpty, value.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      throw Failure(
        .data, "the environment variable \(name), which should hold a token, is empty or holds none",
        advice: "Set it to the token of \(address.shown).")
    }
    token = value
  }

  /// - Parameter isWanted: whether the answer still matters, asked while waiting for another try
  /// - Parameter read: makes scores of a good answer; its failures are told with the address
  /// - Throws: `unavailable` with address, rows, and what the server did
  func post<Scores>(
    _ body: [UInt8], rows: Range<Int>, isWanted: () -> Bool, _ read: ([UInt8]) throws(Failure) -> Scores
  ) throws(Failure) -> Scores {
    var attempt = 1
    while true {
      let answer = HTTPExchange.send(
        request(body), seconds: options.seconds, largest: options.largestAnswerBytes)
      guard let problem = problem(answer) else {
        do throws(Failure) {
          return try read(answer?.body ?? [])
        } catch {
          let text = "\(error.message)\(excerpt(answer))"
          throw failure(text, rows, advice: error.advice)
        }
      }
      guard problem.isWorthAnotherTry, attempt < options.attempts, isWanted() else {
        let tries = attempt > 1 ? " (\(attempt) tries)" : ""
        throw failure(problem.text + tries, rows, advice: problem.advice)
      }
      wait(attempt, answer, isWanted)
      attempt += 1
    }
  }

  private func request(_ body: [UInt8]) -> URLRequest {
    var request = URLRequest(
      url: address.url, cachePolicy: .reloadIgnoringLocalAndRemoteCacheData,
      timeoutInterval: options.seconds)
    request.httpMethod = "POST"
    request.httpBody = Data(body)
    request.httpShouldHandleCookies = false
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.setValue("application/json", forHTTPHeaderField: "Accept")
    if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
    return request
  }

  // MARK: problems

  private struct Problem {
    var text: String
    var isWorthAnotherTry = false
    var advice: String?
  }

  private func problem(_ answer: HTTPAnswer?) -> Problem? {
    guard let answer else {
      return Problem(
        text: "does not answer within \(NumberText.text(options.seconds)) s",
        advice: "Allow it more time, or give it smaller batches.")
    }
    if answer.isTooLarge {
      return Problem(
        text: "answers more than \(options.largestAnswerBytes) bytes\(excerpt(answer))",
        advice: "Give it smaller batches, or allow larger answers.")
    }
    if let error = answer.error { return problem(error, answer) }
    switch answer.status {
    case 200: return nil
    case 300..<400:
      return Problem(
        text: "answers \(answer.status), a redirect to \(Self.place(answer.headers["location"]))",
        advice: "Redirects are not followed; give the address that it leads to.")
    case 401, 403:
      return Problem(
        text: "answers \(answer.status)\(excerpt(answer))",
        advice: "It wants a token, or another one; name the environment variable that holds it.")
    default:
      return Problem(
        text: "answers \(answer.status)\(excerpt(answer))",
        isWorthAnotherTry: options.retriedStatuses.contains(answer.status))
    }
  }

  private func problem(_ error: URLError, _ answer: HTTPAnswer) -> Problem {
    guard answer.status == 0 else {
      return Problem(
        text: "closes the connection in the middle of its answer\(excerpt(answer))", isWorthAnotherTry: true)
    }
    let known: [URLError.Code: String] = [
      .cannotConnectToHost: "no connection can be made", .networkConnectionLost: "the connection was lost",
      .notConnectedToInternet: "there is no network", .cannotFindHost: "there is no such host",
      .dnsLookupFailed: "there is no such host",
      .badServerResponse: "closes the connection without an answer",
      .unsupportedURL: "answers what is no HTTP", .secureConnectionFailed: "no secure connection can be made",
      .serverCertificateUntrusted: "its certificate is not trusted",
    ]
    let tried: Set<URLError.Code> = [
      .cannotConnectToHost, .networkConnectionLost, .notConnectedToInternet, .badServerResponse,
    ]
    return Problem(
      text: known[error.code] ?? "the request failed (network error \(error.code.rawValue))",
      isWorthAnotherTry: tried.contains(error.code), advice: "See whether the server runs at that address.")
  }

  /// Scheme, host and path of a redirect, whose query may hold what is not for messages.
  private static func place(_ location: String?) -> String {
    location.flatMap { $0.split(separator: "?").first }.map { String($0.prefix(200)) } ?? "nowhere"
  }

  /// The first 300 bytes of an answer.
  private func excerpt(_ answer: HTTPAnswer?) -> String {
    guard let body = answer?.body, !body.isEmpty else { return "" }
    // The token first, so that no part of one is left at the end.
    let text = withoutToken(String(decoding: body.prefix(2000), as: UTF8.self))
    return ": “\(ReplyText.shown(Array(text.utf8), limit: 300))”"
  }

  private func failure(_ what: String, _ rows: Range<Int>, advice: String?) -> Failure {
    Failure(
      .unavailable,
      withoutToken("\(address.shown): rows \(rows.lowerBound + 1) to \(rows.upperBound): \(what)"),
      advice: advice)
  }

  /// A server may repeat what it was sent.
  private func withoutToken(_ text: String) -> String {
    token.map { text.replacing($0, with: "…") } ?? text
  }

  // MARK: waiting

  /// Waits as the server asks, else longer each time, but never beyond the limit.
  private func wait(_ attempt: Int, _ answer: HTTPAnswer?, _ isWanted: () -> Bool) {
    let doubled = options.firstWaitSeconds * Double(1 << min(attempt - 1, 30))
    let asked = answer?.headers["retry-after"].flatMap { Double($0) } ?? 0
    var left = min(max(doubled, asked.isFinite ? asked : 0), options.longestWaitSeconds)
    while left > 0, isWanted() {
      usleep(UInt32(min(left, 0.1) * 1e6))
      left -= 0.1
    }
  }
}
