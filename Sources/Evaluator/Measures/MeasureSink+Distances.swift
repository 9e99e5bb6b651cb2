import Fairness

extension MeasureSink {
  private static let distances: [FairnessMeasure] = [.wassersteinDistance, .largestDistributionGap]

  /// How far two groups' scores or predictions, which ascend, lie apart.
  ///
  /// - Parameters:
  ///   - means: both groups' moments, where they are known
  ///   - drawn: the pair, as its distances are drawn; nil where a group has no rows
  mutating func addDistances(
    _ focal: AreaBetweenCurves.Group, _ reference: AreaBetweenCurves.Group, level: Double, _ place: Place,
    _ base: Base, means: (focal: MeanGap.Group?, reference: MeanGap.Group?)? = nil,
    drawn: () -> PairDistances?
  ) {
    let isAsked = asks(forAnyOf: Self.distances)
    let gap =
      isAsked
      ? DistributionGap(
        focal.scores, weights: focal.weights, reference.scores, weights: reference.weights) : nil
    let numbers = gap.flatMap { gap in
      drawn()?.numbers(wasserstein: gap.wasserstein, largest: gap.largest)
    }
    for (measure, number) in zip(Self.distances, [numbers?.0, numbers?.1]) {
      add(measure, place, base) { number ?? MeasureNumber(.undefined("a group has no rows"), reason: "") }
    }
    add(.standardizedMeanDifference, place, base) {
      let (a, b) =
        means ?? (
          MeanGap.Group(focal.scores, weights: focal.weights),
          MeanGap.Group(reference.scores, weights: reference.weights)
        )
      guard let a, let b else { return MeasureNumber(.undefined("a group has no rows"), reason: "") }
      return MeanGap(a, b).standardized(level: level)
    }
  }
}

extension DistanceDraws {
  /// Draws that a run's configuration asks for.
  init(_ configuration: Configuration) {
    self.init(
      replicates: configuration.bootstrapReplicates, seed: configuration.seed, level: configuration.level)
  }
}

extension MeasuredFamily {
  /// What names draws of two of its groups, or of all.
  func key(_ focal: String? = nil, _ reference: String? = nil) -> String {
    ([features.joined(separator: " x ")] + [focal, reference].compactMap { $0 }).joined(separator: ": ")
  }
}
