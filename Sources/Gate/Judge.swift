import Metrics
import Results
import Statistics

/// Judges an evaluation by a policy.
package struct Judge: Sendable {
  /// A stored run to compare with.
  package struct BaselineRun: Sendable {
    package var evaluation: Evaluation
    package var source: Judgement.Source

    package init(evaluation: Evaluation, source: Judgement.Source) {
      self.evaluation = evaluation
      self.source = source
    }
  }

  package let policy: Policy
  package var baseline: BaselineRun?
  package var waivers: WaiverBook?
  /// What an inconclusive check counts as, unless it says so itself; nil leaves it to the policy.
  package var folding: Judgement.Folding?

  package init(policy: Policy) { self.policy = policy }

  /// Every check with its groups, and what that means for the run.
  ///
  /// Complexity: O(groups) for each check against a reference, and O(groups²) up to 40 groups between
  /// groups and against the best, O(groups) beyond.
  ///
  /// - Throws: a `data` failure where a check names something that the evaluation does not have.
  package func judge(_ evaluation: Evaluation) throws(Failure) -> Judgement {
    let checks = try checksInForce(evaluation)
    let numbers = Numbers(evaluation)
    let drafter = Drafter(
      numbers: numbers, baseline: baselineNumbers(numbers), finder: SelectionFinder(evaluation),
      policyName: policy.source.name)
    var drafted: [Drafter.Result] = []
    for check in checks { drafted.append(try drafter.draft(check)) }
    var table = VerdictTable(checks, drafted, task: evaluation.task)
    let hasWithheld = evaluation.suppression != nil
    let correction = hasWithheld || table.mostGroups > MaxTAdjustment.mostGroups ? .holm : policy.correction
    switch correction {
    case .holm: table.adjust(Holm())
    case .maxT: table.adjust(MaxTAdjustment(evaluation: evaluation, alpha: policy.alpha, seed: policy.seed))
    }
    var book = waivers
    var results: [CheckResult] = []
    for (index, check) in checks.enumerated() {
      var result = table.result(index, level: check.level)
      book?.apply(to: &result, evaluation: evaluation)
      result.verdict = table.verdict(of: result)
      result.countsAs = counts(result, check)
      results.append(result)
    }
    var notes: [String] = []
    if correction != policy.correction {
      notes = [
        hasWithheld
          ? "max_t needs all counts, and some are withheld: Holm's rule was used."
          : "max_t looks at \(MaxTAdjustment.mostGroups) groups at most, and there are more: Holm's rule was used."
      ]
    }
    notes += zip(checks, drafted).filter { !$0.0.isRatchet }.flatMap { check, drafted in
      drafted.unmetExclusions.map { "The check “\(check.id)” excludes “\($0)”, and no group is called that." }
    }
    notes += checks.filter { policy.isRatchet && !$0.isChange && !$0.canRatchet }.map {
      "The ratchet leaves out the check “\($0.id)”: the measures of two runs are not compared."
    }
    var judgement = judgement(evaluation, results, book, notes: notes)
    judgement.correction = correction
    return judgement
  }

  private func baselineNumbers(_ numbers: Numbers) -> BaselineNumbers? {
    if let baseline { return BaselineNumbers(run: baseline.evaluation, candidate: numbers) }
    return numbers.evaluation.paired.map { BaselineNumbers(paired: $0, candidate: numbers) }
  }

  /// The checks of the policy and, in ratchet mode, for each of them that its number got no worse.
  private func checksInForce(_ evaluation: Evaluation) throws(Failure) -> [Check] {
    try requireBaseline(evaluation.paired != nil)
    guard policy.isRatchet else { return policy.checks }
    return policy.checks + policy.checks.filter(\.canRatchet).map(\.ratchet)
  }

  /// - Parameter isPaired: whether the evaluation has a baseline of its own, or will have one
  /// - Throws: a `data` failure where the policy compares with a baseline and there is none.
  package func requireBaseline(_ isPaired: Bool) throws(Failure) {
    if baseline != nil || isPaired { return }
    let advice = "Give --baseline evaluation.json, or evaluate with --baseline-score COLUMN."
    if let check = policy.checks.first(where: \.isChange) {
      let place = policy.source.name + (check.line.map { ":\($0)" } ?? "")
      throw Failure(
        .data, "\(place): check “\(check.id)” is about a change, and there is no baseline", advice: advice)
    }
    if policy.isRatchet {
      throw Failure(
        .data, "\(policy.source.name): the policy is a ratchet, and there is no baseline", advice: advice)
    }
  }

  private func counts(_ result: CheckResult, _ check: Check) -> Verdict {
    switch result.verdict {
    case .waived: return .pass
    case .inconclusive:
      switch check.folding ?? folding ?? policy.folding {
      case .inconclusive: return .inconclusive
      case .pass: return .pass
      case .fail: return .fail
      }
    case .pass, .fail: return result.verdict
    }
  }

  private func judgement(
    _ evaluation: Evaluation, _ results: [CheckResult], _ book: WaiverBook?, notes: [String]
  ) -> Judgement {
    let decisive = results.filter { $0.severity == .error }.map(\.countsAs)
    let verdict: Verdict =
      decisive.contains(.fail) ? .fail : decisive.contains(.inconclusive) ? .inconclusive : .pass
    var source: Judgement.Baseline?
    if let baseline {
      source = Judgement.Baseline(
        name: baseline.source.name, sha256: baseline.source.sha256, isPaired: false)
    } else if let paired = evaluation.paired {
      source = Judgement.Baseline(name: paired.name, sha256: nil, isPaired: true)
    }
    return Judgement(
      producer: evaluation.producer, title: evaluation.title, verdict: verdict,
      exitCode: verdict == .fail ? 1 : verdict == .inconclusive ? 3 : 0, folding: folding ?? policy.folding,
      policy: policy.source, baseline: source, waiverFile: book?.source, asOf: book?.asOf.text,
      alpha: policy.alpha, correction: policy.correction, inputs: evaluation.inputs,
      rows: evaluation.slices.rows.first ?? 0, checks: results, waivers: book?.records ?? [],
      notes: notes + (book?.notes ?? []) + baselineNote(evaluation))
  }

  private func baselineNote(_ evaluation: Evaluation) -> [String] {
    guard let other = baseline?.evaluation else { return [] }
    let isSame = evaluation.inputs.map(\.sha256) == other.inputs.map(\.sha256)
    return [
      isSame
        ? "The baseline was made from the same data. Without its predictions the comparison cannot be paired and is less sharp; evaluate with --baseline-score or --baseline-data for that."
        : "The baseline was made from other data; a change may come from the data as well as from the model."
    ]
  }
}

extension Check {
  /// What a ratchet's check has after the id of the check it is made from.
  static let ratchetMark = " (ratchet)"

  /// The same number, no worse than the baseline's beyond noise.
  var ratchet: Check {
    var check = self
    check.id = id + Self.ratchetMark
    check.kind = .change
    check.bounds = Bounds(maximum: 0)
    check.scope = .each
    check.allowedGroups = nil
    check.isSigned = false
    check.evidence = .interval
    check.isRatchet = true
    return check
  }
}
