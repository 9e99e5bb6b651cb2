import Foundation
import Results
import TestSupport
import Testing

@testable import Report

/// One corpus of names through every output: nothing is injected, nothing breaks, no name is lost.
@Suite struct CINastyNameTests {
  static let names = NastyNames.all

  /// Every name as check, group, reference, reason, owner, note, title and file name.
  static func judgement(_ name: String) -> Judgement {
    let verdicts: [Verdict] = [.fail, .inconclusive, .waived, .pass]
    var waiver = SampleJudgement.waivers[0]
    (waiver.check, waiver.slice, waiver.owner, waiver.reason) = (name, name, name, name)
    let checks = verdicts.enumerated().map { index, verdict in
      var item = SampleJudgement.against(
        name, SampleJudgement.item(name, verdict, component: "accuracy", value: 0.2, 0.1, 0.3), 0.5, 0.7)
      item.reason = verdict == .inconclusive ? name : nil
      item.waiver = verdict == .waived ? 0 : nil
      return CheckResult(
        id: index == 0 ? name : "\(name) \(index)", note: name, line: 3, verdict: verdict,
        countsAs: verdict == .waived ? .pass : verdict, metric: name, metricName: name, kind: .difference,
        comparison: .toReference, slices: [name], maximum: 0.1, items: [item],
        excluded: [.init(group: name, reason: name)], reason: verdict == .inconclusive ? name : nil)
    }
    var idle = waiver
    idle.status = .unmatched
    var judgement = SampleJudgement.make(checks, waivers: [waiver, idle], title: name, notes: [name])
    judgement.policy.name = name
    judgement.inputs[0].name = name
    judgement.baseline = .init(name: name, sha256: nil, isPaired: true)
    return judgement
  }

  static func shown(_ name: String) -> String { TerminalText.printable(name) }

  static func isPlain(_ text: String) -> Bool {
    text.utf8.split(separator: 10).allSatisfy { TerminalText.printable(String($0) ?? "\0") == String($0) }
  }

  @Test(arguments: names) func verdictKeepsTheName(name: String) throws {
    let judgement = Self.judgement(name)
    #expect(try Judgement(json: Data(judgement.json()), name: "verdict.json") == judgement)
    #expect(try JSONSchema("verdict.schema.json").errors(in: judgement.json()).isEmpty)
    #expect(!judgement.json().contains { $0 < 0x20 && $0 != 10 })
  }

  @Test(arguments: names) func junitHolds(name: String) throws {
    let text = try CIOutputsTests.file("junit.xml", Self.judgement(name))
    let suite = try JUnitReading(text)
    #expect(Self.isPlain(text))
    #expect(suite.cases.count == 8 && suite.failures == 1)
    let shown = Self.shown(name)
    // Readers turn tabs and line breaks in attributes into blanks; there are none.
    #expect(suite.cases[0].name == "\(shown): \(shown) against \(shown)")
    #expect(suite.cases[0].classname == shown)
  }

  @Test(arguments: names) func badgeHolds(name: String) throws {
    let text = try CIOutputsTests.file("badge.svg", Self.judgement(name))
    let svg = try XMLTree(text)
    #expect(svg.names == ["svg", "title", "desc", "rect", "rect", "g", "text", "text"])
    #expect(Self.isPlain(text) && text.utf8.count < 3000)
  }

  @Test(arguments: names) func tapHolds(name: String) throws {
    let text = try CIOutputsTests.file("results.tap", Self.judgement(name))
    let stream = try TAPReading(text)
    #expect(Self.isPlain(text))
    #expect(stream.failed == 1)
    let shown = Self.shown(name)
    let expected = "\(shown): \(shown) against \(shown)".trimmingCharacters(in: .whitespaces)
    #expect(stream.descriptions[0].trimmingCharacters(in: .whitespaces) == expected)
    for line in text.split(separator: "\n").dropFirst(2) {
      #expect(["ok ", "not ok ", "# "].contains { line.utf8.starts(with: $0.utf8) })
    }
  }

  @Test(arguments: names) func metricsHold(name: String) throws {
    let text = try CIOutputsTests.file("metrics.txt", Self.judgement(name))
    #expect(Self.isPlain(text))
    let lines = text.components(separatedBy: "\n")
    #expect(lines.suffix(2) == ["# EOF", ""] && lines.count { $0 == "# EOF" } == 1)
    for line in lines.dropLast(2) { try #require(Self.isSample(line), "\(line)") }
    #expect(lines.count { $0.hasPrefix("fairslice_value{") } == 4)
  }

  /// By UTF-8: a mark that combines with a quotation mark does not make it another sign.
  static func isSample(_ line: String) -> Bool {
    if line.hasPrefix("# TYPE fairslice_") || line.hasPrefix("# HELP fairslice_") { return true }
    var bytes = Array(line.utf8)[...]
    func skip(_ isPart: (UInt8) -> Bool) -> Int {
      let count = bytes.prefix(while: isPart).count
      bytes = bytes.dropFirst(count)
      return count
    }
    func take(_ text: String) -> Bool {
      guard bytes.starts(with: text.utf8) else { return false }
      bytes = bytes.dropFirst(text.utf8.count)
      return true
    }
    let isName: (UInt8) -> Bool = { (97...122).contains($0) || $0 == 95 }
    guard skip(isName) > 0 else { return false }
    if take("{") {
      repeat {
        guard skip(isName) > 0, take("=\"") else { return false }
        while let byte = bytes.first, byte != UInt8(ascii: "\"") {
          bytes = bytes.dropFirst(byte == UInt8(ascii: "\\") ? 2 : 1)
        }
        guard take("\"") else { return false }
      } while take(",")
      guard take("}") else { return false }
    }
    guard take(" ") else { return false }
    return ["+Inf", "-Inf"].contains(String(decoding: bytes, as: UTF8.self))
      || Double(String(decoding: bytes, as: UTF8.self)) != nil
  }

  @Test(arguments: names) func sarifAndCodeQualityHold(name: String) throws {
    let judgement = Self.judgement(name)
    let log = try #require(try CIOutputsTests.json("report.sarif", judgement, path: name) as? [String: Any])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 3 && results[0]["ruleId"] as? String == name)
    let text = try #require((results[0]["message"] as? [String: Any])?["text"] as? String)
    #expect(Self.isPlain(text) && !text.replacing("{{", with: "").contains("{"))
    #expect(text.unicodeScalars.filter { $0 == "]" }.isEmpty || !text.contains(/[^\\]\]\(/))
    let uri = SARIFFile.uri(name)
    #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}#?:@".utf8.contains($0) })
    #expect(uri.removingPercentEncoding == (name.hasPrefix("./") ? String(name.dropFirst(2)) : name))
    let quality = try #require(
      try CIOutputsTests.json("gl-code-quality.json", judgement, path: name) as? [[String: Any]])
    #expect(quality.count == 3 && quality[0]["check_name"] as? String == Self.shown(name))
    #expect(Set(quality.compactMap { $0["fingerprint"] as? String }).count == 3)
  }

  @Test(arguments: names) func annotationsHold(name: String) throws {
    let text = GateOutputs.annotations(Self.judgement(name), policyPath: name)
    #expect(Self.isPlain(text))
    let lines = text.dropLast().components(separatedBy: "\n")
    #expect(lines.count == 3)
    for line in lines {
      #expect(
        line.wholeMatch(of: /::(error|warning|notice) file=[^,:]*,line=3,title=[^,:]*::.*/) != nil, "\(line)")
      #expect(line.utf8.count < 3000 + name.utf8.count * 3)
    }
  }

  @Test(arguments: names) func summaryHolds(name: String) throws {
    let text = try CIOutputsTests.file("summary.md", Self.judgement(name))
    #expect(Self.isPlain(text) && text.utf8.count <= 60_000)
    #expect(text.hasPrefix("<!-- fairslice:"))
    let marker = text.prefix { $0 != "\n" }
    #expect(
      marker.wholeMatch(of: /<!-- fairslice:[a-z0-9-]+ -->/) != nil
        && !marker.dropFirst(4).dropLast(3).contains("--"))
    var rest = text.dropFirst(marker.count).unicodeScalars.map(String.init).joined()
    // What is ours: the marks of tables, lists and details, and code spans that hold no name.
    for own in [
      "<code>", "</code>", "<br>", "<details>", "</details>", "<summary>", "</summary>", "`verdict.json`",
      "`\(SampleJudgement.digest.prefix(12))`", "### ", "**Notes**",
    ] {
      rest = rest.replacing(own, with: "")
    }
    let foreign = rest.components(separatedBy: "\n").map { line in
      line.hasPrefix("|") ? line.components(separatedBy: "|").joined() : line
    }.joined(separator: "\n")
    let live = foreign.replacing(/&#\d+;/.matchingSemantics(.unicodeScalar), with: "").replacing(
      /[ \[](\+|−)?\d[\d.]*(, |\])/, with: "")
    for sign in ["<", ">", "`", "*", "_", "~", "@", "#", "|", "$", "!", "\\"] {
      #expect(!live.utf8.contains(sign.utf8.first ?? 0), "\(sign) in \(live.prefix(3000))")
    }
    #expect(!live.contains("www.") && !live.contains("://"))
    let cells = Set(
      text.components(separatedBy: "\n").filter { $0.hasPrefix("|") }.map { $0.count { $0 == "|" } })
    #expect(cells == [8])
    #expect(text.contains(MarkdownText.code(Shortened.middle(name, to: 160))))
  }

  @Test(arguments: names, [40, 100]) func terminalHolds(name: String, width: Int) {
    let text = GateOutputs.terminal(Self.judgement(name), width: width)
    #expect(Self.isPlain(text))
    #expect(!text.contains("##[") && !text.contains("##vso") && !text.utf8.contains(0x1B))
    for line in text.components(separatedBy: "\n") {
      #expect(!line.drop { $0 == " " }.utf8.starts(with: "::".utf8), "\(line)")
    }
  }

  @Test func theCorpusIsAsNastyAsItSays() {
    let all = Self.names.joined()
    for scalar in ["\u{0}", "\u{1B}", "\n", "\r", "\t", "\u{202E}", "\u{200B}"] as [Unicode.Scalar] {
      #expect(all.unicodeScalars.contains(scalar))
    }
    #expect(Set(Self.names).count == Self.names.count && Self.names.contains { $0.utf8.count > 10_000 })
    #expect(all.unicodeScalars.contains { $0.value == 0xFFFE })
  }
}
