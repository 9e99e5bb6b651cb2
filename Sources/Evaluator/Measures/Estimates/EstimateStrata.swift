import Fairness
import Metrics
import Results
import Statistics

/// Groups compared within the levels of the control features by their estimates, in any task: level by level, and taken
/// together.
struct EstimateStrata: Sendable {
  private let strata: Strata
  private let metrics: [Metric]
  private let configuration: Configuration
  /// By metric.
  private let found: [(wholes: [Estimate], families: [StratifiedRows.Found])]
  /// Rows of all groups by family, stratum and group, and of all rows by stratum.
  private let sizes: [[[Int]]]
  private let unitCounts: [[[Int]]]?
  private let wholeSizes: [Int]

  static let measures: [FairnessMeasure] =
    AggregationMaker.measures + EstimatePairs.measures + PooledNumbers.measures + [.valueWithinStratum]

  /// - Parameters:
  ///   - places: of the metrics that are wanted, among the task's
  ///   - families: those without a control among their features, and the rows of each group
  init(
    _ strata: Strata, _ task: RowTask, _ places: [Int], _ families: [(MeasuredFamily, rows: [[UInt32]])],
    _ configuration: Configuration
  ) {
    (self.strata, self.configuration) = (strata, configuration)
    let rows = StratifiedRows(
      task, places, strata: strata.names, codes: strata.codes,
      families.map { ($0.groups.map(\.name), $1, $0.reference) }, configuration)
    metrics = rows.metrics
    (sizes, unitCounts) = (rows.sizes, rows.unitCounts)
    wholeSizes = rows.wholeSizes
    found = rows.measured(threads: configuration.threadCount)
  }

  /// - Parameter place: of the family among those that were measured
  func add(_ family: MeasuredFamily, _ place: Int, to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: Self.measures) else { return }
    for stratum in strata.names.indices where wholeSizes[stratum] > 0 {
      let name = strata.names[stratum]
      let within = within(family, place, stratum)
      sink.addValues(within, metrics, stratum: name)
      let correlations = correlations(place, stratum, family)
      aggregation(place, stratum, family.first, correlations).add(within, stratum: name, to: &sink)
      EstimatePairs(metrics, level: configuration.level, correlations: correlations)
        .add(within, stratum: name, to: &sink)
    }
    addPooled(family, place, to: &sink)
  }

  /// The family's groups within a stratum; overall is all rows of the stratum.
  private func within(_ family: MeasuredFamily, _ place: Int, _ stratum: Int) -> MeasuredFamily {
    func side(_ old: Side, _ rows: Int, _ units: Int?, _ estimate: (Int) -> Estimate) -> Side {
      Side(
        name: old.name, slice: old.slice, rows: rows,
        estimates: Dictionary(uniqueKeysWithValues: metrics.enumerated().map { ($1, estimate($0)) }),
        units: units)
    }
    return MeasuredFamily(
      index: family.index, first: family.first, features: family.features,
      groups: family.groups.enumerated().map { group, old in
        side(old, sizes[place][stratum][group], unitCounts?[place][stratum][group]) {
          found[$0].families[place].estimates[stratum][group]
        }
      },
      overall: side(family.overall, wholeSizes[stratum], nil) { found[$0].wholes[stratum] },
      named: family.reference)
  }

  private func correlations(_ place: Int, _ stratum: Int, _ family: MeasuredFamily) -> UnitCorrelations {
    UnitCorrelations(
      zip(metrics, found).compactMap { metric, found in
        found.families[place].matrices[stratum].map {
          .init(family: family.index, metric: metric.id, values: $0)
        }
      }
    ) { _ in family.first..<(family.first + family.groups.count) }
  }

  private func aggregation(
    _ place: Int, _ stratum: Int, _ first: Int, _ correlations: UnitCorrelations
  ) -> AggregationMaker {
    let places = Dictionary(uniqueKeysWithValues: metrics.enumerated().map { ($1, $0) })
    let found = found
    return AggregationMaker(
      metrics, level: configuration.level,
      bootstrap: CellBootstrap(
        replicates: configuration.bootstrapReplicates, seed: configuration.seed, isWeighted: false),
      correlations: correlations
    ) { metric, side in
      guard let index = places[metric], let slice = side.slice,
        !metric.isRate || found[index].families[place].matrices[stratum] != nil
      else { return nil }
      let covariance = found[index].families[place].covariances[stratum][slice - first]
      return covariance.isNaN ? nil : covariance
    }
  }

  private func addPooled(_ family: MeasuredFamily, _ place: Int, to sink: inout MeasureSink) {
    guard let reference = family.reference else { return }
    for (index, metric) in metrics.enumerated() {
      for (group, pooled) in found[index].families[place].pooled.enumerated() {
        guard let pooled else { continue }
        let about = MeasureSink.Place(
          family: family.index, group: family.slice(group), reference: family.slice(reference),
          metric: metric.id, detail: strata.detail(pooled.excluded))
        for (measure, number) in pooled.numbers { sink.add(measure, about, pooled.base) { number } }
      }
    }
  }
}

extension MeasureSink {
  /// Each group's own values within a stratum.
  mutating func addValues(_ family: MeasuredFamily, _ metrics: [Metric], stratum: String) {
    guard asks(for: .valueWithinStratum) else { return }
    for metric in metrics where AggregationMaker.isCompared(metric) {
      for (group, side) in family.groups.enumerated() {
        guard let estimate = side.estimate(metric) else { continue }
        let place = Place(
          family: family.index, group: family.slice(group), metric: metric.id, stratum: stratum)
        add(.valueWithinStratum, place, Base([estimate])) { MeasureNumber(estimate, metric) }
      }
    }
  }
}

extension MeasureNumber {
  /// A metric's own value.
  init(_ estimate: Estimate, _ metric: Metric) {
    let reason = estimate.reason ?? "the metric has no interval"
    guard let value = estimate.value else {
      self.init(.undefined(reason), reason: "")
      return
    }
    self.init(
      .value(value),
      estimate.lower.flatMap { lower in estimate.upper.map { .init(lower: lower, upper: $0) } },
      metric.entry.interval ?? "", reason: reason)
  }
}
