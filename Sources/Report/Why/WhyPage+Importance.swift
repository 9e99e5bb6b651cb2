import Charts
import Results
import Templating

extension WhyPage {
  private static let tableFeatures = 40

  /// The quantities of the chart over all rows, the leading one first.
  func drawnOverall() -> [ImportanceColumns] {
    guard let leading else { return [] }
    return Array(([leading] + overall.filter { $0 != leading }).prefix(WhyPage.drawnMetrics))
  }

  /// What is lost when each feature is shuffled, over all rows.
  func importanceFigure() -> Figure? {
    let columns = drawnOverall()
    let ranked = ranked(by: columns.first)
    let drawn = Array(ranked.prefix(WhyPage.drawnFeatures))
    guard let first = columns.first, !drawn.isEmpty else { return nil }
    let heading = "What is lost when each feature is shuffled"
    let caption =
      importanceCaption(first, drawn, hidden: ranked.count - drawn.count) + sidedNote(columns, drawn)
    let hasShares = drawn.contains { explanation.features[$0].extrapolationShare != nil }
    let chart = ImportancePlot(
      title: heading, summary: caption, panels: columns.map(panel),
      rows: drawn.map { feature in
        ImportancePlot.Row(
          name(feature), note: explanation.features[feature].extrapolationShare.map(WhyWords.percent) ?? "",
          cells: columns.map { cell($0, feature, hasRepeats: true) })
      }, noteHeading: hasShares ? "outside data" : "", unstableLegend: hollowLegend,
      intervalLegend: intervalLegend, shuffleLegend: WhyPage.shuffleLegend,
      repeatsLegend: "each repeat")
    return Figure(
      id: "fig-why-importance", fileName: "importance", heading: heading, caption: caption, chart: chart,
      table: importanceTable(heading, columns, Array(ranked.prefix(WhyPage.tableFeatures))),
      isDense: drawn.count * columns.count > 24)
  }

  static let shuffleLegend = "thick: ± 1 standard error of shuffling"

  var hollowLegend: String { "hollow: not told from zero (Holm-adjusted p ≥ \(alphaText))" }

  var intervalLegend: String { "thin: \(Wording.level(explanation.sampling.level)) interval for other rows" }

  private func panel(_ columns: ImportanceColumns) -> ImportancePlot.Panel {
    let sides = WhyPage.sides(columns)
    let base = columns.base.isNaN ? "no value as it is" : "\(Wording.value(columns.base)) as it is"
    return ImportancePlot.Panel(
      metricName(columns.metric), note: base, lessLabel: sides.less, moreLabel: sides.more)
  }

  static func sides(_ columns: ImportanceColumns) -> (less: String, more: String) {
    switch columns.meaning {
    case .qualityLost: ("better shuffled", "worse shuffled")
    case .change: ("lower shuffled", "higher shuffled")
    case .gapClosed: ("gap grows", "gap closes")
    }
  }

  func cell(
    _ columns: ImportanceColumns, _ feature: Int, hasRepeats: Bool, reference: Double? = nil
  ) -> ImportancePlot.Cell {
    ImportancePlot.Cell(
      reading(columns, feature), shuffle: columns.shuffleError[safe: feature].known,
      repeats: hasRepeats ? repeats(columns, feature) : [], reference: reference)
  }

  /// Each repeat on the chart's scale: on the side of zero where the importance counts it.
  private func repeats(_ columns: ImportanceColumns, _ feature: Int) -> [Double] {
    let raw = columns.raw[safe: feature] ?? []
    let isTurned =
      switch columns.meaning {
      case .qualityLost: entry(columns.metric)?.direction != .lowerIsBetter
      case .change: false
      case .gapClosed: columns.base >= 0
      }
    return raw.prefix(30).map { isTurned ? columns.base - $0 : $0 - columns.base }
  }

  private func importanceCaption(_ first: ImportanceColumns, _ drawn: [Int], hidden: Int) -> String {
    let clear = drawn.filter { isClear(first, $0) }
    let metric = metric(inSentence: first.metric)
    var text: String
    if clear.isEmpty {
      text = "No feature's part in \(metric) can be told from zero."
    } else {
      let top = clear.prefix(3).map { "\(name($0)) \(shown(first, $0))" }
      text =
        "\(Wording.count(clear.count)) of \(Wording.plural(drawn.count, "feature", "features")) "
        + "\(clear.count == 1 ? "has a part" : "have parts") in \(metric) that can be told from zero: "
        + WhyWords.listed(top + clear.dropFirst(3).map(name), limit: 3) + "."
    }
    if hidden > 0 {
      text +=
        " \(Wording.plural(hidden, "less important feature is", "less important features are")) not drawn, but in importances.csv."
    }
    return text
      + " Intervals hold each number by itself; p-values in the table are adjusted over the features."
  }

  /// Why a filled mark's interval may reach past zero, where one does.
  func sidedNote(_ columns: [ImportanceColumns], _ drawn: [Int]) -> String {
    let crosses = columns.contains { quantity in
      quantity.meaning == .qualityLost
        && drawn.contains { isClear(quantity, $0) && (quantity.lower[safe: $0].known ?? 1) <= 0 }
    }
    return crosses
      ? " A filled mark's interval may reach past zero: the test is one-sided, the interval two-sided." : ""
  }

  private func shown(_ columns: ImportanceColumns, _ feature: Int) -> String {
    Wording.value(columns.importance[safe: feature].known ?? .nan, signed: true)
  }

  // MARK: Tables

  func importanceTable(
    _ caption: String, _ columns: [ImportanceColumns], _ features: [Int]
  ) -> DataTable {
    DataTable(
      caption: caption,
      columns: ["Feature"]
        + columns.flatMap { quantity -> [String] in
          let name = metricName(quantity.metric)
          let word = quantity.meaning == .change ? "change" : "lost"
          return ["\(name), \(word)", "shuffled", "shuffle s.e.", "p (Holm)", "p (BH)", "repeats"]
        },
      rows: features.map { feature in
        (name(feature), columns.flatMap { cells($0, feature) })
      })
  }

  private func cells(_ columns: ImportanceColumns, _ feature: Int) -> [DataTable.Cell] {
    [
      .number(text(columns, feature), columns.importance[safe: feature].known),
      number(columns.permuted[safe: feature]),
      number(columns.shuffleError[safe: feature]),
      pValue(columns.holm[safe: feature]), pValue(columns.benjaminiHochberg[safe: feature]),
      .number(columns.repeats[safe: feature].map { Wording.count($0) } ?? "—", nil),
    ]
  }

  func number(_ value: Double?) -> DataTable.Cell {
    .number(value.known.map { Wording.value($0) } ?? "—", value.known)
  }

  func pValue(_ value: Double?) -> DataTable.Cell {
    .number(Wording.pValue(value.known) ?? "—", value.known)
  }

  /// What is known of each feature beside its importance.
  func featureTable() -> TemplateValue {
    let leading = leading
    let ranked = ranked(by: leading)
    guard !ranked.isEmpty else { return .null }
    let features = explanation.features
    return [
      "metric": .optional(leading.map { metricName($0.metric) }),
      "hasShares": .bool(features.contains { $0.extrapolationShare != nil }),
      "hasAlone": .bool(features.contains { $0.loneAUC != nil }),
      "hasAssociations": .bool(features.contains { $0.association != nil }),
      "hasColumns": .bool(features.contains { $0.columns != [$0.name] && !$0.columns.isEmpty }),
      "left": .optional(
        ranked.count > WhyPage.drawnFeatures
          ? Wording.plural(ranked.count - WhyPage.drawnFeatures, "more feature is", "more features are")
            + " in evaluation.json." : nil),
      "rows": .list(ranked.prefix(WhyPage.drawnFeatures).map { featureRow($0, leading) }),
    ]
  }

  private func featureRow(_ feature: Int, _ leading: ImportanceColumns?) -> TemplateValue {
    let one = explanation.features[feature]
    let other = one.associatedWith.map { name($0) }
    let share = one.extrapolationShare
    return [
      "name": .text(name(feature)),
      "columns": .optional(
        one.columns == [one.name] || one.columns.isEmpty
          ? nil : WhyWords.listed(one.columns.map { GatePage.name($0) }, limit: 8)),
      "importance": .optional(leading.map { text($0, feature) }),
      "isClear": .bool(leading.map { isClear($0, feature) } ?? false),
      "pValue": .optional(leading.flatMap { Wording.pValue($0.holm[safe: feature].known) }),
      "association": .optional(
        one.association.known.map { value in
          Wording.value(value) + (other.map { " with \($0)" } ?? "")
        }),
      "measure": .optional(
        one.association.known == nil ? nil : one.associationMeasure.map { VisibleText.of($0) }),
      "share": .optional(share.known.map(WhyWords.percent)),
      "isFar": .bool((share.known ?? 0) >= 0.1),
      "alone": .optional(one.loneAUC.known.map { Wording.value($0) }),
    ]
  }
}
