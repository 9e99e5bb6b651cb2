import Glibc
import Statistics

/// Distances between groups' shares of the classes.
package struct ShareDistances: Sendable {
  private let noise: ShareNoise?
  private let draws: DistanceDraws
  private let isWeighted: Bool

  /// Groups times classes that are drawn at most.
  private static let limit = 4000

  /// - Parameters:
  ///   - counts: rows, or weight, of each group by class; groups without are left out
  ///   - sizes: the groups' effective rows where weights are counted
  ///   - key: names the groups
  package init(_ counts: [[Double]], sizes: [Double]?, key: String, draws: DistanceDraws) {
    self.draws = draws
    let live = counts.indices.filter { counts[$0].reduce(0, +) > 0 }
    isWeighted = sizes != nil
    let isFit = live.count > 1 && live.count * counts[0].count <= Self.limit
    noise =
      isFit
      ? ShareNoise(
        counts: live.map { counts[$0] }, sizes: sizes.map { sizes in live.map { sizes[$0] } },
        replicates: draws.replicates, random: draws.random(key)) : nil
  }

  /// - Parameters:
  ///   - bound: the largest value there is
  ///   - distance: of the groups' shares, group after group
  package func number(
    _ value: MeasureValue, atMost bound: Double = .infinity, _ distance: ([Double]) -> Double
  ) -> MeasureNumber {
    guard let number = value.value else { return MeasureNumber(value, reason: "") }
    guard let noise else {
      return MeasureNumber(value, reason: "fewer than two groups have rows, or there are too many to draw")
    }
    guard number.isFinite else { return MeasureNumber(value, reason: "the distance is infinite") }
    let found = noise.interval(level: draws.level, distance)
    let observed = distance(noise.shares)
    let scale = observed > 0 ? number / observed : 1
    return DistanceDraws.number(
      number, drawn: observed, found,
      test: noise.isExchanged ? DistanceDraws.permutation : DistanceDraws.bootstrap, atMost: bound
    ) { distance(noise.shares(at: $0)) * scale }
  }
}
