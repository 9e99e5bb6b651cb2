import Results
import Testing

@testable import Report

@Suite struct CSVTests {
  private func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  @Test func fieldsAreQuotedAfterRFC4180() {
    var csv = CSVWriter(header: ["a,b", "c\"d"])
    csv.field("two\nlines")
    csv.field("plain & =é")
    csv.field("")
    csv.endLine()
    #expect(String(decoding: csv.bytes, as: UTF8.self) == "\"a,b\",\"c\"\"d\"\n\"two\nlines\",plain & =é,\n")
  }

  @Test func slices() {
    let lines = lines(SlicesCSV.bytes(of: CSVSample.evaluation))
    #expect(
      lines[0].hasPrefix("slice,features,metric,value,lower,upper,n,denominator,weight,status,reason"))
    #expect(lines[1] == "overall,,accuracy,0.1,0.05,0.30000000000000004,10,10,12.5,ok,,0.01,9.5")
    #expect(lines[2] == "\"sex=a,b\",sex,accuracy,,,,4,0,0,undefined,no positives,,0")
    #expect(lines[3] == "sex=c,sex,accuracy,inf,1,inf,6,6,6,not_estimable,\"x \"\"y\"\"\",,6")
    #expect(lines.count == 5 && lines[4].isEmpty)
  }

  @Test func gaps() {
    let lines = lines(GapsCSV.bytes(of: CSVSample.evaluation))
    #expect(
      lines[0].hasPrefix(
        "features,metric,component,kind,comparison,reference,group,value,lower,upper,p_value,status,reason"))
    #expect(
      lines[1]
        == "sex,equalized_odds,accuracy,difference,between_groups,\"sex=a,b\",sex=c,0.1,0.05,0.30000000000000004,1e-20,ok,,score test,Newcombe,1"
    )
    #expect(lines[2] == "sex,accuracy,accuracy,ratio,to_complement,,sex=c,,,,,undefined,no positives,,,0")
    #expect(lines.count == 4)
  }
}

enum CSVSample {
  static let estimates = [
    Estimate(
      value: 0.1, lower: 0.05, upper: 0.1 + 0.2, standardError: 0.01, denominator: 10, weight: 12.5,
      effectiveCount: 9.5, status: .ok),
    Estimate(
      value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .undefined, reason: "no positives"),
    Estimate(
      value: .infinity, lower: 1, upper: .infinity, denominator: 6, weight: 6, effectiveCount: 6,
      status: .notEstimable, reason: "x \"y\""),
  ]

  static let evaluation = Evaluation(
    producer: Producer(name: "fairslice", version: "1"), title: "t", task: .binary, level: 0.95, seed: 1,
    bootstrapReplicates: 100,
    roles: Roles(
      label: "y", positive: "1", score: nil, scoreIsProbability: false, decision: "d", threshold: nil,
      thresholdIsStrict: false, weight: nil, unit: nil, baseline: nil),
    inputs: [], rejections: Rejections(count: 0, listed: []), configuration: "{}", notes: [],
    metrics: [
      MetricEntry(
        id: "accuracy", name: "Accuracy", symbol: "ACC", formula: "", kind: .rate,
        direction: .higherIsBetter, denominator: "rows", interval: "Wilson score")
    ],
    families: [
      SliceFamily(features: [], name: "", first: 0, count: 1, reference: nil),
      SliceFamily(features: ["sex"], name: "sex", first: 1, count: 2, reference: nil),
    ],
    slices: SliceColumns(
      predicate: ["overall", "sex=a,b", "sex=c"], label: ["overall", "a,b", "c"], family: [0, 1, 1],
      rows: [10, 4, 6], weight: [10, 4, 6], truePositives: [3, 1, 2], falsePositives: [3, 1, 2],
      falseNegatives: [2, 1, 1], trueNegatives: [2, 1, 1], baselineCells: [], cellWeights: [],
      cellSquaredWeights: [], covarianceWithOverall: [:]),
    estimates: [EstimateColumns(estimates)],
    gaps: [
      Gap(
        family: 1, metric: "equalized_odds", component: "accuracy", kind: .difference,
        comparison: .betweenGroups, group: 2, reference: 1, estimate: estimates[0], pValue: 1e-20,
        test: "score test", interval: "Newcombe", excluded: [.init(group: "sex=d", reason: "no rows")]),
      Gap(
        family: 1, metric: "accuracy", component: "accuracy", kind: .ratio, comparison: .toComplement,
        group: 2, reference: nil, estimate: estimates[1]),
    ], curves: nil, calibration: nil)
}
