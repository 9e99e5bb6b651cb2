import Fairness

extension MeasureSink {
  /// A group's numbers, ascending, and the weight of each; 1 each where nil.
  struct Sample {
    let values: [Double]
    let weights: [Double]?
  }

  private static let distances: [FairnessMeasure] = [.wassersteinDistance, .largestDistributionGap]

  /// How far two groups' scores or predictions lie apart.
  mutating func addDistances(
    _ focal: Sample, _ reference: Sample, level: Double, _ place: Place, _ base: Base
  ) {
    let gap =
      asks(forAnyOf: Self.distances)
      ? DistributionGap(
        focal.values, weights: focal.weights, reference.values, weights: reference.weights) : nil
    for (measure, value) in zip(Self.distances, [gap?.wasserstein, gap?.largest]) {
      add(measure, place, base) {
        MeasureNumber(
          value.map { .value($0) } ?? .undefined("a group has no rows"),
          reason: "a distance lies above 0 by chance alone")
      }
    }
    add(.standardizedMeanDifference, place, base) {
      guard let a = MeanGap.Group(focal.values, weights: focal.weights),
        let b = MeanGap.Group(reference.values, weights: reference.weights)
      else { return MeasureNumber(.undefined("a group has no rows"), reason: "") }
      return MeanGap(a, b).standardized(level: level)
    }
  }
}
