import Results

/// Made-up records of runs.
package enum SampleRun {
  package static func plain(
    title: String = "Loans", folder: String = "demo", label: String? = nil, data: String = "aa11",
    gap: Double = 0.2
  ) -> RunRecord {
    RunRecord(
      origin: .init(kind: .evaluate, folder: folder, label: label),
      producer: Producer(name: "fairslice", version: "0.1.0"), title: title, task: .binary, level: 0.95,
      inputs: [.init(name: "loans.csv", sha256: data, rowsRead: 5000, rowsRejected: 2)], rows: 4998,
      slices: 7,
      configuration: "c0ffee",
      gaps: [
        .init(
          slices: "race", gap: "demographic_parity", name: "Demographic parity", component: "selection_rate",
          group: "race=A", reference: "race=C", reading: .init(gap, gap - 0.04, gap + 0.04)),
        .init(
          slices: "sex", gap: "demographic_parity", name: "Demographic parity", component: "selection_rate",
          group: nil, reference: nil, reading: .init(), reason: "fewer than two groups"),
      ],
      overall: [
        .init(
          metric: "accuracy", name: "Accuracy", direction: .higherIsBetter, kind: .rate,
          reading: .init(0.8, 0.79, 0.81))
      ])
  }

  /// A run with one check of every kind.
  package static func judged(
    title: String = "Loans", folder: String = "demo", label: String? = nil, data: String = "aa11",
    gap: Double = 0.2, policy: String = "beef", checks: [CheckResult]? = nil
  ) -> RunRecord {
    let judgement = SampleJudgement.mixed()
    var record = plain(title: title, folder: folder, label: label, data: data, gap: gap)
    record.policy = .init(name: "policy.json5", sha256: policy)
    record.waivers = .init(name: "waivers.json5", sha256: "0f")
    record.model = .init(name: "model.json", sha256: "ab")
    (record.verdict, record.exitCode) = (judgement.verdict, judgement.exitCode)
    record.checks = (checks ?? judgement.checks).map { RunRecord.Check($0) }
    return record
  }

  /// A check of a gap's size on `race`.
  package static func check(
    _ id: String, _ verdict: Verdict, _ value: Double?, _ lower: Double? = nil,
    _ upper: Double? = nil,
    maximum: Double = 0.1
  ) -> CheckResult {
    CheckResult(
      id: id, verdict: verdict, countsAs: verdict, metric: "demographic_parity",
      metricName: "Demographic parity", kind: .difference, comparison: .betweenGroups, slices: ["race"],
      maximum: maximum,
      items: [
        SampleJudgement.against(
          "race=C",
          SampleJudgement.item("race=A", verdict, component: "selection_rate", value: value, lower, upper),
          0.5, 0.3)
      ])
  }

  package static func check(
    _ verdict: Verdict, _ value: Double?, _ lower: Double? = nil, _ upper: Double? = nil,
    maximum: Double = 0.1
  ) -> CheckResult {
    check("gap", verdict, value, lower, upper, maximum: maximum)
  }

  package static func log(_ records: [RunRecord]) -> RunLog {
    RunLog(entries: records.enumerated().map { .init(number: $0.offset + 1, record: $0.element) })
  }
}
