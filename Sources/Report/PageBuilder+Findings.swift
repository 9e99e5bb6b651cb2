import Charts
import Results
import Templating

/// A gap between two groups whose interval leaves out “no gap”.
struct Finding {
  var gap: Gap
  var family: Int
  var group: Int
  var reference: Int
  /// The distance from 0 that the interval vouches for.
  var assured: Double
  /// Whether both groups have enough in their denominators.
  var isSteady: Bool

  /// Sorts groups of a fair size first, then by what the interval vouches for.
  var rank: (Int, Double) { (isSteady ? 1 : 0, assured) }
}

extension PageBuilder {
  /// For every family its surest gap, surest first: of the differences between groups whose interval excludes 0, those
  /// that restate another one left out, the one whose nearer limit lies farthest from 0. Gaps of tiny groups come last.
  func findings() -> [Finding] {
    chapters.compactMap { sureGaps($0).first }.sorted {
      $0.rank != $1.rank ? $0.rank > $1.rank : $0.family < $1.family
    }
  }

  /// A family's gaps between groups whose interval excludes 0, surest first.
  func sureGaps(_ family: Int) -> [Finding] {
    let all = gaps(family, .betweenGroups, .difference).filter { !isAtCut($0.metric) }
    let ids = Set(all.map(\.metric))
    return all.compactMap { gap -> Finding? in
      guard let group = gap.group, let reference = gap.reference else { return nil }
      if let other = GapNames.restated[gap.metric], ids.contains(other) { return nil }
      guard isComparable(gap), Wording.excludes(0, gap.estimate) else { return nil }
      let assured = assured(gap)
      let isSteady = [group, reference].allSatisfy { slice in
        evaluation.estimate(gap.component, slice: slice).map { !Wording.isSmall($0) } ?? false
      }
      return Finding(
        gap: gap, family: family, group: group, reference: reference, assured: assured, isSteady: isSteady)
    }.enumerated().sorted {
      $0.element.rank != $1.element.rank ? $0.element.rank > $1.element.rank : $0.offset < $1.offset
    }.map(\.element)
  }

  /// Whether a gap can be ranked with others: it lies on the scale of shares, or is one of those that the task's page
  /// leads with.
  private func isComparable(_ gap: Gap) -> Bool {
    guard let kind = entry(gap.component)?.kind else { return false }
    if let profile { return kind != .count && profile.chief.contains(gap.metric) }
    return kind == .rate || kind == .index
  }

  /// The distance from “no gap” that the interval vouches for, on a scale that gaps of all metrics share.
  func assured(_ gap: Gap) -> Double { Wording.assured(gap.estimate) * measure(gap.component) }

  /// What makes differences of a metric comparable.
  func measure(_ metric: String) -> Double { evaluation.measure(metric) }

  func headline(_ findings: [Finding]) -> String {
    let compared = chapters.filter { !gaps($0, .betweenGroups, .difference).isEmpty }.count
    if let first = findings.first {
      let scope =
        compared == 1
        ? "Groups of \(familyName(first.family)) differ"
        : "Groups differ on \(findings.count) of \(compared) attributes"
      let place = compared == 1 ? "" : " by \(familyName(first.family))"
      return "\(scope), most clearly in \(name(inSentence: first.gap))\(place): "
        + (first.gap.estimate.value.map { Wording.value($0) } ?? "")
    }
    if compared > 0 {
      return "No gap between groups can be told from zero at the \(Wording.level(evaluation.level)) level"
    }
    let rows = Wording.plural(rows(0), "row", "rows")
    if let accuracy = evaluation.estimate("accuracy", slice: 0)?.value {
      return "Accuracy \(Wording.value(accuracy)) over \(rows); no groups were compared"
    }
    return "\(rows) evaluated; no groups were compared"
  }

  /// A metric's name inside a sentence: `true positive rate`, `ROC AUC`.
  func name(inSentence gap: Gap) -> String { PageBuilder.lowered(componentName(gap)) }

  static func lowered(_ name: String) -> String {
    guard let first = name.first, let second = name.dropFirst().first, second.isLowercase else { return name }
    if PageBuilder.people.contains(where: { name.hasPrefix($0) }) { return name }
    return first.lowercased() + name.dropFirst()
  }

  private static let people = [
    "Brier", "Matthews", "Cohen", "Jaccard", "Hamming", "Pearson", "Spearman", "Kendall",
  ]

  func words(_ finding: Finding) -> TemplateValue {
    let gap = finding.gap
    return [
      "metric": .text(componentName(gap)),
      "gapName": .text(gapName(gap.metric)),
      "family": .text(familyName(finding.family)),
      "href": .text("#" + chapterAnchor(finding.family)),
      "high": side(finding.group, gap.component),
      "low": side(finding.reference, gap.component),
      "difference": gap.estimate.cell(scale(gap)),
      "perThousand": perThousand(finding).map { .text($0) } ?? .null,
      "pValue": Wording.pValue(gap.pValue).map { .text($0) } ?? .null,
    ]
  }

  func side(_ slice: Int, _ metric: String) -> TemplateValue {
    let estimate = evaluation.estimate(metric, slice: slice)
    let entry = entry(metric)
    let denominator = entry?.denominator ?? "rows"
    return [
      "label": .text(label(slice)),
      "href": .text("#" + anchor(slice)),
      "estimate": estimate?.cell(entry?.kind ?? .rate) ?? .null,
      "people": .text(
        estimate.map {
          "\(Wording.isSmall($0) ? "only " : "")\(Wording.count($0.denominator)) \(denominator)"
        } ?? ""),
    ]
  }

  /// The gap as counts of people: the two rates, times 1,000, in a sentence.
  private func perThousand(_ finding: Finding) -> String? {
    let metric = finding.gap.component
    guard let high = evaluation.estimate(metric, slice: finding.group)?.value,
      let low = evaluation.estimate(metric, slice: finding.reference)?.value,
      let phrase = hasOutcomes || metric == "accuracy" ? PageBuilder.phrases[metric] : classPhrase(metric)
    else { return nil }
    let positive = VisibleText.of(evaluation.roles.positive)
    let whole = phrase.whole.replacing("{positive}", with: "“\(positive)”")
    let rates = [high, low].map { Wording.count(Int(($0 * 1000).rounded())) }
    return "Of 1,000 \(whole), the model \(phrase.verb) \(rates[0]) in \(label(finding.group)) and "
      + "\(rates[1]) in \(label(finding.reference))."
  }

  /// The same of one class: `rows of class “long_term”`.
  private func classPhrase(_ metric: String) -> (whole: String, verb: String)? {
    guard let name = entry(metric)?.classLabel, let open = metric.firstIndex(of: "[") else { return nil }
    let one = "“\(VisibleText.of(name))”"
    switch metric[..<open] {
    case "recall": return ("rows that are \(one)", "finds")
    case "precision": return ("rows predicted as \(one)", "is right about")
    case "selection_rate": return ("rows", "predicts \(one) for")
    case "false_positive_rate": return ("rows that are not \(one)", "wrongly predicts it for")
    default: return nil
    }
  }

  private static let phrases: [String: (whole: String, verb: String)] = [
    "selection_rate": ("rows", "selects"),
    "true_positive_rate": ("rows whose label is {positive}", "finds"),
    "false_negative_rate": ("rows whose label is {positive}", "misses"),
    "false_positive_rate": ("rows whose label is not {positive}", "wrongly selects"),
    "true_negative_rate": ("rows whose label is not {positive}", "rightly passes over"),
    "precision": ("selected rows", "is right about"),
    "false_discovery_rate": ("selected rows", "is wrong about"),
    "false_omission_rate": ("rows not selected", "misses"),
    "accuracy": ("rows", "is right about"),
  ]
}
