import Foundation
import Results
import TestSupport
import Testing

/// Small counts, from the command line to every file.
@Suite struct SuppressionEndToEndTests {
  /// Two large groups, and one of 14 rows of which 3 are positive.
  private static let rows =
    GateWorkshop.rows
    + (0..<14).map { "\($0 < 3 ? 1 : 0),0.\($0 % 2 == 0 ? 700 : 200),0.5,X,north\n" }.joined()

  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write("d.csv", Self.rows)
    try folder.write(
      "p.json5", "{ checks: [{ id: 'tpr', metric: 'true_positive_rate', slices: 'sex', min: 0.01 }] }")
    return folder
  }

  private let evaluate = ["evaluate", "d.csv", "--no-charts", "--policy", "p.json5"] + GateWorkshop.roles

  @Test func theVerdictStaysAndTheCountsGo() throws {
    let folder = try folder()
    let open = try Child.run(evaluate + ["--out", "open"], in: folder)
    let closed = try Child.run(evaluate + ["--out", "o", "--suppress-below", "10"], in: folder)
    #expect(open.status == closed.status && [0, 3].contains(open.status), "\(closed.error)")
    #expect(closed.output.contains("withheld"))
    let text = try folder.read("o/evaluation.json")
    let evaluation = try Evaluation(json: Data(text.utf8), name: "o")
    #expect(try JSONSchema("evaluation.schema.json").errors(in: Array(text.utf8)) == [])
    let place = try #require(evaluation.slices.predicate.firstIndex(of: "sex=X"))
    #expect(evaluation.withholds(.outcomes, place))
    #expect(evaluation.judgement?.verdict.rawValue == (open.status == 0 ? "pass" : "inconclusive"))
    let lines = try folder.read("o/slices.csv").split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix("sex=X,sex,true_positives,") })
    #expect(
      line.contains(",suppressed,fewer than 10,") && line.hasPrefix("sex=X,sex,true_positives,,,,14,,,"))
    #expect(try folder.read("o/report.html").contains("withheld"))
    let verdict = try folder.read("o/verdict.json")
    #expect(verdict.contains("\"rows\": null") && !verdict.contains("\"denominator\": 3"))
    #expect(!(try folder.read("o/metrics.txt")).contains("slice=\"sex=X\",reference=\"\"} 3\n"))
  }

  @Test func whatIsWithheldIsNeverJudgedAsPassed() throws {
    let folder = try folder()
    _ = try Child.run(evaluate + ["--out", "o", "--suppress-below", "10", "--no-report"], in: folder)
    let gate = try Child.run(["gate", "o/evaluation.json", "--policy", "p.json5", "--out", "g"], in: folder)
    #expect(gate.status == 3, "\(gate.error)")
    #expect(gate.output.contains("withheld"))
    #expect(try folder.read("g/verdict.json").contains("\"verdict\": \"inconclusive\""))
    let other = try Child.run(["report", "o/evaluation.json", "--suppress-below", "5"], in: folder)
    #expect(other.status == 64 && other.error.contains("below 10"))
  }

  @Test func assetsAndContextAreWritten() throws {
    let folder = try folder()
    _ = try Child.run(evaluate + ["--out", "o", "--assets", "split"], in: folder)
    #expect(try folder.read("o/report.html").contains("report.css"))
    #expect(try !folder.read("o/report.css").isEmpty && !folder.read("o/report.js").isEmpty)
    let context = try Child.run(["report", "o/evaluation.json", "--dump-context", "-"], in: folder)
    #expect(context.status == 0 && JSONValue(parsing: context.output) != nil)
    #expect(try Child.run(["report", "o/evaluation.json", "--assets", "none"], in: folder).status == 64)
  }
}
