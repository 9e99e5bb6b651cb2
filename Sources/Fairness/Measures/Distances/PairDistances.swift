import Statistics

/// Two groups' scores or predictions, and how far they lie apart.
package struct PairDistances: Sendable {
  private let noise: PairNoise
  private let draws: DistanceDraws

  /// Fewer rows say nothing of a distribution, or of a curve.
  package static let leastRows = 5
  private static let fewRows = "a group has fewer than \(leastRows) rows"

  /// - Parameters:
  ///   - focal: rows ascending, as the reference's
  ///   - labels: whether curves are asked for
  ///   - key: names the pair
  /// - Returns: nil where a group has no rows. Complexity: O(rows + replicates · 256)
  package init?(
    _ focal: AreaBetweenCurves.Group, _ reference: AreaBetweenCurves.Group, labels: Bool, key: String,
    draws: DistanceDraws
  ) {
    guard !focal.scores.isEmpty, !reference.scores.isEmpty else { return nil }
    self.draws = draws
    noise = PairNoise(
      PairCells(focal, reference, labels: labels), replicates: draws.replicates, random: draws.random(key))
  }

  private func rows(_ label: Int?) -> Int {
    let parts = noise.cells.parts.map { own in label.map { own[$0].rows } ?? own[0].rows + own[1].rows }
    return parts.min() ?? 0
  }

  /// The area between the ROC curves. The test is of equal curves, whatever the scores' distributions.
  package func betweenCurves(_ value: MeasureValue) -> MeasureNumber {
    guard let number = value.value else { return MeasureNumber(value, reason: "") }
    guard min(rows(0), rows(1)) >= Self.leastRows, let curves = noise.curves() else {
      return MeasureNumber(
        value, reason: "a group has fewer than \(Self.leastRows) positives or negatives")
    }
    return DistanceDraws.number(
      number, drawn: curves.distance(.sum), curves.interval(.sum, level: draws.level),
      test: DistanceDraws.bootstrap, atMost: 1
    ) { $0 * number }
  }

  /// The area between the distribution functions and their largest distance.
  package func numbers(wasserstein: Double, largest: Double) -> (MeasureNumber, MeasureNumber) {
    guard rows(nil) >= Self.leastRows else {
      return (
        MeasureNumber(.value(wasserstein), reason: Self.fewRows),
        MeasureNumber(.value(largest), reason: Self.fewRows)
      )
    }
    let steps = noise.cells.steps
    let (points, null) = (noise.distributions(steps), noise.exchanges(steps))
    let test = null == nil ? DistanceDraws.bootstrap : DistanceDraws.permutation
    let area = points.interval(.sum, level: draws.level, null: null?.area)
    let most = points.interval(.largest, level: draws.level, null: null?.largest)
    return (
      DistanceDraws.number(wasserstein, drawn: points.distance(.sum), area, test: test) { $0 * wasserstein },
      DistanceDraws.number(
        largest, drawn: points.distance(.largest), most, test: test, atMost: 1, rule: .band
      ) {
        $0 * largest
      }
    )
  }

  /// The area between the shares at or above the quantiles of both groups' numbers, given these quantiles.
  package func betweenShares(_ value: MeasureValue) -> MeasureNumber {
    guard let number = value.value else { return MeasureNumber(value, reason: "") }
    guard rows(nil) >= Self.leastRows else { return MeasureNumber(value, reason: Self.fewRows) }
    let shares = noise.cells.shares
    let (points, null) = (noise.distributions(shares), noise.exchanges(shares)?.area)
    return DistanceDraws.number(
      number, drawn: points.distance(.sum), points.interval(.sum, level: draws.level, null: null),
      test: null == nil ? DistanceDraws.bootstrap : DistanceDraws.permutation, atMost: 1
    ) { $0 * number }
  }
}
