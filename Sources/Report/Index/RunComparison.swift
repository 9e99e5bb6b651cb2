import Charts
import Results
import Templating

/// Two runs side by side: A the older, B the newer.
struct RunComparison {
  let a: IndexPage.Run
  let b: IndexPage.Run

  init(_ a: IndexPage.Run, _ b: IndexPage.Run) {
    self.a = a
    self.b = b
  }

  /// A line of a table.
  struct Line {
    var name: String
    var about: String
    var a: String
    var b: String
    var shift: RunShift
  }

  static let sameData =
    "Both runs read the same data: their numbers rest on the same rows, so the two intervals are not independent, "
    + "and a change may be sure although they overlap. A paired test of it is made by a run with the other model as its baseline."
  static let otherData =
    "The two runs read different data: a part of every change is other rows. The intervals are independent of each "
    + "other; that they overlap does not show that nothing changed."
  static let otherTitles =
    "The two runs have different titles: they may be about different models or questions."
  static let rule =
    "A number counts as changed where B's value lies outside A's interval; that is a hint for the eye, not a test. "
    + "Nothing here is computed again: both columns are what the runs stored."

  static let alike = "same"
  static let unlike = "other"

  static func stillCount(_ count: Int) -> String {
    "\(Wording.plural(count, "gap", "gaps")) without a clear change"
  }

  var isSameData: Bool { a.record.dataKey == b.record.dataKey }

  // MARK: Lines

  func checks() -> [Line] {
    let lines = pairs(a.record.checks, b.record.checks) { $0.id }.map { before, now -> Line in
      let shown = now ?? before
      let bounds = [before, now].compactMap { $0.map(RunWords.bound) }
      let limit = bounds.first == bounds.last ? bounds.first ?? "" : bounds.joined(separator: " → ")
      return Line(
        name: shown.map { VisibleText.of($0.id) } ?? "",
        about: (shown.map(RunWords.subject) ?? "") + ", limit " + limit,
        a: before.map(Self.cell) ?? "—", b: now.map(Self.cell) ?? "—",
        shift: shift(before, now) { RunShift.of($0, $1) })
    }
    return sorted(lines)
  }

  func gaps() -> [Line] {
    let lines = pairs(a.record.gaps, b.record.gaps) { "\($0.slices)\n\($0.gap)" }.map { before, now -> Line in
      let shown = now ?? before
      return Line(
        name: shown.map(IndexPage.gapTitle) ?? "",
        about: shown.map { RunWords.groups($0.group, $0.reference) } ?? "",
        a: before.map { RunWords.text($0.reading, reason: $0.reason) } ?? "—",
        b: now.map { RunWords.text($0.reading, reason: $0.reason) } ?? "—",
        shift: shift(before, now) { RunShift.of(gap: $0.reading, $1.reading) })
    }
    return sorted(lines)
  }

  func metrics() -> [Line] {
    pairs(a.record.overall, b.record.overall) { $0.metric }.map { before, now -> Line in
      let shown = now ?? before
      return Line(
        name: shown.map { VisibleText.of($0.name) } ?? "", about: "",
        a: before.map { RunWords.text($0.reading) } ?? "—", b: now.map { RunWords.text($0.reading) } ?? "—",
        shift: shift(before, now) { RunShift.of($0.direction, $0.reading, $1.reading) })
    }
  }

  static func cell(_ check: RunRecord.Check) -> String {
    "\(VerdictWording.shortStatus(check.result)) \(RunWords.observed(check))"
  }

  private func shift<Part>(_ a: Part?, _ b: Part?, _ compare: (Part, Part) -> RunShift) -> RunShift {
    guard let a else { return .added }
    guard let b else { return .removed }
    return compare(a, b)
  }

  /// B's parts in its order, each with A's of that name, then what A alone has.
  private func pairs<Part>(_ a: [Part], _ b: [Part], _ key: (Part) -> String) -> [(Part?, Part?)] {
    let before = Dictionary(a.map { (key($0), $0) }) { first, _ in first }
    let now = Set(b.map(key))
    return b.map { (before[key($0)], $0) } + a.filter { !now.contains(key($0)) }.map { ($0, nil) }
  }

  private func sorted(_ lines: [Line]) -> [Line] {
    func rank(_ line: Line) -> Int { RunShift.allCases.firstIndex(of: line.shift) ?? 0 }
    return lines.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.map(\.element)
  }

  // MARK: Page

  func model() -> TemplateValue {
    let checks = checks()
    let gaps = gaps()
    return [
      "a": .text(RunWords.name(a)), "b": .text(RunWords.name(b)),
      "numberA": .integer(a.number), "numberB": .integer(b.number),
      "finding": .text(Self.finding(checks, gaps)),
      "warnings": .list(warnings.map { .text($0) }), "rule": .text(Self.rule),
      "inputs": .list(
        inputs.map {
          [
            "name": .text($0.0), "a": .text($0.1), "b": .text($0.2),
            "change": .text($0.1 == $0.2 ? Self.alike : Self.unlike), "isOther": .bool($0.1 != $0.2),
          ]
        }),
      "checks": Self.table(checks), "gaps": Self.table(gaps.filter { $0.shift != .unclear }),
      "still": Self.table(gaps.filter { $0.shift == .unclear }),
      "stillCount": .text(Self.stillCount(gaps.count { $0.shift == .unclear })),
      "metrics": Self.table(metrics()),
    ]
  }

  var warnings: [String] {
    [isSameData ? Self.sameData : Self.otherData]
      + (a.record.title == b.record.title ? [] : [Self.otherTitles])
  }

  var inputs: [(String, String, String)] {
    func row(_ name: String, _ pick: (RunRecord) -> String) -> (String, String, String) {
      (name, pick(a.record), pick(b.record))
    }
    return [
      row("Verdict") { RunWords.verdict($0).sign + " " + RunWords.verdict($0).word },
      row("Data") { "\(RunWords.dataHash($0)), \(Wording.plural($0.rows, "row", "rows"))" },
      row("Configuration") { RunWords.hash($0.configuration) },
      row("Policy") { RunWords.hash($0.policy?.sha256) }, row("Model") { RunWords.hash($0.model?.sha256) },
      row("Version") { VisibleText.of($0.producer.version) },
    ]
  }

  /// `1 new failure, 2 fixed; 3 gaps worse.`
  static func finding(_ checks: [Line], _ gaps: [Line]) -> String {
    func count(_ lines: [Line]) -> String {
      let parts = RunShift.allCases.filter { $0 != .unclear }.compactMap { shift -> String? in
        let number = lines.count { $0.shift == shift }
        return number == 0 ? nil : "\(Wording.count(number)) \(shift.rawValue)"
      }
      return parts.isEmpty ? "no clear change" : parts.joined(separator: ", ")
    }
    var parts: [String] = []
    if !checks.isEmpty { parts.append("Checks: \(count(checks))") }
    if !gaps.isEmpty { parts.append("Gaps: \(count(gaps))") }
    return parts.isEmpty ? "There is nothing to compare." : parts.joined(separator: ". ") + "."
  }

  private static func table(_ lines: [Line]) -> TemplateValue {
    .list(
      lines.map { line in
        [
          "name": .text(line.name), "about": .optional(line.about.isEmpty ? nil : line.about),
          "a": .text(line.a), "b": .text(line.b), "shift": .text(line.shift.rawValue),
          "sign": .text(line.shift.sign), "class": .text(line.shift.className),
        ]
      })
  }
}
