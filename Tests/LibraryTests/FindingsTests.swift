import FairSlice
import Foundation
import TestSupport
import Testing

@Suite struct FindingsTests {
  @Test func numbersAreFoundByName() throws {
    let findings = try SmallTable.findings()
    #expect(findings.task == .binary && findings.level == 0.95 && findings.rowCount == 8)
    #expect(findings.slices.map(\.name) == ["overall", "sex=f", "sex=m", "sex=x"])
    #expect(findings.slices(by: "sex").map(\.rowCount) == [3, 4, 1])
    #expect(findings.slice(named: "sex=m")?.isReference == true)
    let women = try findings.estimate("true_positive_rate", in: "sex=f")
    #expect(women.value == 0.5 && women.denominator == 2 && women.status == .ok)
    let (lower, upper) = (try #require(women.lower), try #require(women.upper))
    // Wilson's interval of 1 of 2.
    #expect(isClose(lower, 0.0945312057, within: 1e-9) && isClose(upper, 1 - lower, within: 1e-9))
    for alias in ["tpr", "recall", "sensitivity"] {
      #expect(try findings.estimate(alias, in: "sex=f") == women)
      #expect(findings.metric(named: alias)?.id == "true_positive_rate")
    }
    #expect(try findings.estimates("tpr").map(\.value) == [0.75, 0.5, 1, nil])
    let none = try findings.estimate("tpr", in: "sex=x")
    #expect(none.status == .undefined && none.reason == "no positives" && none.lower == nil)
    #expect(try findings.estimate("roc_auc").value == 15.0 / 16)
  }

  @Test func aCrossIsFoundInAnyOrder() throws {
    let table = try InputTable.columns([
      InputColumn("a", texts: ["x=1", "y", "y", "x=1"]), InputColumn("b", texts: ["p", "q", "p", "q"]),
      InputColumn("label", integers: [1, 0, 1, 0]), InputColumn("score", numbers: [0.1, 0.2, 0.3, 0.4]),
    ])
    var request = EvaluateRequest()
    (request.label, request.score, request.slices) = ("label", "score", ["a", "a*b"])
    let findings = try evaluate(table, request)
    let slice = try #require(findings.slice(named: "a=x\\=1 & b=q"))
    #expect(slice.rowCount == 1 && slice.groups.map(\.feature) == ["a", "b"])
    #expect(slice.groups.map(\.value) == ["x=1", "q"])
    #expect(findings.slice(named: "b=q & a=x\\=1") == slice)
    #expect(findings.slice(of: ["b": "q", "a": "x=1"]) == slice)
    #expect(findings.slices(by: "b", "a").count == 4 && findings.slices(by: "b").isEmpty)
    #expect(findings.slice(of: [:])?.name == "overall" && findings.slices().map(\.name) == ["overall"])
    #expect(findings.slice(of: ["a": "z"]) == nil && findings.slice(named: "nonsense") == nil)
  }

  @Test func unknownNamesSuggestTheNearest() throws {
    let findings = try SmallTable.findings()
    func refused(_ metric: String, _ slice: String, _ hint: String) {
      #expect {
        _ = try findings.estimate(metric, in: slice)
      } throws: { error in
        let error = error as? FairSliceError
        return error?.kind == .usage && error?.advice?.contains(hint) == true
      }
    }
    refused("true_positiv_rate", "overall", "true_positive_rate")
    refused("tpr", "sex=q", "sex=")
    #expect(throws: FairSliceError.self) { _ = try findings.estimates("accuracyy") }
    #expect(findings.metric(named: "mae") == nil)
  }

  @Test func gapsAreFound() throws {
    let findings = try SmallTable.findings()
    let gaps = findings.gaps("demographic_parity", by: "sex", comparison: .toReference, kind: .difference)
    let women = try #require(gaps.first { $0.group?.name == "sex=f" })
    #expect(women.reference?.name == "sex=m" && women.component == "selection_rate")
    #expect(isClose(women.estimate.value ?? .nan, 1.0 / 3 - 0.75))
    let (lower, upper) = (try #require(women.estimate.lower), try #require(women.estimate.upper))
    #expect(lower < -0.4 && upper > 0 && women.pValue != nil && women.test != nil && women.interval != nil)
    let widest = findings.gaps("equal_opportunity", by: "sex", comparison: .betweenGroups, kind: .difference)
    #expect(widest.count == 1 && widest[0].estimate.value == 0.5)
    #expect(widest[0].excluded.map(\.group).contains { $0.contains("x") })
    #expect(findings.gaps().count > gaps.count && findings.gaps("nothing").isEmpty)
    for comparison in Findings.Gap.Comparison.allCases {
      #expect(findings.gaps(comparison: comparison).allSatisfy { $0.comparison == comparison })
    }
  }

  @Test func everyTaskIsThere() throws {
    let table = try InputTable.columns([
      InputColumn("y", numbers: [1.5, 2.5, 3.25, 4]), InputColumn("p", numbers: [1, 3, 3, 5]),
    ])
    var request = EvaluateRequest()
    (request.task, request.label, request.score) = ("regression", "y", "p")
    let findings = try evaluate(table, request)
    #expect(findings.task == .regression)
    #expect(try findings.estimate("mean_absolute_error").value == (0.5 + 0.5 + 0.25 + 1) / 4)
    #expect(findings.metric(named: "mae")?.direction == .lowerIsBetter)
  }

  @Test func theNumbersAreThoseOfTheTables() throws {
    let findings = try SmallTable.findings()
    let lines = String(decoding: findings.slicesCSV(), as: UTF8.self).split(separator: "\n").dropFirst()
    #expect(lines.count == findings.slices.count * findings.metrics.count)
    var values: [String: String] = [:]
    for line in lines {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      values[fields[0] + "|" + fields[2]] = fields[3]
    }
    for metric in findings.metrics {
      for (slice, estimate) in zip(findings.slices, try findings.estimates(metric.id)) {
        let text = try #require(values[slice.name + "|" + metric.id])
        #expect(Double(text) == estimate.value, "\(metric.id) of \(slice.name)")
      }
    }
  }
}
