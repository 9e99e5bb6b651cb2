import Charts
import Results
import Templating

extension WhyPage {
  private static let parts = 10
  private static let listedFeatures = 8
  private static let listedRows = 10
  private static let drawnDecompositions = 6

  /// What attributions add up to, in words.
  static func words(_ scale: Attributions.Scale) -> String {
    scale == .margin ? "the model's margin (log-odds for a logistic one)" : "the score"
  }

  func attributionsLead() -> String? {
    guard let attributions = explanation.attributions else { return nil }
    return
      "Shapley values share out what a prediction has beyond the mean prediction of "
      + "\(Wording.plural(attributions.backgroundRows, "background row", "background rows")) "
      + "(\(Wording.value(attributions.baseValue))), on the scale of \(WhyPage.words(attributions.scale)). "
      + "Method: \(VisibleText.of(attributions.method))."
  }

  /// Mean attribution of each feature in each group, one chart a family.
  func attributionFigures() -> [Figure] {
    guard let attributions = explanation.attributions else { return [] }
    var families: [Int] = []
    for group in attributions.groups {
      if let family = family(group.slice), group.slice != 0, !families.contains(family) {
        families.append(family)
      }
    }
    if families.isEmpty { families = attributions.groups.isEmpty ? [] : [0] }
    return families.prefix(4).compactMap { attributionFigure($0, attributions) }
  }

  private func attributionFigure(_ family: Int, _ attributions: Attributions) -> Figure? {
    let own = attributions.groups.filter { self.family($0.slice) == family }
    let groups = WhyPage.largest(own, WhyPage.panelGroups, rows: \.rows)
    let whole = attributions.groups.first { $0.slice == 0 } ?? groups.first
    func size(_ feature: Int) -> Double { whole?.meanAbsolute[safe: feature].known ?? -1 }
    let ranked = explanation.features.indices.filter(isUsed).sorted {
      size($0) != size($1) ? size($0) > size($1) : $0 < $1
    }
    let drawn = Array(ranked.prefix(WhyPage.drawnFeatures))
    guard !groups.isEmpty, !drawn.isEmpty else { return nil }
    let place = family == 0 ? "over all rows" : "by \(builder.familyName(family))"
    let heading = "Mean attribution of each feature, \(place)"
    let caption = attributionCaption(groups, drawn, hidden: own.count - groups.count)
    let chart = ImportancePlot(
      title: heading, summary: caption,
      panels: groups.map { group in
        ImportancePlot.Panel(
          group.slice == 0 ? "all rows" : label(group.slice), note: "n = \(Wording.count(group.rows))",
          lessLabel: "lowers", moreLabel: "raises")
      },
      rows: drawn.map { feature in
        ImportancePlot.Row(name(feature), cells: groups.map { .init(reading($0, feature)) })
      }, sharesScale: true, intervalLegend: "± 2 standard errors over rows")
    let slug = family == 0 ? "overall" : builder.slugs[family]
    return Figure(
      id: "fig-why-attribution-\(slug)", fileName: "attribution-\(slug)", heading: heading, caption: caption,
      chart: chart, table: attributionTable(heading, groups, drawn), isDense: true)
  }

  private func reading(_ group: Attributions.Group, _ feature: Int) -> Reading {
    guard let value = group.mean[safe: feature].known else { return .absent("no value") }
    let error = group.standardError[safe: feature].known
    return Reading(value, error.map { value - 2 * $0 }, error.map { value + 2 * $0 })
  }

  private func attributionCaption(_ groups: [Attributions.Group], _ drawn: [Int], hidden: Int) -> String {
    var parts = groups.prefix(4).compactMap { group -> String? in
      let known = drawn.filter { group.mean[safe: $0].known != nil }
      guard let most = known.max(by: { abs(group.mean[$0]) < abs(group.mean[$1]) }), group.mean[most] != 0
      else { return nil }
      return "\(group.slice == 0 ? "all rows" : label(group.slice)): \(name(most)) "
        + Wording.value(group.mean[most], signed: true)
    }
    if parts.isEmpty { parts = ["none has one"] }
    let rest =
      hidden > 0 ? " \(Wording.plural(hidden, "smaller group is", "smaller groups are")) not drawn." : ""
    return "Largest in size: \(parts.joined(separator: "; ")).\(rest)"
  }

  private func attributionTable(
    _ caption: String, _ groups: [Attributions.Group], _ features: [Int]
  ) -> DataTable {
    DataTable(
      caption: "\(caption). Standard errors in parentheses.",
      columns: ["Feature"]
        + groups.flatMap { group -> [String] in
          let name = group.slice == 0 ? "all rows" : label(group.slice)
          return ["\(name), mean", "mean size"]
        },
      rows: features.map { feature in
        (
          name(feature),
          groups.flatMap { group -> [DataTable.Cell] in
            [
              withError(group.mean[safe: feature], group.standardError[safe: feature]),
              number(group.meanAbsolute[safe: feature]),
            ]
          }
        )
      })
  }

  // MARK: Decompositions

  func decompositionFigures() -> [Figure] {
    var taken: Set<String> = []
    return explanation.decompositions.prefix(WhyPage.drawnDecompositions).compactMap { sum in
      guard let figure = decompositionFigure(sum) else { return nil }
      return taken.insert(figure.id).inserted ? figure : nil
    }
  }

  private func decompositionFigure(_ sum: GapDecomposition) -> Figure? {
    let known = explanation.features.indices.filter { sum.parts[safe: $0].known != nil }
    let ordered = known.sorted {
      let (a, b) = (abs(sum.parts[$0]), abs(sum.parts[$1]))
      return a != b ? a > b : $0 < $1
    }
    guard !ordered.isEmpty else { return nil }
    let own = Array(ordered.prefix(WhyPage.parts))
    let rest = ordered.dropFirst(WhyPage.parts).filter { sum.parts[$0] != 0 }
    let (one, other) = (label(sum.slice), label(sum.reference))
    let quantity = sum.scale == .margin ? "margin" : "score"
    let heading = "Where the difference in mean \(quantity) between \(one) and \(other) comes from"
    let caption = decompositionCaption(sum, own)
    var parts = own.map { feature in
      Waterfall.Part(
        name(feature),
        Reading(sum.parts[feature], sum.lower[safe: feature].known, sum.upper[safe: feature].known))
    }
    if !rest.isEmpty {
      parts.append(
        Waterfall.Part(
          "\(Wording.count(rest.count)) other \(rest.count == 1 ? "feature" : "features")",
          Reading(rest.reduce(0) { $0 + sum.parts[$1] })))
    }
    let whole = Waterfall.Part(
      "\(one) − \(other)", sum.difference.isNaN ? .absent("no value") : Reading(sum.difference))
    let slug =
      "\(Names.slug(evaluation.slices.predicate[safe: sum.slice] ?? ""))-\(sum.slice)-\(sum.reference)"
    return Figure(
      id: "fig-why-sum-\(slug)", fileName: "decomposition-\(slug)", heading: heading, caption: caption,
      chart: Waterfall(
        title: heading, summary: caption, parts: parts, total: whole, lessLabel: "lower in \(one)",
        moreLabel: "higher in \(one)",
        intervalLegend: "\(Wording.level(explanation.sampling.level)) interval of the part"),
      table: decompositionTable(heading, sum, ordered))
  }

  private func decompositionCaption(_ sum: GapDecomposition, _ own: [Int]) -> String {
    let (one, other) = (label(sum.slice), label(sum.reference))
    guard !sum.difference.isNaN else { return "The mean predictions for \(one) and \(other) are not known." }
    var text =
      "\(decomposedRows(sum)), on the scale of \(WhyPage.words(sum.scale)), the mean prediction in \(one) lies "
      + "\(Wording.value(abs(sum.difference))) \(sum.difference < 0 ? "below" : "above") that in \(other)."
    let same = own.filter { sum.parts[$0] * sum.difference > 0 }.prefix(3)
    if !same.isEmpty {
      let words = same.map { feature -> String in
        let limits =
          WhyWords.range(sum.lower[safe: feature], sum.upper[safe: feature]).map { ", \($0)" } ?? ""
        return "\(name(feature)) (\(Wording.value(sum.parts[feature], signed: true))\(limits))"
      }
      text += " Most of it comes by way of \(PageBuilder.listed(words))."
    }
    let against = own.filter { sum.parts[$0] * sum.difference < 0 }.prefix(2)
    if !against.isEmpty {
      text += " \(PageBuilder.listed(against.map(name))) \(against.count == 1 ? "works" : "work") against it."
    }
    return text + " The parts add up to the whole."
  }

  /// `Over 500 and 400 sampled rows`: of which rows the means are.
  private func decomposedRows(_ sum: GapDecomposition) -> String {
    let slices = [sum.slice, sum.reference]
    let counts = slices.compactMap { slice in
      explanation.attributions?.groups.first { $0.slice == slice }?.rows
    }
    guard counts.count == slices.count else { return "Over the sampled rows" }
    let isWhole = zip(slices, counts).allSatisfy { evaluation.slices.rows[safe: $0] == $1 }
    return "Over \(Wording.count(counts[0])) and \(Wording.count(counts[1])) \(isWhole ? "" : "sampled ")rows"
  }

  private func decompositionTable(_ caption: String, _ sum: GapDecomposition, _ ordered: [Int]) -> DataTable {
    DataTable(
      caption: caption, columns: ["Feature", "Part", "s.e."],
      rows: ordered.prefix(40).map { feature in
        (
          name(feature),
          [
            .number(
              NumberText.interval(
                sum.parts[feature], sum.lower[safe: feature].known, sum.upper[safe: feature].known,
                isSigned: true),
              sum.parts[feature]),
            number(sum.standardError[safe: feature]),
          ]
        )
      } + [("All features", [signed(sum.difference), .text("")])])
  }

  // MARK: Rows

  /// The listed rows, each with its largest attributions.
  func rowTables() -> [TemplateValue] {
    guard let attributions = explanation.attributions else { return [] }
    return attributions.rows.prefix(WhyPage.listedRows).enumerated().map { place, row in
      let ordered = explanation.features.indices.filter { row.values[safe: $0].known != nil }.sorted {
        let (a, b) = (abs(row.values[$0]), abs(row.values[$1]))
        return a != b ? a > b : $0 < $1
      }
      let shown = ordered.prefix(WhyPage.listedFeatures)
      let left = ordered.count - shown.count
      return [
        "id": .text("why-row-\(place + 1)"), "row": .text(Wording.count(row.row)),
        "prediction": .text(Wording.value(row.prediction)),
        "left": .optional(left > 0 ? Wording.plural(left, "smaller one", "smaller ones") : nil),
        "values": .list(
          shown.map { feature in
            [
              "name": .text(name(feature)), "value": .text(VisibleText.of(row.texts[safe: feature] ?? "")),
              "attribution": .text(Wording.value(row.values[feature], signed: true)),
              "error": .optional(
                row.errors[safe: feature].known.flatMap { $0 > 0 ? "± \(Wording.value($0))" : nil }),
            ]
          }),
      ]
    }
  }
}
