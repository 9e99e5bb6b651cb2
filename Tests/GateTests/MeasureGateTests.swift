import Glibc
import Results
import Statistics
import Testing

@testable import Gate

/// Checks on fairness measures.
@Suite struct MeasureGateTests {
  private static func estimate(
    _ value: Double?, _ lower: Double? = nil, _ upper: Double? = nil, reason: String? = nil
  ) -> Estimate {
    Estimate(
      value: value, lower: lower, upper: upper, denominator: 500, weight: 500, effectiveCount: 500,
      status: value == nil ? .undefined : lower == nil ? .notEstimable : .ok, reason: reason)
  }

  private static func entry(_ id: String, _ family: String, fair: Double?) -> MeasureEntry {
    MeasureEntry(
      id: id, name: id, family: family, formula: "", source: "", meaning: "", fair: fair, undefined: "")
  }

  /// Groups a (the reference), b and c of g; measures of them, of both and of all rows.
  static func evaluation(_ change: (inout MeasureTable) -> Void = { _ in }) -> Evaluation {
    var evaluation = GateFixture.selection(("a", 300, 500), ("b", 200, 500), ("c", 290, 500))
    let (a, b, c) = (1, 2, 3)
    func result(
      _ measure: String, _ estimate: Estimate, group: Int? = nil, family: Int? = 1,
      _ change: (inout MeasureResult) -> Void = { _ in }
    ) -> MeasureResult {
      var result = MeasureResult(
        measure: measure, name: measure, family: family, group: group, reference: group == nil ? nil : a,
        estimate: estimate)
      change(&result)
      return result
    }
    var table = MeasureTable(entries: [
      entry("statistical_parity_difference", "pair", fair: 0), entry("disparate_impact", "pair", fair: 1),
      entry("difference_between_groups", "aggregation", fair: 0),
      entry("theil_index", "individual", fair: 0),
      entry("custom_measure", "pair", fair: 0),
    ])
    table.results = [
      result("statistical_parity_difference", estimate(-0.2, -0.26, -0.14), group: b) {
        ($0.tool, $0.name) = ("aif360", "mean_difference")
      },
      result("statistical_parity_difference", estimate(-0.02, -0.08, 0.04), group: c) {
        ($0.tool, $0.name) = ("aif360", "mean_difference")
      },
      result("statistical_parity_difference", estimate(-0.5, -0.6, -0.4), group: b) { $0.stratum = "h=x" },
      result("disparate_impact", estimate(0.7, 0.6, 0.85), group: b),
      result("difference_between_groups", estimate(0.2, 0.14, 0.26)) { $0.metric = "selection_rate" },
      result("difference_between_groups", estimate(0.01, 0, 0.05)) { $0.metric = "accuracy" },
      result("theil_index", estimate(0.3, 0.28, 0.32), family: nil) { $0.variant = "labels" },
      result("theil_index", estimate(0.1), family: nil) { $0.variant = "decisions" },
      result("custom_measure", estimate(nil, reason: "no rows to speak of"), group: c),
    ]
    change(&table)
    evaluation.measures = table
    return evaluation
  }

  private static func judge(_ check: String, _ evaluation: Evaluation = evaluation()) throws -> CheckResult {
    try #require(
      try GateFixture.judge(evaluation, "{ checks: [{ id: 'a', \(check) }] }").checks.first)
  }

  /// The interval decides: −0.2 is shown to be beyond, −0.02 to be within; together they fail.
  @Test func threeVerdicts() throws {
    let both = try Self.judge("measure: 'statistical_parity_difference', slices: 'g', min: -0.1, max: 0.1")
    #expect(both.verdict == .fail && both.items.map(\.verdict) == [.fail, .pass])
    #expect(both.metric == "statistical_parity_difference" && both.kind == .value)
    #expect(both.items[0].slice == "g=b" && both.items[0].reference == "g=a")
    #expect(both.items[0].lower == -0.26 && both.items[0].upper == -0.14)
    #expect(both.items[0].test == "normal test scaled to the stored interval")
    let open = try Self.judge("measure: 'mean_difference', slices: 'g=b', min: -0.19")
    #expect(open.verdict == .inconclusive && open.items.count == 1)
    #expect(open.items[0].reason == "the interval holds the bound" && open.items[0].needed != nil)
    // A limit of the 95 % interval has a one-sided p-value of 0.025.
    let at = try Self.judge("measure: 'mean_difference', slices: 'g=b', min: -0.14")
    #expect(abs((at.items[0].pBeyond ?? 0) - 0.025) < 1e-9)
    let ratio = try Self.judge("measure: 'disparate_impact', slices: 'g', tau: 0.8")
    #expect(ratio.verdict == .inconclusive)
    let z = log(0.8 / 0.7) / (log(0.85 / 0.7) / Normal.criticalValue(level: 0.95))
    let beyond = try Self.judge("measure: 'disparate_impact', slices: 'g', min: 0.8")
    #expect(abs((beyond.items[0].pBeyond ?? 0) - Normal.survival(z)) < 1e-9)
  }

  @Test func selectorsMetricsAndStrata() throws {
    let between = try Self.judge(
      "measure: 'difference_between_groups', metric: 'selection_rate', slices: 'g', max: 0.1")
    #expect(between.verdict == .fail && between.items.map(\.slice) == ["g"])
    #expect(between.items[0].component == "difference_between_groups (selection_rate)")
    let all = try Self.judge("measure: 'difference_between_groups', slices: 'g', max: 0.3")
    #expect(all.items.count == 2 && all.verdict == .pass)
    let stratum = try Self.judge(
      "measure: 'statistical_parity_difference', stratum: 'h=*', slices: 'g', min: -0.1")
    #expect(stratum.items.map(\.value) == [-0.5])
    let rows = try Self.judge("measure: 'theil_index', variant: 'labels', slices: 'overall', max: 0.35")
    #expect(rows.verdict == .pass && rows.items[0].slice == "overall")
    let everything = try Self.judge("measure: 'statistical_parity_difference', slices: 'all', min: -0.5")
    #expect(everything.items.count == 2)
  }

  /// Without an interval only the value can decide, and only where the policy says so; without a value nothing can.
  @Test func withoutAnInterval() throws {
    let none = try Self.judge("measure: 'theil_index', variant: 'decisions', slices: 'overall', max: 0.35")
    #expect(none.verdict == .inconclusive)
    #expect(none.items[0].reason?.contains("no interval") == true)
    for (bound, verdict) in [(0.35, Verdict.pass), (0.05, .fail)] {
      let point = try Self.judge(
        "measure: 'theil_index', variant: 'decisions', slices: 'overall', max: \(bound), evidence: 'point'")
      #expect(point.verdict == verdict)
    }
    let undefined = try Self.judge("measure: 'custom_measure', slices: 'g', max: 1, evidence: 'point'")
    #expect(undefined.verdict == .inconclusive && undefined.items[0].reason == "no rows to speak of")
  }

  @Test func whatAPolicyLeavesOut() throws {
    let one = try Self.judge("measure: 'mean_difference', slices: 'g', min: -0.1, exclude: 'b'")
    #expect(one.verdict == .pass && one.excluded.map(\.group) == ["g=b"])
    let whole = try Self.judge(
      "measure: 'difference_between_groups', slices: 'g', max: 0.5, exclude: 'b'")
    #expect(whole.verdict == .inconclusive)
    #expect(whole.items[0].reason?.contains("cannot be had without g=b") == true)
    let small = try Self.judge(
      "measure: 'mean_difference', slices: 'g', min: -0.5, minimum_n: 501")
    #expect(small.verdict == .inconclusive)
    #expect(small.items[0].reason?.contains("below the minimum of 501") == true)
  }

  /// A comparison of groups never passes on 30 rows or fewer.
  @Test func fewRowsPassNothing() throws {
    var evaluation = Self.evaluation()
    evaluation.slices.rows[3] = 30
    let found = try Self.judge("measure: 'mean_difference', slices: 'g=c', max: 0.9", evaluation)
    #expect(found.verdict == .inconclusive && found.items[0].reason?.contains("too few to pass") == true)
  }

  @Test func waiversAndRatchets() throws {
    let policy =
      "{ ratchet: true, checks: [{ id: 'a', measure: 'difference_between_groups', "
      + "metric: 'selection_rate', slices: 'g', max: 0.1 }] }"
    let waivers = """
      { waivers: [{ check: 'a', slice: 'g', accepted: 0.25, owner: 'o', reason: 'r', created: '2026-02-01',
        expires: '2026-04-01' }] }
      """
    let found = try GateFixture.judge(
      Self.evaluation(), policy, baseline: Self.evaluation(), waivers: waivers)
    #expect(found.checks.map(\.verdict) == [.waived])
    #expect(found.notes.contains { $0.contains("ratchet leaves out the check “a”") })
  }

  @Test(arguments: [
    (
      "measure: 'statistical_parity_diference', slices: 'g', max: 1",
      "did you mean “statistical_parity_difference”?"
    ),
    ("measure: 'mean_diference', slices: 'g', max: 1", "did you mean “mean_difference”?"),
    ("measure: 'consistency', slices: 'overall', max: 1", "measures: [\"consistency\"]"),
    ("measure: 'mean_difference', slices: 'g=a', max: 1", "has no value for slices “g=a”"),
    ("measure: 'theil_index', slices: 'g', max: 1", "It has values for “overall”"),
    ("measure: 'mean_difference', slices: 'h', max: 1", "“h”"),
    ("measure: 'theil_index', variant: 'label', slices: 'overall', max: 1", "did you mean “labels”?"),
    (
      "measure: 'difference_between_groups', metric: 'precision', slices: 'g', max: 1",
      "no value of difference_between_groups has the metric “precision”"
    ),
    ("measure: 'statistical_parity_difference', stratum: 'h=y', slices: 'g', max: 1", "did you mean “h=x”?"),
  ])
  func whatIsNotThere(check: String, expected: String) {
    let failure = #expect(throws: Failure.self) { try Self.judge(check) }
    let text = "\(failure?.message ?? "") \(failure?.advice ?? "")"
    #expect(text.contains(expected), "\(text)")
  }

  /// One name for two measures is told; an identifier means its own measure, whatever else bears that name.
  @Test func ambiguousNames() throws {
    let two = Self.evaluation { table in
      var other = table.results[3]
      other.name = "mean_difference"
      table.results.append(other)
    }
    let failure = #expect(throws: Failure.self) {
      try Self.judge("measure: 'mean_difference', slices: 'g', max: 1", two)
    }
    #expect(
      failure?.message.contains("may mean “statistical_parity_difference”, “disparate_impact”") == true)
    let own = try Self.judge("measure: 'statistical_parity_difference', slices: 'g', max: 1", two)
    #expect(own.items.count == 2)
  }

  @Test func anEvaluationWithoutMeasures() {
    let failure = #expect(throws: Failure.self) {
      try Self.judge(
        "measure: 'mean_difference', slices: 'g', max: 1", GateFixture.selection(("a", 1, 2), ("b", 1, 2)))
    }
    #expect(failure?.message.contains("has no measures") == true)
  }

  @Test(arguments: [
    ("measure: 'x', gap: 'tpr', slices: 'g', max: 1", "not both"),
    ("measure: 'x', slices: 'g', max: 1, kind: 'ratio'", "belongs to a gap"),
    ("measure: 'x', slices: 'g', change: { max: 1 }", "not compared"),
    ("measure: 'x', slices: 'g', max: 1, evidence: 'significance'", "needs a gap"),
    ("measure: 'x', slices: 'g'", "has no bound"),
    ("measure: 'x', metric: 'acuracy', slices: 'g', max: 1", "did you mean “accuracy”?"),
    ("metric: 'accuracy', stratum: 'x', slices: 'g', max: 1", "belongs to a measure"),
    ("gap: 'accuracy', variant: 'x', slices: 'g', max: 1", "belongs to a measure"),
  ])
  func mistakesAreNamed(check: String, expected: String) {
    let message = PolicyTests.failure("{ checks: [{ id: 'a', \(check) }] }")
    #expect(message.contains(expected), "\(message)")
  }
}
