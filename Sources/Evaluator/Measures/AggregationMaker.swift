import Fairness
import Metrics
import Results
import Statistics

/// Measures of each metric's values over all groups of a family, in any task.
struct AggregationMaker: Sendable {
  let metrics: [Metric]
  let level: Double
  let ranges: RangeComparer
  let overall: OverallComparer

  static let measures: [FairnessMeasure] = [
    .differenceBetweenGroups, .differenceToOverall, .ratioBetweenGroups, .ratioToOverall, .groupMinimum,
    .groupMaximum,
  ]

  /// Counts say nothing of fairness; what may be negative has no ratio.
  static func isCompared(_ metric: Metric) -> Bool { metric.kind != .count }

  init(
    _ metrics: [Metric], level: Double, bootstrap: CellBootstrap, correlations: UnitCorrelations = .none,
    covariance: @escaping @Sendable (Metric, Side) -> Double?
  ) {
    self.metrics = metrics.filter(Self.isCompared)
    self.level = level
    let pairs = PairComparer(knownLevel: level, correlations: correlations)
    ranges = RangeComparer(pairs: pairs, seed: bootstrap.seed)
    overall = OverallComparer(pairs: pairs, bootstrap: bootstrap, covariance: covariance)
  }

  /// - Parameter stratum: the level of the controls that the groups' rows are of
  func add(_ family: MeasuredFamily, stratum: String? = nil, to sink: inout MeasureSink) {
    guard !family.groups.isEmpty, sink.asks(forAnyOf: Self.measures) else { return }
    for metric in metrics {
      var numbers: AggregateNumbers?
      for measure in Self.measures where metric.allowsRatios || !Self.isRatio(measure) {
        guard sink.wish.name(measure, metric: metric.id, variant: nil) != nil else { continue }
        let own = numbers ?? self.numbers(metric, family, sink.tool)
        numbers = own
        let (number, gap) = own.number(measure)
        sink.add(measure, Self.place(measure, metric, family, gap, own, stratum), base(metric, family)) {
          number
        }
      }
    }
  }

  func numbers(
    _ metric: Metric, _ family: MeasuredFamily, _ tool: Compatibility?
  ) -> AggregateNumbers {
    AggregateNumbers(
      metric, family.groups, overall: family.overall, level: level, ranges: ranges, comparer: overall,
      as: tool)
  }

  private static func isRatio(_ measure: FairnessMeasure) -> Bool {
    measure == .ratioBetweenGroups || measure == .ratioToOverall
  }

  private static func place(
    _ measure: FairnessMeasure, _ metric: Metric, _ family: MeasuredFamily, _ gap: GroupAggregate.Gap,
    _ numbers: AggregateNumbers, _ stratum: String?
  ) -> MeasureSink.Place {
    var parts: [String] = []
    switch measure {
    case .differenceBetweenGroups, .ratioBetweenGroups:
      if let low = gap.low, let high = gap.high { parts.append("lowest in \(low), highest in \(high)") }
    default: if let low = gap.low { parts.append(low) }
    }
    let excluded = numbers.aggregate.excluded
    if !excluded.isEmpty { parts.append("without \(Self.list(excluded.map(\.name)))") }
    return MeasureSink.Place(
      family: family.index, metric: metric.id, stratum: stratum,
      detail: parts.isEmpty ? nil : parts.joined(separator: "; "))
  }

  /// Some names, and how many more there are.
  static func list(_ names: [String]) -> String {
    let shown = names.prefix(3).joined(separator: ", ")
    return names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown
  }

  private func base(_ metric: Metric, _ family: MeasuredFamily) -> MeasureSink.Base {
    let estimate = family.overall.estimate(metric)
    return MeasureSink.Base(
      rows: estimate?.denominator ?? family.overall.rows, weight: estimate?.weight ?? 0,
      effectiveCount: estimate?.effectiveCount ?? 0)
  }

  // MARK: Equalized odds

  /// The true and the false positive rate's gaps together (Fairlearn).
  func addEqualizedOdds(_ family: MeasuredFamily, stratum: String? = nil, to sink: inout MeasureSink) {
    // AIF360's is of a pair.
    guard sink.tool != .aif360, !family.groups.isEmpty,
      sink.asks(forAnyOf: [.equalizedOddsDifference, .equalizedOddsRatio])
    else { return }
    let counts = family.groups.compactMap { side in side.tally.map { GroupCounts(side.name, $0.counts) } }
    let odds = EqualizedOdds(counts, as: sink.tool)
    let rates = [BinaryMetric.truePositiveRate, .falsePositiveRate].map {
      numbers(Metric($0), family, sink.tool)
    }
    let each = 1 - (1 - level) / 2
    let size = MeasureSink.Base(family.overall.tally?.counts ?? GroupCounts.total(counts).counts)
    for (variant, comparison, aggregation) in Self.oddsVariants {
      let place = MeasureSink.Place(family: family.index, stratum: stratum, variant: variant)
      for measure in [FairnessMeasure.equalizedOddsDifference, .equalizedOddsRatio] {
        let isRatio = measure == .equalizedOddsRatio
        let base: FairnessMeasure =
          comparison == .toOverall
          ? (isRatio ? .ratioToOverall : .differenceToOverall)
          : (isRatio ? .ratioBetweenGroups : .differenceBetweenGroups)
        sink.add(measure, place, size) {
          EqualizedOdds.number(
            isRatio ? odds.ratio(comparison, aggregation) : odds.difference(comparison, aggregation),
            rates[0].number(base, level: each).number, rates[1].number(base, level: each).number
          ) { aggregation == .mean ? ($0 + $1) / 2 : isRatio ? min($0, $1) : max($0, $1) }
        }
      }
    }
  }

  private static let oddsVariants: [(String, GroupAggregate.Comparison, EqualizedOdds.Aggregation)] = [
    (FairnessMeasure.Variant.worstCase, .betweenGroups, .worstCase),
    (FairnessMeasure.Variant.mean, .betweenGroups, .mean),
    (FairnessMeasure.Variant.worstToOverall, .toOverall, .worstCase),
    (FairnessMeasure.Variant.meanToOverall, .toOverall, .mean),
  ]
}
