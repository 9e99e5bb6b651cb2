import Fairness
import Metrics
import Results

/// Each group's metrics against those of the reference group, by their estimates, in any task.
struct EstimatePairs {
  let metrics: [Metric]
  let level: Double
  private let pairs: PairComparer

  init(_ metrics: [Metric], level: Double, correlations: UnitCorrelations = .none) {
    (self.metrics, self.level) = (metrics, level)
    pairs = PairComparer(knownLevel: level, correlations: correlations)
  }

  static let measures: [FairnessMeasure] = [.differenceToReference, .ratioToReference]

  /// - Parameter stratum: the level of the controls that the groups' rows are of
  func add(_ family: MeasuredFamily, stratum: String? = nil, to sink: inout MeasureSink) {
    guard let reference = family.reference, sink.asks(forAnyOf: Self.measures) else { return }
    let other = family.groups[reference]
    for metric in metrics where AggregationMaker.isCompared(metric) {
      for (group, side) in family.groups.enumerated()
      where group != reference && (stratum == nil || side.rows + other.rows > 0) {
        let about = MeasureSink.Place(
          family: family.index, group: family.slice(group), reference: family.slice(reference),
          metric: metric.id, stratum: stratum, detail: family.rule)
        let base = MeasureSink.Base([side.estimate(metric), other.estimate(metric)])
        sink.add(.differenceToReference, about, base) { number(metric, side, other, .difference) }
        guard metric.allowsRatios else { continue }
        sink.add(.ratioToReference, about, base) { number(metric, side, other, .ratio) }
      }
    }
  }

  private func number(_ metric: Metric, _ side: Side, _ other: Side, _ kind: Gap.Kind) -> MeasureNumber {
    MeasureNumber(pairs.compare(metric, side, other, kind: kind, level: level))
  }
}

extension MeasureSink.Base {
  /// The rows of some estimates together.
  init(_ estimates: [Estimate?]) {
    let known = estimates.compactMap { $0 }
    self.init(
      rows: known.reduce(0) { $0 + $1.denominator }, weight: known.reduce(0) { $0 + $1.weight },
      effectiveCount: known.reduce(0) { $0 + $1.effectiveCount })
  }
}
