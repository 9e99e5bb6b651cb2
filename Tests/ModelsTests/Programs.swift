import Foundation
import Models
import Results
import Tables
import TestSupport
import Testing

/// Scoring programs in Python, for tests.
enum Programs {
  static let absence: Comment = "needs python3 on PATH"

  /// Whether python3 is on PATH.
  static let isPythonPresent = runs(["python3", "-c", ""])

  /// The interpreter for tests that need packages: `FAIRSLICE_PYTHON`, else python3.
  static let python = ProcessInfo.processInfo.environment["FAIRSLICE_PYTHON"] ?? "python3"

  static func hasPackages(_ names: String) -> Bool { runs([python, "-c", "import \(names)"]) }

  static func runs(_ command: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  static func faulty(_ fault: String) -> [String] {
    ["python3", LibraryFiles.path("faulty_child.py"), fault]
  }

  static let reference = SharedData.root.appending(path: "Integrations/python/fairslice_scorer.py").path

  static func features(_ names: [String]) -> [ScorerFeature] {
    names.map { ScorerFeature(name: $0, kind: .number) }
  }

  static func numbers(_ name: String, _ values: [Double]) -> Column {
    .numbers(NumberColumn(name: name, values: values, missingCount: values.count(where: \.isNaN)))
  }

  static func category(_ name: String, _ values: [String?]) -> Column {
    let categories = Set(values.compactMap { $0 }).sorted()
    let codes = values.map { value in
      value.flatMap { categories.firstIndex(of: $0) }.map(Int32.init) ?? CategoryColumn.missing
    }
    return .category(
      CategoryColumn(
        name: name, codes: codes, categories: categories, missingCount: codes.count { $0 < 0 }))
  }

  /// A folder for the time of the body.
  static func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// What is thrown, or nil.
  static func failure(_ body: () throws -> Void) -> Failure? {
    do {
      try body()
      return nil
    } catch { return error as? Failure }
  }
}
