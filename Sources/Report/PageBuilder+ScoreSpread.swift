import Charts
import Results
import Templating

extension PageBuilder {
  /// How scores are spread by outcome (over all rows, where the outcome is not known), and where the threshold falls.
  func scoreFigure(_ family: Int, _ shown: [Int], _ cut: String) -> Figure? {
    guard let curves = evaluation.curves, curves.thresholds.count > 2 else { return nil }
    // Merged steps would look like peaks.
    if let kept = evaluation.suppression?.thresholds[safe: family], kept.count < curves.thresholds.count {
      return nil
    }
    // Every second threshold: what lies between is finer than the line.
    let step = curves.thresholds.count > 120 && curves.thresholds.count % 2 == 1 ? 2 : 1
    let edges = stride(from: 0, to: curves.thresholds.count, by: step).map { curves.thresholds[$0] }
    let groups = shown.map { slice in
      let rate = evaluation.estimate("selection_rate", slice: slice)?.value
      return ScoreDistribution.Group(
        label(slice), note: rate.map { "\(Wording.value($0)) selected" } ?? "",
        counts: counts(curves, slice, step: step))
    }
    let heading = "Scores by \(familyName(family))"
    let positive = VisibleText.of(evaluation.roles.positive)
    let caption =
      "Share of rows at or below each score\(hasLabel ? ", by label" : "")"
      + (evaluation.roles.threshold == nil ? "." : ": what lies right of the threshold is selected.") + cut
    let threshold = evaluation.roles.threshold.map { ReferenceLine($0, "threshold") }
    let entries = ["mean_score", "selection_rate", "prevalence"].compactMap(entry)
    return Figure(
      id: "fig-scores-\(slugs[family])", fileName: "scores-\(slugs[family])", heading: heading,
      caption: caption,
      chart: ScoreDistribution(
        .cumulative, title: heading, summary: caption, edges: edges,
        outcomes: hasLabel ? [positive, "not \(positive)"] : ["all rows"], groups: groups,
        threshold: threshold),
      table: DataTable(
        caption: heading, columns: ["Group", "n"] + entries.map(\.name),
        rows: shown.map { slice in
          (
            label(slice),
            [rowsCell(slice)]
              + entries.map { entry in
                evaluation.estimate(entry.id, slice: slice).map { .number(Wording.text($0), $0.value) }
                  ?? .text("—")
              }
          )
        }), width: shown.count <= 2 ? Figure.half : Figure.whole)
  }

  /// Rows of each label between neighbouring thresholds; what lies beyond the ends joins the bins there.
  private func counts(_ curves: ThresholdCurves, _ slice: Int, step: Int) -> [[Double]] {
    let bins = (curves.thresholds.count - 1) / step
    var positives = [Double](repeating: 0, count: bins)
    var negatives = positives
    for entry in curves.offsets[slice]..<curves.offsets[slice + 1] {
      let bin = min(bins - 1, max(0, curves.bin[entry]) / step)
      positives[bin] += curves.positives[entry]
      negatives[bin] += curves.negatives[entry]
    }
    return hasLabel ? [positives, negatives] : [negatives]
  }
}
