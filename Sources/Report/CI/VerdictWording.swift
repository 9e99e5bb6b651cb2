import Charts
import Results

/// The words of verdicts, shared by every output, so that no two can disagree.
enum VerdictWording {
  // MARK: verdicts

  static func word(_ verdict: Verdict) -> String { verdict.rawValue.uppercased() }

  static func glyph(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: "✓"
    case .fail: "✗"
    case .inconclusive: "?"
    case .waived: "⊘"
    }
  }

  /// `✗ FAIL`; for a check that only warns, `✗ FAIL (warning)`.
  static func status(_ check: CheckResult) -> String {
    shortStatus(check) + (isMild(check) ? "" : folded(check))
  }

  /// The same without what an inconclusive check counts as.
  static func shortStatus(_ check: CheckResult) -> String {
    "\(glyph(check.verdict)) \(word(check.verdict))" + (isMild(check) ? " (warning)" : "")
  }

  private static func isMild(_ check: CheckResult) -> Bool {
    check.severity == .warning && (check.verdict == .fail || check.verdict == .inconclusive)
  }

  private static func folded(_ check: CheckResult) -> String {
    guard check.verdict == .inconclusive, check.countsAs != .inconclusive else { return "" }
    return " (counts as \(check.countsAs.rawValue))"
  }

  /// Errors by verdict, failures first, then warnings alike; in the order of the policy among equals.
  static func ordered(_ checks: [CheckResult]) -> [CheckResult] {
    func key(_ check: CheckResult) -> (Int, Int) {
      let isWarning = check.severity == .warning && check.verdict.rank < Verdict.waived.rank
      return isWarning ? (Verdict.waived.rank, 1 + check.verdict.rank) : (check.verdict.rank, 0)
    }
    return checks.enumerated().sorted {
      let (a, b) = (key($0.element), key($1.element))
      return a == b ? $0.offset < $1.offset : a < b
    }.map(\.element)
  }

  // MARK: the whole

  /// `FAIL — 1 of 6 checks failed · 1 inconclusive · 1 waived (expires in 23 days)`.
  static func summary(_ judgement: Judgement) -> String {
    let checks = judgement.checks
    func count(_ verdict: Verdict) -> Int {
      checks.count { $0.severity == .error && $0.verdict == verdict }
    }
    let of = "of \(Wording.plural(checks.count, "check", "checks"))"
    var facts: [String] = []
    if count(.fail) > 0 { facts.append("failed") }
    if count(.inconclusive) > 0 { facts.append("inconclusive" + foldedSuffix(judgement)) }
    let numbers = [count(.fail), count(.inconclusive)].filter { $0 > 0 }
    facts = zip(numbers, facts).enumerated().map { index, fact in
      index == 0 ? "\(Wording.count(fact.0)) \(of) \(fact.1)" : "\(Wording.count(fact.0)) \(fact.1)"
    }
    if facts.isEmpty {
      let passed = checks.count { $0.verdict == .pass }
      facts.append("\(Wording.count(passed)) \(of) passed")
    }
    let waived = checks.count { $0.verdict == .waived }
    if waived > 0 { facts.append("\(Wording.count(waived)) waived" + expiry(judgement)) }
    let warnings = checks.count {
      $0.severity == .warning && ($0.verdict == .fail || $0.verdict == .inconclusive)
    }
    if warnings > 0 { facts.append(Wording.plural(warnings, "warning", "warnings")) }
    return "\(word(judgement.verdict)) — " + facts.joined(separator: " · ")
  }

  private static func foldedSuffix(_ judgement: Judgement) -> String {
    let folded = Set(
      judgement.checks.filter { $0.severity == .error && $0.verdict == .inconclusive }.map(\.countsAs))
    guard folded.count == 1, let only = folded.first, only != .inconclusive else { return "" }
    return " (counts as \(only.rawValue))"
  }

  /// The waiver in use that ends first.
  private static func expiry(_ judgement: Judgement) -> String {
    let used = Set(judgement.checks.flatMap(\.items).compactMap(\.waiver))
    let remaining = used.filter(judgement.waivers.indices.contains).map { judgement.waivers[$0].remaining }
    return remaining.min().map { " (expires \(inDays($0)))" } ?? ""
  }

  static func inDays(_ days: Int) -> String {
    days == 0 ? "today" : "in \(Wording.plural(days, "day", "days"))"
  }

  // MARK: what is bounded

  /// `Equal opportunity, difference to race=A`-like: the metric, the kind of number, the scope.
  static func subject(_ check: CheckResult) -> VerdictText {
    var text: VerdictText = "\(prose: check.metricName)"
    switch check.kind {
    case .value: break
    case .difference: text += check.isSigned ? ", signed difference" : ", difference"
    case .ratio: text += ", ratio"
    case .change: text += ", change from the baseline"
    case .relativeChange: text += ", relative change from the baseline"
    }
    if let comparison = check.comparison { text += VerdictText(stringLiteral: " " + words(comparison)) }
    switch check.scope {
    case .each: break
    case .worst: text += ", worst group"
    case .best: text += ", best group"
    case .count: text += ", groups beyond the limit"
    }
    return text
  }

  private static func words(_ comparison: Gap.Comparison) -> String {
    switch comparison {
    case .betweenGroups: "between groups"
    case .toOverall: "to overall"
    case .toReference: "to the reference"
    case .toComplement: "to all others"
    case .toBest: "to the best group"
    case .toLargest: "to the largest group"
    }
  }

  /// The selectors: `race, sex*race`.
  static func slices(_ check: CheckResult) -> VerdictText {
    check.slices.map { .foreign($0) }.joined(separator: ", ")
  }

  /// `≤ 0.05`, `at most 2 groups beyond ≥ 0.8`.
  static func bound(_ check: CheckResult) -> String {
    check.allowedGroups.map { "\(groups($0)) beyond \(range(check))" } ?? range(check)
  }

  /// The limit on each group: `≤ 0.05`, `≥ 0.8`, `0.8 … 1.25`.
  static func range(_ check: CheckResult) -> String {
    func shown(_ x: Double) -> String { number(x, check, isBound: true) }
    return switch (check.minimum, check.maximum) {
    case (let low?, let high?): "\(shown(low)) … \(shown(high))"
    case (let low?, nil): "≥ \(shown(low))"
    case (nil, let high?): "≤ \(shown(high))"
    case (nil, nil): "none"
    }
  }

  /// The same for a column of a table: `at most 2 groups`.
  static func shortBound(_ check: CheckResult) -> String { check.allowedGroups.map(groups) ?? bound(check) }

  private static func groups(_ allowed: Int) -> String {
    "at most \(Wording.plural(allowed, "group", "groups"))"
  }

  // MARK: numbers

  /// The bounded number with as many digits as tell it from the bounds, three decimals as a rule: 0.0502 is
  /// not shown as the 0.05 that it breaks.
  static func number(_ x: Double, _ check: CheckResult, isBound: Bool = false) -> String {
    let isShare = check.kind == .relativeChange
    let format: Charts.NumberText.Format = isShare ? .percent : .number
    let signed = check.isSigned && !isBound
    guard !isBound else { return exact(isShare ? x * 100 : x) + (isShare ? "%" : "") }
    let bounds = [check.minimum, check.maximum].compactMap { $0 }.filter { $0 != x }
    let first = isShare ? 4 : 3
    for decimals in first...9 {
      let text = Charts.NumberText.value(x, format, decimals: decimals, isSigned: signed)
      let clash = bounds.contains {
        Charts.NumberText.value($0, format, decimals: decimals, isSigned: signed) == text
      }
      if !clash { return trimmed(text, isShare: isShare) }
    }
    return exact(isShare ? x * 100 : x) + (isShare ? "%" : "")
  }

  /// Percentages do not need two decimals as a rule.
  private static func trimmed(_ text: String, isShare: Bool) -> String {
    guard isShare, text.contains("."), !text.contains("×") else { return text }
    var digits = text.dropLast()
    while digits.last == "0" { digits.removeLast() }
    if digits.last == "." { digits.removeLast() }
    return digits + "%"
  }

  /// A bound as its author wrote it.
  private static func exact(_ x: Double) -> String {
    let rounded = (x * 1e9).rounded() / 1e9
    return Results.NumberText.text(rounded.isFinite ? rounded : x).replacing("-", with: "−")
      .replacing("inf", with: "∞")
  }

  /// `0.09 [0.041, 0.139]`; nil where it is undefined.
  static func observed(_ item: CheckItem, _ check: CheckResult) -> String? {
    item.value.map { number($0, check) + interval(item, check) }
  }

  static func interval(_ item: CheckItem, _ check: CheckResult) -> String {
    guard let lower = item.lower, let upper = item.upper else { return "" }
    return " [\(number(lower, check)), \(number(upper, check))]"
  }

  /// A metric's own value, beside the bounded number.
  static func value(_ x: Double) -> String { Wording.value(x) }

  /// `420 positives`.
  static func denominator(_ item: CheckItem, _ task: TaskKind?) -> String {
    item.isWithheld
      ? "withheld" : "\(Wording.count(item.denominator)) \(MetricWords.of(item.component, task).unit)"
  }

  /// `95 %` of the two-sided intervals that are shown.
  static func level(_ judgement: Judgement) -> String { Wording.level(1 - judgement.alpha) }
}
