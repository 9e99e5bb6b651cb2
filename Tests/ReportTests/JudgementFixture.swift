import Results

/// Judgements for tests: each group is judged by whether its interval clears the bound, so that verdicts, values and
/// counts agree; p-values are made up, but in the right order.
struct JudgementFixture {
  let evaluation: Evaluation
  var checks: [CheckResult] = []
  var waivers: [WaiverRecord] = []
  var notes: [String] = []
  var folding = Judgement.Folding.inconclusive
  var correction = Judgement.Correction.holm
  var hasBaseline = true

  init(_ evaluation: Evaluation) { self.evaluation = evaluation }

  /// The evaluation with the judgement in it.
  func make() -> Evaluation {
    let checks = self.checks.map { check in
      var check = check
      check.countsAs = counts(check.verdict)
      return check
    }
    let decisive = checks.filter { $0.severity == .error }.map(\.countsAs)
    let verdict: Verdict =
      decisive.contains(.fail) ? .fail : decisive.contains(.inconclusive) ? .inconclusive : .pass
    let sha = String(repeating: "3f2c9a1b", count: 8)
    var result = evaluation
    result.judgement = Judgement(
      producer: evaluation.producer, title: evaluation.title, verdict: verdict,
      exitCode: verdict == .fail ? 1 : verdict == .pass ? 0 : 3, folding: folding,
      policy: .init(name: "policy.json5", sha256: sha),
      baseline: hasBaseline ? .init(name: "score_2025", sha256: nil, isPaired: true) : nil,
      waiverFile: waivers.isEmpty ? nil : .init(name: "waivers.json5", sha256: sha), asOf: "2026-03-01",
      alpha: 0.05, correction: correction, inputs: evaluation.inputs, rows: evaluation.slices.rows[0],
      checks: checks, waivers: waivers, notes: notes)
    return result
  }

  private func counts(_ verdict: Verdict) -> Verdict {
    switch verdict {
    case .waived: .pass
    case .inconclusive: folding == .pass ? .pass : folding == .fail ? .fail : .inconclusive
    case .pass, .fail: verdict
    }
  }

  // MARK: Groups

  /// A group's metric by itself.
  func value(_ slice: Int, _ metric: String) -> CheckItem {
    var item = item(slice, metric)
    let estimate = evaluation.estimate(metric, slice: slice)
    (item.value, item.lower, item.upper) = (estimate?.value, estimate?.lower, estimate?.upper)
    if item.value == nil { item.reason = estimate?.reason ?? "no value" }
    return item
  }

  /// Difference or ratio of two groups, with the interval of independent halves.
  func gap(_ slice: Int, _ reference: Int, _ metric: String, _ kind: CheckResult.Kind) -> CheckItem {
    var item = item(slice, metric)
    item.reference = evaluation.slices.predicate[reference]
    item.referenceLabel = evaluation.slices.label[reference]
    item.referenceIndex = reference
    let (a, b) = (evaluation.estimate(metric, slice: slice), evaluation.estimate(metric, slice: reference))
    item.referenceDenominator = b?.denominator
    (item.groupValue, item.referenceValue) = (a?.value, b?.value)
    guard let x = a?.value, let y = b?.value, let half = a?.standardError.map({ 2.2 * $0 }) else {
      item.reason = a?.reason ?? b?.reason ?? "no value"
      return item
    }
    if kind == .ratio {
      (item.value, item.lower, item.upper) = (x / y, max(0, x - half) / y, (x + half) / y)
    } else {
      item.value = abs(x - y)
      (item.lower, item.upper) = (max(0, abs(x - y) - half), abs(x - y) + half)
    }
    return item
  }

  private func item(_ slice: Int, _ metric: String) -> CheckItem {
    var item = CheckItem(
      slice: evaluation.slices.predicate[slice], label: evaluation.slices.label[slice], component: metric)
    item.sliceIndex = slice
    item.rows = evaluation.slices.rows[slice]
    item.denominator = evaluation.estimate(metric, slice: slice)?.denominator ?? 0
    return item
  }

  /// Slices of a family, by its name.
  func slices(_ name: String) -> [Int] {
    evaluation.families.first { $0.name == name }.map { Array($0.slices) } ?? []
  }

  // MARK: Judging

  /// The check with each item's verdict and its own.
  func judged(_ check: CheckResult, waivedBy waiver: Int? = nil) -> CheckResult {
    var check = check
    check.items = check.items.enumerated().map { judged($0.element, check, place: $0.offset, waiver) }
    let worst = check.items.min { $0.verdict.rank < $1.verdict.rank }?.verdict
    if check.scope == .count {
      let failed = check.items.filter { $0.verdict == .fail }.count
      let unsure = check.items.filter { $0.verdict == .inconclusive }.count
      let allowed = check.allowedGroups ?? 0
      check.verdict = failed > allowed ? .fail : failed + unsure > allowed ? .inconclusive : .pass
    } else {
      check.verdict = check.reason == nil ? worst ?? .inconclusive : .inconclusive
    }
    return check
  }

  private func judged(_ item: CheckItem, _ check: CheckResult, place: Int, _ waiver: Int?) -> CheckItem {
    var item = item
    guard let value = item.value, let lower = item.lower, let upper = item.upper else {
      item.verdict = .inconclusive
      return item
    }
    let (low, high) = (check.minimum ?? -.infinity, check.maximum ?? .infinity)
    item.test = "score test"
    item.pBeyond = 0.4
    item.pWithin = 0.3
    if lower > high || upper < low {
      item.verdict = waiver == nil ? .fail : .waived
      item.waiver = waiver
      (item.pBeyond, item.pWithin) = (0.0004 * Double(place + 1), 0.99)
      (item.limit, item.limitAlpha) = (lower > high ? (lower + high) / 2 : (upper + low) / 2, 0.05 / 6)
    } else if lower >= low, upper <= high {
      item.verdict = .pass
      (item.pBeyond, item.pWithin) = (0.97, 0.003)
      item.limit = check.maximum == nil ? (lower + value) / 2 : (upper + value) / 2
      item.limitAlpha = 0.05
    } else {
      item.verdict = .inconclusive
      item.needed = item.denominator * 3 + 17
      item.detectable = check.maximum == nil ? low - 0.1 : high + 0.1
    }
    item.pBeyondAdjusted = item.pBeyond.map { min(1, $0 * 6) }
    return item
  }
}
