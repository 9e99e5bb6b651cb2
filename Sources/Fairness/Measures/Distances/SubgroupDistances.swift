import Metrics
import Statistics

/// The largest deviation γ over conjunctions, with the noise of each cell's rate.
package struct SubgroupDistances {
  private let shares: [RateDefinition.Share]
  /// The conjunctions that each cell is in, and their number.
  private let members: [[Int]]
  private let points: Int
  private let size: Double
  private let isWeighted: Bool
  private let random: KeyedRandom
  private let draws: DistanceDraws

  /// Cells times conjunctions of each, and conjunctions, that are drawn at most.
  private static let limit = (memberships: 20_000, points: 10_000)

  package init(
    _ cells: [SubgroupFairness.Cell], _ rate: SubgroupFairness.Rate, isWeighted: Bool, key: String,
    draws: DistanceDraws
  ) {
    let known = cells.compactMap { cell in
      rate.metric.rate.map { ($0.share(of: cell.counts), cell.values) }
    }.filter { $0.0.trials > 0 }
    shares = known.map(\.0)
    size = cells.reduce(0) { $0 + $1.counts.weight }
    var places: [[String?]: Int] = [:]
    let isFit = known.reduce(0) { $0 + 1 << min(30, $1.1.count) } <= Self.limit.memberships
    members =
      isFit
      ? known.map { _, values in
        (0..<(1 << values.count)).map { mask in
          let key = values.enumerated().map { mask >> $0 & 1 == 1 ? $1 : nil }
          let place = places[key] ?? places.count
          places[key] = place
          return place
        }
      } : []
    points = places.count
    (self.isWeighted, self.draws) = (isWeighted, draws)
    random = draws.random("conjunctions, " + key)
  }

  package func number(_ value: Double) -> MeasureNumber {
    guard points > 0, points <= Self.limit.points else {
      return MeasureNumber(.value(value), reason: "more than \(Self.limit.points) conjunctions to draw")
    }
    let trials = shares.reduce(0) { $0 + $1.trials }
    let rate = shares.reduce(0) { $0 + $1.successes } / trials
    let observed = deviations(shares.map { ($0.successes - rate * $0.trials) / size }, trials)
    let noise = PointNoise(
      observed: observed, widths: observed.map { _ in 1 },
      noise: drawn(lane: 0, trials) { share in
        (share.effectiveSuccesses + rate) / (share.effectiveCount + 1)
      })
    let null = isWeighted ? nil : exchanged(trials)
    return DistanceDraws.number(
      value, drawn: noise.distance(.largest), noise.interval(.largest, level: draws.level, null: null),
      test: null == nil ? DistanceDraws.bootstrap : DistanceDraws.permutation, rule: .band
    ) { $0 * value }
  }

  /// Sums over conjunctions of what each cell has too much, less its share of what all have.
  private func deviations(_ excess: [Double], _ trials: Double) -> [Float] {
    let all = excess.reduce(0, +) / trials
    var sums = [Float](repeating: 0, count: points)
    for (cell, own) in excess.enumerated() {
      let part = Float(own - all * shares[cell].trials)
      for place in members[cell] { sums[place] += part }
    }
    return sums
  }

  private func drawn(
    lane: UInt64, _ trials: Double, _ chance: (RateDefinition.Share) -> Double
  ) -> [Float] {
    let samplers = shares.map { share in
      BinomialSampler(trials: max(1, Int(share.effectiveCount.rounded())), probability: chance(share))
    }
    return (0..<draws.replicates).flatMap { replicate -> [Float] in
      var stream = random.stream(lane).stream(UInt64(replicate))
      let excess = zip(shares, samplers).map { share, sampler -> Double in
        let size = max(1, share.effectiveCount.rounded())
        return (Double(sampler.draw(using: &stream)) / size - chance(share)) * share.trials / self.size
      }
      return deviations(excess, trials)
    }
  }

  /// Largest deviations with the successes dealt over the cells anew.
  private func exchanged(_ trials: Double) -> [Double] {
    let sizes = shares.map(\.rows)
    let successes = shares.reduce(0) { $0 + $1.successRows }
    var dealt: [Int] = []
    return (0..<draws.replicates).map { replicate in
      var stream = random.stream(1).stream(UInt64(replicate))
      multivariateHypergeometric(draws: successes, sizes: sizes, into: &dealt, using: &stream)
      let found = deviations(dealt.map { Double($0) / size }, trials)
      return Double(found.reduce(0) { max($0, abs($1)) })
    }
  }
}

extension SubgroupFairness.Rate {
  /// Names draws.
  package var key: String { metric.id }
}
