import Charts
import Results
import Templating

extension PageBuilder {
  /// How every number came about.
  func methods() -> TemplateValue {
    let rows = evaluation.metrics.map { entry -> TemplateValue in
      [
        "name": .text(entry.name), "symbol": .text(entry.symbol), "id": .text(entry.id),
        "formula": .text(entry.formula), "denominator": .text(entry.denominator),
        "interval": .text(entry.interval ?? "none"), "direction": .text(PageBuilder.directions[entry.direction] ?? ""),
      ]
    }
    var seen: Set<GapMethod> = []
    let gaps = evaluation.gaps.compactMap { gap -> TemplateValue? in
      let method = GapMethod(gap)
      guard gap.interval != nil || gap.test != nil, seen.insert(method).inserted else { return nil }
      return [
        "name": .text(gapName(gap.metric)), "comparison": .text(gap.comparison.rawValue.replacing("_", with: " ")),
        "kind": .text(gap.kind.rawValue), "interval": .text(gap.interval ?? "none"), "test": .text(gap.test ?? "none"),
      ]
    }
    return [
      "metrics": .list(rows), "gaps": .list(gaps), "replicates": .text(Wording.count(evaluation.bootstrapReplicates)),
      "seed": .text(String(evaluation.seed)), "hasCalibration": .bool(evaluation.calibration != nil),
      "calibrationBins": .integer(evaluation.calibration?.binCount ?? 0),
      "hasCurves": .bool(evaluation.curves != nil),
      "thresholds": .integer(evaluation.curves?.thresholds.count ?? 0),
    ]
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
            "name": .text(VisibleText.of(input.name)), "format": .text(input.format), "sha256": .text(input.sha256),
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

/// How a gap was judged: one line of the methods.
private struct GapMethod: Hashable {
  let metric: String
  let comparison: Gap.Comparison
  let kind: Gap.Kind
  let interval: String?
  let test: String?

  init(_ gap: Gap) {
    (metric, comparison, kind) = (gap.metric, gap.comparison, gap.kind)
    (interval, test) = (gap.interval, gap.test)
  }
}
