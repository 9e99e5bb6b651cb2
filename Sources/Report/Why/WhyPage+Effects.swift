import Charts
import Results
import Templating

extension WhyPage {
  /// Groups that share a panel, and panels of single groups.
  static let overlaid = 3
  /// Attributes with a panel.
  static let effectFamilies = 3
  static let panelGroups = 6
  static let singleRows = 10
  static let leastSupport = 10
  static let categories = 15

  func effectFigures() -> [Figure] {
    explanation.effects.prefix(WhyPage.drawnEffects).compactMap { effect in
      guard explanation.features.indices.contains(effect.feature), effect.pointCount > 1 else { return nil }
      return effect.grid.isEmpty ? categoryFigure(effect) : curveFigure(effect)
    }
  }

  func effectsLead() -> String? {
    guard !explanation.effects.isEmpty else { return nil }
    let hidden = explanation.effects.count - WhyPage.drawnEffects
    var text =
      "How the score moves along a feature. Accumulated local effects (ALE) follow the data and are centred at 0; partial "
      + "dependence (PDP) sets the feature to each value in every row, also where no such row exists. Where lines are thin and "
      + "dotted, few rows stand behind them."
    if hidden > 0 {
      text += " \(Wording.plural(hidden, "more feature is", "more features are")) in evaluation.json."
    }
    let constant = explanation.effects.filter { $0.pointCount <= 1 }.map { name($0.feature) }
    if !constant.isEmpty {
      text +=
        " \(WhyWords.listed(constant)) \(constant.count == 1 ? "has" : "have") one value only: nothing to draw."
    }
    return text
  }

  /// Curves of groups by family, in the data's order.
  private func families(_ effect: FeatureEffect) -> [(family: Int, curves: [FeatureEffect.Curve])] {
    var result: [(family: Int, curves: [FeatureEffect.Curve])] = []
    for curve in effect.curves where curve.slice != 0 {
      guard let family = family(curve.slice) else { continue }
      if let place = result.firstIndex(where: { $0.family == family }) {
        result[place].curves.append(curve)
      } else {
        result.append((family, [curve]))
      }
    }
    return result
  }

  private enum Measure { case accumulated, partial }

  private func series(_ curve: FeatureEffect.Curve, _ measure: Measure) -> EffectPlot.Series? {
    let isAccumulated = measure == .accumulated
    let values = isAccumulated ? curve.accumulatedEffect : curve.partialDependence
    let errors = isAccumulated ? curve.accumulatedEffectError : curve.partialDependenceError
    guard values.contains(where: { !$0.isNaN }) else { return nil }
    return EffectPlot.Series(
      title(curve), values: values,
      halfWidths: errors.map { 2 * $0 }, support: curve.support, isReference: curve.slice == 0)
  }

  private func curveFigure(_ effect: FeatureEffect) -> Figure? {
    let feature = name(effect.feature)
    let whole = effect.curves.first { $0.slice == 0 }
    var panels: [EffectPlot.Panel] = []
    let accumulated = whole.flatMap { series($0, .accumulated) }
    for (family, curves) in families(effect).prefix(WhyPage.effectFamilies) {
      panels += groupPanels(family, curves, accumulated)
    }
    if panels.isEmpty, let accumulated {
      panels.append(
        EffectPlot.Panel(
          "ALE, all rows", yLabel: "ALE of the score", series: [accumulated], isLocal: true))
    }
    panels += partialPanels(effect, whole)
    guard !panels.isEmpty else { return nil }
    let heading = "Effect of \(feature)"
    let hidden = families(effect).enumerated().reduce(0) { sum, family in
      let curves = family.element.curves.count
      return sum + (family.offset < WhyPage.effectFamilies ? max(0, curves - WhyPage.overlaid) : curves)
    }
    let rest =
      hidden > 0
      ? " \(Wording.plural(hidden, "group is", "groups are")) in evaluation.json only." : ""
    let caption = effectCaption(effect) + rest
    let chart = EffectPlot(
      title: heading, summary: caption, xLabel: feature, grid: effect.grid, panels: panels,
      leastSupport: WhyPage.leastSupport, individualLegend: "single rows, moved to the mean's start",
      supportLegend: "rows between grid points (heights by square root)")
    let slug = slugs[effect.feature]
    return Figure(
      id: "fig-why-effect-\(slug)", fileName: "effect-\(slug)", heading: heading, caption: caption,
      chart: chart,
      table: curveTable(heading, effect), width: Figure.whole, isDense: true)
  }

  /// One panel for a family's groups, the largest of many.
  private func groupPanels(
    _ family: Int, _ curves: [FeatureEffect.Curve], _ whole: EffectPlot.Series?
  ) -> [EffectPlot.Panel] {
    let known = curves.filter { series($0, .accumulated) != nil }
    guard !known.isEmpty else { return [] }
    let all = whole.map { [$0] } ?? []
    let shown = WhyPage.largest(known, WhyPage.overlaid, rows: \.rows)
    return [
      EffectPlot.Panel(
        "ALE by \(builder.familyName(family))", yLabel: "ALE of the score",
        series: all + shown.compactMap { series($0, .accumulated) }, isLocal: true)
    ]
  }

  /// The groups of each family that is small enough to share a panel of partial dependence with all rows.
  private func overlaidFamilies(_ effect: FeatureEffect) -> [(family: Int, curves: [FeatureEffect.Curve])] {
    families(effect).compactMap { family, curves in
      let known = curves.filter { series($0, .partial) != nil }
      return known.isEmpty || known.count > WhyPage.overlaid ? nil : (family, known)
    }
  }

  /// Partial dependence over all rows, with the groups of a small family beside; single rows behind the first panel.
  private func partialPanels(_ effect: FeatureEffect, _ whole: FeatureEffect.Curve?) -> [EffectPlot.Panel] {
    guard let whole, let series = series(whole, .partial) else { return [] }
    var panels = overlaidFamilies(effect).map { family, curves in
      EffectPlot.Panel(
        "PDP by \(builder.familyName(family))", yLabel: "mean score",
        series: [series] + curves.compactMap { self.series($0, .partial) })
    }
    if panels.isEmpty { panels = [EffectPlot.Panel("PDP, all rows", yLabel: "mean score", series: [series])] }
    panels[0].individual = individual(effect, from: series.values.first ?? .nan)
    return panels
  }

  /// Some single rows' curves, moved to start where the mean does.
  private func individual(_ effect: FeatureEffect, from start: Double) -> [[Double]] {
    guard !start.isNaN else { return [] }
    let count = effect.individual.count
    let step = max(1, (count + WhyPage.singleRows - 1) / WhyPage.singleRows)
    return stride(from: 0, to: count, by: step).map { effect.individual[$0].map { $0 + start } }
  }

  // MARK: Words

  private func place(_ effect: FeatureEffect, _ index: Int) -> String {
    effect.grid.isEmpty
      ? GatePage.name(effect.labels[safe: index] ?? "") : NumberText.short(effect.grid[safe: index] ?? .nan)
  }

  private func span(_ effect: FeatureEffect, _ values: [Double]) -> (low: Int, high: Int)? {
    let known = values.indices.filter { !values[$0].isNaN }
    guard let low = known.min(by: { values[$0] < values[$1] }),
      let high = known.max(by: { values[$0] < values[$1] })
    else { return nil }
    return (low, high)
  }

  func effectCaption(_ effect: FeatureEffect) -> String {
    let feature = name(effect.feature)
    func values(_ curve: FeatureEffect.Curve) -> [Double] {
      curve.accumulatedEffect.contains { !$0.isNaN } ? curve.accumulatedEffect : curve.partialDependence
    }
    guard let whole = effect.curves.first(where: { $0.slice == 0 }), let ends = span(effect, values(whole))
    else { return "No effect of \(feature) could be computed." }
    let own = values(whole)
    let isAccumulated = whole.accumulatedEffect.contains { !$0.isNaN }
    let word = isAccumulated ? "The effect" : "The mean score"
    func show(_ value: Double) -> String { Wording.value(value, signed: isAccumulated) }
    var text =
      "\(word) of \(feature) runs from \(show(own[ends.low])) at \(place(effect, ends.low)) to "
      + "\(show(own[ends.high])) at \(place(effect, ends.high))."
    if !isAccumulated {
      text =
        "With every row's \(feature) set to one value, the mean score is lowest at \(place(effect, ends.low)) "
        + "(\(show(own[ends.low]))) and highest at \(place(effect, ends.high)) (\(show(own[ends.high])))."
    }
    let groups = effect.curves.filter { $0.slice != 0 && $0.rows >= Wording.smallCount }.compactMap {
      curve -> (slice: Int, low: Double, high: Double)? in
      span(effect, values(curve)).map { (curve.slice, values(curve)[$0.low], values(curve)[$0.high]) }
    }
    let widest = groups.max { $0.high - $0.low < $1.high - $1.low }
    let least = groups.min { $0.high - $0.low < $1.high - $1.low }
    if let widest, let least, widest.slice != least.slice {
      text +=
        " It reaches farthest in \(label(widest.slice)) (\(show(widest.low)) to \(show(widest.high))), least in "
        + "\(label(least.slice)) (\(show(least.low)) to \(show(least.high)))."
    }
    return text
  }

  // MARK: Tables

  private func curveTable(_ caption: String, _ effect: FeatureEffect) -> DataTable {
    let whole = effect.curves.first { $0.slice == 0 }
    let curves =
      [whole].compactMap { $0 }
      + families(effect).prefix(WhyPage.effectFamilies).flatMap { _, curves in
        WhyPage.largest(
          curves.filter { series($0, .accumulated) != nil }, WhyPage.overlaid, rows: \.rows)
      }
    let partial = [whole].compactMap { $0 } + overlaidFamilies(effect).flatMap(\.curves)
    return DataTable(
      caption: "\(caption). Standard errors in parentheses.",
      columns: [name(effect.feature)] + curves.map { "ALE, \(title($0))" }
        + partial.map { "PDP, \(title($0))" } + ["rows"],
      rows: effect.grid.indices.map { point in
        (
          place(effect, point),
          curves.map { withError($0.accumulatedEffect[safe: point], $0.accumulatedEffectError[safe: point]) }
            + partial.map {
              withError($0.partialDependence[safe: point], $0.partialDependenceError[safe: point])
            }
            + [.number(whole?.support[safe: point].map { Wording.count($0) } ?? "—", nil)]
        )
      })
  }

  private func title(_ curve: FeatureEffect.Curve) -> String {
    curve.slice == 0 ? "all rows" : label(curve.slice)
  }

  func withError(_ value: Double?, _ error: Double?) -> DataTable.Cell {
    guard let value = value.known else { return .text("—") }
    let spread = error.known.map { " (\(Wording.value($0)))" } ?? ""
    return .number(Wording.value(value) + spread, value)
  }

  // MARK: Categories

  private func categoryFigure(_ effect: FeatureEffect) -> Figure? {
    guard !effect.labels.isEmpty, let whole = effect.curves.first(where: { $0.slice == 0 }) else {
      return nil
    }
    let groups = WhyPage.largest(
      effect.curves.filter { $0.slice != 0 }, WhyPage.panelGroups, rows: \.rows)
    let curves = [whole] + groups
    let ordered = effect.labels.indices.sorted {
      let (a, b) = (whole.support[safe: $0] ?? 0, whole.support[safe: $1] ?? 0)
      return a != b ? a > b : $0 < $1
    }.prefix(WhyPage.categories)
    func height(_ index: Int) -> Double { whole.partialDependence[safe: index].known ?? -Double.infinity }
    let drawn = ordered.sorted { height($0) != height($1) ? height($0) > height($1) : $0 < $1 }
    let heading = "Effect of \(name(effect.feature))"
    var caption = effectCaption(effect)
    let hidden = effect.labels.count - drawn.count
    if hidden > 0 {
      caption += " \(Wording.plural(hidden, "rarer value is", "rarer values are")) in evaluation.json."
    }
    let slug = slugs[effect.feature]
    return Figure(
      id: "fig-why-effect-\(slug)", fileName: "effect-\(slug)", heading: heading, caption: caption,
      chart: categoryChart(heading, caption, effect, curves, drawn),
      table: categoryTable(heading, effect, curves, drawn), isDense: true)
  }

  private func categoryChart(
    _ heading: String, _ caption: String, _ effect: FeatureEffect, _ curves: [FeatureEffect.Curve],
    _ drawn: [Int]
  ) -> ImportancePlot {
    let whole = curves.first { $0.slice == 0 }
    return ImportancePlot(
      title: heading, summary: caption,
      panels: curves.map { ImportancePlot.Panel($0.slice == 0 ? "all rows" : label($0.slice)) },
      rows: drawn.map { point in
        let reference = whole?.partialDependence[safe: point].known
        return ImportancePlot.Row(
          GatePage.name(effect.labels[point]),
          note: whole?.support[safe: point].map { Wording.count($0) } ?? "",
          cells: curves.map { curve in
            .init(categoryReading(curve, point), reference: curve.slice == 0 ? nil : reference)
          })
      }, noteHeading: "rows", sharesScale: true, hasZero: false,
      unstableLegend: "hollow: on fewer than \(WhyPage.leastSupport) rows",
      referenceLegend: "over all rows", intervalLegend: "± 2 standard errors")
  }

  private func categoryReading(_ curve: FeatureEffect.Curve, _ point: Int) -> Reading {
    guard let value = curve.partialDependence[safe: point].known else { return .absent("no value") }
    let error = curve.partialDependenceError[safe: point].known
    return Reading(
      value, error.map { value - 2 * $0 }, error.map { value + 2 * $0 },
      isUnstable: (curve.support[safe: point] ?? 0) < WhyPage.leastSupport)
  }

  private func categoryTable(
    _ caption: String, _ effect: FeatureEffect, _ curves: [FeatureEffect.Curve], _ drawn: [Int]
  ) -> DataTable {
    DataTable(
      caption: "\(caption). Mean score, standard errors in parentheses.",
      columns: [name(effect.feature)]
        + curves.flatMap { [$0.slice == 0 ? "all rows" : label($0.slice), "rows"] },
      rows: drawn.map { point in
        (
          GatePage.name(effect.labels[point]),
          curves.flatMap { curve -> [DataTable.Cell] in
            [
              withError(curve.partialDependence[safe: point], curve.partialDependenceError[safe: point]),
              .number(curve.support[safe: point].map { Wording.count($0) } ?? "—", nil),
            ]
          }
        )
      })
  }
}
