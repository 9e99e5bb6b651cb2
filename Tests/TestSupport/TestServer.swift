import Foundation
import Glibc
import Synchronization

/// A small HTTP server on a free port of this machine, which answers what a test says.
public final class TestServer: Sendable {
  /// What a client sent.
  public struct Request: Sendable {
    /// The target of the request line.
    public var path: String
    /// By name in lower case.
    public var headers: [String: String]
    /// Its bytes.
    public var body: [UInt8]

    /// The body as an object; empty where it is none.
    public var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }
  }

  /// What the server does.
  public enum Reply: Sendable {
    case answer(Int, String, [String: String] = [:])
    /// These bytes, and the connection is closed.
    case raw(String)
    /// Nothing, until the client goes.
    case silence
  }

  /// Where it listens.
  public let port: UInt16
  private let listener: Int32
  private let seen = Mutex<[Request]>([])
  private let open = Mutex((now: 0, most: 0))

  /// All so far, in the order in which they came.
  public var requests: [Request] { seen.withLock { $0 } }
  /// The most requests that were worked on at the same time.
  public var mostAtOnce: Int { open.withLock { $0.most } }
  /// Its address, without a path.
  public var url: String { "http://127.0.0.1:\(port)" }

  /// - Parameter reply: to a request and its number, from 0
  public init(_ reply: @escaping @Sendable (Request, Int) -> Reply) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
        _ = bind(listener, plain, size)
        _ = listen(listener, 64)
        _ = getsockname(listener, plain, &size)
      }
    }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        Thread.detachNewThread { [weak self] in
          while let request = Self.read(connection), let number = self?.note(request) {
            let reply = reply(request, number)
            self?.open.withLock { $0.now -= 1 }
            guard Self.write(reply, to: connection) else { break }
          }
          close(connection)
        }
      }
    }
  }

  /// Listens no more.
  public func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private func note(_ request: Request) -> Int {
    open.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
    return seen.withLock { seen in
      seen.append(request)
      return seen.count - 1
    }
  }

  private static func read(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    let gap = Array("\r\n\r\n".utf8)
    while true {
      if let end = bytes.firstRange(of: gap) {
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
          headers[parts[0].lowercased()] = parts.last
        }
        let size = headers["content-length"].flatMap { Int($0) } ?? 0
        while bytes.count < end.upperBound + size { guard receive(connection, &bytes) else { return nil } }
        let path = lines[0].split(separator: " ")[1]
        return Request(
          path: String(path), headers: headers, body: Array(bytes[end.upperBound..<end.upperBound + size]))
      }
      guard receive(connection, &bytes) else { return nil }
    }
  }

  private static func receive(_ connection: Int32, _ bytes: inout [UInt8]) -> Bool {
    var piece = [UInt8](repeating: 0, count: 65_536)
    let count = recv(connection, &piece, piece.count, 0)
    guard count > 0 else { return false }
    bytes += piece[..<count]
    return true
  }

  /// - Returns: whether the connection stays open
  private static func write(_ reply: Reply, to connection: Int32) -> Bool {
    switch reply {
    case .answer(let status, let body, let headers):
      let more = headers.map { "\($0): \($1)\r\n" }.joined()
      return send(
        "HTTP/1.1 \(status) Status\r\nContent-Length: \(body.utf8.count)\r\n\(more)\r\n\(body)", connection)
    case .raw(let text):
      _ = send(text, connection)
      return false
    case .silence:
      var byte: UInt8 = 0
      while recv(connection, &byte, 1, 0) > 0 {}
      return false
    }
  }

  private static func send(_ text: String, _ connection: Int32) -> Bool {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      start += count
    }
    return true
  }
}
