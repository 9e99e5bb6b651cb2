import Results

/// What became of a check, a gap or a metric from one run to another. The words stand here once, for the page and
/// for its script.
enum RunShift: String, CaseIterable {
  case newFailure = "new failure"
  case newWaived = "failure, waived"
  case undecided = "no longer decided"
  case worse = "worse"
  case higher = "higher"
  case lower = "lower"
  case fixed = "fixed"
  case settled = "settled: passes"
  case better = "better"
  case unclear = "no clear change"
  case added = "only in B"
  case removed = "only in A"

  /// How it is marked: what needs a reader first.
  var sign: String {
    switch self {
    case .newFailure: "✗"
    case .undecided: "?"
    case .newWaived: "⊘"
    case .worse: "▲"
    case .fixed, .settled: "✓"
    case .better: "▼"
    case .higher: "↑"
    case .lower: "↓"
    case .unclear: "="
    case .added, .removed: "·"
    }
  }

  var className: String {
    switch self {
    case .newFailure, .worse: "fail"
    case .undecided: "inconclusive"
    case .fixed, .settled, .better: "pass"
    case .newWaived, .higher, .lower, .unclear, .added, .removed: "waived"
    }
  }

  /// By the verdict first; where that is the same, by whether B's number lies outside A's interval, and on which side.
  static func of(_ a: RunRecord.Check, _ b: RunRecord.Check) -> RunShift {
    switch (a.verdict, b.verdict) {
    case (let x, let y) where x == y: return within(a, b)
    case (_, .fail): return .newFailure
    case (.fail, .waived), (.pass, .waived), (.inconclusive, .waived): return .newWaived
    case (.fail, .pass), (.waived, .pass): return .fixed
    case (_, .inconclusive): return .undecided
    default: return .settled
    }
  }

  /// A number from before with its limits, a number of now, and which of the two breaks its bound by more.
  private static func within(_ a: RunRecord.Check, _ b: RunRecord.Check) -> RunShift {
    if a.allowedGroups != nil || b.allowedGroups != nil {
      return b.failed == a.failed ? .unclear : b.failed > a.failed ? .worse : .better
    }
    guard isOutside(a.reading, b.reading) else { return .unclear }
    let (before, now) = (excess(a, a.reading.value), excess(a, b.reading.value))
    return now > before ? .worse : now < before ? .better : .unclear
  }

  /// How far beyond the bound; negative within.
  static func excess(_ check: RunRecord.Check, _ value: Double?) -> Double {
    guard let value else { return -.infinity }
    return max(
      check.maximum.map { value - $0 } ?? -.infinity, check.minimum.map { $0 - value } ?? -.infinity)
  }

  private static func isOutside(_ a: RunRecord.Reading, _ b: RunRecord.Reading) -> Bool {
    guard let lower = a.lower, let upper = a.upper, let value = b.value else { return false }
    return value < lower || value > upper
  }

  static func of(gap a: RunRecord.Reading, _ b: RunRecord.Reading) -> RunShift {
    guard isOutside(a, b), let before = a.value, let now = b.value else { return .unclear }
    return abs(now) > abs(before) ? .worse : .better
  }

  static func of(_ direction: MetricEntry.Direction, _ a: RunRecord.Reading, _ b: RunRecord.Reading)
    -> RunShift
  {
    guard isOutside(a, b), let before = a.value, let now = b.value else { return .unclear }
    switch direction {
    case .neutral: return now > before ? .higher : .lower
    case .higherIsBetter: return now > before ? .better : .worse
    case .lowerIsBetter: return now > before ? .worse : .better
    }
  }
}
