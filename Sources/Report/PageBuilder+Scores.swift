import Charts
import Results
import Templating

extension PageBuilder {
  /// Groups that score charts show at most; of a family that is not drawn in full, fewer.
  static let scoredGroups = 5

  /// ROC, precision and recall, calibration, spread of scores and kinds of error by group, for the largest groups; without
  /// a label the spread of scores only. Pages have them for single attributes only: in the cells of a cross curves are noise before rates are.
  func scoreFigures(_ family: Int) -> [Figure] {
    let slices = Array(evaluation.families[family].slices).filter { rows($0) > 0 }
    let largest = Set(
      slices.sorted { rows($0) != rows($1) ? rows($0) > rows($1) : $0 < $1 }
        .prefix(PageBuilder.scoredGroups))
    let shown = slices.filter(largest.contains)
    guard !shown.isEmpty else { return [] }
    let cut =
      shown.count < evaluation.families[family].count
      ? " Shown: the \(shown.count) largest of \(Wording.count(evaluation.families[family].count)) groups."
      : ""
    if let profile { return taskFigures(profile, family, shown, cut) }
    let makers =
      hasLabel
      ? [rocFigure, precisionRecallFigure, calibrationFigure, scoreFigure, confusionFigure] : [scoreFigure]
    return makers.compactMap { make in
      var figure = make(family, shown, cut)
      figure?.isDense = shown.count > 4
      return figure
    }
  }

  private func rocFigure(_ family: Int, _ shown: [Int], _ cut: String) -> Figure? {
    guard let curves = evaluation.curves else { return nil }
    let series = ([0] + shown).map { slice in
      let small = min(positives(slice), rows(slice) - positives(slice)) < Wording.smallCount
      let auc = evaluation.estimate("roc_auc", slice: slice)
      return CurvePlot.Series(
        slice == 0 ? "Overall" : label(slice), detail: auc.map { "AUC " + Wording.text($0) } ?? "",
        points: PageBuilder.rocPoints(curves, slice), operating: operatingPoint(slice),
        isUnstable: small, isReference: slice == 0)
    }
    let heading = "ROC by \(familyName(family))"
    let known = shown.compactMap { slice in
      evaluation.estimate("roc_auc", slice: slice)?.value.map { (slice: slice, value: $0) }
    }
    var caption =
      entry("roc_auc") == nil
      ? "Share of positives selected against the share of negatives selected, at every threshold."
      : "No group has both labels, so that no AUC is defined."
    if let low = known.min(by: { $0.value < $1.value }), let high = known.max(by: { $0.value < $1.value }) {
      caption =
        low.slice == high.slice
        ? "AUC is \(Wording.value(low.value)) in \(label(low.slice))."
        : "AUC runs from \(Wording.value(low.value)) in \(label(low.slice)) to "
          + "\(Wording.value(high.value)) in \(label(high.slice))."
    }
    let entries = ["roc_auc", "true_positive_rate", "false_positive_rate"].compactMap(entry)
    return Figure(
      id: "fig-roc-\(slugs[family])", fileName: "roc-\(slugs[family])", heading: heading,
      caption: caption + cut,
      chart: CurvePlot(
        .roc, title: heading, summary: caption + cut, series: series,
        operatingLegend: evaluation.roles.threshold.map { "decision at threshold \($0.description)" }
          ?? "the decisions"),
      table: groupTable(heading, entries, [0] + shown), width: shown.count <= 3 ? Figure.half : Figure.whole)
  }

  /// False and true positive rates at the stored thresholds, from (0, 0) to (1, 1).
  static func rocPoints(_ curves: ThresholdCurves, _ slice: Int) -> [Point] {
    let entries = curves.offsets[slice]..<curves.offsets[slice + 1]
    let positives = entries.reduce(0) { $0 + curves.positives[$1] }
    let negatives = entries.reduce(0) { $0 + curves.negatives[$1] }
    guard positives > 0, negatives > 0 else { return [] }
    let above = curves.above(slice: slice)
    let inner = zip(above.negatives, above.positives).map { Point($0 / negatives, $1 / positives) }.reversed()
    return [Point(0, 0)] + inner + [Point(1, 1)]
  }

  private func operatingPoint(_ slice: Int) -> CurvePlot.OperatingPoint? {
    guard let x = evaluation.estimate("false_positive_rate", slice: slice),
      let y = evaluation.estimate("true_positive_rate", slice: slice), x.value != nil, y.value != nil
    else { return nil }
    return CurvePlot.OperatingPoint(x: Wording.reading(x), y: Wording.reading(y))
  }

  /// Metrics of the groups that a chart shows.
  func groupTable(_ caption: String, _ entries: [MetricEntry], _ slices: [Int]) -> DataTable {
    DataTable(
      caption: caption, columns: ["Group", "n"] + entries.map(\.name),
      rows: slices.map { slice in
        (
          slice == 0 ? "Overall" : label(slice),
          [rowsCell(slice)]
            + entries.map { entry in
              evaluation.estimate(entry.id, slice: slice).map {
                .number(Wording.text($0, kind: entry.kind), $0.value)
              } ?? .text("—")
            }
        )
      })
  }

  private func calibrationFigure(_ family: Int, _ shown: [Int], _ cut: String) -> Figure? {
    guard let calibration = evaluation.calibration else { return nil }
    let count = calibration.binCount
    let groups = shown.map { slice in
      let bins = (0..<count).compactMap { bin -> CalibrationPlot.Bin? in
        let index = slice * count + bin
        let weight = calibration.weight[index]
        guard weight > 0 else { return nil }
        return CalibrationPlot.Bin(
          predicted: calibration.scoreSum[index] / weight,
          observed: Reading(
            calibration.positiveSum[index] / weight, isUnstable: calibration.rows[index] < Wording.smallCount),
          count: weight, range: Double(bin) / Double(count)...Double(bin + 1) / Double(count))
      }
      return CalibrationPlot.Group(label(slice), note: calibrationNote(slice), bins: bins)
    }
    let heading = "Calibration by \(familyName(family))"
    let caption = calibrationCaption(shown) + cut
    return Figure(
      id: "fig-calibration-\(slugs[family])", fileName: "calibration-\(slugs[family])", heading: heading,
      caption: caption,
      chart: CalibrationPlot(
        title: heading, summary: caption, groups: groups,
        countLabel: evaluation.roles.weight == nil ? "Rows" : "Weight",
        unstableLegend: "hollow: fewer than \(Wording.smallCount) rows in the bin"),
      table: calibrationTable(heading, shown), width: shown.count <= 2 ? Figure.half : Figure.whole)
  }

  private func calibrationNote(_ slice: Int) -> String {
    let ece = evaluation.estimate("expected_calibration_error", slice: slice)?.value
    return "n \(shownRows(slice))" + (ece.map { ", ECE \(Wording.value($0))" } ?? "")
  }

  /// ECE is biased upwards in small groups, so it is read against what a calibrated model would show.
  private func calibrationCaption(_ shown: [Int]) -> String {
    guard let calibration = evaluation.calibration else { return "" }
    guard entry("expected_calibration_error") != nil else {
      return "Share of positives against the mean score, bin by bin."
    }
    let above = shown.filter { slice in
      guard let ece = evaluation.estimate("expected_calibration_error", slice: slice)?.value else {
        return false
      }
      return ece > calibration.expectedECE95[slice]
    }
    if above.isEmpty { return "No group's ECE is above what a calibrated model would show by chance." }
    let names = above.prefix(4).map { slice -> String in
      let ece = evaluation.estimate("expected_calibration_error", slice: slice)?.value ?? .nan
      return
        "\(label(slice)) (\(Wording.value(ece)), by chance at most \(Wording.value(calibration.expectedECE95[slice])))"
    }
    return "ECE is above the 95th percentile of a calibrated model's in "
      + "\(above.count) of \(Wording.plural(shown.count, "group", "groups")): \(names.joined(separator: ", "))"
      + (above.count > 4 ? " and others." : ".")
  }

  private func calibrationTable(_ caption: String, _ shown: [Int]) -> DataTable {
    guard let calibration = evaluation.calibration else {
      return DataTable(caption: caption, columns: [], rows: [])
    }
    let count = calibration.binCount
    var rows: [(name: String, cells: [DataTable.Cell])] = []
    for slice in shown {
      for bin in 0..<count where calibration.rows[slice * count + bin] > 0 {
        let index = slice * count + bin
        let weight = calibration.weight[index]
        let predicted = calibration.scoreSum[index] / weight
        let observed = calibration.positiveSum[index] / weight
        let edges =
          "\(Wording.value(Double(bin) / Double(count)))–\(Wording.value(Double(bin + 1) / Double(count)))"
        rows.append(
          (
            label(slice),
            [
              .text(edges), .number(Wording.count(calibration.rows[index]), Double(calibration.rows[index])),
              .number(Wording.value(predicted), predicted), .number(Wording.value(observed), observed),
            ]
          ))
      }
    }
    return DataTable(
      caption: caption, columns: ["Group", "Bin", "Rows", "Mean prediction", "Observed rate"], rows: rows)
  }

  private func confusionFigure(_ family: Int, _ all: [Int], _ cut: String) -> Figure? {
    let shown = all.filter { !evaluation.withholds(.outcomes, $0) }
    guard !shown.isEmpty else { return nil }
    let slices = evaluation.slices
    let isWeighted = !slices.cellWeights.isEmpty
    func cells(_ slice: Int) -> [Double] {
      isWeighted
        ? Array(slices.cellWeights[(4 * slice)..<(4 * slice + 4)])
        : [
          slices.truePositives[slice], slices.falsePositives[slice], slices.falseNegatives[slice],
          slices.trueNegatives[slice],
        ].map(Double.init)
    }
    let groups = shown.map { slice in
      let cell = cells(slice)
      return ConfusionGrid.Group(
        label(slice), note: "n \(shownRows(slice))", truePositives: cell[0],
        falseNegatives: cell[2],
        falsePositives: cell[1], trueNegatives: cell[3])
    }
    let heading = "Kinds of error by \(familyName(family))"
    let positive = VisibleText.of(evaluation.roles.positive)
    let caption =
      "Each row of a square adds up to 100 %: the true outcome, split by the decision"
      + (isWeighted ? ", in weight." : ".") + cut
    return Figure(
      id: "fig-confusion-\(slugs[family])", fileName: "confusion-\(slugs[family])", heading: heading,
      caption: caption,
      chart: ConfusionGrid(
        title: heading, summary: caption, groups: groups, rowLabels: [positive, "not \(positive)"],
        columnLabels: ["selected", "not"]),
      table: DataTable(
        caption: heading,
        columns: ["Group", "True positives", "False negatives", "False positives", "True negatives"],
        rows: shown.map { slice in
          let cell = cells(slice)
          return (
            label(slice), [cell[0], cell[2], cell[1], cell[3]].map { .number(NumberText.count($0), $0) }
          )
        }), width: shown.count <= 3 ? Figure.half : Figure.whole)
  }
}
