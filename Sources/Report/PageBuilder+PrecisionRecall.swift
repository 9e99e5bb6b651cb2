import Charts
import Results

extension PageBuilder {
  /// Precision against recall by group, each group with the level that guessing reaches.
  func precisionRecallFigure(_ family: Int, _ shown: [Int], _ cut: String) -> Figure? {
    guard let curves = evaluation.curves else { return nil }
    let series = ([0] + shown).map { slice in
      let average = evaluation.estimate("average_precision", slice: slice)
      return CurvePlot.Series(
        slice == 0 ? "Overall" : label(slice), detail: average.map { "AP " + Wording.text($0) } ?? "",
        points: PageBuilder.precisionRecallPoints(curves, slice), operating: precisionAndRecall(slice),
        prevalence: evaluation.estimate("prevalence", slice: slice)?.value,
        isUnstable: positives(slice) < Wording.smallCount, isReference: slice == 0)
    }
    guard series.contains(where: { $0.points.count > 1 }) else { return nil }
    let heading = "Precision and recall by \(familyName(family))"
    let caption = precisionRecallCaption(shown) + cut
    let entries = ["average_precision", "prevalence", "precision", "true_positive_rate"].compactMap(entry)
    return Figure(
      id: "fig-pr-\(slugs[family])", fileName: "pr-\(slugs[family])", heading: heading, caption: caption,
      chart: CurvePlot(
        .precisionRecall, title: heading, summary: caption, series: series,
        operatingLegend: evaluation.roles.threshold.map { "decision at threshold \($0.description)" }
          ?? "the decisions"),
      table: groupTable(heading, entries, [0] + shown), width: shown.count <= 3 ? Figure.half : Figure.whole)
  }

  /// Recall and precision at the stored thresholds, from the highest that selects anybody to all rows. The first
  /// precision reaches back to recall 0, as average precision counts it.
  static func precisionRecallPoints(_ curves: ThresholdCurves, _ slice: Int) -> [Point] {
    let entries = curves.offsets[slice]..<curves.offsets[slice + 1]
    let positives = entries.reduce(0) { $0 + curves.positives[$1] }
    let rows = entries.reduce(positives) { $0 + curves.negatives[$1] }
    guard positives > 0 else { return [] }
    let above = curves.above(slice: slice)
    let inner = zip(above.positives, above.negatives).reversed().compactMap { right, wrong -> Point? in
      right + wrong > 0 ? Point(right / positives, right / (right + wrong)) : nil
    }
    let points = inner + [Point(1, positives / rows)]
    return [Point(0, points[0].y)] + points
  }

  private func precisionAndRecall(_ slice: Int) -> CurvePlot.OperatingPoint? {
    guard let recall = evaluation.estimate("true_positive_rate", slice: slice),
      let precision = evaluation.estimate("precision", slice: slice), recall.value != nil,
      precision.value != nil
    else { return nil }
    return CurvePlot.OperatingPoint(x: Wording.reading(recall), y: Wording.reading(precision))
  }

  /// Average precision grows with prevalence by itself, so the two are told together.
  private func precisionRecallCaption(_ shown: [Int]) -> String {
    let known = shown.compactMap { slice -> (slice: Int, average: Double, share: Double)? in
      guard let average = evaluation.estimate("average_precision", slice: slice)?.value,
        let share = evaluation.estimate("prevalence", slice: slice)?.value
      else { return nil }
      return (slice, average, share)
    }
    guard let low = known.min(by: { $0.average < $1.average }),
      let high = known.max(by: { $0.average < $1.average })
    else {
      return entry("prevalence") == nil
        ? "Precision against recall, at every threshold." : "Dotted: prevalence, what guessing reaches."
    }
    func words(_ one: (slice: Int, average: Double, share: Double)) -> String {
      "\(Wording.value(one.average)) in \(label(one.slice)) (prevalence \(Wording.value(one.share)))"
    }
    let finding =
      low.slice == high.slice
      ? "Average precision is \(words(low))."
      : "Average precision runs from \(words(low)) to \(words(high))."
    return finding + " Dotted: prevalence, what guessing reaches; a lower one makes precision harder."
  }
}
