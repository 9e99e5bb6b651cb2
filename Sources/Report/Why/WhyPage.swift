import Charts
import Metrics
import Results
import Templating

/// Lays out what an explanation found, for the templates and for chart files. Nothing is computed: values are
/// chosen, ordered and worded.
struct WhyPage {
  /// Below this Holm-adjusted p-value an importance is called clear.
  static let alpha = 0.05
  /// Features in a chart or a table, and groups beside each other.
  static let drawnFeatures = 20
  static let drawnGroups = 8
  static let drawnMetrics = 3
  static let groupMetrics = 1
  static let drawnEffects = 6

  let builder: PageBuilder
  let explanation: Explanation
  /// By feature.
  let slugs: [String]

  init?(_ builder: PageBuilder) {
    guard let explanation = builder.evaluation.explanation else { return nil }
    self.builder = builder
    self.explanation = explanation
    slugs = Names.slugs(explanation.features.map(\.name))
  }

  var evaluation: Evaluation { builder.evaluation }

  func model() -> TemplateValue {
    return [
      "banner": .list(banners().map { .text($0) }),
      "warnings": .list(warnings()),
      "findings": .list(findings().map { .text($0) }),
      "model": .list((modelSentences() + samplingSentences()).map { .text($0) }),
      "unused": .optional(unusedSentence()),
      "notes": .list(notes().map { .text($0) }), "hasNotes": .bool(!explanation.notes.isEmpty),
      "importance": importanceFigure().map { $0.model() } ?? .null,
      "features": featureTable(),
      "gaps": .list(gapFigures().map { $0.model() }),
      "gapNote": .optional(hasGapSizes ? WhyWords.gapNote : nil),
      "groups": .list(groupFigures().map { $0.model() }),
      "effects": .list(effectFigures().map { $0.model() }),
      "effectsLead": .optional(effectsLead()),
      "attributions": .list(attributionFigures().map { $0.model() }),
      "attributionsLead": .optional(attributionsLead()),
      "decompositions": .list(decompositionFigures().map { $0.model() }),
      "hasAttributions": .bool(explanation.attributions != nil || !explanation.decompositions.isEmpty),
      "rows": .list(rowTables()), "hasRows": .bool(explanation.attributions?.rows.isEmpty == false),
      "level": .text(Wording.level(explanation.sampling.level)),
      "interactions": interactionTable(),
      "flips": flipTable(),
      "methods": methods(),
    ]
  }

  /// All figures, in the page's order.
  func figures() -> [Figure] {
    [importanceFigure()].compactMap { $0 } + gapFigures() + groupFigures() + effectFigures()
      + attributionFigures() + decompositionFigures()
  }

  // MARK: Looking up

  /// A feature's name for a person; `(no name)` for a blank one.
  func name(_ feature: Int) -> String {
    guard explanation.features.indices.contains(feature) else { return "(unknown)" }
    return GatePage.name(explanation.features[feature].name)
  }

  /// The catalogue's entry, also of a metric that the evaluation does not show.
  func entry(_ metric: String) -> MetricEntry? { builder.entry(metric) ?? BinaryMetric(id: metric)?.entry }

  func metricName(_ id: String) -> String {
    entry(id).map(PageBuilder.shortName) ?? MetricWords.of(id).name
  }

  /// `true positive rate`, `ROC AUC`.
  func metric(inSentence id: String) -> String { PageBuilder.lowered(metricName(id)) }

  func label(_ slice: Int) -> String {
    evaluation.slices.label.indices.contains(slice) ? builder.label(slice) : "(unknown)"
  }

  func family(_ slice: Int) -> Int? {
    evaluation.slices.family.indices.contains(slice) ? evaluation.slices.family[slice] : nil
  }

  /// Importances over all rows, those of the drawn metrics first.
  var overall: [ImportanceColumns] { explanation.importances.filter { !$0.isGap && $0.slice == 0 } }

  var gaps: [ImportanceColumns] { explanation.importances.filter(\.isGap) }

  /// The metric that speaks for the others: one about ranking, else about decisions.
  var leading: ImportanceColumns? {
    let quality = overall.filter { $0.meaning == .qualityLost }
    let order = ["roc_auc", "accuracy", "balanced_accuracy"]
    return order.lazy.compactMap { id in quality.first { $0.metric == id } }.first ?? quality.first
      ?? overall.first
  }

  /// Those with the most rows, in their own order.
  static func largest<Item>(_ items: [Item], _ limit: Int, rows: (Item) -> Int) -> [Item] {
    items.enumerated().sorted {
      let (a, b) = (rows($0.element), rows($1.element))
      return a != b ? a > b : $0.offset < $1.offset
    }.prefix(limit).sorted { $0.offset < $1.offset }.map(\.element)
  }

  func isUsed(_ feature: Int) -> Bool { explanation.features[feature].isUsed != false }

  /// Features that the model can use, the most important first; ties and unknown ones in the data's order.
  func ranked(by columns: ImportanceColumns?) -> [Int] {
    let features = explanation.features.indices.filter(isUsed)
    guard let columns else { return features }
    func rank(_ feature: Int) -> Double {
      columns.importance[safe: feature].flatMap { $0.isNaN ? nil : $0 } ?? -Double.infinity
    }
    return features.sorted { rank($0) != rank($1) ? rank($0) > rank($1) : $0 < $1 }
  }

  func isClear(_ columns: ImportanceColumns, _ feature: Int) -> Bool {
    columns.holm[safe: feature].map { $0 < WhyPage.alpha } ?? false
  }

  /// An importance with its interval; hollow where it cannot be told from zero.
  func reading(_ columns: ImportanceColumns, _ feature: Int) -> Reading {
    let value = columns.importance[safe: feature].known
    let reason = columns.reasons[safe: feature].flatMap { $0 }.map { VisibleText.of($0) }
    return Reading(
      value, columns.lower[safe: feature].known, columns.upper[safe: feature].known,
      isUnstable: value != nil && !isClear(columns, feature),
      reason: value == nil ? reason ?? "no value" : reason)
  }

  /// `−0.022 [−0.025, −0.019]`; where there is no interval, why.
  func text(_ columns: ImportanceColumns, _ feature: Int) -> String {
    let reading = reading(columns, feature)
    guard let value = reading.value else { return "— \(reading.reason ?? "no value")" }
    let hasInterval = reading.lower != nil && reading.upper != nil
    return NumberText.interval(value, reading.lower, reading.upper, isSigned: true)
      + (hasInterval ? "" : reading.reason.map { " (\($0))" } ?? "")
  }
}

extension Array {
  /// Nil beyond the end: a list may be left empty.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension Double? {
  /// Nil where it is NaN.
  var known: Double? { flatMap { $0.isNaN ? nil : $0 } }
}
