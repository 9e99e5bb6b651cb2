import Fairness
import Metrics
import Results
import Slicing
import Statistics

/// Measures of metrics by their estimates from the engine of rows, which know which rows are of one unit: every measure
/// that is of any metric.
struct EstimateMeasures: Sendable {
  let families: [MeasuredFamily]
  private let metrics: [Metric]
  private let level: Double
  private let aggregation: AggregationMaker
  private let classes: ClassGapMaker
  private let strata: EstimateStrata?
  /// Places among the stratified families.
  private let stratified: [Int: Int]
  private let correlations: UnitCorrelations

  /// - Parameters:
  ///   - reported: places of the metrics that are told of, among the task's
  ///   - strata: nil without controls
  ///   - wishes: all that is asked for
  init(
    _ task: RowTask, _ counted: RowCounted, reported: [Int], _ strata: Strata?, _ wishes: [MeasureWish],
    _ configuration: Configuration
  ) {
    let families = counted.measuredFamilies
    self.families = families
    correlations = counted.correlations
    level = configuration.level
    let compared = reported.filter { task.metrics[$0].definition.entry.kind != .count }
    metrics = compared.map { Metric(task.metrics[$0].definition) }
    aggregation = AggregationMaker(
      metrics, level: configuration.level,
      bootstrap: CellBootstrap(
        replicates: configuration.bootstrapReplicates, seed: configuration.seed, isWeighted: false),
      correlations: counted.correlations
    ) { counted.covariance($0, $1) }
    classes = ClassGapMaker(task.classes ?? [], counted.metrics, aggregation)
    func asks(_ measures: [FairnessMeasure]) -> Bool {
      wishes.contains { wish in measures.contains(where: wish.asks) }
    }
    func rows(_ family: MeasuredFamily) -> [[UInt32]] {
      family.groups.indices.map { counted.rows[family.slice($0)] }
    }
    let apart = families.filter { family in strata.map { $0.isApart(family) } ?? false }
    stratified = Dictionary(uniqueKeysWithValues: apart.enumerated().map { ($1.index, $0) })
    self.strata =
      strata.flatMap { strata in
        guard !apart.isEmpty, asks(EstimateStrata.measures) else { return nil }
        return EstimateStrata(strata, task, compared, apart.map { ($0, rows: rows($0)) }, configuration)
      }
  }

  /// - Parameter place: of the family
  func add(_ place: Int, to sink: inout MeasureSink) {
    let family = families[place]
    aggregation.add(family, to: &sink)
    EstimatePairs(metrics, level: level, correlations: correlations).add(family, to: &sink)
    classes.add(family, to: &sink)
    if let strata, let own = stratified[family.index] { strata.add(family, own, to: &sink) }
  }
}

extension RowCounted {
  /// The groups of every family but that of all rows, known by their estimates.
  var measuredFamilies: [MeasuredFamily] {
    let overall = side(0)
    return plan.families.indices.dropFirst().map { index in
      let first = firstSlice[index]
      return MeasuredFamily(
        index: index, first: first, features: plan.featureNames(plan.families[index]),
        groups: (first..<first + plan.families[index].shown.count).map(side), overall: overall,
        named: references[index])
    }
  }
}
