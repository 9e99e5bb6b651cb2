import Metrics
import Results
import Statistics

/// The trade of quality against gaps in one family after another.
struct TradeMaker {
  private let curves: ThresholdCurves
  private let slices: SliceColumns
  private let paired: PairedColumns?
  private let withheld: Set<Int>
  let operating: Int?
  private let overall: ThresholdGroup
  private let qualities: [DecisionQuality]
  private let level: Double

  init(
    curves: ThresholdCurves, slices: SliceColumns, paired: PairedColumns?, withheld: Set<Int>,
    level: Double, operating: Int?
  ) {
    (self.curves, self.slices, self.paired) = (curves, slices, paired)
    (self.withheld, self.level, self.operating) = (withheld, level, operating)
    overall = ThresholdGroup(0, curves, slices)
    let whole = overall
    qualities = [BinaryMetric.accuracy, .balancedAccuracy].compactMap {
      DecisionQuality($0, of: whole, level: level)
    }
  }

  /// One trade for each gap that two groups can take part in.
  func trades(_ index: Int, _ family: SliceFamily) -> [DecisionLab.Trade] {
    let groups = family.slices.map { ThresholdGroup($0, curves, slices) }
    return ThresholdGaps.definitions.compactMap { definition in
      let gaps = ThresholdGaps(definition, groups, withheld: withheld, level: level)
      guard gaps.groups.count > 1 else { return nil }
      let single = sweep(gaps)
      return DecisionLab.Trade(
        family: index, gap: definition.id, slices: gaps.groups.map(\.slice), excluded: gaps.excluded,
        series: qualities.flatMap { quality in
          [current(gaps, quality)] + [baseline(gaps, quality)].compactMap { $0 }
            + [self.single(gaps, quality, single), byGroup(gaps, quality)]
        })
    }
  }

  // MARK: Points

  private func add(
    _ thresholds: [Int], _ selected: [ThresholdGroup.Selected], _ whole: ThresholdGroup.Selected,
    _ gaps: ThresholdGaps, _ quality: DecisionQuality, to series: inout DecisionLab.Series
  ) {
    series.thresholds += thresholds
    let value = quality.estimate(whole)
    series.value.append(value.value)
    series.lower.append(value.limits?.lower ?? .nan)
    series.upper.append(value.limits?.upper ?? .nan)
    let gap = gaps.gap(.difference, selected).estimate
    series.gap.append(gap.value ?? .nan)
    series.gapLower.append(gap.lower ?? .nan)
    series.gapUpper.append(gap.upper ?? .nan)
  }

  private func current(_ gaps: ThresholdGaps, _ quality: DecisionQuality) -> DecisionLab.Series {
    var series = DecisionLab.Series(kind: .current, quality: quality.metric.id)
    add([], gaps.groups.map(\.decided), overall.decided, gaps, quality, to: &series)
    return series
  }

  /// The baseline's decisions, from its own cells; with weights these are not stored, but its values are.
  private func baseline(_ gaps: ThresholdGaps, _ quality: DecisionQuality) -> DecisionLab.Series? {
    guard !slices.baselineCells.isEmpty else { return nil }
    var series = DecisionLab.Series(kind: .baseline, quality: quality.metric.id)
    guard !slices.cellWeights.isEmpty else {
      add(
        [], gaps.groups.map { baselineSelected($0.slice) }, baselineSelected(0), gaps, quality, to: &series)
      return series
    }
    guard let value = paired?[quality.metric.id]?.baseline[0], !value.isNaN else { return nil }
    var gap = 0.0
    for component in gaps.definition.components {
      guard let column = paired?[component.id] else { return nil }
      let values = gaps.groups.map { column.baseline[$0.slice] }
      guard values.allSatisfy({ !$0.isNaN }) else { return nil }
      gap = max(gap, (values.max() ?? 0) - (values.min() ?? 0))
    }
    (series.value, series.lower, series.upper) = ([value], [.nan], [.nan])
    (series.gap, series.gapLower, series.gapUpper) = ([gap], [.nan], [.nan])
    return series
  }

  /// Rows that the baseline selects: in each outcome's pair of cells, the first.
  private func baselineSelected(_ slice: Int) -> ThresholdGroup.Selected {
    let cells = slices.baselineCells[8 * slice..<8 * slice + 8].map(Double.init)
    return ThresholdGroup.Selected(positives: cells[0] + cells[4], negatives: cells[2] + cells[6])
  }

  // MARK: One threshold

  /// The gap at every threshold.
  private func sweep(_ gaps: ThresholdGaps) -> [Double] {
    curves.thresholds.indices.map { index in
      gaps.value(.difference, gaps.groups.map { $0.selected(at: index) }) ?? .nan
    }
  }

  private func single(
    _ gaps: ThresholdGaps, _ quality: DecisionQuality, _ sweep: [Double]
  ) -> DecisionLab.Series {
    var stairs = Staircase(slack: quality.slack)
    let near = operating ?? 0
    // Of thresholds that are alike in both, the nearest to the one in force.
    for index in sweep.indices.sorted(by: { (abs($0 - near), $0) < (abs($1 - near), $1) })
    where !sweep[index].isNaN {
      stairs.enter(sweep[index], quality.score(overall.selected(at: index)), index)
    }
    var series = DecisionLab.Series(kind: .single, quality: quality.metric.id)
    for step in kept(stairs, gaps) {
      add(
        [step.corner], gaps.groups.map { $0.selected(at: step.corner) }, overall.selected(at: step.corner),
        gaps, quality, to: &series)
    }
    return series
  }

  // MARK: One a group

  private func byGroup(_ gaps: ThresholdGaps, _ quality: DecisionQuality) -> DecisionLab.Series {
    let near = operating ?? curves.thresholds.count / 2
    let candidates = gaps.groups.map {
      CandidatePoints($0, gaps, gain: quality.gain, loss: quality.loss, near: near)
    }
    let bounds = bounds(gaps, upTo: gaps.value(.difference, unlimited(gaps, candidates)) ?? 0)
    let frontier = GroupFrontier(candidates, within: bounds, slack: quality.slack)
    var stairs = Staircase(slack: quality.slack)
    var found: [(thresholds: [Int], selected: [ThresholdGroup.Selected], whole: ThresholdGroup.Selected)] = []
    for choice in frontier.choices {
      let selected = zip(gaps.groups, choice).map { $0.selected(at: $1) }
      let whole = whole(gaps.groups, selected)
      guard let gap = gaps.value(.difference, selected) else { continue }
      stairs.enter(gap, quality.score(whole), found.count)
      found.append((choice, selected, whole))
    }
    var series = DecisionLab.Series(
      kind: .byGroup, quality: quality.metric.id, isExact: frontier.isExact)
    for step in stairs.steps {
      let one = found[step.corner]
      add(one.thresholds, one.selected, one.whole, gaps, quality, to: &series)
    }
    return series
  }

  /// Everybody: these groups as selected, the rows of all others as decided.
  private func whole(
    _ groups: [ThresholdGroup], _ selected: [ThresholdGroup.Selected]
  ) -> ThresholdGroup.Selected {
    var whole = overall.decided
    for (group, chosen) in zip(groups, selected) {
      whole.positives += chosen.positives - group.decided.positives
      whole.negatives += chosen.negatives - group.decided.negatives
    }
    return ThresholdGroup.Selected(
      positives: min(overall.positives, max(0, whole.positives)),
      negatives: min(overall.negatives, max(0, whole.negatives)))
  }

  /// What the best choice without any limit selects.
  private func unlimited(
    _ gaps: ThresholdGaps, _ candidates: [CandidatePoints]
  ) -> [ThresholdGroup.Selected] {
    zip(gaps.groups, candidates).map { $0.selected(at: $1.threshold[$1.best]) }
  }

  /// Gaps at even steps up to the last, and half of the gap in force, ascending.
  private func bounds(_ gaps: ThresholdGaps, from first: Double = 0, upTo last: Double) -> [Double] {
    let parts = ThresholdLab.pointLimit - 2
    let even = (0..<parts).map { first + (last - first) * Double($0) / Double(parts) }
    let half = gaps.value(.difference, gaps.groups.map(\.decided)).map { $0 / 2 }
    return Set(even + [last] + (half.map { [$0] } ?? [])).sorted()
  }

  /// Of many steps the ends, and the last within each of `bounds`.
  private func kept(_ stairs: Staircase, _ gaps: ThresholdGaps) -> [Staircase.Step] {
    let steps = stairs.steps
    guard steps.count > ThresholdLab.pointLimit, let first = steps.first, let last = steps.last else {
      return steps
    }
    let places = bounds(gaps, from: first.gap, upTo: last.gap).compactMap { most in
      steps.lastIndex { $0.gap <= most }
    }
    return Set(places).sorted().map { steps[$0] }
  }
}
