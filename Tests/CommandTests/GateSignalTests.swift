import Foundation
import Testing

/// A trap inside the program arrives as a signal. It must end the program as that signal: with a status of 0, 1
/// or 3 a crash would be taken for a verdict.
@Suite struct GateSignalTests {
  /// Starts a gate that waits for its data, and returns once the program is past its own preparations, which
  /// include ignoring SIGPIPE.
  private func waiting(in folder: Folder) throws -> (process: Process, input: Pipe) {
    let process = try Child.process(
      ["evaluate", "-", "--policy", "pass.json5", "--out", "o"] + GateWorkshop.roles, in: folder,
      // The runtime's handler of crashes forgives a signal that no instruction of the child has caused.
      environment: ["SWIFT_BACKTRACE": "enable=no"])
    let input = Pipe()
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let end = Date().addingTimeInterval(20)
    while Date() < end, !Self.ignored(by: "\(process.processIdentifier)").contains(SIGPIPE) {
      Thread.sleep(forTimeInterval: 0.002)
    }
    return (process, input)
  }

  /// Sends a signal until it is heard: one that comes before the program listens to it may be lost.
  private func end(_ process: Process, with signal: Int32) {
    for _ in 0..<200 where process.isRunning {
      kill(process.processIdentifier, signal)
      Thread.sleep(forTimeInterval: 0.05)
    }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  /// Signals that a process ignores.
  private static func ignored(by process: String) -> Set<Int32> {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
    let mask = line.flatMap { UInt64($0.split(separator: "\t").last ?? "", radix: 16) } ?? 0
    return Set((1...31).filter { mask & (1 << UInt64($0 - 1)) != 0 })
  }

  private static let canWatch = FileManager.default.fileExists(atPath: "/proc/self/status")

  @Test(arguments: [[:], ["SWIFT_BACKTRACE": "enable=no"]])
  func aDefectEndsAsASignal(environment: [String: String]) throws {
    let result = try Child.run(["benchmark-trap"], environment: environment)
    #expect([-SIGILL, -SIGTRAP].contains(result.status), "\(result.status)")
    #expect(result.output.isEmpty)
    #expect(try !Child.run(["help"]).output.contains("benchmark-"))
  }

  @Test(
    .enabled(if: canWatch, "needs /proc"),
    arguments: [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGKILL])
  func aTrapIsNoVerdict(signal: Int32) throws {
    let folder = try GateWorkshop.folder()
    let (process, input) = try waiting(in: folder)
    end(process, with: signal)
    withExtendedLifetime(input) {}
    #expect(Child.status(process) == -signal)
    #expect(!folder.names.contains("o"))
  }

  @Test(
    .enabled(if: canWatch, "needs /proc"),
    // One that ignores a signal from its start, as under nohup, goes on.
    arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)].filter { !ignored(by: "self").contains($0.0) })
  func anInterruptionIsNoVerdict(signal: Int32, status: Int32) throws {
    let folder = try GateWorkshop.folder()
    let (process, input) = try waiting(in: folder)
    end(process, with: signal)
    withExtendedLifetime(input) {}
    #expect(Child.status(process) == status)
    #expect(!folder.names.contains("o"))
  }

  /// Nesting that would exhaust the stack is an error like any other.
  @Test(arguments: [("deep.json", "pass.json5"), ("e.json", "deep.json")])
  func deepNestingIsNoTrap(evaluation: String, policy: String) throws {
    let folder = try GateWorkshop.folder()
    for opening in ["[", #"{"a":"#] {
      try folder.write("deep.json", String(repeating: opening, count: 200_000))
      let result = try GateWorkshop.gate("\(evaluation) --policy \(policy)", in: folder)
      #expect(result.status == 65 && result.error.hasPrefix("error: deep.json"), "\(result.error)")
    }
  }
}
