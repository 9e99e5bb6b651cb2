import Results

/// Made-up judgements in which every verdict, kind, scope and evidence occurs.
package enum SampleJudgement {
  package static let digest = String(repeating: "0f", count: 32)

  package static let policy = Judgement.Source(name: "policy.json5", sha256: digest)

  /// A judgement of these checks, its verdict and exit status as the gate would give them.
  package static func make(
    _ checks: [CheckResult], waivers: [WaiverRecord] = [], folding: Judgement.Folding = .inconclusive,
    title: String = "Loans", baseline: Judgement.Baseline? = nil, notes: [String] = []
  ) -> Judgement {
    var checks = checks
    for index in checks.indices where checks[index].verdict == .inconclusive {
      checks[index].countsAs =
        switch folding {
        case .inconclusive: .inconclusive
        case .pass: .pass
        case .fail: .fail
        }
    }
    let serious = checks.filter { $0.severity == .error }
    let verdict: Verdict =
      serious.contains { $0.countsAs == .fail }
      ? .fail : serious.contains { $0.countsAs == .inconclusive } ? .inconclusive : .pass
    let exitCode = verdict == .fail ? 1 : verdict == .inconclusive ? 3 : 0
    return Judgement(
      producer: Producer(name: "fairslice", version: "0.1.0"), title: title, verdict: verdict,
      exitCode: exitCode, folding: folding, policy: policy, baseline: baseline,
      waiverFile: waivers.isEmpty ? nil : .init(name: "waivers.json5", sha256: digest),
      asOf: waivers.isEmpty ? nil : "2026-02-06", alpha: 0.05, correction: .holm,
      inputs: [
        InputRecord(
          name: "loans.csv", format: "CSV", sha256: digest, bytes: 123_456, rowsRead: 5000, rowsRejected: 2)
      ], rows: 4998, checks: checks, waivers: waivers, notes: notes)
  }

  /// One of each: failed, inconclusive, waived, warning, passed, without items, counted, against a baseline.
  package static func mixed(folding: Judgement.Folding = .inconclusive) -> Judgement {
    make(
      [fourFifths, truePositives, floor, falsePositives, noWorse, relative, counted, nothing],
      waivers: waivers, folding: folding,
      baseline: .init(name: "baseline.json", sha256: digest, isPaired: true),
      notes: ["the waiver of line 9 matched nothing"])
  }

  package static func item(
    _ slice: String, _ verdict: Verdict, component: String, value: Double?, _ lower: Double? = nil,
    _ upper: Double? = nil
  ) -> CheckItem {
    var item = CheckItem(
      slice: slice, label: slice.split(separator: "=").last.map(String.init) ?? slice,
      component: component)
    (item.verdict, item.value, item.lower, item.upper) = (verdict, value, lower, upper)
    (item.rows, item.denominator) = (1000, 420)
    return item
  }

  package static func against(
    _ reference: String, _ item: CheckItem, _ group: Double?, _ other: Double?
  ) -> CheckItem {
    var item = item
    (item.reference, item.referenceLabel) = (reference, reference)
    (item.groupValue, item.referenceValue, item.referenceDenominator) = (group, other, 900)
    return item
  }

  /// The sentence of the report's specification: 0.71 against 0.80, limit 0.04, 420 positives.
  package static var failed: CheckItem {
    var item = against(
      "race=A", item("race=C", .fail, component: "true_positive_rate", value: 0.09, 0.041, 0.139), 0.71, 0.8)
    (item.sliceIndex, item.referenceIndex, item.neededIn) = (3, 1, "race=A")
    (item.pBeyond, item.pWithin, item.pBeyondAdjusted) = (0.001, 0.999, 0.004)
    (item.test, item.limit, item.limitAlpha, item.chosenAmong) = ("score test", 0.0466, 0.0125, 3)
    return item
  }

  package static var undecided: CheckItem {
    var item = against(
      "race=A", self.item("race=E", .inconclusive, component: "true_positive_rate", value: 0.16, 0.01, 0.31),
      0.64, 0.8)
    (item.rows, item.denominator, item.needed, item.detectable) = (80, 34, 410, 0.18)
    item.reason = "34 positives, below the minimum of 100"
    return item
  }

  private static var fourFifths: CheckResult {
    CheckResult(
      id: "four-fifths", note: "EEOC 29 CFR 1607.4 D", line: 3, verdict: .pass, countsAs: .pass,
      metric: "demographic_parity", metricName: "Demographic parity", kind: .ratio, comparison: .toBest,
      slices: ["race"], minimum: 0.8, evidence: .significance,
      items: [
        against(
          "race=A", item("race=B", .pass, component: "selection_rate", value: 0.95, 0.88, 1.02), 0.38, 0.4),
        against(
          "race=A", item("race=C", .pass, component: "selection_rate", value: .infinity), 0.2, 0),
      ], excluded: [.init(group: "race=(missing)", reason: "7 rows, below the minimum of 30")])
  }

  private static var truePositives: CheckResult {
    CheckResult(
      id: "tpr-gap", line: 5, verdict: .fail, countsAs: .fail, metric: "equal_opportunity",
      metricName: "Equal opportunity", kind: .difference, comparison: .toReference, slices: ["race"],
      maximum: 0.04,
      items: [
        against(
          "race=A", item("race=B", .pass, component: "true_positive_rate", value: 0.01, 0, 0.03), 0.81, 0.8),
        failed, undecided,
      ])
  }

  private static var floor: CheckResult {
    CheckResult(
      id: "auc-floor", line: 7, severity: .warning, verdict: .fail, countsAs: .fail, metric: "roc_auc",
      metricName: "ROC AUC", kind: .value, slices: ["region"], minimum: 0.7,
      items: [item("region=North", .fail, component: "roc_auc", value: 0.62, 0.58, 0.66)])
  }

  private static var falsePositives: CheckResult {
    var waived = against(
      "rows outside sex=Female",
      item("sex=Female", .waived, component: "false_positive_rate", value: 0.1, 0.07, 0.13), 0.3, 0.2)
    waived.waiver = 0
    return CheckResult(
      id: "fpr-gap", line: 9, verdict: .waived, countsAs: .pass, metric: "false_positive_rate",
      metricName: "False positive rate", kind: .difference, comparison: .toComplement, isSigned: true,
      slices: ["sex"], minimum: -0.05, maximum: 0.05, items: [waived])
  }

  private static var noWorse: CheckResult {
    var item = against(
      "baseline", item("overall", .pass, component: "log_loss", value: -0.02, -0.03, -0.01), 0.4, 0.42)
    item.flips = .init(better: 40, worse: 12, toPositive: 30, toNegative: 22)
    return CheckResult(
      id: "no-worse", line: 11, verdict: .pass, countsAs: .pass, metric: "log_loss", metricName: "Log loss",
      kind: .change, slices: ["overall"], maximum: 0.01, isRatchet: true, items: [item])
  }

  private static var relative: CheckResult {
    let item = against(
      "baseline", item("sex=Male", .inconclusive, component: "accuracy", value: 0.01, -0.02, 0.04), 0.79, 0.8)
    return CheckResult(
      id: "accuracy-change", line: 13, metric: "accuracy", metricName: "Accuracy", kind: .relativeChange,
      scope: .worst, slices: ["sex"], maximum: 0.025, items: [item])
  }

  private static var counted: CheckResult {
    CheckResult(
      id: "few-low", line: 15, verdict: .pass, countsAs: .pass, metric: "precision",
      metricName: "Precision (PPV)", kind: .value, scope: .count, slices: ["race", "sex*race"], minimum: 0.5,
      allowedGroups: 2, evidence: .point,
      items: [
        item("race=A", .pass, component: "precision", value: 0.6),
        item("race=B", .fail, component: "precision", value: 0.45),
      ])
  }

  private static var nothing: CheckResult {
    CheckResult(
      id: "unseen", line: 17, metric: "accuracy", metricName: "Accuracy", kind: .value,
      slices: ["color=green"], minimum: 0.5, reason: "no slice matches color=green")
  }

  package static var waivers: [WaiverRecord] {
    [
      WaiverRecord(
        check: "fpr-gap", slice: "sex=Female", accepted: 0.12, owner: "@owner", reason: "retraining in March",
        created: "2026-01-01", expires: "2026-03-01", age: 36, remaining: 23, status: .applied, line: 2),
      WaiverRecord(
        check: "old", slice: "race=B", accepted: 0.1, owner: "team", reason: "gone", created: "2025-01-01",
        expires: "2025-03-01", age: 401, remaining: -342, status: .expired, line: 9),
    ]
  }

  /// A check of `count` failing groups whose names are as long as real ones.
  package static func failing(_ count: Int) -> Judgement {
    let items = (0..<count).map { index in
      var item = failed
      item.slice = "country=Country \(index) & occupation=Adm-clerical & race=Asian-Pac-Islander"
      item.label = item.slice
      item.pBeyondAdjusted = Double(index) / Double(count) * 0.05
      return item
    }
    var check = truePositives
    check.items = items
    return make([check])
  }
}
