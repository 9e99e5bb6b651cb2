import Foundation
import Testing

/// Debian's chromedriver as a child process on a free port, and the commands that go to it (W3C WebDriver).
///
/// The driver and its browsers make up a process group of their own, which ends when this process closes its input, or
/// dies.
final class Driver: Sendable {
  struct Refusal: Error, CustomStringConvertible {
    var command: String
    var status: Int
    var message: String
    var description: String { "\(command): \(status) \(message)" }
  }

  static let browser = find(["chromium", "chromium-browser", "google-chrome"])
  static let program = find(["chromedriver"])
  static let isPresent = browser != nil && program != nil
  /// Whether it is an error that there is no browser.
  static let isRequired = ProcessInfo.processInfo.environment["FAIRSLICE_BROWSER"] == "required"

  private static func find(_ names: [String]) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    return names.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private let process = Process()
  private let life = Pipe()
  private let server: Loopback

  init() throws {
    let program = try #require(Self.program, "chromedriver is not installed (Debian's chromium-driver)")
    let output = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "\"$1\" --port=0 & read -r _; kill -KILL 0", "sh", program]
    process.standardInput = life
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var said = ""
    var port: UInt16?
    while port == nil {
      let piece = output.fileHandleForReading.availableData
      try #require(!piece.isEmpty, "chromedriver did not start: \(said)")
      said += String(decoding: piece, as: UTF8.self)
      port = said.firstMatch(of: /successfully on port (\d+)/).flatMap { UInt16($0.output.1) }
    }
    server = Loopback(port: port ?? 0)
  }

  /// Ends the driver and every browser that it started.
  func stop() {
    try? life.fileHandleForWriting.close()
    let end = Date(timeIntervalSinceNow: 1)
    while process.isRunning, Date() < end { Thread.sleep(forTimeInterval: 0.05) }
  }

  /// Sends a command and waits for its value.
  @discardableResult
  func send(_ method: String, _ path: String, _ body: [String: Any]? = nil) throws -> Any {
    let bytes = method == "POST" ? try JSONSerialization.data(withJSONObject: body ?? [:]) : nil
    let (status, data) = try server.send(method, path, bytes)
    let document = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) as? [String: Any]
    let value = document?["value"] ?? NSNull()
    guard status == 200 else {
      let message = (value as? [String: Any])?["message"] as? String
      throw Refusal(command: "\(method) \(path)", status: status, message: message ?? "\(value)")
    }
    return value
  }
}
