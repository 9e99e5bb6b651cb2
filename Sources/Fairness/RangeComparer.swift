import Glibc
import Metrics
import Results
import Statistics

/// Compares the largest value among the groups of a family with the smallest.
///
/// The interval is that of the true max − min (min / max): with simultaneous intervals of every ordered
/// pair, the true range lies between the largest lower and the largest upper limit. A percentile interval
/// of the observed range would never cover 0.
package struct RangeComparer: Sendable {
  let pairs: PairComparer
  let seed: UInt64
  private let rowTest: RowTest?

  /// The p-value of "all groups alike" from the rows of some groups; nil where there is none to be had.
  package typealias RowTest = @Sendable (Metric, [Side]) -> Double?

  /// - Parameter rowTest: asked where counts or standard errors are too few to be trusted.
  package init(pairs: PairComparer, seed: UInt64, rowTest: RowTest? = nil) {
    self.pairs = pairs
    self.seed = seed
    self.rowTest = rowTest
  }

  package struct Result {
    package var comparison: Comparison
    /// Index into the groups.
    package var largest: Int?
    package var smallest: Int?
  }

  /// - Parameter groups: only those that have a value.
  /// - Parameter test: what `homogeneity` found for these groups.
  package func compare(
    _ metric: Metric, _ groups: [Side], kind: Gap.Kind, level: Double,
    test: (p: Double, name: String)?
  ) -> Result {
    let values = groups.compactMap { pairs.value(metric, $0) }
    guard values.count == groups.count, groups.count > 1 else {
      return Result(comparison: .undefined("fewer than two groups have a value"))
    }
    let largest = values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
    let smallest = values.indices.reduce(0) { values[$1] < values[$0] ? $1 : $0 }
    let limits = simultaneousLimits(metric, groups, level)
    let correlations = pairs.matrix(metric, groups)
    var comparison: Comparison
    switch kind {
    case .difference:
      comparison = Comparison(
        value: values[largest] - values[smallest],
        limits: limits.map { differenceLimits(values, $0, correlations) },
        interval: intervalName(groups.count, correlations), reason: "a group has no interval")
    case .ratio:
      guard values[largest] != 0 else { return Result(comparison: .undefined("0 / 0")) }
      comparison = Comparison(
        value: values[smallest] / values[largest],
        limits: limits.map { ratioLimits(values, $0, correlations) },
        interval: intervalName(groups.count, correlations), reason: "a group has no interval")
    }
    if let test {
      comparison.pValue = test.p
      comparison.test = test.name
    }
    return Result(comparison: comparison, largest: largest, smallest: smallest)
  }

  private func intervalName(_ groups: Int, _ correlations: [Double]?) -> String {
    if groups > Self.pairedGroups { return "simultaneous over all groups (Šidák)" }
    let told = correlations.map { all in all.first { abs($0) < 1 } ?? -1 } ?? 0
    let mover = "MOVER" + PairComparer.told(told)
    return groups == 2 ? mover : "simultaneous over all pairs (Šidák, \(mover))"
  }

  /// Up to so many groups every pair is looked at; beyond, the groups' own simultaneous intervals bound
  /// the range in linear time, a little wider.
  static let pairedGroups = 200

  /// Each group's limits at the level that makes all pairs, or all groups, hold together (Šidák 1967).
  private func simultaneousLimits(
    _ metric: Metric, _ groups: [Side], _ level: Double
  ) -> [Interval]? {
    let count =
      groups.count > Self.pairedGroups ? groups.count : groups.count * (groups.count - 1) / 2
    let each = pow(level, 1 / Double(count))
    let limits = groups.compactMap { $0.limits(metric, level: each, from: pairs.knownLevel) }
    return limits.count == groups.count ? limits : nil
  }

  /// The least and greatest lower and upper limits of all groups.
  private func extremes(_ limits: [Interval]) -> (least: Interval, greatest: Interval) {
    var least = limits[0]
    var greatest = limits[0]
    for one in limits {
      least = Interval(lower: min(least.lower, one.lower), upper: min(least.upper, one.upper))
      greatest = Interval(lower: max(greatest.lower, one.lower), upper: max(greatest.upper, one.upper))
    }
    return (least, greatest)
  }

  private func differenceLimits(
    _ values: [Double], _ limits: [Interval], _ correlations: [Double]?
  ) -> Interval {
    if limits.count > Self.pairedGroups {
      let (least, greatest) = extremes(limits)
      return Interval(
        lower: max(0, greatest.lower - least.upper), upper: greatest.upper - least.lower)
    }
    var result = Interval(lower: 0, upper: 0)
    for a in values.indices {
      for b in values.indices where b != a {
        let pair = DifferenceInterval.mover(
          values[a], limits[a], values[b], limits[b], correlation: correlations?[a * values.count + b] ?? 0)
        result.lower = max(result.lower, pair.lower)
        result.upper = max(result.upper, pair.upper)
      }
    }
    return result
  }

  private func ratioLimits(
    _ values: [Double], _ limits: [Interval], _ correlations: [Double]?
  ) -> Interval {
    if limits.count > Self.pairedGroups {
      let (least, greatest) = extremes(limits)
      let upper = greatest.lower > 0 ? min(1, least.upper / greatest.lower) : 1
      return Interval(lower: max(0, least.lower / greatest.upper), upper: upper)
    }
    var result = Interval(lower: 1, upper: 1)
    for a in values.indices {
      for b in values.indices where b != a {
        let pair = RatioInterval.moverR(
          values[a], limits[a], values[b], limits[b], correlation: correlations?[a * values.count + b] ?? 0)
        result.lower = min(result.lower, max(0, pair.lower))
        result.upper = min(result.upper, pair.upper)
      }
    }
    return result
  }

  // MARK: Tests

  /// The test of "all groups alike". Rates: Pearson's chi-squared; where an expected count is below 5 (Cochran's rule) the permutation
  /// test of the range, exact where it is affordable and else by draws; with weights the studentised one over rows. Other metrics:
  /// Cochran's Q, and a studentised permutation test where it would reject too often: over the outcomes where all that counts is in
  /// them, else over rows, and over units where these have several rows. Groups that share units: Hotelling's test.
  func homogeneity(_ metric: Metric, _ groups: [Side]) -> (p: Double, name: String)? {
    guard groups.count > 1 else { return nil }
    let units = groups.compactMap(\.units)
    if units.count == groups.count, (units.min() ?? 0) < Self.fewUnits, let p = rowTest?(metric, groups) {
      return (p, "\(Self.studentized) over units")
    }
    if let correlations = pairs.matrix(metric, groups) { return shared(metric, groups, correlations) }
    let shares = groups.compactMap { $0.share(metric) }
    guard shares.count == groups.count else { return spread(metric, groups) }
    guard
      let pearson = HomogeneityTest.pearson(
        successes: shares.map(\.effectiveSuccesses), trials: shares.map(\.effectiveCount))
    else { return (1, "Pearson's chi-squared test") }
    let isUnweighted = shares.allSatisfy(\.isUnweighted)
    if isUnweighted, groups.count == 2 { return pairs.test(metric, groups[0], groups[1]) }
    guard pearson.minimumExpected < 5 else { return (pearson.p, "Pearson's chi-squared test") }
    if isUnweighted { return range(metric, groups, shares) }
    return rowTest?(metric, groups).map { ($0, Self.studentized) }
      ?? (pearson.p, "Pearson's chi-squared test")
  }

  private static let studentized = "studentised permutation test"

  private func range(
    _ metric: Metric, _ groups: [Side], _ shares: [RateDefinition.Share]
  ) -> (p: Double, name: String) {
    let successes = shares.map(\.successRows)
    let trials = shares.map(\.rows)
    if let p = HomogeneityTest.exactRange(successes: successes, trials: trials, limit: Self.exactSteps) {
      return (p, "exact permutation test of the range")
    }
    let key = "range of \(metric.id) over " + groups.map(\.name).joined(separator: ", ")
    let p = HomogeneityTest.permutationRange(
      successes: successes, trials: trials,
      replicates: max(Self.fewestPermutations, min(Self.permutations, Self.draws / groups.count)),
      random: KeyedRandom(seed: seed, key: key))
    return (p, "permutation test of the range")
  }

  /// Steps after which draws take over from the exact test: a few hundredths of a second.
  private static let exactSteps = 2_000_000
  private static let permutations = 1999
  /// With thousands of groups there are fewer permutations, so that the draws stay below a bound.
  private static let fewestPermutations = 199
  private static let draws = 400_000

  private func spread(_ metric: Metric, _ groups: [Side]) -> (p: Double, name: String)? {
    let cells = groups.compactMap { $0.cells(metric) }
    if cells.count == groups.count, cells.allSatisfy(\.counts.isUnweighted) {
      if CellPermutation.leastExpected(cells) < Self.fewInCell, let p = permutation(metric, groups, cells) {
        return (p, "\(Self.studentized) of outcomes")
      }
    } else if groups.contains(where: { $0.fewest(metric) < $0.fewEnough }), let p = rowTest?(metric, groups) {
      return (p, Self.studentized)
    }
    return cochran(metric, groups)
  }

  /// What the smallest cell of the smallest group is expected to hold where Cochran's Q is trusted with a function of the outcomes, and
  /// units, or rows by the effective size of their weights, where it is with anything else. Below, it rejects groups that are alike
  /// in up to 0.18 of samples of 100 rows a group (10 groups, nominal 0.05).
  private static let fewInCell = 20.0
  private static let fewUnits = 100
  fileprivate static let fewEffective = 200
  /// Below so many rows without weights, of a class where both count, a standard error is not taken for known.
  fileprivate static let fewRows = 30

  private func permutation(
    _ metric: Metric, _ groups: [Side], _ cells: [CellStatistic]
  ) -> Double? {
    let key = "cells for \(metric.id) over " + groups.map(\.name).joined(separator: ", ")
    return CellPermutation(
      replicates: max(Self.fewestPermutations, min(Self.permutations, Self.cellDraws / groups.count)),
      random: KeyedRandom(seed: seed, key: key)
    ).p(cells)
  }

  /// A group's draw of all four cells, with its value and variance, takes about a microsecond.
  private static let cellDraws = 40_000

  /// Groups whose values go together: Hotelling's T² of their differences; where it is not known how they do, the pair that is
  /// furthest apart, for any correlation.
  private func shared(
    _ metric: Metric, _ groups: [Side], _ correlations: [Double]
  ) -> (p: Double, name: String)? {
    let values = groups.compactMap { pairs.value(metric, $0) }
    let errors = groups.compactMap { $0.estimate(metric)?.standardError }
    guard values.count == groups.count, errors.count == groups.count else { return nil }
    let count = groups.count
    guard let slice = groups[0].slice, pairs.correlations.isKnown(metric.id, slice: slice) else {
      let tests = groups.indices.flatMap { a in
        groups.indices.dropFirst(a + 1).compactMap { pairs.test(metric, groups[a], groups[$0])?.p }
      }
      guard tests.count == UnitCorrelations.pairs(of: count) else { return nil }
      return tests.min().map { (min(1, Double(tests.count) * $0), "Wald z test, Bonferroni over all pairs") }
    }
    let covariances = correlations.indices.map { place in
      correlations[place] * errors[place / count] * errors[place % count]
    }
    // As many as the smallest group has: then no group's error is taken to be known better than it is.
    let units = groups.compactMap(\.units).min() ?? 0
    return HotellingTest(values: values, covariances: covariances, units: units).map {
      ($0.p, "Hotelling's test of groups that share units")
    }
  }

  private func cochran(_ metric: Metric, _ groups: [Side]) -> (p: Double, name: String)? {
    let known = groups.compactMap { side -> (value: Double, weight: Double)? in
      guard let value = pairs.value(metric, side), let error = side.estimate(metric)?.standardError,
        error > 0
      else { return nil }
      return (value, 1 / (error * error))
    }
    guard known.count > 1, known.count == groups.count else { return nil }
    let total = known.reduce(0) { $0 + $1.weight }
    let mean = known.reduce(0) { $0 + $1.weight * $1.value } / total
    let q = known.reduce(0) { $0 + $1.weight * ($1.value - mean) * ($1.value - mean) }
    let p = ChiSquared.survival(q, degreesOfFreedom: Double(known.count - 1))
    return (p, "Cochran's Q test")
  }
}

extension Side {
  /// Rows that a metric rests on, by the effective size of their weights: of an area those of the smaller class.
  fileprivate func fewest(_ metric: Metric) -> Int {
    guard metric.kind == .index, let counts = tally?.counts else {
      return Int(estimate(metric)?.effectiveCount ?? 0)
    }
    func size(_ first: Int, _ second: Int) -> Double {
      let weight = counts.weights[first] + counts.weights[second]
      let squares = counts.squaredWeights[first] + counts.squaredWeights[second]
      return squares > 0 ? weight * weight / squares : 0
    }
    return Int(min(size(0, 2), size(1, 3)))
  }

  fileprivate var fewEnough: Int {
    tally?.counts.isUnweighted == false ? RangeComparer.fewEffective : RangeComparer.fewRows
  }
}
