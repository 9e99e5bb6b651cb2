import Foundation
import Testing

/// Runs the built program as a child process.
enum Child {
  struct Result {
    let status: Int32
    let output: String
    let error: String
  }

  /// The program lies beside the test bundle.
  static let program: URL? = {
    let beside = CommandLine.arguments.map { URL(filePath: $0).deletingLastPathComponent() }
    let folders = [Bundle.main.bundleURL] + beside + beside.map { $0.deletingLastPathComponent() }
    return folders.map { $0.appending(path: "fairslice") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  static func run(
    _ arguments: [String], in folder: Folder? = nil, input: String? = nil, output: String? = nil
  ) throws -> Result {
    let process = Process()
    let found: URL = try #require(program, "the program is not built")
    process.executableURL = found
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder.url }
    // Files, not pipes: nothing can fill up.
    let scratch = try Folder()
    let paths = ["in", "out", "err"].map { scratch.path($0) }
    for path in paths { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    if let input { try Data(input.utf8).write(to: URL(filePath: paths[0])) }
    process.standardInput = FileHandle(forReadingAtPath: paths[0])
    process.standardOutput = FileHandle(forWritingAtPath: output ?? paths[1])
    process.standardError = FileHandle(forWritingAtPath: paths[2])
    try process.run()
    process.waitUntilExit()
    func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    return Result(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try text(paths[1]), error: try text(paths[2]))
  }
}

/// A folder that goes away with its last user.
final class Folder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "fairslice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: url.appending(path: name))
    return path(name)
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

  /// Names of everything in it, hidden files too.
  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }
}
