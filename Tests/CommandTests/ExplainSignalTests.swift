import Foundation
import TestSupport
import Testing

/// Who interrupts an explanation finds what was there before, whole, and no program that still runs.
@Suite struct ExplainSignalTests {
  /// Whether this runner, and so its children, ignore a signal, as under nohup.
  private static func isIgnored(_ signal: Int32) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
    let mask = line.flatMap { UInt64($0.split(separator: "\t").last ?? "", radix: 16) } ?? 0
    return mask & (1 << UInt64(signal - 1)) != 0
  }

  private static let signals = [(SIGINT, Int32(130)), (SIGTERM, 143), (SIGHUP, 129)].filter {
    !isIgnored($0.0)
  }

  /// Starts the program, waits until it is in the midst of its work, and sends it a signal.
  private func interrupt(
    _ line: String, in folder: Folder, with signal: Int32, when isBusy: () -> Bool
  ) throws -> Int32 {
    let process = try Child.process(GateWorkshop.words(line), in: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<4000 where process.isRunning && !isBusy() { Thread.sleep(forTimeInterval: 0.005) }
    #expect(process.isRunning, "it ended before it could be interrupted")
    // Past the first look at its child, or at its rows.
    Thread.sleep(forTimeInterval: 0.3)
    kill(process.processIdentifier, signal)
    for _ in 0..<600 where process.isRunning { Thread.sleep(forTimeInterval: 0.01) }
    #expect(!process.isRunning, "it goes on")
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return Child.status(process)
  }

  /// What the folder `o` holds, by name.
  private func contents(_ folder: Folder) throws -> [String: String] {
    var contents: [String: String] = [:]
    for name in folder.names(in: "o") { contents[name] = try folder.read("o/\(name)") }
    return contents
  }

  private func evaluated(_ folder: Folder) throws -> [String: String] {
    let result = try Child.run(
      GateWorkshop.words("evaluate d.csv --label y --score p --slice sex --slice region --out o --no-charts"),
      in: folder)
    #expect(result.status == 0, "\(result.error)")
    return try contents(folder)
  }

  @Test(.enabled(if: ExplainPrograms.isPythonPresent, ExplainPrograms.absence), arguments: signals)
  func duringAProgram(signal: Int32, status: Int32) throws {
    let folder = try ExplainPrograms.folder("slow", settings: "batch: 10")
    let before = try evaluated(folder)
    for line in [
      "explain o/evaluation.json --config c.json5 --no-charts", "evaluate --config c.json5 --out new",
    ] {
      try folder.write("ids", "")
      let found = try interrupt(line, in: folder, with: signal) {
        ExplainPrograms.running(in: folder).count == 2
      }
      #expect(found == status)
      #expect(ExplainPrograms.left(in: folder) == [])
      #expect(try contents(folder) == before)
      #expect(!folder.names.contains("new") && !folder.names.contains { $0.hasPrefix(".fairslice") })
    }
  }

  @Test(arguments: signals) func duringNativeWork(signal: Int32, status: Int32) throws {
    let folder = try ExplainWorkshop.folder()
    let before = try evaluated(folder)
    let flags = "--data d.csv --model m.json --encoding e.json --repeats 10000 --no-charts"
    let start = Date()
    let found = try interrupt("explain o/evaluation.json \(flags)", in: folder, with: signal) {
      Date().timeIntervalSince(start) > 0.5
    }
    #expect(found == status)
    #expect(try contents(folder) == before)
    #expect(!folder.names.contains { $0.hasPrefix(".fairslice") })
  }

  /// The server never answers; the wait for it ends with the program.
  @Test(arguments: signals) func duringARequest(signal: Int32, status: Int32) throws {
    let server = TestServer { _, _ in .silence }
    defer { server.stop() }
    let folder = try ExplainWorkshop.folder()
    let before = try evaluated(folder)
    let flags = "--data d.csv --model \(server.url)/v2/models/m --model-feature a --model-feature sex"
    let found = try interrupt("explain o/evaluation.json \(flags)", in: folder, with: signal) {
      !server.requests.isEmpty
    }
    #expect(found == status)
    #expect(try contents(folder) == before)
  }
}
