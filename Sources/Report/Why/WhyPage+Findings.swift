import Charts
import Results
import Templating

extension WhyPage {
  /// What forbids to believe the rest, in full.
  func banners() -> [String] {
    explanation.warnings.filter { $0.kind == .noSkill }.map { VisibleText.of($0.message) }
  }

  func warnings() -> [TemplateValue] {
    let order = ExplanationWarning.Kind.allCases
    func rank(_ warning: ExplanationWarning) -> Int { order.firstIndex(of: warning.kind) ?? order.count }
    let sorted = explanation.warnings.filter { $0.kind != .noSkill }.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }
    return sorted.map { _, warning in
      [
        "title": .text(WhyWords.title(warning.kind)), "kind": .text(warning.kind.rawValue),
        "text": .text(VisibleText.of(warning.message)),
      ]
    }
  }

  /// The finding on the quality, then the one on gaps.
  func findings() -> [String] { [qualityFinding(), gapFinding()].compactMap { $0 } }

  // MARK: Quality

  private func qualityFinding() -> String? {
    guard let columns = leading, !explanation.features.isEmpty else { return nil }
    let metric = metric(inSentence: columns.metric)
    let clear = ranked(by: columns).filter { feature in
      let value = columns.importance[safe: feature].known ?? 0
      return isClear(columns, feature) && (columns.meaning == .change ? value != 0 : value > 0)
    }
    guard let first = clear.first, let value = columns.importance[safe: first].known else {
      return columns.meaning == .change
        ? "No feature changes the model's \(metric) by more than chance (Holm-adjusted p < \(alphaText))."
        : "Of no feature can it be shown that the model's \(metric) needs it (Holm-adjusted p < \(alphaText))."
    }
    if columns.meaning == .change { return changeFinding(columns, clear) }
    let isLower = entry(columns.metric)?.direction == .lowerIsBetter
    let limits = WhyWords.range(columns.lower[safe: first], columns.upper[safe: first])
    let isAlone = ranked(by: columns).count == 1
    let most =
      isAlone
      ? ""
      : clear.count == 1
        ? "; of no other feature can a loss be shown" : ", the largest loss"
    let others = clear.dropFirst().prefix(3).map(name)
    let next = others.isEmpty ? "" : " Next: \(PageBuilder.listed(others))."
    return
      "When \(name(first)) is shuffled, the model's \(metric) \(isLower ? "rises" : "falls") by \(Wording.value(value))"
      + (limits.map { " (\($0))" } ?? "") + "\(most).\(next)"
  }

  private func changeFinding(_ columns: ImportanceColumns, _ clear: [Int]) -> String? {
    let first = clear.max { abs(columns.importance[$0]) < abs(columns.importance[$1]) }
    guard let first else { return nil }
    let value = columns.importance[first]
    let limits = WhyWords.range(columns.lower[safe: first], columns.upper[safe: first])
    return
      "When \(name(first)) is shuffled, the model's \(metric(inSentence: columns.metric)) \(value < 0 ? "falls" : "rises") by "
      + Wording.value(abs(value)) + (limits.map { " (change \($0))" } ?? "") + "."
  }

  var alphaText: String { NumberText.short(WhyPage.alpha) }

  // MARK: Gaps

  /// Whether sizes of gaps are told beside their signed change.
  var hasGapSizes: Bool { !gaps.isEmpty }

  /// The gap that a feature closes most, among those of which that is clear.
  private func gapFinding() -> String? {
    guard !gaps.isEmpty else { return nil }
    // Adjusted over all gaps, for the best of them is picked (Bonferroni): Holm covers one gap's features only.
    let limit = WhyPage.alpha / Double(gaps.count)
    let clear = gaps.flatMap { columns in
      explanation.features.indices.filter {
        isUsed($0) && (columns.holm[safe: $0].map { $0 < limit } ?? false)
      }.map { (columns, $0) }
    }
    func size(_ pair: (ImportanceColumns, Int)) -> Double { pair.0.importance[safe: pair.1].known ?? 0 }
    let closing = clear.filter { size($0) > 0 }
    let best = closing.max { reach($0.0, $0.1) < reach($1.0, $1.1) }
    if let best { return gapSentence(best.0, best.1) }
    if let worst = clear.min(by: { size($0) < size($1) }) { return gapSentence(worst.0, worst.1) }
    return
      "Of no feature can it be shown that a gap between groups rests on it (p < \(alphaText), adjusted over features"
      + "\(gaps.count > 1 ? " and over all \(Wording.count(gaps.count)) gaps" : "")); "
      + "where groups are small, that is no proof that none does."
  }

  /// How much of a gap's size goes with a feature, to choose by: what turns a gap round closes it less.
  func reach(_ columns: ImportanceColumns, _ feature: Int) -> Double {
    abs(columns.base) - abs(columns.permuted[safe: feature].known ?? columns.base)
  }

  /// `The gap in true positive rate between Male and Female shrinks from 0.26 to 0.14 when …`.
  func gapSentence(_ columns: ImportanceColumns, _ feature: Int) -> String {
    let permuted = columns.permuted[safe: feature].known
    let sides = "between \(label(columns.slice)) and \(columns.reference.map(label) ?? "the reference")"
    let subject = "The gap in \(metric(inSentence: columns.metric)) \(sides)"
    let value = columns.importance[safe: feature].known ?? 0
    let limits = WhyWords.range(columns.lower[safe: feature], columns.upper[safe: feature])
    let change = limits.map { " (change towards zero \(Wording.value(value)), \($0))" } ?? ""
    let when = "when \(name(feature)) is shuffled\(change)."
    guard let permuted, !columns.base.isNaN else { return "\(subject) changes \(when)" }
    let isTurned = permuted * columns.base < 0
    let verb = isTurned ? "turns round," : value > 0 ? "shrinks" : "grows"
    let (from, to) = isTurned ? (columns.base, permuted) : (abs(columns.base), abs(permuted))
    return "\(subject) \(verb) from \(Wording.value(from)) to \(Wording.value(to)) \(when)"
  }
}
