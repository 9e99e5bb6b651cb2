import Charts
import Metrics
import Results
import Templating

extension PageBuilder {
  /// How every number came about.
  func methods() -> TemplateValue {
    let example = exampleSlice
    let hasExample = hasOutcomes && !evaluation.withholds(.outcomes, example)
    let facts = MetricFacts(evaluation.task)
    let worked = hasExample ? WorkedFormula(evaluation, slice: example) : nil
    let rows = evaluation.metrics.map { entry -> TemplateValue in
      let number = evaluation.estimate(entry.id, slice: example).map { Wording.text($0, kind: entry.kind) }
      return [
        "name": .text(entry.name), "symbol": .text(entry.symbol), "id": .text(VisibleText.of(entry.id)),
        "formula": .text(entry.formula), "denominator": .text(entry.denominator),
        "interval": .text(entry.interval ?? "none"),
        "direction": .text(PageBuilder.directions[entry.direction] ?? ""),
        "worked": worked?.text(entry.formula).map { .text("\($0) = \(number ?? "—")") } ?? .null,
        "source": .optional(facts[entry].flatMap { $0.source.isEmpty ? nil : $0.source }),
        "range": .optional(facts[entry].map(CatalogueWords.range)),
        "undefined": .optional(facts[entry]?.undefined), "aliases": .optional(facts.aliases(entry)),
      ]
    }
    return [
      "metrics": .list(rows), "gaps": .list(gapMethods()),
      "example": .text(label(example)), "exampleWeighted": .bool(!evaluation.slices.cellWeights.isEmpty),
      "unevaluated": UnevaluatedTable(self).model(),
      "replicates": .text(Wording.count(evaluation.bootstrapReplicates)),
      "seed": .text(String(evaluation.seed)), "hasCalibration": .bool(evaluation.calibration != nil),
      "calibrationBins": .integer(evaluation.calibration?.binCount ?? 0),
      "hasCurves": .bool(evaluation.curves != nil),
      "thresholds": .integer(evaluation.curves?.thresholds.count ?? 0),
    ]
  }

  /// The group whose numbers fill in the formulas: the largest of the first attribute, or all rows.
  private var exampleSlice: Int {
    guard let family = chapters.first else { return 0 }
    let slices = evaluation.families[family].slices
    return slices.filter { !evaluation.withholds(.outcomes, $0) }.max {
      rows($0) != rows($1) ? rows($0) < rows($1) : $0 > $1
    } ?? 0
  }

  /// The ways in which gaps were judged, each with the gaps that were judged so.
  private func gapMethods() -> [TemplateValue] {
    var names: [GapMethod: [String]] = [:]
    var order: [GapMethod] = []
    for gap in evaluation.gaps where gap.interval != nil || gap.test != nil {
      let method = GapMethod(gap)
      if names[method] == nil { order.append(method) }
      if names[method]?.contains(gap.metric) != true { names[method, default: []].append(gap.metric) }
    }
    return order.map { method in
      [
        "comparison": .text(method.comparison.rawValue.replacing("_", with: " ")),
        "kind": .text(method.kind.rawValue), "interval": .text(method.interval ?? "none"),
        "test": .text(method.test ?? "none"),
        "names": .text((names[method] ?? []).map(gapName).joined(separator: ", ")),
      ]
    }
  }

  private static let directions: [MetricEntry.Direction: String] = [
    .higherIsBetter: "higher is better", .lowerIsBetter: "lower is better", .neutral: "neither",
  ]

  /// Where the numbers came from.
  func provenance() -> TemplateValue {
    let rejections = evaluation.rejections
    return [
      "inputs": .list(
        evaluation.inputs.map { input in
          [
            "name": .text(VisibleText.of(input.name)), "format": .text(input.format),
            "sha256": .text(input.sha256),
            "bytes": .text(Wording.count(input.bytes)), "read": .text(Wording.count(input.rowsRead)),
            "rejected": .text(Wording.count(input.rowsRejected)),
          ]
        }),
      "hasRejections": .bool(rejections.count > 0),
      "rejectedCount": .text(Wording.plural(rejections.count, "row was", "rows were")),
      "listedCount": .text(Wording.count(min(rejections.listed.count, 50))),
      "rejected": .list(
        rejections.listed.prefix(50).map { row in
          [
            "line": .text(Wording.count(row.line)), "column": .text(VisibleText.of(row.column)),
            "text": .text(VisibleText.of(row.text)), "reason": .text(VisibleText.of(row.reason)),
          ]
        }),
      "configuration": .text(PageBuilder.visibleLines(evaluation.configuration)),
      "producer": .text("\(evaluation.producer.name) \(evaluation.producer.version)"),
      "schema": .integer(Evaluation.schemaVersion),
      "seed": .text(String(evaluation.seed)),
    ]
  }

  /// Text of several lines, each made safe to show.
  private static func visibleLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { VisibleText.of(String($0)) }
      .joined(separator: "\n")
  }
}

/// How a gap was judged.
private struct GapMethod: Hashable {
  let comparison: Gap.Comparison
  let kind: Gap.Kind
  let interval: String?
  let test: String?

  init(_ gap: Gap) {
    (comparison, kind) = (gap.comparison, gap.kind)
    (interval, test) = (gap.interval, gap.test)
  }
}
