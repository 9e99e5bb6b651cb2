import Charts
import Results

/// The words for what a gate found that every output shares.
struct GateWords {
  let judgement: Judgement
  let metrics: [MetricEntry]

  // MARK: Verdicts

  static func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: "PASS"
    case .fail: "FAIL"
    case .inconclusive: "INCONCLUSIVE"
    case .waived: "WAIVED"
    }
  }

  static func sign(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: "✓"
    case .fail: "✗"
    case .inconclusive: "?"
    case .waived: "⊘"
    }
  }

  /// `FAIL — 1 of 6 checks failed · 1 inconclusive · 1 waived (expires in 23 days)`.
  var headline: String { "\(GateWords.word(judgement.verdict)) — \(counts)" }

  /// What follows the word.
  var counts: String {
    let errors = judgement.checks.filter { $0.severity == .error }
    func number(_ verdict: Verdict) -> Int { errors.filter { $0.verdict == verdict }.count }
    let (failed, unsure, waived) = (number(.fail), number(.inconclusive), number(.waived))
    let total = Wording.plural(errors.count, "check", "checks")
    var parts: [String] = []
    if failed > 0 {
      parts.append("\(Wording.count(failed)) of \(total) failed")
      if unsure > 0 { parts.append("\(Wording.count(unsure)) inconclusive\(folded)") }
    } else if unsure > 0 {
      parts.append("\(Wording.count(unsure)) of \(total) inconclusive\(folded), none failed")
    } else if waived > 0 {
      parts.append("no check of \(Wording.count(errors.count)) failed without a waiver")
    } else {
      parts.append(
        errors.isEmpty
          ? "only warnings were asked for"
          : errors.count == 1 ? "the one check passed" : "all \(total) passed")
    }
    if waived > 0 { parts.append("\(Wording.count(waived)) waived" + soonest) }
    let warnings = judgement.checks.filter {
      $0.severity == .warning && ($0.verdict == .fail || $0.verdict == .inconclusive)
    }.count
    if warnings > 0 { parts.append(Wording.plural(warnings, "warning", "warnings")) }
    return parts.joined(separator: " · ")
  }

  /// When the first waiver that is needed ends.
  private var soonest: String {
    let days = judgement.waivers.filter { $0.status == .applied }.map(\.remaining).min()
    return days.map { " (expires \(GateWords.remaining($0)))" } ?? ""
  }

  /// `in 23 days`, `today`.
  static func remaining(_ days: Int) -> String {
    days > 0
      ? "in \(Wording.plural(days, "day", "days"))"
      : days == 0 ? "today" : "\(Wording.plural(-days, "day", "days")) ago"
  }

  /// Where what is inconclusive counts as something else.
  private var folded: String {
    let open = judgement.checks.filter { $0.severity == .error && $0.verdict == .inconclusive }
    let others = Set(open.map(\.countsAs))
    guard others.count == 1, let first = open.first else { return "" }
    return GateWords.folded(first).map { " (\($0))" } ?? ""
  }

  /// `counts as PASS`; nil for a check that counts as what it is.
  static func folded(_ check: CheckResult) -> String? {
    guard check.verdict == .inconclusive, check.countsAs != .inconclusive else { return nil }
    return "counts as \(word(check.countsAs))"
  }

  // MARK: Checks

  /// `≤ 0.05`, `≥ 0.8`, `0.8 to 1.25`.
  static func bound(_ check: CheckResult) -> String {
    switch (check.minimum, check.maximum) {
    case (let low?, let high?): "\(exact(low)) to \(exact(high))"
    case (let low?, nil): "≥ \(exact(low))"
    case (nil, let high?): "≤ \(exact(high))"
    case (nil, nil): "none"
    }
  }

  /// A bound as the policy has it.
  static func exact(_ value: Double) -> String {
    value.isInfinite ? Wording.value(value) : NumberText.text(value).replacing("-", with: "−")
  }

  /// What is bounded, in a few words: `difference between groups`.
  static func aspect(_ check: CheckResult) -> String {
    let against = check.comparison.flatMap { comparisons[$0] }.map { " " + $0 } ?? ""
    let base: String
    switch check.kind {
    case .value: base = "value"
    case .difference: base = (check.isSigned ? "signed difference" : "difference") + against
    case .ratio: base = "ratio" + against
    case .change, .relativeChange:
      let change = check.kind == .change ? "change for the worse" : "relative change for the worse"
      base = change + (check.comparison == nil ? "" : " of the gap" + against) + " against the baseline"
    }
    switch check.scope {
    case .each: return base
    case .worst: return base + ", worst group"
    case .best: return base + ", best group"
    case .count: return "number of groups, by " + base
    }
  }

  private static let comparisons: [Gap.Comparison: String] = [
    .betweenGroups: "between groups", .toOverall: "to all rows", .toReference: "to the reference",
    .toComplement: "to everyone else", .toBest: "to the best group", .toLargest: "to the largest group",
  ]

  // MARK: Numbers

  /// A number with as many digits as it takes to tell it from the bounds.
  static func number(_ value: Double, _ check: CheckResult) -> String {
    let isSigned = check.isSigned
    let bounds = [check.minimum, check.maximum].compactMap { $0 }.filter {
      abs($0 - value) > 1e-12 * max(1, abs($0))
    }
    var text = Wording.value(value, signed: isSigned)
    for decimals in 3...8 {
      func shown(_ number: Double) -> String {
        NumberText.value(number, decimals: decimals, isSigned: isSigned)
      }
      text = shown(value)
      if !bounds.contains(where: { shown($0) == text }) { break }
    }
    return text
  }

  static func interval(_ item: CheckItem, _ check: CheckResult) -> String? {
    guard let lower = item.lower, let upper = item.upper, !lower.isNaN, !upper.isNaN else { return nil }
    return "[\(number(lower, check)), \(number(upper, check))]"
  }

  /// `0.091 [0.041, 0.139]`.
  static func value(_ item: CheckItem, _ check: CheckResult) -> String {
    guard let value = item.value else { return "— \(item.reason.map { VisibleText.of($0) } ?? "no value")" }
    return number(value, check) + (interval(item, check).map { " " + $0 } ?? "")
  }

  // MARK: Sentences

  func entry(_ item: CheckItem) -> MetricEntry? { metrics.first { $0.id == item.component } }

  /// What the denominators count.
  func noun(_ item: CheckItem) -> String { entry(item)?.denominator ?? "rows" }

  /// A group by its predicate, as in the table of slices.
  static func name(_ item: CheckItem) -> String { VisibleText.of(item.slice) }

  static func referenceName(_ item: CheckItem) -> String? {
    (item.reference ?? item.referenceLabel).map { VisibleText.of($0) }
  }

  /// A name inside a sentence; the table has it whole.
  static func brief(_ name: String) -> String {
    name.count > 80 ? String(name.prefix(79)) + "…" : name
  }

  /// One sentence on a group, with numbers, interval, bound and counts.
  func sentence(_ item: CheckItem, _ check: CheckResult) -> String {
    let metric = entry(item).map(PageBuilder.shortName) ?? GateWords.brief(VisibleText.of(check.metricName))
    let group = GateWords.brief(GateWords.name(item))
    let bound = "bound \(GateWords.bound(check))"
    guard item.value != nil else {
      return "\(metric) in \(group): \(item.reason.map { VisibleText.of($0) } ?? "no value"); \(bound)."
    }
    let value = GateWords.value(item, check)
    let counts = "\(Wording.count(item.denominator)) \(noun(item))"
    guard check.kind != .value, let a = item.groupValue, let b = item.referenceValue else {
      return "\(metric) in \(group) is \(value); \(bound); \(counts)."
    }
    let (left, right) = (Wording.value(a), Wording.value(b))
    if check.kind == .change || check.kind == .relativeChange {
      let word = check.kind == .change ? "for the worse by" : "for the worse by the share"
      return "\(metric) in \(group) changed from \(right) to \(left), \(word) \(value); \(bound); \(counts)."
        + flips(item)
    }
    let reference = GateWords.brief(GateWords.referenceName(item) ?? "the reference")
    let against = item.referenceDenominator.map { " against \(Wording.count($0))" } ?? ""
    return
      "\(metric) is \(left) in \(group) and \(right) in \(reference): \(check.kind == .ratio ? "ratio" : "difference") "
      + "\(value); \(bound); \(Wording.count(item.denominator))\(against) \(noun(item))."
      + (people(item).map { " " + $0 } ?? "")
  }

  private func flips(_ item: CheckItem) -> String {
    guard let flips = item.flips else { return "" }
    return
      " \(Wording.plural(flips.worse, "decision", "decisions")) became wrong, \(Wording.count(flips.better)) right."
  }

  /// `About 38 more missed positives per 1,000 positives in Black.`
  func people(_ item: CheckItem) -> String? {
    guard let a = item.groupValue, let b = item.referenceValue, let harm = GateWords.harms[item.component],
      let reference = GateWords.referenceName(item)
    else { return nil }
    let more = Int(((a - b) * 1000).rounded().magnitude)
    guard more > 0 else { return nil }
    let isGroup = (a > b) == harm.grows
    let place = GateWords.brief(isGroup ? GateWords.name(item) : reference)
    return "About \(Wording.count(more)) \(harm.words) per 1,000 \(noun(item)) in \(place)."
  }

  /// What a rate means for people, and whether there is more of it where the rate is higher.
  private static let harms: [String: (words: String, grows: Bool)] = [
    "selection_rate": ("fewer selected", false),
    "true_positive_rate": ("more missed positives", false),
    "false_negative_rate": ("more missed positives", true),
    "false_positive_rate": ("more wrongly selected", true),
    "true_negative_rate": ("more wrongly selected", false),
    "precision": ("more wrong selections", false),
    "false_discovery_rate": ("more wrong selections", true),
    "negative_predictive_value": ("more missed positives", false),
    "false_omission_rate": ("more missed positives", true),
    "accuracy": ("more wrong decisions", false),
  ]

  /// What would settle a group that is inconclusive.
  func remedy(_ item: CheckItem, _ check: CheckResult) -> String? {
    guard item.verdict == .inconclusive else { return nil }
    var parts: [String] = []
    if let needed = item.needed, needed > item.denominator {
      parts.append(
        "about \(Wording.count(needed)) \(noun(item)) would settle it (now \(Wording.count(item.denominator)))"
      )
    }
    if let detectable = item.detectable {
      parts.append("at this size a true \(GateWords.number(detectable, check)) fails in 80 % of runs")
    }
    return parts.isEmpty ? nil : PageBuilder.sentence(parts.joined(separator: "; ")) + "."
  }

  /// A check that has nothing to say by group.
  func sentence(_ check: CheckResult) -> String {
    let name = GateWords.brief(VisibleText.of(check.metricName))
    if check.scope == .count, check.reason == nil {
      return "\(name): \(GateWords.tally(check)); bound \(GateWords.bound(check)) in each."
    }
    return "\(name): \(check.reason.map { VisibleText.of($0) } ?? "no group could be judged")."
  }

  /// `5 of 12 groups are beyond the bound, 3 may be; at most 2 are allowed`.
  static func tally(_ check: CheckResult) -> String {
    let failed = check.items.filter { $0.verdict == .fail }.count
    let unsure = check.items.filter { $0.verdict == .inconclusive }.count
    let open = unsure > 0 ? ", \(Wording.count(unsure)) more may be" : ""
    return
      "\(Wording.count(failed)) of \(Wording.plural(check.items.count, "group", "groups")) \(failed == 1 ? "is" : "are") beyond the bound\(open); "
      + "at most \(Wording.count(check.allowedGroups ?? 0)) allowed"
  }
}
