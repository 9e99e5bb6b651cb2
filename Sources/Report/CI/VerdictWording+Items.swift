import Results

extension VerdictWording {
  /// What was found for a group: its value, how it stands to the reference and to the limit, how much that is,
  /// and for what is not settled, what would settle it.
  static func sentence(_ item: CheckItem, _ check: CheckResult, _ judgement: Judgement) -> VerdictText {
    guard !item.isWithheld else { return withheld(item, check) }
    var text = measurement(item, check)
    if item.value != nil { text += "; limit \(range(check))" }
    switch item.verdict {
    case .fail, .waived:
      if let harm = harm(item, check) { text += ": \(harm)" }
      text += " (\(denominator(item, check.task)))."
    case .pass: text += " (\(denominator(item, check.task)))."
    case .inconclusive: text += "\(item.value == nil ? ":" : ".") \(settlement(item, check))"
    }
    if let flips = flips(item) { text += " \(flips)" }
    if let index = item.waiver, judgement.waivers.indices.contains(index) {
      text += " \(waiver(judgement.waivers[index]))"
    }
    return text
  }

  /// A name for the item in a list: `race=C`, `race=C against race=A`.
  static func title(_ item: CheckItem) -> VerdictText {
    let which: VerdictText = qualifier(item).map { " (\(foreign: $0))" } ?? ""
    guard let reference = item.reference, !isReference(item) else {
      return "\(foreign: item.slice)\(which)"
    }
    return "\(foreign: item.slice) against \(foreign: reference)\(which)"
  }

  /// What tells values of one measure and group apart: a stratum, a metric, a class.
  private static func qualifier(_ item: CheckItem) -> String? {
    guard item.component.hasSuffix(")"), let start = item.component.firstRange(of: " (") else { return nil }
    let isMeasure = !item.component[..<start.lowerBound].contains { $0 == "[" || $0 == "@" }
    return isMeasure ? String(item.component[start.upperBound...].dropLast()) : nil
  }

  // MARK: parts

  /// Of a group too small to show, the verdict alone.
  private static func withheld(_ item: CheckItem, _ check: CheckResult) -> VerdictText {
    let reason: VerdictText = item.reason.map { " (\(prose: $0))" } ?? ""
    return
      "\(prose: MetricWords.of(item.component, check.task).name) for \(title(item)): \(word(item.verdict)); its numbers are withheld\(reason)."
  }

  /// Whether the item is the group that the others are held against.
  private static func isReference(_ item: CheckItem) -> Bool {
    item.sliceIndex != nil && item.sliceIndex == item.referenceIndex
  }

  private static func measurement(_ item: CheckItem, _ check: CheckResult) -> VerdictText {
    let name = MetricWords.of(item.component, check.task).name
    guard let value = item.value else { return "\(prose: name) for \(foreign: item.slice) is not judged" }
    if isReference(item), let own = item.groupValue {
      let role = check.comparison == .toBest ? "the best of the groups" : "the reference"
      return "\(prose: name) for \(foreign: item.slice) is \(self.value(own)), \(role)"
    }
    let shown = number(value, check) + interval(item, check)
    let reference: VerdictText = item.reference.map { "\(foreign: $0)" } ?? "the reference"
    switch check.kind {
    case .value: return "\(prose: name) for \(foreign: item.slice) is \(shown)"
    case .difference: return difference(name, item, check, shown, reference)
    case .ratio:
      return
        "\(prose: name) for \(foreign: item.slice)\(being(item.groupValue)) \(shown) times that of \(reference)\(bracketed(item.referenceValue))"
    case .change, .relativeChange: return change(name, item, check, shown, reference)
    }
  }

  private static func difference(
    _ name: String, _ item: CheckItem, _ check: CheckResult, _ shown: String, _ reference: VerdictText
  ) -> VerdictText {
    let start: VerdictText = "\(prose: name) for \(foreign: item.slice)\(being(item.groupValue))"
    let end: VerdictText = "\(reference)\(bracketed(item.referenceValue))"
    guard !check.isSigned, let group = item.groupValue, let other = item.referenceValue else {
      return "\(start) a difference of \(shown) from \(end)"
    }
    let relation = group < other ? "below" : group > other ? "above" : "from"
    return "\(start) \(shown) \(relation) \(end)"
  }

  /// A change is positive where it is worse, or for a neutral metric where it is different.
  private static func change(
    _ name: String, _ item: CheckItem, _ check: CheckResult, _ shown: String, _ reference: VerdictText
  ) -> VerdictText {
    let value = item.value ?? 0
    let isGap = check.comparison != nil
    let isNeutral = !isGap && MetricWords.of(item.component, check.task).direction == .neutral
    let what: VerdictText =
      isGap
      ? "\(prose: name), \(foreign: item.slice) against \(reference), \(item.groupValue.map { "is \(self.value($0)) apart," } ?? "is")"
      : "\(prose: name) for \(foreign: item.slice)\(being(item.groupValue))"
    let end = "the baseline\(bracketed(item.referenceValue))"
    if value == 0 { return "\(what) the same as \(end)" }
    if isNeutral { return "\(what) \(shown) away from \(end)" }
    let size = value < 0 ? "\(number(-value, check))\(mirrored(item, check))" : shown
    return "\(what) \(size) \(value > 0 ? "worse" : "better") than \(end)"
  }

  private static func mirrored(_ item: CheckItem, _ check: CheckResult) -> String {
    guard let lower = item.lower, let upper = item.upper else { return "" }
    return " [\(number(-upper, check)), \(number(-lower, check))]"
  }

  private static func being(_ value: Double?) -> String { value.map { " is \(self.value($0))," } ?? " is" }

  private static func bracketed(_ value: Double?) -> String { value.map { " (\(self.value($0)))" } ?? "" }

  /// `about 90 more missed positives per 1,000`.
  private static func harm(_ item: CheckItem, _ check: CheckResult) -> String? {
    guard check.kind != .value,
      check.comparison != nil || check.kind == .change || check.kind == .relativeChange,
      !(check.comparison != nil && (check.kind == .change || check.kind == .relativeChange)),
      let group = item.groupValue, let other = item.referenceValue, group != other
    else { return nil }
    let words = MetricWords.of(item.component, check.task)
    guard let what = group > other ? words.higher : words.lower else { return nil }
    let count = (abs(group - other) * 1000).rounded()
    guard count.isFinite, count < 1e6 else { return nil }
    return count < 1
      ? "less than 1 \(what) per 1,000" : "about \(Wording.count(Int(count))) \(what) per 1,000"
  }

  /// Why it is not settled, and what would settle it.
  static func settlement(_ item: CheckItem, _ check: CheckResult) -> VerdictText {
    var clauses: [VerdictText] = []
    if isOnlyAdjusted(item, check) {
      let among = item.chosenAmong.map { ", and as one picked from \(Wording.count($0)) comparisons" } ?? ""
      clauses.append("Beyond the limit by itself, but not once adjusted for all groups and checks\(among)")
    } else if let reason = item.reason {
      clauses.append("\(prose: item.value == nil ? reason : sentenceCase(reason))")
    }
    let counted = denominator(item, check.task)
    if !(item.reason?.contains(counted) ?? false) {
      clauses.append(VerdictText(stringLiteral: counted))
    }
    if let needed = item.needed {
      let place: VerdictText = item.neededIn.map { " in \(foreign: $0)" } ?? ""
      clauses.append("about \(Wording.count(needed))\(place) would decide")
    }
    if let detectable = item.detectable {
      let isHigh = detectable >= check.maximum ?? .infinity
      clauses.append(
        "of this size \(article(check)) of \(number(detectable, check)) or \(isHigh ? "more" : "less") is found in 80 % of runs"
      )
    }
    return clauses.joined(separator: "; ") + "."
  }

  /// Whether the interval that is shown, which is not adjusted, lies beyond the limit.
  private static func isOnlyAdjusted(_ item: CheckItem, _ check: CheckResult) -> Bool {
    guard check.evidence == .interval, item.pBeyondAdjusted != nil, let lower = item.lower,
      let upper = item.upper
    else { return false }
    return lower > check.maximum ?? .infinity || upper < check.minimum ?? -.infinity
  }

  private static func article(_ check: CheckResult) -> String {
    switch check.kind {
    case .value: "a value"
    case .difference: check.isSigned ? "a difference" : "a gap"
    case .ratio: "a ratio"
    case .change, .relativeChange: "a change"
    }
  }

  private static func sentenceCase(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// `On the same rows 40 decisions became right and 12 wrong; 30 became positive and 22 negative.`
  private static func flips(_ item: CheckItem) -> String? {
    guard let flips = item.flips else { return nil }
    let all = flips.better + flips.worse
    guard all > 0 else { return "On the same rows no decision changed." }
    return "On the same rows \(Wording.plural(flips.better, "decision", "decisions")) became right and "
      + "\(Wording.count(flips.worse)) wrong; \(Wording.count(flips.toPositive)) became positive and "
      + "\(Wording.count(flips.toNegative)) negative."
  }

  /// By whom, until when, how old, up to which value, why.
  static func waiver(_ record: WaiverRecord) -> VerdictText {
    let accepted = Wording.value(record.accepted)
    return
      "Waived by \(foreign: record.owner) until \(foreign: record.expires) (\(Wording.plural(record.age, "day", "days")) old, \(expiry(record))), up to \(accepted): \(prose: record.reason)"
  }

  static func expiry(_ record: WaiverRecord) -> String {
    record.remaining < 0
      ? "expired \(Wording.plural(-record.remaining, "day", "days")) ago"
      : "expires \(inDays(record.remaining))"
  }
}
