import Fairness
import Metrics
import Results
import Slicing
import Statistics
import TableIngest
import Tables

/// The fairness measures of a binary run.
struct BinaryMeasures {
  private let selection: MeasureSelection
  private let input: BinaryMeasureInput
  private let strata: Strata?
  private let table: Table
  private let aggregation: AggregationMaker
  /// Metrics from the engine of rows; nil where there are none.
  private let estimated: EstimateMeasures?
  /// Whether all metrics come from there.
  private let hasAll: Bool
  /// Metrics that are no rates within strata; nil where none are wanted.
  private let others: EstimateStrata?
  private let apart: [MeasuredFamily]

  init(
    _ selection: MeasureSelection, _ input: RunInput, _ counted: Counted, _ rows: BinaryRows?,
    _ metrics: Selection, _ table: Table, _ configuration: Configuration
  ) throws(Failure) {
    self.selection = selection
    let own = BinaryMeasureInput(input, counted, metrics, configuration, selection.wishes)
    self.input = own
    self.table = table
    let strata = try Strata(configuration, table)
    try strata?.refuseCells(own.families)
    self.strata = strata
    hasAll = rows?.hasAll ?? false
    estimated = rows.map {
      EstimateMeasures(
        $0.task, $0.counted, reported: $0.compared(metrics), strata, selection.wishes, configuration)
    }
    let apart = own.families.filter { strata?.isApart($0) ?? false }
    self.apart = apart
    others = try strata.flatMap { strata throws(Failure) in
      try Self.others(input, own, strata, apart, selection.wishes, configuration)
    }
    let overall = counted.slices[0]
    aggregation = AggregationMaker(
      own.metrics.map { Metric($0) }, level: configuration.level, bootstrap: own.bootstrap
    ) { metric, side in
      metric.binary.flatMap { Counted.covariance($0, side, overall) }
    }
  }

  /// Where units repeat they are among what the engine of rows has anyway.
  private static func others(
    _ input: RunInput, _ own: BinaryMeasureInput, _ strata: Strata, _ families: [MeasuredFamily],
    _ wishes: [MeasureWish], _ configuration: Configuration
  ) throws(Failure) -> EstimateStrata? {
    let names = own.metrics.filter { $0.rate == nil && $0.kind != .count }.map(\.id)
    let isAsked = wishes.contains { wish in
      wish.tool == nil && EstimateStrata.measures.contains(where: wish.asks)
    }
    guard isAsked, input.units == nil, !names.isEmpty, !families.isEmpty else { return nil }
    let task = try BinaryRows.task(names, input, configuration)
    return EstimateStrata(
      strata, task, Array(task.metrics.indices), families.map { ($0, rows: own.rows($0)) }, configuration)
  }

  /// - Throws: `data` where rows are too many for what is asked for
  func measured() throws(Failure) -> MeasureTable {
    let scored = scoredGroups()
    let spaces = try selection.wishes.map { wish throws(Failure) in try neighbours(wish) }
    var results: [MeasureResult] = []
    for (wish, space) in zip(selection.wishes, spaces) {
      var whole = MeasureSink(wish, isClustered: input.isClustered)
      InequalityMaker(input: input).addWhole(input.overall, to: &whole)
      AuditMaker(input: input).add(input.families, to: &whole)
      SubgroupMaker(input: input).add(to: &whole)
      space?.addWhole(to: &whole)
      results += whole.results
      let found = Workers.map(input.families.count, threads: input.configuration.threadCount) { index in
        measured(input.families[index], wish, scored, space)
      }
      results += found.flatMap { $0 }
    }
    return MeasureTable(of: results)
  }

  private func measured(
    _ family: MeasuredFamily, _ wish: MeasureWish, _ scored: ScoredGroups?, _ space: NeighbourMaker?
  ) -> [MeasureResult] {
    var sink = MeasureSink(wish, isClustered: input.isClustered)
    // Where units repeat the engine of rows has errors that the counts do not; a tool's zero rules are of counts.
    let isOfCounts = !(hasAll && wish.tool == nil)
    if isOfCounts { aggregation.add(family, to: &sink) }
    if input.hasLabel, sink.asks(forAnyOf: [.equalizedOddsDifference, .equalizedOddsRatio]) {
      aggregation.addEqualizedOdds(
        input.rates(family, [.truePositiveRate, .falsePositiveRate]), to: &sink)
    }
    PairMaker(input: input, isOfMetrics: isOfCounts).add(family, to: &sink)
    InequalityMaker(input: input).add(family, to: &sink)
    IntersectionMaker(input: input).add(family, to: &sink)
    if let scored { ScoreMaker(input: input, scored: scored).add(family, to: &sink) }
    if let strata {
      StratifiedMaker(input: input, strata: strata, aggregation: aggregation, isOfMetrics: isOfCounts)
        .add(family, to: &sink)
    }
    if let others, wish.tool == nil, let place = apart.firstIndex(where: { $0.index == family.index }) {
      others.add(family, place, to: &sink)
    }
    space?.add(family, to: &sink)
    guard let estimated, let place = estimated.families.firstIndex(where: { $0.index == family.index }) else {
      return sink.results
    }
    var own = MeasureSink(wish, isClustered: false)
    estimated.add(place, to: &own)
    return sink.results
      + own.results.filter { result in
        !isOfCounts || result.metric.map { BinaryMetric(id: $0) == nil } ?? true
      }
  }

  /// nil where nothing is asked for that looks at neighbours.
  private func neighbours(_ wish: MeasureWish) throws(Failure) -> NeighbourMaker? {
    guard NeighbourMaker.measures.contains(where: wish.asks),
      let names = input.configuration.measures.neighbourFeatures
    else { return nil }
    let features =
      input.observations.rowCount > NeighbourMaker.limit
      ? [] : try FeatureSpace(names, table, isScaled: wish.tool != .aif360).rows
    return NeighbourMaker(input: input, features: features)
  }

  /// nil where no measure of scores is asked for, or there are none.
  private func scoredGroups() -> ScoredGroups? {
    let isAsked = selection.wishes.contains { wish in ScoreMaker.measures.contains(where: wish.asks) }
    guard isAsked, let scores = input.observations.scores else { return nil }
    let rows = input.observations
    guard input.isExchanged else {
      return ScoredGroups(scores: scores, labels: rows.labels, weights: rows.weights)
    }
    return ScoredGroups(
      scores: rows.scoresAreProbabilities ? scores.map { 1 - $0 } : scores.map { -$0 },
      labels: rows.labels.map { 1 - $0 }, weights: rows.weights)
  }
}
