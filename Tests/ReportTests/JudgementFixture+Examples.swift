import Results

extension JudgementFixture {
  /// Everything that a page of a gate can hold: pass, fail, waived, inconclusive, a warning, a change, between groups, a
  /// count, a check that matches nothing, excluded groups and every kind of waiver.
  static var rich: JudgementFixture {
    var fixture = JudgementFixture(EvaluationFixture.adult.make())
    fixture.checks = [
      fixture.fourFifths, fixture.recallGap, fixture.areaFloor, fixture.noWorse, fixture.waivedGap,
      fixture.fewBelow, fixture.balance, fixture.ghost,
    ]
    fixture.waivers = [
      WaiverRecord(
        check: "fpr-sex", slice: "sex=*", accepted: 0.3, owner: "risk@example.org",
        reason: "Label under review, see RISK-112", created: "2026-01-10", expires: "2026-03-24", age: 50,
        remaining: 23, status: .applied, line: 2),
      WaiverRecord(
        check: "tpr-gap", slice: "sex=Female", accepted: 0.1, owner: "ml-team", reason: "Retrained in May",
        created: "2025-11-01", expires: "2026-02-01", age: 120, remaining: -28, status: .expired, line: 9),
      WaiverRecord(
        check: "four-fifths", slice: "race=Black", accepted: 0.75, owner: "ml-team",
        reason: "Until the new label", created: "2026-02-01", expires: "2026-04-01", age: 28, remaining: 31,
        status: .exceeded, line: 16),
      WaiverRecord(
        check: "gone", slice: "overall", accepted: 0.5, owner: "nobody", reason: "", created: "2026-02-01",
        expires: "2026-03-01", age: 28, remaining: 0, status: .unmatched, line: 23),
      WaiverRecord(
        check: "auc-floor", slice: "age=≥ 65", accepted: 0.6, owner: "ml-team", reason: "Small group",
        created: "2026-02-01", expires: "2026-05-01", age: 28, remaining: 61, status: .idle, line: 30),
    ]
    fixture.notes = ["The waiver for “gone” names no check of this policy."]
    return fixture
  }

  private var fourFifths: CheckResult {
    let slices = self.slices("race")
    let best = slices[1]
    return judged(
      CheckResult(
        id: "four-fifths", note: "29 CFR 1607.4 D, as a ratio to the best group", line: 3,
        metric: "demographic_parity", metricName: "Demographic parity", kind: .ratio, comparison: .toBest,
        slices: ["race"], minimum: 0.8,
        items: slices.filter { $0 != best }.map { gap($0, best, "selection_rate", .ratio) }))
  }

  private var recallGap: CheckResult {
    let slices = self.slices("sex*race")
    var item = gap(slices[0], slices[9], "true_positive_rate", .difference)
    item.value = 0.0912
    (item.lower, item.upper) = (0.0583, 0.1244)
    (item.groupValue, item.referenceValue) = (0.7004, 0.6092)
    (item.denominator, item.referenceDenominator) = (5210, 420)
    return judged(
      CheckResult(
        id: "tpr-gap", line: 8, metric: "equal_opportunity", metricName: "Equal opportunity",
        kind: .difference, comparison: .betweenGroups, slices: ["sex*race"], maximum: 0.05, items: [item],
        excluded: slices.suffix(3).map {
          .init(group: evaluation.slices.label[$0], reason: "fewer than 100 positives")
        }))
  }

  private var areaFloor: CheckResult {
    judged(
      CheckResult(
        id: "auc-floor", line: 12, severity: .warning, metric: "roc_auc", metricName: "ROC AUC", kind: .value,
        slices: ["age"], minimum: 0.8, items: slices("age").map { value($0, "roc_auc") }))
  }

  private var noWorse: CheckResult {
    var item = value(0, "log_loss")
    (item.value, item.lower, item.upper) = (0.0112, -0.0041, 0.0265)
    (item.groupValue, item.referenceValue) = (0.4312, 0.42)
    (item.rows, item.denominator) = (16281, 16281)
    (item.reference, item.referenceLabel, item.reason) = ("baseline", "baseline", nil)
    item.flips = .init(better: 120, worse: 161, toPositive: 90, toNegative: 191)
    var check = judged(
      CheckResult(
        id: "no-worse", line: 15, metric: "log_loss", metricName: "Log loss", kind: .change,
        slices: ["overall"], maximum: 0.01, isRatchet: true, items: [item]))
    check.items[0].reason = "the interval holds the bound"
    return check
  }

  private var waivedGap: CheckResult {
    let slices = self.slices("sex")
    return judged(
      CheckResult(
        id: "fpr-sex", line: 19, metric: "false_positive_rate", metricName: "False positive rate",
        kind: .difference, comparison: .toReference, slices: ["sex"], maximum: 0.01,
        items: [gap(slices[0], slices[1], "false_positive_rate", .difference)]), waivedBy: 0)
  }

  private var fewBelow: CheckResult {
    judged(
      CheckResult(
        id: "few-below", note: "At most two of the age groups may be inaccurate", line: 23,
        metric: "accuracy", metricName: "Accuracy", kind: .value, scope: .count, slices: ["sex*age"],
        minimum: 0.68, allowedGroups: 2, items: slices("sex*age").map { value($0, "accuracy") }))
  }

  private var balance: CheckResult {
    let slices = self.slices("sex")
    return judged(
      CheckResult(
        id: "accuracy-balance", line: 27, metric: "accuracy", metricName: "Accuracy", kind: .ratio,
        comparison: .toReference, slices: ["sex"], minimum: 0.8, maximum: 1.25,
        items: [gap(slices[0], slices[1], "accuracy", .ratio)]))
  }

  private var ghost: CheckResult {
    judged(
      CheckResult(
        id: "ghost", line: 31, metric: "precision", metricName: "Precision (PPV)", kind: .value,
        slices: ["region"], minimum: 0.5, reason: "no slice matches “region”"))
  }

  /// Two thousand groups: a check of which half of them fail, and one that all of them pass.
  static var crowded: JudgementFixture {
    var base = EvaluationFixture()
    base.metrics = base.metrics.filter { ["count", "accuracy"].contains($0.id) }
    func values(_ name: String, _ count: Int) -> [(String, Int, Double, Double)] {
      (0..<count).map { place in
        let prevalence = 0.1 + Double(place % 7) / 20
        return ("\(name)\(place)", 600 + 37 * place, prevalence, Double(place % 11) / 11)
      }
    }
    let (regions, jobs) = (values("R", 40), values("J", 50))
    base.families = [
      EvaluationFixture.simple("region", regions, reference: nil),
      EvaluationFixture.cross("region", regions, "job", jobs),
    ]
    var fixture = JudgementFixture(base.make())
    let items = fixture.slices("region*job").map { fixture.value($0, "accuracy") }
    let floor = CheckResult(
      id: "accuracy-floor", metric: "accuracy", metricName: "Accuracy", kind: .value,
      slices: ["region*job"], minimum: 0.7, items: items)
    var low = floor
    (low.id, low.minimum) = ("any-accuracy", 0.01)
    fixture.checks = [fixture.judged(floor), fixture.judged(low)]
    fixture.hasBaseline = false
    return fixture
  }

  /// Names that try to break out, in every text that a policy, a waiver or the data can bring.
  static func nasty(_ evaluation: Evaluation, names: [String]) -> JudgementFixture {
    var fixture = JudgementFixture(evaluation)
    fixture.checks = names.enumerated().map { place, name in
      var check = fixture.judged(
        CheckResult(
          id: name, note: name, severity: place % 3 == 2 ? .warning : .error, metric: "accuracy",
          metricName: name, kind: place % 2 == 0 ? .value : .difference,
          comparison: place % 2 == 0 ? nil : .toReference, slices: [name], maximum: 0.3,
          items: place % 2 == 0
            ? [fixture.value(place + 1, "accuracy")]
            : [fixture.gap(place + 1, 1, "accuracy", .difference)],
          excluded: [.init(group: name, reason: name)], reason: place % 7 == 6 ? name : nil))
      if !check.items.isEmpty { check.items[0].reason = name }
      return check
    }
    fixture.waivers = names.map { name in
      WaiverRecord(
        check: name, slice: name, accepted: 0.1, owner: name, reason: name, created: name, expires: name,
        age: 1, remaining: 1, status: .idle, line: nil)
    }
    fixture.notes = names
    return fixture
  }
}
