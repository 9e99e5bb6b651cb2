import Fairness
import Metrics
import Results
import Statistics

/// Groups compared within the levels of the control features, level by level and taken together.
struct StratifiedMaker {
  let input: BinaryMeasureInput
  let strata: Strata
  let aggregation: AggregationMaker
  /// Whether rates are compared by their counts.
  let isOfMetrics: Bool

  private static let pooled: [FairnessMeasure] = [
    .pooledDifference, .pooledRatio, .pooledOddsRatio, .standardizedDifference, .oddsRatioHomogeneity,
    .differenceHomogeneity,
  ]
  /// Rates that are pooled: the others are one less one of these, or of the labels alone.
  private static let rates: [BinaryMetric] = [
    .selectionRate, .accuracy, .precision, .truePositiveRate, .falsePositiveRate, .negativePredictiveValue,
  ]

  /// Of families that have no control among their features.
  func add(_ family: MeasuredFamily, to sink: inout MeasureSink) {
    guard strata.isApart(family) else { return }
    let counts = strata.counts(input.rows(family), input.observations)
    for (stratum, groups) in counts.enumerated() {
      addAggregates(family, stratum, groups, to: &sink)
    }
    addPairs(family, counts, to: &sink)
    addDisparity(family, counts, to: &sink)
  }

  // MARK: Level by level

  /// Fairlearn's control features: nothing is pooled.
  private func addAggregates(
    _ family: MeasuredFamily, _ stratum: Int, _ groups: [OutcomeCounts], to sink: inout MeasureSink
  ) {
    let name = strata.names[stratum]
    let whole = GroupCounts.total(groups.map { GroupCounts("", $0) }).counts
    guard whole.rowCount > 0 else { return }
    if isOfMetrics, sink.asks(forAnyOf: AggregationMaker.measures + [.valueWithinStratum]) {
      let own = input.rates(family, rates(sink.tool), groups, overall: whole, named: " within " + name)
      AggregationMaker(
        rates(sink.tool).map { Metric($0) }, level: input.level, bootstrap: input.bootstrap
      ) { _, _ in nil }
      .add(own, stratum: name, to: &sink)
      if sink.tool == nil { sink.addValues(own, rates(nil).map { Metric($0) }, stratum: name) }
    }
    if input.hasLabel, sink.asks(forAnyOf: [.equalizedOddsDifference, .equalizedOddsRatio]) {
      let own = input.rates(family, [.truePositiveRate, .falsePositiveRate], groups, overall: whole)
      aggregation.addEqualizedOdds(own, stratum: name, to: &sink)
    }
  }

  /// What counts alone say within strata: rates, and under a tool all that is made of them. Other metrics come from
  /// the engine of rows (`EstimateStrata`).
  private func rates(_ tool: Compatibility?) -> [BinaryMetric] {
    aggregation.metrics.compactMap(\.binary).filter { tool == nil ? $0.rate != nil : $0.isOfCounts }
  }

  // MARK: Against the reference

  private func addPairs(
    _ family: MeasuredFamily, _ counts: [[OutcomeCounts]], to sink: inout MeasureSink
  ) {
    guard let reference = family.reference, sink.tool == nil, isOfMetrics,
      sink.asks(forAnyOf: Self.pooled + PairMaker.ofMetrics)
    else { return }
    for group in family.groups.indices where group != reference {
      let pairs = counts.enumerated().map { stratum, groups in
        StratifiedComparison.Stratum(
          strata.names[stratum], focal: GroupCounts(family.groups[group].name, groups[group]),
          reference: GroupCounts(family.groups[reference].name, groups[reference]))
      }
      for metric in Self.rates where input.hasLabel || !metric.needsLabel {
        let place = MeasureSink.Place(
          family: family.index, group: family.slice(group), reference: family.slice(reference),
          metric: metric.id, detail: family.rule)
        addStrata(pairs, metric, place, to: &sink)
        addPooled(StratifiedComparison(pairs, of: metric), pairs, place, to: &sink)
      }
    }
  }

  private func addStrata(
    _ pairs: [StratifiedComparison.Stratum], _ metric: BinaryMetric, _ place: MeasureSink.Place,
    to sink: inout MeasureSink
  ) {
    for pair in pairs where pair.focal.size + pair.reference.size > 0 {
      var place = place
      place.stratum = pair.name
      let base = MeasureSink.Base(GroupCounts.total([pair.focal, pair.reference]).counts)
      let counts = GroupPair(focal: pair.focal, reference: pair.reference)
      sink.add(.differenceToReference, place, base) { counts.rateDifference(metric, level: input.level) }
      sink.add(.ratioToReference, place, base) { counts.rateRatio(metric, level: input.level) }
    }
  }

  private func addPooled(
    _ comparison: StratifiedComparison, _ pairs: [StratifiedComparison.Stratum], _ place: MeasureSink.Place,
    to sink: inout MeasureSink
  ) {
    var place = place
    place.detail = strata.detail(comparison.excluded)
    let base = MeasureSink.Base(GroupCounts.total(pairs.flatMap { [$0.focal, $0.reference] }).counts)
    for measure in [FairnessMeasure.pooledDifference, .standardizedDifference] {
      sink.add(measure, place, base) { comparison.difference(measure, level: input.level) }
    }
    sink.add(.pooledRatio, place, base) { comparison.ratio(level: input.level) }
    sink.add(.pooledOddsRatio, place, base) { comparison.oddsRatio(level: input.level) }
    sink.add(.oddsRatioHomogeneity, place, base) { comparison.homogeneity }
    sink.add(.differenceHomogeneity, place, base) { comparison.differenceHomogeneity }
  }

  // MARK: Demographic disparity

  private func addDisparity(
    _ family: MeasuredFamily, _ counts: [[OutcomeCounts]], to sink: inout MeasureSink
  ) {
    guard sink.asks(for: .conditionalDemographicDisparity) else { return }
    let totals = wholes(family)
    for group in family.groups.indices {
      let parts = counts.indices.map { stratum in
        let own = counts[stratum][group]
        return (
          name: strata.names[stratum], focal: input.oriented(GroupCounts(family.groups[group].name, own)),
          others: input.oriented(GroupCounts("rows outside", own.complement(in: totals[stratum])))
        )
      }
      for variant in [FairnessMeasure.Variant.labels, FairnessMeasure.Variant.predictions] {
        let ofLabels = variant == FairnessMeasure.Variant.labels
        guard !ofLabels || input.hasLabel else { continue }
        let (number, excluded) = ConditionalDisparity.number(
          parts, ofLabels: ofLabels, as: sink.tool, level: input.level)
        let place = MeasureSink.Place(
          family: family.index, group: family.slice(group), variant: variant,
          detail: strata.detail(excluded))
        sink.add(
          .conditionalDemographicDisparity, place,
          MeasureSink.Base(family.overall.tally?.counts ?? BinaryMeasureInput.empty)
        ) { number }
      }
    }
  }

  /// All rows of each stratum, whatever groups are reported.
  private func wholes(_ family: MeasuredFamily) -> [OutcomeCounts] {
    let all = Array(0..<UInt32(input.observations.rowCount))
    return strata.counts([all], input.observations).map { $0[0] }
  }
}
