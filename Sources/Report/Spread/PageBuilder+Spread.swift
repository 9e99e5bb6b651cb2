import Charts
import Results
import Templating

extension PageBuilder {
  /// How much of a family's gaps is noise; null where nothing is known of it.
  func spread(_ family: Int) -> TemplateValue {
    let found = spreads(family)
    guard let first = found.first else { return .null }
    return [
      "lead": .text(sentence(first)),
      "rows": .list(found.map { spreadRow($0) }),
    ]
  }

  /// In the order of the table of gaps, and no more of them than it shows.
  private func spreads(_ family: Int) -> [Spread] {
    let gaps = gaps(family, .betweenGroups, .difference).filter { !isAtCut($0.metric) }
    let ids = GapNames.ordered(gaps.map(\.metric), chief: chiefIDs)
    var known: Set<String> = []
    let metrics = (isCut(family) ? Array(ids.prefix(PageBuilder.gapsInPart)) : ids).compactMap { id in
      gaps.first { $0.metric == id }?.component
    }.filter { known.insert($0).inserted }
    return metrics.filter { Self.complements[$0].map { !metrics.contains($0) } ?? true }.compactMap {
      evaluation.spreads?.spread(family: family, metric: $0)
    }
  }

  /// A rate and what is left of it differ by as much.
  private static let complements = [
    "false_negative_rate": "true_positive_rate", "true_negative_rate": "false_positive_rate",
    "false_discovery_rate": "precision",
  ]

  private func spreadRow(_ spread: Spread) -> TemplateValue {
    func text(_ number: Double) -> TemplateValue {
      number.isNaN ? .null : .text(Wording.value(number))
    }
    let limits = [spread.deviationLower, spread.deviationUpper]
    let shown = limits.map { $0.isFinite ? Wording.value($0) : "…" }.joined(separator: ", ")
    return [
      "name": .text(metricName(spread.metric)),
      "range": text(spread.range),
      "floor": text(spread.noiseFloor),
      "deviation": spread.variance.isNaN ? .null : .text(Wording.value(spread.deviation)),
      "limits": limits.contains { $0.isNaN } ? .null : .text("[\(shown)]"),
      "within": text(spread.within),
      "detectable": text(spread.detectable),
      "rows": spread.rowsToDecide.isFinite ? .text(NumberText.count(spread.rowsToDecide)) : .text("—"),
    ]
  }

  private func metricName(_ id: String) -> String {
    entry(id).map(PageBuilder.shortName) ?? VisibleText.of(id)
  }

  /// What the first gap would be of a model that treats all groups alike, and what is left of it.
  func sentence(_ spread: Spread) -> String {
    let name = metricName(spread.metric)
    let groups = Wording.plural(spread.groups, "group", "groups")
    var text = "\(name): the \(groups) lie up to \(Wording.value(spread.range)) apart"
    if !spread.noiseFloor.isNaN {
      text += "; were they alike in truth, groups of these sizes would still lie "
      text += "\(Wording.value(spread.noiseFloor)) apart on average"
    }
    text += "."
    guard !spread.variance.isNaN else { return text }
    if spread.variance <= 0 { return text + " They differ no more than chance would have them." }
    return text + " With the noise taken off, their standard deviation is \(Wording.value(spread.deviation))."
  }
}
