import Foundation
import TestSupport
import Testing

/// The page of the library shows a program that is compiled and run.
@Suite struct ExampleTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: SharedData.root.appending(path: path), encoding: .utf8)
  }

  @Test func thePageShowsTheProgram() throws {
    let program = try Self.text("Documentation/Examples/library/main.swift")
    #expect(try Self.text("Documentation/Library.md").contains("```swift\n\(program)```\n"))
  }

  @Test func theProgramRuns() throws {
    let shop = try Workshop()
    let built = try #require(BuiltProgram.url).deletingLastPathComponent().appending(path: "LibraryExample")
    let process = Process()
    process.executableURL = built
    process.arguments = [
      SharedData.root.appending(path: "SampleData/adult.csv").path, shop.path("out"),
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let said = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    // Women are selected at well under four fifths of men's rate.
    #expect(process.terminationStatus == 1)
    let lines = said.split(separator: "\n").map(String.init)
    #expect(lines.first?.hasPrefix("AUC of all 16281 rows: 0.92") == true, "\(said)")
    #expect(
      lines.contains { $0.hasPrefix("Recall of Female: 0.") && $0.hasSuffix("of 590 positives") }, "\(said)")
    #expect(lines.contains("four-fifths: fail") && lines.contains("auc: pass"), "\(said)")
    for name in ["report.html", "slices.csv", "gaps.csv", "evaluation.json", "verdict.json", "junit.xml"] {
      #expect(FileManager.default.fileExists(atPath: shop.path("out/\(name)")), "\(name)")
    }
  }
}
