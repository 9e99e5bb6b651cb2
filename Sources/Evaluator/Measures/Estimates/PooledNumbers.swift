import Fairness
import Metrics
import Results

/// One metric of a group against the reference group, taken together over strata.
struct PooledNumbers: Sendable {
  let numbers: [(measure: FairnessMeasure, number: MeasureNumber)]
  /// Strata that say nothing.
  let excluded: [String]
  /// The rows of both groups.
  let base: MeasureSink.Base

  /// - Parameters:
  ///   - isOfCounts: whether rows are independent and count alike, so that rates go by their counts
  ///   - isClustered: whether rows of one unit are not independent
  init(_ estimates: StratifiedEstimates, isOfCounts: Bool, isClustered: Bool, level: Double) {
    let metric = estimates.metric
    let counts = estimates.comparison
    var found: [(measure: FairnessMeasure, number: MeasureNumber)] = []
    for measure in [FairnessMeasure.pooledDifference, .standardizedDifference] {
      let number = isOfCounts ? counts?.difference(measure, level: level) : nil
      found.append((measure, number ?? estimates.difference(measure, level: level)))
    }
    if metric.allowsRatios {
      let number = isOfCounts ? counts?.ratio(level: level) : nil
      found.append((.pooledRatio, number ?? estimates.ratio(level: level)))
    }
    if let counts {
      for (measure, number) in [
        (FairnessMeasure.pooledOddsRatio, counts.oddsRatio(level: level)),
        (.oddsRatioHomogeneity, counts.homogeneity),
      ] {
        found.append(
          (
            measure,
            isOfCounts || number.value.value == nil
              ? number
              : MeasureNumber(
                number.value,
                reason: isClustered
                  ? "rows of one unit are not independent" : "no interval of weighted rows is known")
          ))
      }
    }
    let homogeneity = isOfCounts ? counts?.differenceHomogeneity : nil
    found.append((.differenceHomogeneity, homogeneity ?? estimates.homogeneity))
    numbers = found
    excluded = estimates.excluded
    base = MeasureSink.Base(
      estimates.strata.flatMap { [$0.focal.estimate(metric), $0.reference.estimate(metric)] })
  }

  static let measures: [FairnessMeasure] = [
    .pooledDifference, .pooledRatio, .pooledOddsRatio, .standardizedDifference, .oddsRatioHomogeneity,
    .differenceHomogeneity,
  ]
}
