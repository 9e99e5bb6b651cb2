import Foundation
import Glibc

/// One HTTP request to a port of this machine and its answer, without Foundation's client, which does not understand the
/// driver's headers.
struct Loopback {
  struct Broken: Error, CustomStringConvertible {
    var description: String
  }

  let port: UInt16

  /// - Returns: status and body
  func send(_ method: String, _ path: String, _ body: Data?) throws -> (Int, Data) {
    let connection = try connect()
    defer { close(connection) }
    let head =
      "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
      + "Content-Type: application/json; charset=utf-8\r\nContent-Length: \(body?.count ?? 0)\r\n\r\n"
    try write([UInt8](head.utf8) + [UInt8](body ?? Data()), to: connection)
    return try read(connection)
  }

  private func connect() throws -> Int32 {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    // No answer in three minutes is none.
    var patience = timeval(tv_sec: 180, tv_usec: 0)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    guard status == 0 else {
      close(connection)
      throw Broken(description: "nobody listens on port \(port)")
    }
    return connection
  }

  private func write(_ bytes: [UInt8], to connection: Int32) throws {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Broken(description: "port \(port) hung up") }
      start += count
    }
  }

  private func read(_ connection: Int32) throws -> (Int, Data) {
    var data = Data()
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var body: Range<Int>?
    while body.map({ data.count < $0.upperBound }) ?? true {
      let count = recv(connection, &piece, piece.count, 0)
      guard count > 0 else { throw Broken(description: "port \(port) did not answer to the end") }
      data.append(contentsOf: piece[..<count])
      if body == nil, let end = data.range(of: Data("\r\n\r\n".utf8)) {
        let head = String(decoding: data[..<end.lowerBound], as: UTF8.self)
        let size = head.firstMatch(of: /(?i)content-length: *(\d+)/).flatMap { Int($0.output.1) }
        guard let size else { throw Broken(description: "an answer without a length: \(head)") }
        body = end.upperBound..<(end.upperBound + size)
      }
    }
    let head = String(decoding: data.prefix(16), as: UTF8.self)
    return (
      head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0, data.subdata(in: body ?? 0..<0)
    )
  }
}
