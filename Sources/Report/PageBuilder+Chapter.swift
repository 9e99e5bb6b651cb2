import Charts
import Results
import Templating

extension PageBuilder {
  /// Families with more groups than this are drawn in part.
  static let drawnInFull = 60
  static let drawnInPart = 20
  static let gapsInPart = 5

  func chapter(_ family: Int, findings: [Finding]) -> TemplateValue {
    let spec = evaluation.families[family]
    let drawn = drawnSlices(family)
    let figures = mainFigures(family, drawn)
    let isCut = self.isCut(family)
    // Curves of three groups say little of a hundred.
    let more = spec.features.count == 1 && !isCut ? scoreFigures(family) : []
    return [
      "id": .text(chapterAnchor(family)),
      "gapsId": .text(gapAnchor(family)),
      "supportId": .text("support-" + slugs[family]),
      "name": .text(familyName(family)),
      "isCross": .bool(spec.features.count > 1),
      "isOpen": .bool(spec.features.count == 1),
      "lead": .text(lead(family)),
      "counts": .text(counts(family)),
      "cut": cutSentence(family, drawn).map { .text($0) } ?? .null,
      "gaps": gapTable(family),
      "spread": spread(family),
      "thresholds": thresholds(family),
      "figures": .list(figures.map { $0.model() }),
      "heat": .list(heatFigures(family).map { $0.model() }),
      "more": .list(more.map { $0.model() }),
      "hasMore": .bool(!more.isEmpty),
      "support": isCut ? .null : hasOutcomes ? support(family, drawn) : taskSupport(family, drawn),
    ]
  }

  func counts(_ family: Int) -> String {
    let spec = evaluation.families[family]
    let empty = spec.slices.filter(isEmpty).count
    let small = spec.slices.filter { rows($0) > 0 && rows($0) < Wording.smallCount }.count
    var parts = [Wording.plural(spec.count, "group", "groups")]
    if empty > 0 { parts.append("\(Wording.count(empty)) without rows") }
    if small > 0 { parts.append("\(Wording.count(small)) with fewer than \(Wording.smallCount) rows") }
    if let reference = spec.reference { parts.append("reference \(label(reference))") }
    return parts.joined(separator: " · ")
  }

  func lead(_ family: Int) -> String {
    let compared = gaps(family, .betweenGroups, .difference).filter { !isAtCut($0.metric) }
    let total = compared.filter { $0.estimate.value != nil }.count
    guard total > 0 else { return "No two groups could be compared." }
    let sure = compared.filter { Wording.excludes(0, $0.estimate) }.count
    let verb = sure == 1 ? "excludes" : "exclude"
    var text = "\(sure == 0 ? "None" : Wording.count(sure)) of \(total) gaps between groups \(verb) zero."
    if total == 1 { text = "The gap between groups \(sure == 1 ? "excludes" : "does not exclude") zero." }
    if let first = sureGaps(family).first, let value = first.gap.estimate.value {
      let limits = Wording.interval(first.gap.estimate).map { " " + $0 } ?? ""
      text +=
        " \(total == 1 ? "It is in" : "The clearest:") \(name(inSentence: first.gap)), \(label(first.group)) against \(label(first.reference)), "
        + "\(Wording.value(value))\(limits) apart."
    }
    return text
  }

  /// The slices that the charts show: all, or the worst by what their gap is sure to exceed.
  func drawnSlices(_ family: Int) -> [Int] {
    let slices = Array(evaluation.families[family].slices)
    guard slices.count > PageBuilder.drawnInFull else { return slices }
    var worst: [Int: Double] = [:]
    for comparison in Gap.Comparison.allCases where comparison != .betweenGroups {
      for gap in gaps(family, comparison, .difference) {
        guard let group = gap.group else { continue }
        worst[group] = max(worst[group] ?? 0, assured(gap))
      }
    }
    let ordered = slices.sorted {
      let (a, b) = (worst[$0] ?? 0, worst[$1] ?? 0)
      return a != b ? a > b : rows($0) != rows($1) ? rows($0) > rows($1) : $0 < $1
    }
    return Array(ordered.prefix(PageBuilder.drawnInPart))
  }

  private func cutSentence(_ family: Int, _ drawn: [Int]) -> String? {
    let hidden = evaluation.families[family].count - drawn.count
    guard hidden > 0 else { return nil }
    return
      "The charts show the \(drawn.count) groups whose gap is surest to be large, by the limit of its interval nearer "
      + "to zero; \(Wording.plural(hidden, "group is", "groups are")) not drawn. The table of slices has all of them, and gaps.csv every gap."
  }

  /// Every gap between the groups that are farthest apart: difference and ratio side by side.
  private func gapTable(_ family: Int) -> TemplateValue {
    let differences = gaps(family, .betweenGroups, .difference).filter { !isAtCut($0.metric) }
    let ratios = gaps(family, .betweenGroups, .ratio)
    let ordered = GapNames.ordered(differences.map(\.metric), chief: chiefIDs)
    let ids = isCut(family) ? Array(ordered.prefix(PageBuilder.gapsInPart)) : ordered
    guard !ids.isEmpty else { return .null }
    return [
      "rows": .list(
        ids.compactMap { id in
          differences.first { $0.metric == id }.map {
            gapRow($0, ratio: ratios.first { $0.metric == id }, family)
          }
        }),
      "excluded": .list(exclusions(differences)),
    ]
  }

  /// Where a gap of a family stands in its chapter.
  func gapRowAnchor(_ family: Int, _ metric: String) -> String {
    isCut(family) ? gapAnchor(family) : gapAnchor(family) + "." + Names.slug(metric)
  }

  /// Whether the family has more groups than a chapter draws; then it is kept short throughout.
  func isCut(_ family: Int) -> Bool { evaluation.families[family].count > PageBuilder.drawnInFull }

  private func gapRow(_ gap: Gap, ratio: Gap?, _ family: Int) -> TemplateValue {
    let component = componentName(gap)
    let name = gapName(gap.metric)
    return [
      "id": isCut(family) ? .null : .text(gapRowAnchor(family, gap.metric)),
      "name": .text(name),
      "component": component == name ? .null : .text(component),
      "high": gap.group.map { side($0, gap.component) } ?? .null,
      "low": gap.reference.map { side($0, gap.component) } ?? .null,
      "difference": gap.estimate.cell(scale(gap)),
      "ratio": ratio?.estimate.cell() ?? [
        "shown": nil, "interval": nil, "reason": "not computed", "isSmall": false,
      ],
      "ratioNote": ratioNote(gap, ratio).map { .text($0) } ?? .null,
      "isSure": .bool(Wording.excludes(0, gap.estimate)),
      "pValue": Wording.pValue(gap.pValue).map { .text($0) } ?? .null,
    ]
  }

  /// What the ratio compares where it is not what the difference compares.
  private func ratioNote(_ gap: Gap, _ ratio: Gap?) -> String? {
    guard let ratio, let group = ratio.group, let reference = ratio.reference else { return nil }
    let isSame =
      ratio.component == gap.component && Set([group, reference]) == Set([gap.group, gap.reference])
    return isSame ? nil : "\(componentName(ratio)): \(label(group)), \(label(reference))"
  }

  /// Groups left out of the comparison, each reason once.
  private func exclusions(_ gaps: [Gap]) -> [TemplateValue] {
    var reasons: [(key: String, groups: Int, metrics: [String])] = []
    for gap in gaps {
      let grouped = Dictionary(grouping: gap.excluded, by: \.reason)
      for (reason, groups) in grouped.sorted(by: { $0.key < $1.key }) {
        let names = groups.prefix(6).map { VisibleText.of($0.group) }.joined(separator: ", ")
        let more = groups.count > 6 ? " and \(Wording.count(groups.count - 6)) more" : ""
        let key = "\(names)\(more) (\(VisibleText.of(reason)))"
        if let index = reasons.firstIndex(where: { $0.key == key }) {
          reasons[index].metrics.append(gapName(gap.metric))
        } else {
          reasons.append((key, groups.count, [gapName(gap.metric)]))
        }
      }
    }
    return reasons.map { ["groups": .text($0.key), "metrics": .text($0.metrics.joined(separator: ", "))] }
  }

  private func support(_ family: Int, _ drawn: [Int]) -> TemplateValue {
    let isWeighted = evaluation.roles.weight != nil
    let spec = evaluation.families[family]
    let most = max(1, spec.slices.map(rows).max() ?? 1)
    let list = drawn.map { slice -> TemplateValue in
      [
        "label": .text(label(slice)),
        "href": .text("#" + anchor(slice)),
        "isReference": .bool(slice == spec.reference),
        "rows": .text(shownRows(slice)),
        "raw": .integer(rows(slice)),
        "bar": .markup(Bar.svg(Double(rows(slice)) / Double(most))),
        "weight": .text(
          evaluation.withholds(.rows, slice) ? "withheld" : NumberText.count(evaluation.slices.weight[slice])),
        "positives": hasLabel ? .text(shownPart("prevalence", slice)) : .null,
        "negatives": hasLabel ? .text(shownPart("prevalence", slice, rest: true)) : .null,
        "selected": .text(shownPart("selection_rate", slice)),
        "notSelected": .text(shownPart("selection_rate", slice, rest: true)),
        "prevalence": evaluation.estimate("prevalence", slice: slice)?.cell() ?? .null,
        "isSmall": .bool(rows(slice) < Wording.smallCount && !evaluation.withholds(.rows, slice)),
        "isMissing": .bool(evaluation.slices.predicate[slice].contains("=(missing)")),
        "isEmpty": .bool(isEmpty(slice)),
      ]
    }
    return [
      "rows": .list(list), "isWeighted": .bool(isWeighted),
      "hasPrevalence": .bool(entry("prevalence") != nil),
    ]
  }
}

/// A bar for a table's cell, which says the same in digits.
enum Bar {
  static func svg(_ share: Double) -> String {
    let box = Box(x: 0, y: 3, width: share > 0 ? max(1, 72 * min(1, share)) : 0, height: 8)
    return Scene(width: 72, height: 14, title: "", marks: [.box(box, .reference, opacity: 0.55)])
      .svg(idPrefix: "", presence: .decorative, className: "glyph")
  }
}
