import Charts
import Results

/// What a record says of its run, in the words of every other output.
enum RunWords {
  /// What a reader calls a run: `#12`, or `#12 a1b2c3d`.
  static func name(_ run: IndexPage.Run) -> String {
    let label = run.record.origin.label.map { VisibleText.of($0) } ?? ""
    return label.isEmpty ? "#\(run.number)" : "#\(run.number) \(cut(label, to: 60))"
  }

  /// The same for the axis of a chart.
  static func short(_ run: IndexPage.Run) -> String {
    run.record.origin.label.map { cut(VisibleText.of($0), to: 16) } ?? "#\(run.number)"
  }

  static func cut(_ text: String, to length: Int) -> String {
    text.count > length ? String(text.prefix(length - 1)) + "…" : text
  }

  /// `✗ FAIL`; a run that was not judged has none.
  static func verdict(_ record: RunRecord) -> (sign: String, word: String, class: String) {
    guard let verdict = record.verdict else { return ("·", "not judged", "none") }
    return (VerdictWording.glyph(verdict), VerdictWording.word(verdict), verdict.rawValue)
  }

  /// `1 of 6 checks failed · 1 inconclusive`, without the word before it.
  static func counts(_ record: RunRecord) -> String {
    guard let verdict = record.verdict else {
      return "\(Wording.plural(record.rows, "row", "rows")), without a gate"
    }
    let judgement = Judgement(
      producer: record.producer, title: record.title, verdict: verdict, exitCode: record.exitCode ?? 0,
      folding: .inconclusive, policy: .init(name: "", sha256: ""), alpha: 0.05, correction: .holm, inputs: [],
      rows: record.rows, checks: record.checks.map(\.result))
    let text = VerdictWording.summary(judgement)
    let start = VerdictWording.word(verdict) + " — "
    return text.hasPrefix(start) ? String(text.dropFirst(start.count)) : text
  }

  /// `0.091 [0.041, 0.139]`, or why there is none.
  static func observed(_ check: RunRecord.Check) -> String {
    if check.allowedGroups != nil {
      return "\(Wording.plural(check.failed, "group", "groups")) beyond"
    }
    guard let value = check.reading.value else {
      return "— \(check.reason.map { cut(VisibleText.of($0), to: 80) } ?? "no value")"
    }
    let result = check.result
    let number = VerdictWording.number(value, result)
    guard let lower = check.reading.lower, let upper = check.reading.upper else { return number }
    return
      "\(number) [\(VerdictWording.number(lower, result)), \(VerdictWording.number(upper, result))]"
  }

  static func bound(_ check: RunRecord.Check) -> String { VerdictWording.bound(check.result) }

  static func subject(_ check: RunRecord.Check) -> String {
    VerdictWording.subject(check.result).rendered { VisibleText.of($0) }
  }

  /// `race=C against race=A`.
  static func groups(_ slice: String?, _ reference: String?) -> String {
    guard let slice else { return "" }
    return [slice, reference].compactMap { $0 }.map { VisibleText.of($0) }.joined(separator: " against ")
  }

  static func text(_ reading: RunRecord.Reading, reason: String? = nil) -> String {
    guard let value = reading.value else { return "— \(reason.map { VisibleText.of($0) } ?? "no value")" }
    return NumberText.interval(value, reading.lower, reading.upper)
  }

  static func reading(_ reading: RunRecord.Reading, reason: String? = nil) -> Reading {
    Reading(reading.value, reading.lower, reading.upper, reason: reason)
  }

  /// The first eight digits of a hash; `—` where there is none.
  static func hash(_ sha256: String?) -> String {
    guard let sha256, !sha256.isEmpty else { return "—" }
    return VisibleText.of(String(sha256.prefix(8)))
  }

  /// Of all inputs together.
  static func dataHash(_ record: RunRecord) -> String {
    let hashes = record.inputs.map(\.sha256)
    return hashes.count == 1
      ? hash(hashes[0]) : hash(Digest.hexadecimal(Array(hashes.joined(separator: " ").utf8)))
  }
}
