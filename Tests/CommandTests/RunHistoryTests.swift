import Foundation
import Results
import TestSupport
import Testing

@testable import FairSlice

@Suite struct RunHistoryTests {
  private func history(_ folder: Folder, _ name: String = "o") throws -> RunHistory {
    try RunHistory(output: folder.path(name), kind: .evaluate, label: nil, environment: [:])
  }

  private func log(_ folder: Folder) throws -> RunLog {
    try RunLog(jsonLines: Array(folder.read("runs.jsonl").utf8), name: "runs.jsonl")
  }

  @Test(arguments: [
    ("Reports/demo", "Reports", "demo"), ("demo", "", "demo"), ("demo/", "", "demo"), ("./a/./b//", "a", "b"),
    ("/x/y", "/x", "y"), ("/x", "/", "x"), ("/x/y/..", "/", "x"),
  ])
  func theFileLiesBesideTheFolder(output: String, parent: String, name: String) {
    let place = RunHistory.place(of: output)
    #expect(place.parent == parent && place.name == name)
  }

  @Test func theCurrentFolderHasAName() {
    let own = FileManager.default.currentDirectoryPath
    for output in [".", "./", "x/.."] {
      let place = RunHistory.place(of: output)
      #expect("\(place.parent)/\(place.name)".replacing("//", with: "/") == own, "\(output)")
    }
  }

  @Test(arguments: [
    ("0", "1970-01-01T00:00:00Z"), ("1772366400", "2026-03-01T12:00:00Z"), ("", nil),
  ])
  func theDayComesFromTheEnvironment(text: String, date: String?) throws {
    let history = try RunHistory(
      output: "o", kind: .gate, label: "", environment: ["SOURCE_DATE_EPOCH": text])
    #expect(history.origin == .init(kind: .gate, folder: "o", date: date))
  }

  @Test(arguments: ["x", "-1", "1.5", "999999999999999"]) func aWrongDayIsRefused(text: String) {
    #expect(throws: Failure.self) {
      try RunHistory(output: "o", kind: .gate, label: nil, environment: ["SOURCE_DATE_EPOCH": text])
    }
  }

  @Test func linesAreAddedAndNothingElse() throws {
    let folder = try Folder()
    let history = try history(folder)
    try history.probe()
    #expect(folder.names.isEmpty)
    #expect(try history.append(line: SampleRun.plain().line()) == nil)
    try history.probe()
    #expect(try history.append(line: SampleRun.judged().line()) == nil)
    #expect(try log(folder).entries.map(\.record) == [SampleRun.plain(), SampleRun.judged()])
    #expect(folder.names == ["runs.jsonl"])
  }

  /// Each thread opens the file for itself, as each process does.
  @Test func manyAtATimeLoseNothing() async throws {
    let folder = try Folder()
    let path = folder.path("o")
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let history = try? RunHistory(output: path, kind: .evaluate, label: nil, environment: [:])
          for serial in 0..<200 {
            // Longer than what a pipe or a page takes at once.
            let label = "\(writer)/\(serial) " + String(repeating: "x", count: serial % 7 * 1500)
            _ = try? history?.append(line: SampleRun.plain(label: label).line())
          }
        }
      }
    }
    let labels = try log(folder).entries.map { $0.record.origin.label?.split(separator: " ").first ?? "" }
    #expect(labels.count == 800 && Set(labels).count == 800)
    for writer in 0..<4 {
      let own = labels.filter { $0.hasPrefix("\(writer)/") }
      #expect(own == (0..<200).map { "\(writer)/\($0)" })
    }
  }

  @Test(arguments: [1, 12, 40, 700]) func whatACrashLeftIsTakenOut(count: Int) throws {
    let folder = try Folder()
    let line = String(decoding: SampleRun.judged().line(), as: UTF8.self)
    try folder.write("runs.jsonl", line + line.prefix(count))
    let remark = try history(folder).append(line: SampleRun.plain().line())
    #expect(remark?.contains("unfinished") == true)
    #expect(try log(folder).entries.map(\.record) == [SampleRun.judged(), SampleRun.plain()])
    #expect(try folder.read("runs.jsonl") == line + String(decoding: SampleRun.plain().line(), as: UTF8.self))
  }

  @Test func aLineThatOnlyLacksItsEndStays() throws {
    let folder = try Folder()
    let line = String(decoding: SampleRun.judged().line(), as: UTF8.self)
    try folder.write("runs.jsonl", String(line.dropLast()))
    #expect(try history(folder).append(line: SampleRun.plain().line()) == nil)
    #expect(try log(folder).entries.count == 2)
  }

  /// A file of that name may be somebody else's.
  @Test func whatIsNotOursIsNeverTakenAway() throws {
    let folder = try Folder()
    for text in ["my notes", "{\"loss\": 0.3", "a\nb"] {
      try folder.write("runs.jsonl", text)
      try history(folder).append(line: SampleRun.plain().line())
      #expect(try folder.read("runs.jsonl").hasPrefix(text + "\n{\"schema\""))
    }
  }

  @Test(arguments: ["folder", "device", "pipe"]) func whatIsNoFileIsRefused(kind: String) throws {
    let folder = try Folder()
    switch kind {
    case "folder":
      try FileManager.default.createDirectory(
        atPath: folder.path("runs.jsonl"), withIntermediateDirectories: false)
    case "device":
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("runs.jsonl"), withDestinationPath: "/dev/null")
    default: _ = try Child.run([folder.path("runs.jsonl")], tool: "/usr/bin/mkfifo")
    }
    let history = try history(folder)
    for body in [{ try history.probe() }, { _ = try history.append(line: [10]) }] as [() throws -> Void] {
      let failure = #expect(throws: Failure.self) { try body() }
      #expect(failure?.kind == .unwritable && failure?.message.contains("runs.jsonl") == true)
      #expect(failure?.advice?.contains("--no-history") == true)
    }
  }
}
