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

  init(
    _ selection: MeasureSelection, _ input: RunInput, _ counted: Counted, _ metrics: Selection,
    _ table: Table,
    _ configuration: Configuration
  ) throws(Failure) {
    self.selection = selection
    let own = BinaryMeasureInput(input, counted, metrics, configuration, selection.wishes)
    self.input = own
    self.table = table
    strata = try Strata(configuration, table)
    let overall = counted.slices[0]
    aggregation = AggregationMaker(
      own.metrics.map { Metric($0) }, level: configuration.level, bootstrap: own.bootstrap
    ) { metric, side in
      metric.binary.flatMap { Counted.covariance($0, side, overall) }
    }
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
    aggregation.add(family, to: &sink)
    if input.hasLabel, sink.asks(forAnyOf: [.equalizedOddsDifference, .equalizedOddsRatio]) {
      aggregation.addEqualizedOdds(
        input.rates(family, [.truePositiveRate, .falsePositiveRate]), to: &sink)
    }
    PairMaker(input: input).add(family, to: &sink)
    InequalityMaker(input: input).add(family, to: &sink)
    IntersectionMaker(input: input).add(family, to: &sink)
    if let scored { ScoreMaker(input: input, scored: scored).add(family, to: &sink) }
    if let strata {
      StratifiedMaker(input: input, strata: strata, aggregation: aggregation).add(family, to: &sink)
    }
    space?.add(family, to: &sink)
    return sink.results
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
