import FairSlice
import Foundation
import TestSupport
import Testing

@Suite struct RenderingTests {
  /// The library writes what the command writes.
  @Test func filesAreThoseOfTheCommand() throws {
    let shop = try Workshop()
    try Data(SmallTable.csv.utf8).write(to: URL(filePath: shop.path("table.csv")))
    var request = SmallTable.request
    request.gate = GateOptions(policyText: JudgingTests.policy)
    let findings = try evaluate(SmallTable.columns(), request)
    let paths = try findings.write(to: shop.path("library"))
    (request.data, request.output) = (shop.path("table.csv"), shop.path("command"))
    let run = try evaluate(request)
    #expect(Int(run.exitCode) == 1 && findings.judgement?.exitCode == run.exitCode)
    let names = run.files.map { String($0.dropFirst(shop.path("command").count + 1)) }
    #expect(names.contains("report.html") && names.contains("junit.xml") && names.contains("report.pdf"))
    #expect(paths.map { String($0.dropFirst(shop.path("library").count + 1)) } == names)
    let files = try findings.files()
    #expect(files.map(\.path) == names)
    for file in files {
      let written = try Data(contentsOf: URL(filePath: shop.path("command/\(file.path)")))
      #expect(file.contents == written, "\(file.path)")
      #expect(try Data(contentsOf: URL(filePath: shop.path("library/\(file.path)"))) == written)
    }
  }

  @Test func onePageHoldsAll() throws {
    let findings = try SmallTable.findings()
    let page = try findings.html()
    #expect(page.hasPrefix("<!doctype html>") || page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.contains("Evaluation of score") && page.contains("<style"))
    var options = RenderOptions()
    (options.writesCharts, options.writesDocuments) = (false, false)
    #expect(
      try findings.files(options).map(\.path) == [
        "evaluation.json", "slices.csv", "gaps.csv", "spreads.csv", "report.html",
      ])
    options.splitsAssets = true
    #expect(try findings.files(options).map(\.path).suffix(2) == ["report.css", "report.js"])
    options.writesReport = false
    #expect(try findings.files(options).count == 4)
    options.templates = "/nowhere"
    #expect {
      _ = try findings.files(options)
    } throws: { ($0 as? FairSliceError)?.kind == .missingInput }
  }

  @Test func storedFindingsComeBack() throws {
    let findings = try SmallTable.findings().judged(by: GateOptions(policyText: JudgingTests.policy))
    let again = try Findings(json: findings.json())
    #expect(again.json() == findings.json() && again.slices == findings.slices)
    #expect(again.metrics == findings.metrics && again.gaps() == findings.gaps())
    #expect(try again.estimates("roc_auc") == findings.estimates("roc_auc"))
    #expect(throws: FairSliceError.self) { _ = try Findings(json: Data("{}".utf8)) }
  }

  @Test func nothingIsWrittenWhereItCannotBe() throws {
    let shop = try Workshop()
    try Data().write(to: URL(filePath: shop.path("file")))
    let findings = try SmallTable.findings()
    #expect {
      _ = try findings.write(to: shop.path("file/below"))
    } throws: { ($0 as? FairSliceError)?.kind == .unwritable }
  }
}
