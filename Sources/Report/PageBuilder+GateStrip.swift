import Charts
import Results
import Templating

extension GatePage {
  /// Rows on the first screen; what did not pass comes first.
  static let stripRows = 10

  /// Checks against their limits in a table of few rows, each with a drawing, for the first screen.
  func strip() -> TemplateValue {
    let all = entries()
    guard !all.isEmpty else { return .null }
    let shown = all.prefix(all.count <= GatePage.stripRows + 1 ? all.count : GatePage.stripRows)
    let left = all.dropFirst(shown.count)
    let counts = [Verdict.fail, .inconclusive, .waived, .pass].compactMap { verdict -> String? in
      let number = left.filter { $0.verdict == verdict }.count
      return number > 0 ? "\(Wording.count(number)) \(GateWords.word(verdict))" : nil
    }
    return [
      "rows": .list(shown.map(stripRow)),
      "left": .optional(counts.isEmpty ? nil : "\(PageBuilder.listed(counts)) more"),
      "hasReference": .bool(shown.contains { row($0).reference != nil }),
      "reference": .text(judgement.baseline == nil ? "no gap" : "no gap, or the baseline"),
      "hasReversed": .bool(shown.contains { row($0).isReversed }),
    ]
  }

  private func stripRow(_ entry: Entry) -> TemplateValue {
    let check = entry.check
    let index = judgement.checks.firstIndex { $0.id == check.id } ?? 0
    let drawn = row(entry)
    let (value, interval) = stripValue(entry)
    return [
      "verdict": GatePage.verdict(entry.verdict, check),
      "check": .text(GatePage.name(check.id)), "href": .text("#" + anchor(index)),
      "group": .optional(sides(entry).isEmpty ? nil : VisibleText.of(sides(entry))),
      "track": drawn.track(width: 132).map {
        .markup($0.svg(idPrefix: "", presence: .decorative, className: "glyph track"))
      } ?? .null,
      "value": .optional(value), "interval": .optional(interval),
      "missing": .optional(value == nil ? GateWords.brief(drawn.valueText) : nil),
      "bound": .text(boundText(check)), "isReversed": .bool(drawn.isReversed && drawn.reading.value != nil),
    ]
  }

  private func stripValue(_ entry: Entry) -> (value: String?, interval: String?) {
    let check = entry.check
    if check.scope == .count, check.reason == nil { return (row(entry).valueText, nil) }
    guard let item = entry.item, let value = item.value else { return (nil, nil) }
    return (GateWords.number(value, check), GateWords.interval(item, check))
  }
}
