import FairSlice
import Foundation
import TestSupport
import Testing

/// The example that the repository keeps is what the program makes.
@Suite struct ExampleTests {
  @Test func theKeptExampleIsCurrent() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "example-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var request = EvaluateRequest()
    request.configuration = SharedData.root.appending(path: "SampleData/example.json5").path
    request.gate = GateOptions()
    request.output = folder.path
    _ = try FairSlice.evaluate(request) { _, _ in }
    let kept = SharedData.root.appending(path: "Reports/example")
    var bytes = 0
    for name in ["report.html", "summary.md"] {
      let stored = try Data(contentsOf: kept.appending(path: name))
      bytes += stored.count
      let made = try Data(contentsOf: folder.appending(path: name))
      #expect(made == stored, "\(name) is not current: run Scripts/make-example")
    }
    #expect(bytes <= 1_500_000)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: kept.path).sorted() == [
        "report.html", "summary.md",
      ])
  }
}
