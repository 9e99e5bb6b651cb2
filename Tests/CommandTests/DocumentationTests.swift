import Evaluator
import Foundation
import Testing

@testable import FairSliceCommand

/// The documentation knows what the program knows, and the other way round.
@Suite struct DocumentationTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(name), encoding: .utf8)
  }

  private func matches(_ pattern: String, _ text: String) throws -> Set<String> {
    let expression = try NSRegularExpression(pattern: pattern)
    let whole = text as NSString
    let found = expression.matches(in: text, range: NSRange(location: 0, length: whole.length))
    return Set(found.map { whole.substring(with: $0.range(at: 1)) })
  }

  @Test func everyFlagIsDocumented() throws {
    let text = try text("Documentation/CommandLine.md")
    let documented = try matches("--([a-z][a-z-]*[a-z])", text)
    let known = Set(Command.listed.flatMap { $0.flags.map(\.name) })
    #expect(known.subtracting(documented).subtracting(["help"]).sorted() == [])
    #expect(documented.subtracting(known).subtracting(["version", "flag"]).sorted() == [])
  }

  @Test func everyKeyIsDocumented() throws {
    let text = try text("Documentation/Configuration.md")
    for key in ConfigurationKey.allCases { #expect(text.contains("`\(key.rawValue)`"), "\(key.rawValue)") }
  }

  /// One word for one thing, in help, terminal, README and report.
  @Test func termsAreTheSameEverywhere() throws {
    let templates = Self.root.appendingPathComponent("Templates/report")
    var texts = [try text("README.md"), Help.overview] + Command.listed.map(Help.text)
    for file in try FileManager.default.contentsOfDirectory(atPath: templates.path)
    where file.hasSuffix(".mustache") {
      texts.append(try String(contentsOf: templates.appendingPathComponent(file), encoding: .utf8))
    }
    for text in texts {
      for other in ["beyond the bound", "undecided", "subgroup", "cohort"] {
        #expect(!text.lowercased().contains(other), "“\(other)” has another name elsewhere")
      }
    }
    for word in ["pass", "fail", "inconclusive"] {
      #expect(Help.text(for: .gate).contains(word))
    }
  }
}
