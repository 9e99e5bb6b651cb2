import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

/// What a server answered, as far as it came.
struct HTTPAnswer: Sendable {
  var status = 0
  /// By name in lower case.
  var headers: [String: String] = [:]
  var body: [UInt8] = []
  /// Whether the body was larger than allowed, and was not read to its end.
  var isTooLarge = false
  var error: URLError?
}

/// One request and its answer, without cookies, caches, redirects or stored credentials. The session calls it from its
/// own queue; one thread waits.
///
/// Each request has a session, and so a connection, of its own: when a kept connection turns out to be closed, Foundation on
/// Linux sends the head of the request again but not its body, and waits.
final class HTTPExchange: NSObject, URLSessionDataDelegate, Sendable {
  private let answer = Mutex(HTTPAnswer())
  private let done = DispatchSemaphore(value: 0)
  private let largest: Int

  private init(largest: Int) { self.largest = largest }

  /// - Parameter largest: bytes of the answer's body that are read at most
  /// - Returns: nil where the time is over
  static func send(_ request: URLRequest, seconds: Double, largest: Int) -> HTTPAnswer? {
    let exchange = HTTPExchange(largest: largest)
    let settings = URLSessionConfiguration.ephemeral
    settings.httpCookieStorage = nil
    settings.httpShouldSetCookies = false
    settings.urlCache = nil
    settings.urlCredentialStorage = nil
    settings.timeoutIntervalForRequest = seconds
    let session = URLSession(configuration: settings, delegate: exchange, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    session.dataTask(with: request).resume()
    guard exchange.done.wait(timeout: .now() + seconds) == .success else { return nil }
    let answer = exchange.answer.withLock { $0 }
    return answer.error?.code == .timedOut ? nil : answer
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    keep(response)
    // The redirect is the answer. The handler is not called: Foundation on Linux traps where that comes after the
    // task was cancelled.
    done.signal()
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    if let response = response as? HTTPURLResponse { keep(response) }
    completionHandler(.allow)
  }

  private func keep(_ response: HTTPURLResponse) {
    answer.withLock { answer in
      answer.status = response.statusCode
      for (name, value) in response.allHeaderFields {
        answer.headers["\(name)".lowercased()] = "\(value)"
      }
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isTooLarge = answer.withLock { answer in
      answer.isTooLarge = answer.isTooLarge || answer.body.count + data.count > largest
      if !answer.isTooLarge { answer.body += data }
      return answer.isTooLarge
    }
    if isTooLarge { dataTask.cancel() }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    answer.withLock { answer in
      if let error { answer.error = error as? URLError ?? URLError(.unknown) }
    }
    done.signal()
  }
}
