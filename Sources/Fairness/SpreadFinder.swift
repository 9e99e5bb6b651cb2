import Glibc
import Metrics
import Results
import Statistics

/// Finds how much of the distance between the groups of a family is noise.
package struct SpreadFinder: Sendable {
  private let level: Double
  private let metrics: [Metric]
  private let pairs: PairComparer

  /// - Parameters:
  ///   - definitions: gaps whose components are looked at, each once.
  ///   - correlations: of groups that share units
  package init(level: Double, definitions: [GapDefinition], correlations: UnitCorrelations = .none) {
    self.level = level
    pairs = PairComparer(knownLevel: level, correlations: correlations)
    var known: Set<Metric> = []
    metrics = definitions.flatMap(\.components).filter { $0.kind != .count && known.insert($0).inserted }
  }

  /// The power at which a gap is called detectable.
  static let power = 0.8

  /// A spread with the values of the family's groups drawn towards their mean; NaN for a group that took no part.
  package struct Found: Sendable {
    package let spread: Spread
    package let shrunken: [Double]
  }

  /// Complexity: O(groups²) up to 200 groups, beyond O(groups).
  package func spreads(of family: GapFinder.Family) -> [Found] {
    metrics.compactMap { metric in
      let members = apart(
        family.groups.indices.compactMap { SpreadMember(family.groups[$0], $0, metric, level) }, metric,
        family)
      return members.count > 1 ? found(metric, members, family) : nil
    }
  }

  /// Members that share units as independent ones whose differences vary as much: what all have in common on average, the mean
  /// covariance of two of them, moves none from another. Exact where all pairs have one covariance; where it is not known how they go
  /// together, they count as independent.
  private func apart(
    _ members: [SpreadMember], _ metric: Metric, _ family: GapFinder.Family
  ) -> [SpreadMember] {
    let groups = members.map { family.groups[$0.position] }
    guard members.count > 1, let slice = groups[0].slice, pairs.correlations.isKnown(metric.id, slice: slice),
      let correlations = pairs.matrix(metric, groups)
    else { return members }
    let errors = members.map { $0.variance.squareRoot() }
    var sum = 0.0
    for a in members.indices {
      for b in members.indices where b != a {
        sum += correlations[a * members.count + b] * errors[a] * errors[b]
      }
    }
    let common = sum / Double(members.count * (members.count - 1))
    return members.map { $0.without(common) }
  }

  private func found(_ metric: Metric, _ members: [SpreadMember], _ family: GapFinder.Family) -> Found? {
    let high = members.reduce(members[0]) { $1.value > $0.value ? $1 : $0 }
    let low = members.reduce(members[0]) { $1.value < $0.value ? $1 : $0 }
    guard let largest = high.slice, let smallest = low.slice else { return nil }
    let shares = members.compactMap(\.share)
    let isRate = shares.count == members.count
    let variance =
      isRate
      ? BetweenGroupVariance(
        successes: shares.map(\.effectiveSuccesses), trials: shares.map(\.effectiveCount))
      : BetweenGroupVariance(estimates: members.map(\.value), variances: members.map(\.variance))
    let limits = Shrinkage.betweenVarianceInterval(
      estimates: members.map(\.value), variances: members.map(\.variance), level: level)
    let reach = reach(groups: members.count)
    let distance = high.value - low.value
    let perRow = high.rowVariance + low.rowVariance
    let needed = distance > 0 ? (reach / distance) * (reach / distance) * perRow : .infinity
    let spread = Spread(
      family: family.index, metric: metric.id, groups: members.count, largest: largest, smallest: smallest,
      range: distance, noiseFloor: isRate ? floor(shares) : floor(members.map(\.variance)),
      variance: variance?.corrected ?? .nan, deviationLower: limits?.lower.squareRoot() ?? .nan,
      deviationUpper: limits.map { min($0.upper.squareRoot(), Self.widest(metric)) } ?? .nan,
      within: within(metric, members, family),
      detectable: reach * (high.nullVariance(shares) + low.nullVariance(shares)).squareRoot(),
      rowsToDecide: needed.rounded(.up))
    var shrunken = [Double](repeating: .nan, count: family.groups.count)
    for (member, value) in zip(members, self.shrunken(members, shares)) { shrunken[member.position] = value }
    return Found(spread: spread, shrunken: shrunken)
  }

  /// No values of a range have a larger standard deviation than half of it.
  private static func widest(_ metric: Metric) -> Double {
    (metric.range.upperBound - metric.range.lowerBound) / 2
  }

  /// z at the level at which all pairs hold together (Šidák 1967), as in the interval of the range, and z of the power.
  private func reach(groups: Int) -> Double {
    let pairs = Double(groups * (groups - 1) / 2)
    return Normal.criticalValue(level: pow(level, 1 / pairs)) + Normal.quantile(Self.power)
  }

  // MARK: Noise

  /// Of rates exactly, where the counts are few enough to be summed over.
  private func floor(_ shares: [RateDefinition.Share]) -> Double {
    let trials = shares.reduce(0) { $0 + $1.effectiveCount }
    let rate = shares.reduce(0) { $0 + $1.effectiveSuccesses } / trials
    let deviations = shares.map { ($0.effectiveCount * rate * (1 - rate)).squareRoot() }
    guard deviations.reduce(0, { $0 + 18 * $1 + 24 }) <= Self.exactCounts,
      shares.allSatisfy({ $0.effectiveCount == $0.effectiveCount.rounded() })
    else { return floor(zip(shares, deviations).map { ($1 / $0.effectiveCount) * ($1 / $0.effectiveCount) }) }
    return NoiseFloor.expectedRange(rate: rate, trials: shares.map { Int($0.effectiveCount) })
  }

  private func floor(_ variances: [Double]) -> Double {
    NoiseFloor.approximateRange(standardErrors: variances.map { $0.squareRoot() })
  }

  /// Counts that are summed over before the normal distribution stands in: a millisecond's worth.
  private static let exactCounts = 6000.0

  // MARK: Equivalence

  /// The narrowest bound for which two one-sided tests of every pair show that it is kept: the widest of the pairs' intervals at
  /// level 1 − 2α.
  private func within(_ metric: Metric, _ members: [SpreadMember], _ family: GapFinder.Family) -> Double {
    let limits = members.compactMap {
      family.groups[$0.position].limits(metric, level: max(0, 2 * level - 1), from: level)
    }
    guard limits.count == members.count else { return .nan }
    if limits.count > RangeComparer.pairedGroups {
      return (limits.map(\.upper).max() ?? .nan) - (limits.map(\.lower).min() ?? .nan)
    }
    let correlations = pairs.matrix(metric, members.map { family.groups[$0.position] })
    var widest = 0.0
    for a in members.indices {
      for b in members.indices where b != a {
        let pair = DifferenceInterval.mover(
          members[a].value, limits[a], members[b].value, limits[b],
          correlation: correlations?[a * members.count + b] ?? 0)
        widest = max(widest, pair.upper)
      }
    }
    return widest
  }

  // MARK: Partial pooling

  /// Rates by the beta-binomial model (by moments where groups are many), other metrics by DerSimonian & Laird's.
  private func shrunken(_ members: [SpreadMember], _ shares: [RateDefinition.Share]) -> [Double] {
    guard shares.count == members.count else {
      let model = Shrinkage.derSimonianLaird(
        estimates: members.map(\.value), variances: members.map(\.variance))
      return members.map { model?.shrunk($0.value, variance: $0.variance) ?? .nan }
    }
    let successes = shares.map(\.effectiveSuccesses)
    let trials = shares.map(\.effectiveCount)
    let model =
      members.count > RangeComparer.pairedGroups
      ? Shrinkage.betaBinomialMoments(successes: successes, trials: trials)
      : Shrinkage.betaBinomialLikelihood(successes: successes, trials: trials)
    return zip(members, shares).map { member, share in
      model?.shrunk(successes: share.effectiveSuccesses, trials: share.effectiveCount) ?? member.value
    }
  }

  /// The table of a run.
  ///
  /// - Parameter found: what `spreads(of:)` gave for each family, with the first slice of the family.
  package static func table(_ found: [(first: Int, spreads: [Found])], sliceCount: Int) -> SpreadTable? {
    var table = SpreadTable()
    var places: [String: Int] = [:]
    for (first, spreads) in found {
      for one in spreads {
        table.spreads.append(one.spread)
        let metric = one.spread.metric
        if places[metric] == nil {
          places[metric] = table.shrunken.count
          table.shrunken.append(
            .init(metric: metric, values: [Double](repeating: .nan, count: sliceCount)))
        }
        guard let place = places[metric] else { continue }
        for (offset, value) in one.shrunken.enumerated() {
          table.shrunken[place].values[first + offset] = value
        }
      }
    }
    return table.spreads.isEmpty ? nil : table
  }
}

/// A group that takes part: its value and how much that varies by chance.
private struct SpreadMember {
  let position: Int
  let slice: Int?
  let value: Double
  /// Of the value, positive; a rate's is smoothed by half a success and half a failure, so that it is not 0 at 0 of n.
  private(set) var variance: Double
  /// Of one row of the denominator.
  private(set) var rowVariance: Double
  /// nil for a metric that is no rate.
  private(set) var share: RateDefinition.Share?

  /// nil without a value, or without a variance.
  init?(_ side: Side, _ position: Int, _ metric: Metric, _ level: Double) {
    guard let estimate = side.estimate(metric), let value = estimate.value, value.isFinite else { return nil }
    self.position = position
    slice = side.slice
    self.value = value
    if let share = side.share(metric), share.effectiveCount > 0 {
      let n = share.effectiveCount
      let smoothed = (share.effectiveSuccesses + 0.5) / (n + 1)
      variance = smoothed * (1 - smoothed) / n
      rowVariance = variance * Double(share.rows)
      self.share = share
      return
    }
    guard !metric.isRate else { return nil }
    var error = estimate.standardError ?? 0
    if error == 0, let lower = estimate.lower, let upper = estimate.upper {
      error = (upper - lower) / (2 * Normal.criticalValue(level: level))
    }
    guard error > 0, error.isFinite else { return nil }
    variance = error * error
    rowVariance = variance * Double(estimate.denominator)
    share = nil
  }

  /// Less a variance that all groups have in common; at least a hundredth of its own is left.
  func without(_ common: Double) -> SpreadMember {
    var result = self
    let rest = max(0.01, 1 - common / variance)
    result.variance *= rest
    result.rowVariance *= rest
    result.share?.effectiveCount /= rest
    return result
  }

  /// The variance that the value would have if all groups shared one: a rate's at the pooled rate.
  func nullVariance(_ shares: [RateDefinition.Share]) -> Double {
    guard let share else { return variance }
    let trials = shares.reduce(0) { $0 + $1.effectiveCount }
    let rate = (shares.reduce(0) { $0 + $1.effectiveSuccesses } + 0.5) / (trials + 1)
    return rate * (1 - rate) / share.effectiveCount
  }
}
