import Foundation

/// The command line tool that was built beside the tests.
package enum BuiltProgram {
  package struct Absent: Error {}

  /// The program lies beside the test bundle.
  package static let url: URL? = {
    let beside = CommandLine.arguments.map { URL(filePath: $0).deletingLastPathComponent() }
    let folders = [Bundle.main.bundleURL] + beside + beside.map { $0.deletingLastPathComponent() }
    return folders.map { $0.appending(path: "fairslice") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  /// Runs it to its end; returns the exit status and what it said on standard error.
  package static func run(_ arguments: [String], in folder: URL) throws -> (status: Int32, error: String) {
    guard let url else { throw Absent() }
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.filter {
      $0.key != "SWIFT_BACKTRACE" && !$0.key.hasPrefix("GITHUB_")
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    // A file, not a pipe: it cannot fill up.
    let error = folder.appending(path: ".said")
    try Data().write(to: error)
    defer { try? FileManager.default.removeItem(at: error) }
    process.standardError = try FileHandle(forWritingTo: error)
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: try Data(contentsOf: error), as: UTF8.self))
  }
}
