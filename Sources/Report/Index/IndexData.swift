import Charts
import Glibc
import Results
import Templating

/// What the page's script reads: the list of runs, and of the newest ones what a comparison needs. Texts and names that
/// recur are stored once and numbered.
struct IndexData {
  private let page: IndexPage
  private var words: [String] = []
  private var places: [String: Int] = [:]

  /// Bytes that comparisons may take; the list alone grows beyond.
  static let detailBudget = 1_500_000

  init(_ page: IndexPage) { self.page = page }

  /// Safe inside a script element.
  var json: String {
    var copy = self
    return copy.value().json(indented: false).replacing("\u{2028}", with: "\\u2028")
      .replacing("\u{2029}", with: "\\u2029")
  }

  private mutating func value() -> TemplateValue {
    var rows: [TemplateValue] = []
    var details: [TemplateValue] = []
    var left = Self.detailBudget
    for run in page.runs.reversed() {
      rows.append(row(run))
      guard left > 0 else { continue }
      let detail = detail(run)
      left -= detail.json(indented: false).utf8.count
      details.append(detail)
    }
    let shifts = RunShift.allCases.map { shift -> TemplateValue in
      [.text(shift.rawValue), .text(shift.sign), .text(shift.className)]
    }
    return [
      "rows": .list(rows), "details": .list(details), "shifts": .list(shifts),
      "same": .text(RunComparison.sameData), "other": .text(RunComparison.otherData),
      "titles": .text(RunComparison.otherTitles), "manyTitles": .bool(page.subjects.count > 1),
      "words": .list(words.map { .text($0) }),
    ]
  }

  private mutating func place(_ text: String) -> TemplateValue {
    if let place = places[text] { return .integer(place) }
    places[text] = words.count
    words.append(text)
    return .integer(words.count - 1)
  }

  private mutating func optional(_ text: String?) -> TemplateValue { text.map { place($0) } ?? .integer(-1) }

  /// number, count, name, title, date, report, folder, kind, verdict, counts of checks, worst gap, its name, rows, data,
  /// model, policy, changes.
  private mutating func row(_ run: IndexPage.Run) -> TemplateValue {
    let record = run.record
    let verdict = RunWords.verdict(record)
    let worst = IndexPage.worst(record)
    let counts = IndexPage.counts(record) ?? [-1, -1, -1, -1]
    let changes = run.changes.reduce(0) { $0 | ($1 == .data ? 1 : $1 == .model ? 2 : 4) }
    return [
      .integer(run.number), .integer(run.count), .text(RunWords.name(run)),
      place(VisibleText.of(record.title)), optional(record.origin.date.map { VisibleText.of($0) }),
      optional(run.report), place(VisibleText.of(record.origin.folder)),
      place(record.origin.kind.rawValue), place("\(verdict.sign)\t\(verdict.word)\t\(verdict.class)"),
      .list(counts.map { .integer($0) }),
      optional(worst.map { RunWords.text($0.reading) }), optional(worst.map(IndexPage.gapTitle)),
      .text(Wording.count(record.rows)), place(RunWords.dataHash(record)),
      place(RunWords.hash(record.model?.sha256)), place(RunWords.hash(record.policy?.sha256)),
      .integer(changes),
    ]
  }

  private mutating func detail(_ run: IndexPage.Run) -> TemplateValue {
    let record = run.record
    var checks: [TemplateValue] = []
    for check in record.checks {
      checks.append([
        place(VisibleText.of(check.id)), place(RunWords.subject(check)), place(RunWords.bound(check)),
        .text(RunComparison.cell(check)), .integer(check.verdict.rank), numbers(check.reading),
        Self.number(check.minimum), Self.number(check.maximum),
        .integer(check.allowedGroups == nil ? -1 : check.failed),
      ])
    }
    var gaps: [TemplateValue] = []
    for gap in record.gaps {
      gaps.append([
        place(VisibleText.of(gap.slices + "\t" + gap.gap)), place(IndexPage.gapTitle(gap)),
        place(RunWords.groups(gap.group, gap.reference)), numbers(gap.reading, gap.reason),
      ])
    }
    var metrics: [TemplateValue] = []
    for metric in record.overall {
      metrics.append([
        place(VisibleText.of(metric.name)),
        .integer(metric.direction == .neutral ? 0 : metric.direction == .higherIsBetter ? 1 : -1),
        numbers(metric.reading),
      ])
    }
    return [
      place(RunWords.hash(record.configuration)), place(VisibleText.of(record.producer.version)),
      .list(checks), .list(gaps), .list(metrics),
      place(VisibleText.of(record.dataKey.joined(separator: " "))),
    ]
  }

  /// Value and limits; where there is no value, why.
  private mutating func numbers(_ reading: RunRecord.Reading, _ reason: String? = nil) -> TemplateValue {
    guard let value = reading.value else { return [place(RunWords.text(reading, reason: reason))] }
    return [Self.number(value), Self.number(reading.lower), Self.number(reading.upper)]
  }

  /// Seven significant digits, or as many as it takes to be shown as what is stored.
  private static func number(_ value: Double?) -> TemplateValue {
    guard let value, !value.isNaN else { return .null }
    guard value.isFinite else { return .text(value > 0 ? "Infinity" : "-Infinity") }
    guard value != 0 else { return .integer(0) }
    let digits = 7 - Int(log10(abs(value)).rounded(.down)) - 1
    let scale = pow(10, Double(abs(digits)))
    let rounded = digits >= 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
    return .number(NumberText.value(rounded) == NumberText.value(value) ? rounded : value)
  }
}
