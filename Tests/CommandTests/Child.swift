import Foundation
import Testing

/// Runs the built program as a child process.
enum Child {
  struct Result {
    let status: Int32
    var output: String
    let error: String
  }

  /// The program lies beside the test bundle.
  static let program: URL? = {
    let beside = CommandLine.arguments.map { URL(filePath: $0).deletingLastPathComponent() }
    let folders = [Bundle.main.bundleURL] + beside + beside.map { $0.deletingLastPathComponent() }
    return folders.map { $0.appending(path: "fairslice") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  /// - Parameters:
  ///   - output: a file that is there already; the standard output is captured where nil
  ///   - environment: what the child finds besides its inheritance, from which continuous integration is gone
  ///   - tool: another program than fairslice
  static func run(
    _ arguments: [String], in folder: Folder? = nil, input: String? = nil, output: String? = nil,
    environment: [String: String] = [:], tool: String? = nil
  ) throws -> Result {
    let scratch = try Folder()
    let path = output ?? scratch.path("out")
    if output == nil { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    let writing = try #require(FileHandle(forWritingAtPath: path))
    var result = try run(
      arguments, in: folder, input: input, writingTo: writing, environment: environment, tool: tool)
    // A device has nothing to read back.
    if output == nil { result.output = try String(contentsOfFile: path, encoding: .utf8) }
    return result
  }

  /// Whoever reads the standard output has gone before the program starts.
  static func runUnread(_ arguments: [String], in folder: Folder) throws -> Result {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    return try run(arguments, in: folder, input: nil, writingTo: pipe.fileHandleForWriting)
  }

  private static func run(
    _ arguments: [String], in folder: Folder?, input: String?, writingTo output: FileHandle,
    environment: [String: String] = [:], tool: String? = nil
  ) throws -> Result {
    let process = try process(arguments, in: folder, environment: environment, tool: tool)
    // Files, not pipes: nothing can fill up.
    let scratch = try Folder()
    let error = scratch.path("err")
    _ = FileManager.default.createFile(atPath: error, contents: nil)
    try scratch.write("in", input ?? "")
    process.standardInput = FileHandle(forReadingAtPath: scratch.path("in"))
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: error)
    try process.run()
    process.waitUntilExit()
    return Result(
      status: status(process), output: "", error: try String(contentsOfFile: error, encoding: .utf8))
  }

  static func process(
    _ arguments: [String], in folder: Folder?, environment: [String: String] = [:], tool: String? = nil
  ) throws -> Process {
    let process = Process()
    let found: URL = try #require(program, "the program is not built")
    process.executableURL = tool.map { URL(filePath: $0) } ?? found
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder.url }
    // What the test runner says to the Swift runtime is not for its children.
    process.environment = ProcessInfo.processInfo.environment.filter {
      $0.key != "SWIFT_BACKTRACE" && !$0.key.hasPrefix("GITHUB_") && !$0.key.hasPrefix("MAKE")
        && $0.key != "COLUMNS"
    }.merging(environment) { $1 }
    return process
  }

  /// The exit status, or the number of the signal that ended it below zero.
  static func status(_ process: Process) -> Int32 {
    process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
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

  /// A file's text; of one that is no UTF-8, as a PDF, a character for each byte.
  func read(_ name: String) throws -> String {
    let bytes = try Data(contentsOf: url.appending(path: name))
    return try #require(String(data: bytes, encoding: .utf8) ?? String(data: bytes, encoding: .isoLatin1))
  }

  /// Names of everything in it, hidden files too.
  var names: [String] { names(in: "") }

  func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted()
  }
}
