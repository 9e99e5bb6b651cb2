import Foundation
import Results
import Testing

@testable import FairSlice

@Suite struct AtomicOutputTests {
  private func refusal(_ body: () throws(Failure) -> Void) -> Failure? {
    do throws(Failure) {
      try body()
      return nil
    } catch { return error }
  }

  @Test func filesAppearWholeAndOthersStay() throws {
    let folder = try Folder()
    try folder.write("other.txt", "kept")
    try folder.write("a.txt", "a much longer old text")
    let output = AtomicOutput(folder: folder.url.path)
    let large = [UInt8](repeating: 65, count: 3_000_000)
    let paths = try output.write([("a.txt", Array("new".utf8)), ("charts/b.bin", large), ("empty", [])])
    #expect(paths == ["a.txt", "charts/b.bin", "empty"].map { folder.path($0) })
    #expect(try folder.read("a.txt") == "new")
    #expect(try folder.read("other.txt") == "kept")
    #expect(try Data(contentsOf: folder.url.appending(path: "charts/b.bin")) == Data(large))
    #expect(folder.names == ["a.txt", "charts", "empty", "other.txt"])
  }

  @Test func foldersAreMade() throws {
    let folder = try Folder()
    _ = try AtomicOutput(folder: folder.path("x/y")).write([("f", [1])])
    #expect(try Data(contentsOf: URL(filePath: folder.path("x/y/f"))) == Data([1]))
  }

  @Test(arguments: ["/dev/full", "/dev/full/x", "/proc/nothing/here"])
  func whereNothingCanBeWrittenNothingIsLeft(path: String) throws {
    let failure = try #require(
      refusal { () throws(Failure) in _ = try AtomicOutput(folder: path).write([("f", [1])]) })
    #expect(failure.kind == .unwritable && failure.message.hasPrefix(path) && failure.advice != nil)
    #expect(refusal { () throws(Failure) in try AtomicOutput(folder: path).probe() } == failure)
  }

  @Test func findingOutLeavesNothing() throws {
    let folder = try Folder()
    try AtomicOutput(folder: folder.path("x/y")).probe()
    try AtomicOutput(folder: folder.url.path).probe()
    #expect(folder.names.isEmpty)
  }

  @Test func aFolderInTheWayIsRefusedBeforeAnythingIsRenamed() throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(
      atPath: folder.path("report.html"), withIntermediateDirectories: true)
    try folder.write("a", "old")
    let failure = refusal { () throws(Failure) in
      _ = try AtomicOutput(folder: folder.url.path).write([("a", [1]), ("report.html", [2])])
    }
    #expect(failure?.kind == .unwritable)
    #expect(try folder.read("a") == "old")
    #expect(folder.names == ["a", "report.html"])
  }

  @Test func aFileInTheWayOfAFolderIsRefused() throws {
    let folder = try Folder()
    try folder.write("charts", "a file")
    try folder.write("a", "old")
    let failure = refusal { () throws(Failure) in
      _ = try AtomicOutput(folder: folder.url.path).write([("a", [1]), ("charts/x.svg", [2])])
    }
    #expect(failure?.kind == .unwritable)
    #expect(try folder.read("a") == "old")
    #expect(folder.names == ["a", "charts"])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
  func aFullDiskIsNoticed() throws {
    let file = open("/dev/full", O_WRONLY)
    defer { close(file) }
    #expect(AtomicOutput.put([1, 2, 3], into: file) == ENOSPC)
    #expect(AtomicOutput.put([], into: file) == 0)
  }

  @Test func aFileThatExistsIsNotOverwritten() throws {
    let folder = try Folder()
    let path = try folder.write("c", "old")
    let failure = refusal { () throws(Failure) in try AtomicOutput.write([1], to: path, named: "c") }
    #expect(failure?.kind == .unwritable)
    #expect(try folder.read("c") == "old")
  }
}
