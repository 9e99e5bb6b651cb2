import FairSlice
import Foundation
import TestSupport
import Testing

/// However rows are given, they are the same rows.
@Suite struct InputTableTests {
  @Test func fileBytesAndColumnsGiveTheSame() throws {
    let shop = try Workshop()
    let path = shop.path("table.csv")
    try Data(SmallTable.csv.utf8).write(to: URL(filePath: path))
    let tables: [InputTable] = [
      .file(path), .bytes(Data(SmallTable.csv.utf8)),
      .bytes(Data(SmallTable.jsonLines.utf8), name: "t.jsonl"),
      try SmallTable.columns(),
    ]
    let all = try tables.map { try evaluate($0, SmallTable.request) }
    let first = String(decoding: all[0].slicesCSV(), as: UTF8.self)
    #expect(first.contains("sex=f"))
    for findings in all { #expect(String(decoding: findings.slicesCSV(), as: UTF8.self) == first) }
    // The name is in the record of inputs, nothing else of the place.
    #expect(all[0].json() == all[3].json())
  }

  @Test func everyNumberComesBackToTheLastDigit() throws {
    var random = SplitMix(seed: 9)
    let scores = (0..<500).map { _ in
      Double.random(in: 0...1, using: &random) * pow(10, -.random(in: 0...12, using: &random))
    }
    let table = try InputTable.columns([
      InputColumn("label", flags: scores.indices.map { $0 % 3 == 0 }), InputColumn("score", numbers: scores),
    ])
    var request = EvaluateRequest()
    (request.label, request.positive, request.score, request.metrics) = (
      "label", "true", "score", ["mean_score"]
    )
    let mean = try evaluate(table, request).estimate("mean_score").value
    // The mean of exact scores, in the order of size.
    let exact = scores.sorted().reduce(0, +) / 500
    #expect(isClose(mean ?? .nan, exact, within: 1e-14))
  }

  @Test func awkwardTextsComeBack() throws {
    let texts: [String] = [
      "a,b", "say \"x\"", "two\nlines", " spaced ", "ü;|", "{", "-1e5", "tab\t", "\r\n", "=1+1",
    ]
    let groups = texts + texts
    let table = try InputTable.columns([
      InputColumn("an, \"odd\"\nname", texts: groups),
      InputColumn("label", integers: groups.indices.map { $0 < 10 ? 1 : 0 }),
      InputColumn("score", numbers: groups.indices.map { Double($0) / 20 }),
    ])
    var request = EvaluateRequest()
    (request.label, request.score, request.slices) = ("label", "score", ["an, \"odd\"\nname:values"])
    let findings = try evaluate(table, request)
    let found = findings.slices(by: "an, \"odd\"\nname").map { $0.groups.map(\.value).joined() }
    #expect(Set(found) == Set(texts))
    #expect(findings.slice(of: ["an, \"odd\"\nname": "=1+1"])?.rowCount == 2)
  }

  @Test func missingValuesAreAGroup() throws {
    let table = try InputTable.columns([
      InputColumn("g", texts: ["a", nil, "", "a"]), InputColumn("label", integers: [1, 0, 1, 0]),
      InputColumn("score", numbers: [0.1, 0.2, 0.3, 0.4]),
    ])
    var request = EvaluateRequest()
    (request.label, request.score, request.slices) = ("label", "score", ["g"])
    #expect(try evaluate(table, request).slice(of: ["g": "(missing)"])?.rowCount == 2)
    let holes = try InputTable.columns([
      InputColumn("label", integers: [1, 0, 0, 1]), InputColumn("score", numbers: [0.1, .nan, 0.3, nil]),
    ])
    (request.slices, request.badRows) = (nil, "skip")
    let findings = try evaluate(holes, request)
    #expect(findings.rowCount == 2 && findings.rejectedRowCount == 2)
  }

  @Test func whatIsNoTableIsRefused() {
    func refused(_ columns: [InputColumn], _ words: String) {
      #expect {
        _ = try InputTable.columns(columns)
      } throws: { error in
        let error = error as? FairSliceError
        return error?.kind == .usage && error?.message.contains(words) == true
      }
    }
    refused([], "needs a column")
    refused([InputColumn("", numbers: [1])], "no name")
    refused([InputColumn("a", numbers: [1]), InputColumn("a", flags: [true])], "two columns")
    refused([InputColumn("a", numbers: [1]), InputColumn("b", texts: [nil, nil])], "has 2 values")
  }

  @Test func aBaselineInMemoryIsJoined() throws {
    let ids = SmallTable.label.indices.map { Optional($0) }
    let table = try InputTable.columns(
      [
        InputColumn("id", integers: ids), InputColumn("label", integers: SmallTable.label),
        InputColumn("score", numbers: SmallTable.score),
      ], name: "candidate.csv")
    let baseline = try InputTable.columns(
      [
        InputColumn("id", integers: ids.reversed()),
        InputColumn("score", numbers: SmallTable.score.reversed().map { 1 - $0 }),
      ], name: "baseline.csv")
    var request = EvaluateRequest()
    (request.label, request.score, request.unit) = ("label", "score", "id")
    let findings = try evaluate(table, against: baseline, request)
    let judged = try findings.judged(
      by: GateOptions(
        policyText:
          "{ checks: [{ evidence: \"point\", id: \"c\", metric: \"roc_auc\", slices: \"overall\", change: { max: 0 } }] }"
      ))
    let item = try #require(judged.judgement?.check("c")?.items.first)
    let (now, then) = (try #require(item.groupValue), try #require(item.referenceValue))
    #expect(isClose(now, 1 - then) && now > 0.5)
    #expect {
      _ = try evaluate(table, against: table, request)
    } throws: { ($0 as? FairSliceError)?.message.contains("both called") == true }
  }

  @Test func theRequestDoesNotNameWhatIsGiven() throws {
    func refused(_ change: (inout EvaluateRequest) -> Void) throws {
      var request = SmallTable.request
      change(&request)
      let table = try SmallTable.columns()
      #expect {
        _ = try evaluate(table, request)
      } throws: { ($0 as? FairSliceError)?.kind == .usage }
    }
    try refused { $0.data = "table.csv" }
    try refused { $0.output = "out" }
    let noName = InputTable.bytes(Data(SmallTable.csv.utf8), name: "")
    #expect(throws: FairSliceError.self) { _ = try evaluate(noName, SmallTable.request) }
  }

  @Test func errorsNameTheTable() {
    let table = InputTable.bytes(Data("label,score\n1,0.5\n0,high\n".utf8), name: "march.csv")
    var request = EvaluateRequest()
    (request.label, request.score) = ("label", "score")
    #expect {
      _ = try evaluate(table, request)
    } throws: { error in
      let error = error as? FairSliceError
      return error?.kind == .data && error?.message.contains("march.csv:3") == true
    }
  }
}
