import Fairness
import Metrics
import Results
import Slicing
import Statistics

/// Measures of two groups' scores, and of what scores mean in each group.
struct ScoreMaker {
  let input: BinaryMeasureInput
  let scored: ScoredGroups

  static let measures = FairnessMeasure.all.filter { $0.family == .score }
  private static let biasScores: [(measure: FairnessMeasure, direction: BiasScore.Direction)] = [
    (.biasScoreOverpredicted, .overpredicted), (.biasScoreUnderpredicted, .underpredicted),
  ]
  private static let pairs = measures.filter { measure in
    measure != .worstGroupCalibration && measure != .meanGroupCalibration
      && !biasScores.contains { $0.measure == measure }
  }

  func add(_ family: MeasuredFamily, to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: Self.measures) else { return }
    let rows = input.rows(family)
    addCalibration(family, rows, to: &sink)
    let isOfPairs = sink.asks(forAnyOf: Self.pairs) && family.reference != nil
    guard isOfPairs || asksForBiasScores(sink) else { return }
    let groups = scored.groups(rows, names: family.groups.map(\.name))
    if asksForBiasScores(sink) { addBiasScores(family, groups, to: &sink) }
    guard isOfPairs, let reference = family.reference else { return }
    addPairs(family, groups.map { side($0, sink) }, reference, to: &sink)
    addRest(family, rows, groups[reference], reference, to: &sink)
  }

  private func side(_ rows: AreaBetweenCurves.Group, _ sink: MeasureSink) -> ScoreSide {
    ScoreSide(
      rows, hasLabel: input.hasLabel, isProbability: input.observations.scoresAreProbabilities, sink)
  }

  private func addPairs(
    _ family: MeasuredFamily, _ groups: [ScoreSide], _ reference: Int, to sink: inout MeasureSink
  ) {
    for group in groups.indices where group != reference {
      let place = MeasureSink.Place(
        family: family.index, group: family.slice(group), reference: family.slice(reference),
        detail: family.rule)
      let base = base(family.groups[group], family.groups[reference])
      let drawn = drawn(groups[group].rows, groups[reference].rows, family, sink)
      if let curve = groups[group].curve, let other = groups[reference].curve {
        sink.add(.areaBetweenCurves, place, base) {
          let area = AreaBetweenCurves.area(curve, other)
          return drawn?.betweenCurves(area) ?? MeasureNumber(area, reason: "a group has no rows")
        }
      }
      add(groups[group], groups[reference], place, base, drawn, to: &sink)
    }
  }

  private static let distances: [FairnessMeasure] = [
    .areaBetweenCurves, .wassersteinDistance, .largestDistributionGap,
  ]

  /// The draws of a pair; nil where none of its distances is asked for.
  private func drawn(
    _ focal: AreaBetweenCurves.Group, _ reference: AreaBetweenCurves.Group, _ family: MeasuredFamily,
    _ sink: MeasureSink
  ) -> PairDistances? {
    guard sink.asks(forAnyOf: Self.distances) else { return nil }
    return PairDistances(
      focal, reference, labels: input.hasLabel, key: family.key(focal.name, reference.name),
      draws: DistanceDraws(input.configuration))
  }

  private func base(_ focal: Side, _ reference: Side) -> MeasureSink.Base {
    MeasureSink.Base(GroupCounts.total([input.counts(focal), input.counts(reference)]).counts)
  }

  /// AIF360's unprivileged rows are all those outside the reference group.
  private func addRest(
    _ family: MeasuredFamily, _ rows: [[UInt32]], _ privileged: AreaBetweenCurves.Group,
    _ reference: Int, to sink: inout MeasureSink
  ) {
    guard sink.tool == .aif360, family.groups.count > 2 else { return }
    let own = family.groups[reference]
    let outside = SliceRows.outside(rows[reference], rowCount: input.observations.rowCount)
    let rest = scored.groups([outside], names: ["rows outside \(own.name)"])[0]
    let place = MeasureSink.Place(
      family: family.index, reference: family.slice(reference),
      detail: "rows outside \(own.name) against it; \(family.rule)")
    let base = MeasureSink.Base(
      GroupCounts.total([input.outside(own, of: family), input.counts(own)]).counts)
    let drawn = drawn(rest, privileged, family, sink)
    add(side(rest, sink), side(privileged, sink), place, base, drawn, to: &sink)
  }

  private func add(
    _ focal: ScoreSide, _ reference: ScoreSide, _ place: MeasureSink.Place, _ base: MeasureSink.Base,
    _ drawn: PairDistances?, to sink: inout MeasureSink
  ) {
    if let own = focal.classes, let other = reference.classes {
      sink.add(.crossGroupAreaDifference, place, base) {
        CrossGroupArea.difference(focal: own, reference: other, level: input.level)
      }
    }
    if let own = focal.classMeans, let other = reference.classMeans {
      addGeneralized(own, other, place, base, to: &sink)
    }
    sink.addDistances(
      focal.rows, reference.rows, level: input.level, place, base, means: (focal.mean, reference.mean)
    ) { drawn }
  }

  // MARK: Generalised rates

  private func addGeneralized(
    _ focal: ScoreSide.ClassMeans, _ reference: ScoreSide.ClassMeans, _ place: MeasureSink.Place,
    _ base: MeasureSink.Base, to sink: inout MeasureSink
  ) {
    func gap(_ label: UInt8, _ level: Double) -> MeasureNumber {
      let (own, other) =
        label == 1 ? (focal.positives, reference.positives) : (focal.negatives, reference.negatives)
      guard let own, let other else {
        return MeasureNumber(
          .undefined("a group has no \(label == 1 ? "positives" : "negatives")"), reason: "")
      }
      return MeanGap(own, other).difference(level: level, range: -1...1)
    }
    sink.add(.generalizedTruePositiveRateDifference, place, base) { gap(1, input.level) }
    sink.add(.generalizedFalsePositiveRateDifference, place, base) { gap(0, input.level) }
    sink.add(.generalizedEqualizedOddsDifference, place, base) {
      let each = 1 - (1 - input.level) / 2
      let (a, b) = (gap(1, each), gap(0, each))
      let value = MeasureValue.combine(a.value, b.value) { max(abs($0), abs($1)) }
      guard let first = a.limits?.magnitude, let second = b.limits?.magnitude else {
        return MeasureNumber(value, reason: "a rate has no interval")
      }
      return MeasureNumber(
        value,
        Interval(lower: max(first.lower, second.lower), upper: max(first.upper, second.upper)),
        "simultaneous normal limits (Bonferroni)")
    }
  }

  // MARK: Bias scores

  private func asksForBiasScores(_ sink: MeasureSink) -> Bool {
    input.hasLabel && input.observations.scoresAreProbabilities
      && sink.asks(forAnyOf: Self.biasScores.map(\.measure))
  }

  /// How much likelier each group's labels are at other odds. The p-value is one-sided, and of unweighted rows.
  private func addBiasScores(
    _ family: MeasuredFamily, _ groups: [AreaBetweenCurves.Group], to sink: inout MeasureSink
  ) {
    for (group, own) in groups.enumerated() {
      let score = BiasScore(scores: own.scores, labels: own.labels, weights: own.weights)
      let best = score.logOdds
      let place = MeasureSink.Place(family: family.index, group: family.slice(group))
      let base = MeasureSink.Base(input.counts(family.groups[group]).counts)
      for (measure, direction) in Self.biasScores {
        sink.add(measure, place, base) {
          let value = score.value(direction, at: best)
          var number = MeasureNumber(value, reason: "a largest likelihood ratio lies above 0 by chance alone")
          if own.weights == nil, let value = value.value {
            number.p = BiasScore.pValue(value)
            number.test = "one-sided likelihood-ratio test"
          }
          return number
        }
      }
    }
  }

  // MARK: Calibration

  /// Fewer rows say little of a share.
  static let leastRows = 30

  private func addCalibration(_ family: MeasuredFamily, _ rows: [[UInt32]], to sink: inout MeasureSink) {
    guard input.hasLabel, input.observations.scoresAreProbabilities,
      sink.asks(forAnyOf: [.worstGroupCalibration, .meanGroupCalibration])
    else { return }
    var codes = [Int](repeating: -1, count: scored.scores.count)
    for (group, rows) in rows.enumerated() {
      for row in rows { codes[Int(row)] = group }
    }
    let bins = input.configuration.calibrationBins
    let found = GroupCalibration(
      scores: scored.scores, labels: scored.labels, groups: codes, groupCount: rows.count,
      weights: scored.weights, bins: bins)
    let base = MeasureSink.Base(GroupCounts.total(family.groups.map(input.counts)).counts)
    let drawn = CalibrationDistances(
      found, key: family.key(), draws: DistanceDraws(input.configuration))
    let worst = found.worst(atLeast: Self.leastRows)
    let detail = worst.map { cell in
      "\(family.groups[cell.group].name), scores from \(NumberText.text(Double(cell.bin) / Double(bins))) to "
        + "\(NumberText.text(Double(cell.bin + 1) / Double(bins))); of cells with \(Self.leastRows) rows"
    }
    sink.add(
      .worstGroupCalibration,
      MeasureSink.Place(family: family.index, detail: detail), base
    ) {
      drawn.worst(atLeast: Self.leastRows)
    }
    sink.add(.meanGroupCalibration, MeasureSink.Place(family: family.index), base) { drawn.mean() }
  }
}
