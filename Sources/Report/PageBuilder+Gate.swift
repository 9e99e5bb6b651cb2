import Charts
import Results
import Templating

/// Lays out what the gate found, for the templates.
struct GatePage {
  /// Sentences in the banner.
  static let spoken = 5

  let builder: PageBuilder
  let judgement: Judgement
  let words: GateWords
  /// By check.
  let slugs: [String]

  init?(_ builder: PageBuilder) {
    guard let judgement = builder.evaluation.judgement else { return nil }
    self.builder = builder
    self.judgement = judgement
    words = GateWords(judgement: judgement)
    slugs = Names.slugs(judgement.checks.map(\.id))
  }

  func model() -> TemplateValue {
    let table = GateTable(self)
    return [
      "line": .text(words.headline), "counts": .text(words.counts),
      "verdict": GatePage.verdict(judgement.verdict),
      "facts": .list(facts().map { ["term": .text($0.0), "text": .text($0.1)] }),
      "failures": .list(statements(.fail)), "open": .list(statements(.inconclusive)),
      "strip": strip(),
      "figure": figure().map { $0.model() } ?? .null,
      "table": table.model(),
      "notes": .list(judgement.notes.map { .text(VisibleText.of($0)) }),
      "waivers": waivers(),
      "methods": methods(),
    ]
  }

  /// Word, sign and class of a verdict.
  static func verdict(_ verdict: Verdict, _ check: CheckResult? = nil) -> TemplateValue {
    [
      "word": .text(GateWords.word(verdict)), "sign": .text(GateWords.sign(verdict)),
      "class": .text(verdict.rawValue), "isWarning": .bool(check?.severity == .warning && verdict != .pass),
      "folded": .optional(verdict == .inconclusive ? check.flatMap(GateWords.folded) : nil),
    ]
  }

  /// A name from a file, which may be blank.
  static func name(_ text: String) -> String {
    let visible = VisibleText.of(text)
    return visible.allSatisfy(\.isWhitespace) ? "(no name)" : visible
  }

  func anchor(_ check: Int) -> String { "check-" + slugs[check] }

  /// Where the numbers of a slice come from: its chapter, or for all rows the table of slices.
  func evidence(_ slice: Int?) -> String? {
    guard let slice, builder.evaluation.slices.family.indices.contains(slice) else { return nil }
    let family = builder.evaluation.slices.family[slice]
    return builder.chapters.contains(family) ? "#" + builder.chapterAnchor(family) : "#slices"
  }

  /// What the verdict rests on besides the data.
  private func facts() -> [(String, String)] {
    var facts = [("Policy", GatePage.source(judgement.policy.name, judgement.policy.sha256))]
    if let baseline = judgement.baseline {
      facts.append(
        (
          "Baseline",
          GatePage.source(baseline.name, baseline.sha256)
            + (baseline.isPaired ? ", compared row by row" : ", other rows")
        ))
    }
    if let file = judgement.waiverFile { facts.append(("Waivers", GatePage.source(file.name, file.sha256))) }
    if let day = judgement.asOf { facts.append(("As of", VisibleText.of(day))) }
    facts.append(("Exit status", String(judgement.exitCode)))
    return facts
  }

  /// A file's name with the beginning of its hash.
  static func source(_ name: String, _ hash: String?) -> String {
    VisibleText.of(name) + (hash.map { " · " + VisibleText.of(String($0.prefix(8))) } ?? "")
  }

  // MARK: The banner's sentences

  /// A sentence for each check of error severity that came to this, on its worst group.
  private func statements(_ verdict: Verdict) -> [TemplateValue] {
    let checks = judgement.checks.indices.filter {
      judgement.checks[$0].severity == .error && judgement.checks[$0].verdict == verdict
    }
    var result = checks.prefix(GatePage.spoken).map { index in statement(index, verdict) }
    if checks.count > GatePage.spoken {
      let more = Wording.plural(checks.count - GatePage.spoken, "more check", "more checks")
      result.append([
        "check": .null, "href": "#gate",
        "text": .text("\(more) \(verdict == .fail ? "failed" : "inconclusive")."),
        "more": .null,
      ])
    }
    return result
  }

  private func statement(_ index: Int, _ verdict: Verdict) -> TemplateValue {
    let check = judgement.checks[index]
    let items = check.worstFirst.filter { $0.verdict == verdict }
    let own = check.scope == .count || check.reason != nil
    let text = own ? nil : items.first.map { words.sentence($0, check) }
    let others = own ? 0 : items.count - 1
    return [
      "check": .text(GateWords.brief(GatePage.name(check.id))), "href": .text("#" + anchor(index)),
      "text": .text(text ?? GateWords.outcome(check)),
      "more": others > 0
        ? .text(
          "And \(Wording.plural(others, "other group", "other groups")) of this check.")
        : .null,
    ]
  }
}
