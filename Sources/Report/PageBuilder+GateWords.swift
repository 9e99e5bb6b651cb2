import Charts
import Results

/// The shared words of verdicts as the page takes them: what others wrote made visible, and cut where it stands inside a
/// sentence.
struct GateWords {
  let judgement: Judgement

  // MARK: Verdicts

  static func word(_ verdict: Verdict) -> String { VerdictWording.word(verdict) }
  static func sign(_ verdict: Verdict) -> String { VerdictWording.glyph(verdict) }

  /// `FAIL — 1 of 6 checks failed · 1 inconclusive · 1 waived (expires in 23 days)`.
  var headline: String { VerdictWording.summary(judgement) }

  /// What follows the word.
  var counts: String {
    let start = GateWords.word(judgement.verdict) + " — "
    return headline.hasPrefix(start) ? String(headline.dropFirst(start.count)) : headline
  }

  /// `counts as pass`; nil for a check that counts as what it is.
  static func folded(_ check: CheckResult) -> String? {
    guard check.verdict == .inconclusive, check.countsAs != .inconclusive else { return nil }
    return "counts as \(check.countsAs.rawValue)"
  }

  // MARK: Numbers

  /// The bound on each group: `≤ 0.05`, `≥ 0.8`, `0.8 … 1.25`.
  static func bound(_ check: CheckResult) -> String { VerdictWording.range(check) }

  static func number(_ value: Double, _ check: CheckResult) -> String { VerdictWording.number(value, check) }

  /// ` [0.041, 0.139]`, or nothing.
  static func interval(_ item: CheckItem, _ check: CheckResult) -> String? {
    let text = VerdictWording.interval(item, check).drop { $0 == " " }
    return text.isEmpty ? nil : String(text)
  }

  /// `0.091 [0.041, 0.139]`.
  static func value(_ item: CheckItem, _ check: CheckResult) -> String {
    VerdictWording.observed(item, check) ?? "— \(item.reason.map(brief) ?? "no value")"
  }

  // MARK: Names

  /// A group by its predicate, as in the table of slices.
  static func name(_ item: CheckItem) -> String { VisibleText.of(item.slice) }

  static func referenceName(_ item: CheckItem) -> String? {
    (item.reference ?? item.referenceLabel).map { VisibleText.of($0) }
  }

  /// A name inside a sentence; the table has it whole.
  static func brief(_ name: String) -> String { cut(name, to: 80) }

  /// A reason or a remark that is part of a sentence.
  static func prose(_ words: String) -> String { cut(words, to: 300) }

  private static func cut(_ text: String, to length: Int) -> String {
    let visible = VisibleText.of(text)
    return visible.count > length ? String(visible.prefix(length - 1)) + "…" : visible
  }

  // MARK: Sentences

  /// One sentence on a group, with numbers, interval, bound and counts, and what would settle it.
  func sentence(_ item: CheckItem, _ check: CheckResult) -> String {
    VerdictWording.sentence(item, check, judgement).rendered(GateWords.brief, prose: GateWords.prose)
  }

  /// What became of a check as a whole.
  static func outcome(_ check: CheckResult) -> String {
    PageBuilder.sentence(VerdictWording.outcome(check).rendered(brief, prose: prose))
  }

  /// Why a group is inconclusive and what would settle it.
  static func settlement(_ item: CheckItem, _ check: CheckResult) -> String? {
    guard item.verdict == .inconclusive, item.value != nil else { return nil }
    return VerdictWording.settlement(item, check).rendered { VisibleText.of($0) }
  }

  /// By whom a failure is accepted, until when, up to which value and why.
  static func waiver(_ record: WaiverRecord) -> String {
    VerdictWording.waiver(record).rendered { VisibleText.of($0) }
  }

  /// What is bounded: `Equal opportunity, difference between groups`.
  static func subject(_ check: CheckResult) -> String {
    VerdictWording.subject(check).rendered { VisibleText.of($0) }
  }

  /// What a metric's denominator counts.
  static func noun(_ item: CheckItem) -> String { MetricWords.of(item.component).unit }
}
