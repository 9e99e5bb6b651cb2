import Fairness
import Metrics
import Results

/// Gaps of one-versus-rest rates over all classes or labels of a task.
struct ClassGapMaker: Sendable {
  private struct Kind {
    let measure: FairnessMeasure
    /// The rate, without its class.
    let rate: String
    let isWeighted: Bool
  }

  private static let kinds = [
    Kind(measure: .classOpportunity, rate: "recall", isWeighted: true),
    Kind(measure: .labelParity, rate: "selection_rate", isWeighted: false),
  ]

  private let metrics: [(kind: Int, metrics: [Metric])]
  private let aggregation: AggregationMaker

  /// - Parameters:
  ///   - classes: of the task
  ///   - metrics: the computed ones
  init(_ classes: [String], _ metrics: [Metric], _ aggregation: AggregationMaker) {
    self.aggregation = aggregation
    self.metrics = Self.kinds.indices.map { kind in
      (kind, metrics.filter { $0.baseID == Self.kinds[kind].rate && $0.entry.classLabel != nil })
    }.filter { $0.metrics.count == classes.count && !classes.isEmpty }
  }

  /// The rates, without their classes, that some measures need.
  static func rates(_ wishes: [MeasureWish]) -> Set<String> {
    Set(kinds.filter { kind in wishes.contains { $0.asks(for: kind.measure) } }.map(\.rate))
  }

  func add(_ family: MeasuredFamily, to sink: inout MeasureSink) {
    for (index, metrics) in metrics where sink.asks(for: Self.kinds[index].measure) {
      let kind = Self.kinds[index]
      let level = ClassGaps.level(aggregation.level, classes: metrics.count)
      let gaps = ClassGaps(
        metrics.map { metric in
          ClassGaps.Gap(
            metric.entry.classLabel ?? metric.id,
            aggregation.numbers(metric, family, sink.tool).number(.differenceBetweenGroups, level: level)
              .number,
            weight: family.overall.estimate(metric)?.weight ?? 0)
        })
      // Every row has one class, and may have any label.
      let base = MeasureSink.Base(
        (kind.isWeighted ? metrics : [metrics[0]]).map { family.overall.estimate($0) })
      func place(_ variant: String, _ detail: String?) -> MeasureSink.Place {
        let excluded = gaps.excluded
        let parts = [detail, excluded.isEmpty ? nil : "without \(AggregationMaker.list(excluded))"]
          .compactMap { $0 }
        return MeasureSink.Place(
          family: family.index, variant: variant, detail: parts.isEmpty ? nil : parts.joined(separator: "; "))
      }
      sink.add(kind.measure, place(FairnessMeasure.Variant.maximum, gaps.largest), base) { gaps.maximum }
      sink.add(kind.measure, place(FairnessMeasure.Variant.mean, nil), base) { gaps.mean }
      guard kind.isWeighted else { continue }
      sink.add(kind.measure, place(FairnessMeasure.Variant.weighted, nil), base) { gaps.weightedMean }
    }
  }
}
