import Charts
import Results

/// What is drawn of a task besides its metrics, from the evaluation's details.
extension PageBuilder {
  func taskFigures(_ profile: TaskProfile, _ family: Int, _ shown: [Int], _ cut: String) -> [Figure] {
    let told = shown.filter(showsDetails)
    let figures: [Figure?] =
      switch profile.kind {
      case .binary: []
      case .multiclass:
        [classGridFigure(family, told, cut)] + classFigures(profile, family, shown, cut)
      case .multilabel: classFigures(profile, family, shown, cut)
      case .regression: [residualFigure(family, told, cut), actualFigure(family, told, cut)]
      case .ranking: [exposureFigure(family, told, cut), skewFigure(family, shown, cut)]
      }
    return figures.compactMap { $0 }.map { figure in
      var figure = figure
      figure.isDense = shown.count > 4
      return figure
    }
  }

  /// Whether what is stored of a slice beyond its metrics may be shown.
  private func showsDetails(_ slice: Int) -> Bool {
    !evaluation.withholds(.rows, slice) && !evaluation.estimates.contains { $0.status[slice] == .suppressed }
  }

  // MARK: Classes

  private func classGridFigure(_ family: Int, _ shown: [Int], _ cut: String) -> Figure? {
    guard let details = evaluation.details, let classes = evaluation.roles.classes, !shown.isEmpty,
      details.confusion.count == classes.count * classes.count * evaluation.slices.count
    else { return nil }
    let table = ClassCounts(details.confusion, classes: classes, most: TaskProfile.drawnClasses)
    let groups = shown.map { slice in
      ClassGrid.Group(label(slice), note: "n \(shownRows(slice))", counts: table.counts(slice))
    }
    let heading = "What each class is taken for, by \(familyName(family))"
    let isWeighted = evaluation.roles.weight != nil
    let caption =
      confusionFinding(table, shown) + " Each row of a square, the true class, adds up to 100 %"
      + (isWeighted ? ", in weight" : "") + "; columns are the classes predicted." + cut
    return Figure(
      id: "fig-confusion-\(slugs[family])", fileName: "confusion-\(slugs[family])", heading: heading,
      caption: caption,
      chart: ClassGrid(
        title: heading, summary: caption, groups: groups, classes: table.names.map { VisibleText.of($0) }),
      table: DataTable(
        caption: heading, columns: ["Group", "True class"] + table.names.map { "as \(VisibleText.of($0))" },
        rows: shown.flatMap { slice in
          zip(table.names, table.counts(slice)).map { name, counts in
            (
              label(slice),
              [.text(VisibleText.of(name))] + counts.map { .number(NumberText.count($0), $0) }
            )
          }
        }), width: shown.count <= 2 ? Figure.half : Figure.whole)
  }

  /// The confusion that is most frequent over all rows, and the groups where it is rarest and most frequent.
  private func confusionFinding(_ table: ClassCounts, _ shown: [Int]) -> String {
    guard let worst = table.worst(0, least: Double(Wording.smallCount)) else {
      return "No class is taken for another."
    }
    let (truth, taken) = (VisibleText.of(table.names[worst.row]), VisibleText.of(table.names[worst.column]))
    let text =
      "Most often mistaken: \(truth) for \(taken), \(Charts.NumberText.value(worst.rate, .percent)) of its rows"
    let known = shown.compactMap { slice in
      table.rate(slice, worst.row, worst.column, least: Double(Wording.smallCount)).map { (slice, $0) }
    }
    guard let low = known.min(by: { $0.1 < $1.1 }), let high = known.max(by: { $0.1 < $1.1 }), low.0 != high.0
    else {
      return text + "."
    }
    return text
      + ", from \(Charts.NumberText.value(low.1, .percent)) in \(label(low.0)) to \(Charts.NumberText.value(high.1, .percent)) in \(label(high.0))."
  }

  // MARK: Regression

  private func residualFigure(_ family: Int, _ shown: [Int], _ cut: String) -> Figure? {
    guard let details = evaluation.details, !details.quantileLevels.isEmpty, !shown.isEmpty else {
      return nil
    }
    let count = details.quantileLevels.count
    func quantiles(_ slice: Int) -> [Double] {
      Array(details.residualQuantiles[(slice * count)..<((slice + 1) * count)])
    }
    let heading = "Spread of residuals by \(familyName(family))"
    let rows = ([0] + shown).map { slice in
      QuantileStrip.Row(
        slice == 0 ? "Overall" : label(slice), note: shownRows(slice), quantiles: quantiles(slice),
        isUnstable: self.rows(slice) < Wording.smallCount, isReference: slice == 0)
    }
    let caption = residualFinding(shown, quantiles) + cut
    return Figure(
      id: "fig-residuals-\(slugs[family])", fileName: "residuals-\(slugs[family])", heading: heading,
      caption: caption,
      chart: QuantileStrip(
        title: heading, summary: caption, rows: rows, axisName: "prediction − label", lessLabel: "too low",
        moreLabel: "too high", boxLegend: "middle half of the residuals", lineLegend: "from 5 % to 95 %",
        unstableLegend: "hollow: fewer than \(Wording.smallCount) rows"),
      table: DataTable(
        caption: heading,
        columns: ["Group", "n"] + details.quantileLevels.map { "\(Charts.NumberText.short($0 * 100)) %" },
        rows: ([0] + shown).map { slice in
          (
            slice == 0 ? "Overall" : label(slice),
            [rowsCell(slice)]
              + quantiles(slice).map {
                $0.isFinite ? .number(Wording.value($0, signed: true), $0) : .text("—")
              }
          )
        }))
  }

  private func residualFinding(_ shown: [Int], _ quantiles: (Int) -> [Double]) -> String {
    let medians = shown.filter { rows($0) >= Wording.smallCount }.compactMap { slice -> (Int, Double)? in
      let values = quantiles(slice)
      let median = values[values.count / 2]
      return median.isFinite ? (slice, median) : nil
    }
    guard let low = medians.min(by: { $0.1 < $1.1 }), let high = medians.max(by: { $0.1 < $1.1 }) else {
      return "No group has \(Wording.smallCount) rows."
    }
    if low.0 == high.0 {
      return "The median residual is \(Wording.value(low.1, signed: true)) in \(label(low.0))."
    }
    return
      "The median residual runs from \(Wording.value(low.1, signed: true)) in \(label(low.0)) to "
      + "\(Wording.value(high.1, signed: true)) in \(label(high.0))."
  }

  private func actualFigure(_ family: Int, _ shown: [Int], _ cut: String) -> Figure? {
    guard let details = evaluation.details, details.binCount > 1, !shown.isEmpty,
      details.binWeight.count == details.binCount * evaluation.slices.count
    else { return nil }
    let bins = PredictionBins(details, slices: [0] + shown)
    let isWeighted = evaluation.roles.weight != nil
    let groups = shown.map { slice in
      CalibrationPlot.Group(
        label(slice), note: actualNote(slice),
        bins: bins.bins(slice).map { bin in
          CalibrationPlot.Bin(
            predicted: bin.predicted,
            observed: Reading(bin.label, isUnstable: bin.weight < Double(Wording.smallCount) && !isWeighted),
            count: bin.weight, range: bin.range)
        })
    }
    let heading = "Predicted against actual by \(familyName(family))"
    let caption = actualFinding(shown) + " Above the diagonal predictions are too low." + cut
    return Figure(
      id: "fig-actual-\(slugs[family])", fileName: "actual-\(slugs[family])", heading: heading,
      caption: caption,
      chart: CalibrationPlot(
        title: heading, summary: caption, groups: groups, xLabel: "Mean prediction", yLabel: "Mean label",
        countLabel: isWeighted ? "Weight" : "Rows", domain: bins.domain,
        unstableLegend: "hollow: fewer than \(Wording.smallCount) rows in the bin"),
      table: DataTable(
        caption: heading,
        columns: ["Group", "Predictions", isWeighted ? "Weight" : "Rows", "Mean prediction", "Mean label"],
        rows: shown.flatMap { slice in
          bins.bins(slice).map { bin in
            (
              label(slice),
              [
                .text(bin.name), .number(NumberText.count(bin.weight), bin.weight),
                .number(Wording.value(bin.predicted), bin.predicted),
                .number(Wording.value(bin.label), bin.label),
              ]
            )
          }
        }), width: shown.count <= 2 ? Figure.half : Figure.whole)
  }

  private func actualNote(_ slice: Int) -> String {
    let bias = evaluation.estimate("mean_error", slice: slice)?.value
    return "n \(shownRows(slice))" + (bias.map { ", bias \(Wording.value($0, signed: true))" } ?? "")
  }

  private func actualFinding(_ shown: [Int]) -> String {
    let known = shown.compactMap { slice -> (Int, Estimate)? in
      guard let estimate = evaluation.estimate("mean_error", slice: slice), !Wording.isSmall(estimate),
        estimate.value != nil
      else { return nil }
      return (slice, estimate)
    }
    guard let worst = known.max(by: { abs($0.1.value ?? 0) < abs($1.1.value ?? 0) }),
      let value = worst.1.value
    else {
      return "No group has \(Wording.smallCount) rows."
    }
    let sure = known.filter { Wording.excludes(0, $0.1) }.count
    let direction = value < 0 ? "low" : "high"
    return
      "On average predictions are farthest off in \(label(worst.0)): \(Wording.value(abs(value))) too \(direction). "
      + "\(sure == 0 ? "No interval" : "\(sure) of \(known.count) intervals") of the mean error \(sure == 1 ? "excludes" : "exclude\(sure == 0 ? "s" : "")") 0."
  }
}
