import Foundation

/// Reads documents back by poppler-utils, which Scripts/test installs.
enum Poppler {
  static let folder = "/usr/bin/"

  static var isPresent: Bool {
    ["pdftotext", "pdfinfo"].allSatisfy { FileManager.default.isExecutableFile(atPath: folder + $0) }
  }

  /// What one of its programs says of a document.
  static func output(_ program: String, _ flags: [String], _ document: [UInt8]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pdf")
    try Data(document).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: folder + program)
    process.arguments = flags + (program == "pdftotext" ? [file.path, "-"] : [file.path])
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text of all pages, each stretch of blanks and line breaks one blank.
  static func words(_ document: [UInt8]) throws -> String {
    try output("pdftotext", [], document).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  static func pages(_ document: [UInt8]) throws -> [String] {
    try output("pdftotext", ["-layout"], document).split(separator: "\u{C}").map(String.init)
  }
}
