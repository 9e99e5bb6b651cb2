import Foundation
import Metrics
import Statistics
import TestSupport
import Testing

@testable import Fairness

/// Distances drawn in cells against the same drawn row by row.
struct DistanceDrawTests {
  private static let draws = DistanceDraws(replicates: 4000, seed: 11, level: 0.95)

  private static func group(_ count: Int, shift: Double, seed: UInt64) -> AreaBetweenCurves.Group {
    var random = KeyedRandom(seed: seed, key: "rows")
    let rows = (0..<count).map { row -> (score: Double, label: UInt8) in
      let label: UInt8 = row % 2 == 0 ? 1 : 0
      return (random.normal() + shift * Double(label) + (label == 1 ? 1 : 0), label)
    }.sorted { $0.score < $1.score }
    return AreaBetweenCurves.Group("g", scores: rows.map(\.score), labels: rows.map(\.label))
  }

  private static func resampled(
    _ group: AreaBetweenCurves.Group, _ random: inout SplitMix
  ) -> AreaBetweenCurves.Group {
    let rows = group.scores.indices.map { _ in Int(random.next() % UInt64(group.scores.count)) }.sorted()
    return AreaBetweenCurves.Group(
      "g", scores: rows.map { group.scores[$0] }, labels: rows.map { group.labels[$0] })
  }

  private static func gap(_ a: AreaBetweenCurves.Group, _ b: AreaBetweenCurves.Group) throws
    -> DistributionGap
  {
    try #require(DistributionGap(a.scores, b.scores))
  }

  @Test func `Permutation test of distributions`() throws {
    let (a, b) = (Self.group(60, shift: 0.6, seed: 1), Self.group(50, shift: 0, seed: 2))
    let gap = try Self.gap(a, b)
    let pair = try #require(PairDistances(a, b, labels: true, key: "pair", draws: Self.draws))
    let (area, largest) = pair.numbers(wasserstein: gap.wasserstein, largest: gap.largest)
    var random = SplitMix(seed: 3)
    var rows = a.scores + b.scores
    var beyond = (0, 0)
    var sum = 0.0
    for _ in 0..<4000 {
      for last in stride(from: rows.count - 1, to: 0, by: -1) {
        rows.swapAt(last, Int(random.next() % UInt64(last + 1)))
      }
      let drawn = try #require(DistributionGap(rows[..<60].sorted(), rows[60...].sorted()))
      if drawn.wasserstein >= gap.wasserstein - 1e-9 { beyond.0 += 1 }
      if drawn.largest >= gap.largest - 1e-9 { beyond.1 += 1 }
      sum += drawn.wasserstein
    }
    #expect(area.test == "permutation test" && largest.test == "permutation test")
    #expect(abs((area.p ?? .nan) - Double(beyond.0) / 4000) < 0.03)
    #expect(abs((largest.p ?? .nan) - Double(beyond.1) / 4000) < 0.03)
    #expect(isClose(area.chance ?? .nan, sum / 4000, within: 0.03))
  }

  /// More rows than cells: percentiles and the area that chance shows are those of resampled rows.
  @Test func `Cells stand for rows`() throws {
    let (a, b) = (Self.group(1400, shift: 0.5, seed: 5), Self.group(900, shift: 0, seed: 6))
    let pair = try #require(PairDistances(a, b, labels: true, key: "pair", draws: Self.draws))
    let gap = try Self.gap(a, b)
    let area = pair.betweenCurves(AreaBetweenCurves.area(a, b))
    let (wasserstein, largest) = pair.numbers(wasserstein: gap.wasserstein, largest: gap.largest)
    var random = SplitMix(seed: 7)
    var found: [[Double]] = [[], [], []]
    for _ in 0..<400 {
      let (x, y) = (Self.resampled(a, &random), Self.resampled(b, &random))
      let drawn = try Self.gap(x, y)
      found[0].append(try #require(AreaBetweenCurves.area(x, y).value))
      found[1].append(drawn.wasserstein)
      found[2].append(drawn.largest)
    }
    for (number, rows) in zip([area, wasserstein, largest], found) {
      let naive = Quantile.type7(sorted: rows.sorted(), 0.975)
      let value = try #require(number.value.value)
      #expect(abs((number.limits?.upper ?? .nan) - naive) < 0.15 * (naive - value), "\(naive)")
      #expect((number.limits?.lower ?? 0) > 0.3 * value && (number.p ?? 1) < 0.01)
    }
  }

  @Test func `Alike groups are told from chance`() throws {
    let (a, b) = (Self.group(400, shift: 0, seed: 8), Self.group(300, shift: 0, seed: 9))
    let gap = try Self.gap(a, b)
    let pair = try #require(PairDistances(a, b, labels: true, key: "pair", draws: Self.draws))
    let numbers = pair.numbers(wasserstein: gap.wasserstein, largest: gap.largest)
    for number in [pair.betweenCurves(AreaBetweenCurves.area(a, b)), numbers.0, numbers.1] {
      #expect(number.limits?.lower == 0 && (number.p ?? 0) > 0.05)
      #expect((number.chance ?? 0) > 0.2 * (number.value.value ?? .nan))
    }
  }

  @Test func `Too few rows say nothing`() throws {
    let few = AreaBetweenCurves.Group("g", scores: [1, 2, 3], labels: [0, 1, 1])
    let pair = try #require(
      PairDistances(few, Self.group(50, shift: 0, seed: 1), labels: true, key: "p", draws: Self.draws))
    #expect(pair.betweenCurves(.value(0.2)).limits == nil)
    #expect(pair.numbers(wasserstein: 1, largest: 0.3).0.reason == "a group has fewer than 5 rows")
    #expect(
      PairDistances(
        AreaBetweenCurves.Group("g", scores: [], labels: []), few, labels: true, key: "p", draws: Self.draws)
        == nil)
  }

  // MARK: Shares

  @Test func `Shares of two classes have the limits of their difference`() {
    let pair = GroupPair(
      focal: GroupCounts("f", truePositives: 10, falsePositives: 10, falseNegatives: 20, trueNegatives: 60),
      reference: GroupCounts(
        "r", truePositives: 30, falsePositives: 20, falseNegatives: 10, trueNegatives: 60))
    let outcomes = OutcomeDistributions(reference: [70, 50], focal: [80, 20])
    let difference = pair.rateDifference(.selectionRate, level: 0.95)
    let variation = outcomes.number(.totalVariation, from: difference)
    let norm = outcomes.number(.distributionNorm, from: difference)
    let limits = difference.limits?.magnitude
    #expect(variation?.limits == limits && variation?.p == difference.p)
    #expect(isClose(norm?.limits?.upper ?? .nan, (limits?.upper ?? .nan) * 2.0.squareRoot(), within: 1e-12))
    #expect(outcomes.number(.jensenShannon, from: difference) == nil)
  }

  @Test func `Distances of shares are those of the measures`() throws {
    let counts = [[20.0, 30, 50], [40, 25, 35]]
    let outcomes = OutcomeDistributions(reference: counts[0], focal: counts[1])
    let distances = ShareDistances(counts, sizes: nil, key: "s", draws: Self.draws)
    for measure in [
      FairnessMeasure.kullbackLeibler, .jensenShannon, .distributionNorm, .totalVariation, .largestShareGap,
    ] {
      let number = distances.number(measure, of: outcomes)
      let (value, limits) = (try #require(number.value.value), try #require(number.limits))
      #expect(number.value == outcomes.value(measure))
      #expect(0 < limits.lower && limits.lower < value && value < limits.upper, "\(measure.id)")
      #expect((number.p ?? 1) < 0.02 && number.test == "permutation test")
      #expect((number.chance ?? 0) > 0)
    }
    let infinite = OutcomeDistributions(reference: [5, 5], focal: [10, 0])
    let none = ShareDistances([[5, 5], [10, 0]], sizes: nil, key: "i", draws: Self.draws)
      .number(.kullbackLeibler, of: infinite)
    #expect(none.value.value == .infinity && none.limits == nil && none.reason == "the distance is infinite")
  }

  @Test func `Kernels of parity and entropy`() throws {
    let groups = [[8.0, 2, 10], [5, 9, 6], [12, 6, 2]]
    let shares = groups.flatMap { own in own.map { $0 / 20 } }
    let named = groups.enumerated().map { ClassParity.Group("\($0)", $1) }
    let found = ClassParity.distances(shares, 3)
    #expect(isClose(found.largest, ClassParity.largest(named).value ?? .nan))
    #expect(isClose(found.mean, ClassParity.mean(named).value ?? .nan))
    let benefits = groups.map { Inequality.Group("", [0, 1, 2], weights: $0) }
    for alpha in [1.0, 2] {
      let parts = Inequality.parts(groups.flatMap { $0 }, alpha: alpha)
      #expect(isClose(parts.between, Inequality(benefits).betweenGroups(alpha: alpha).value ?? .nan))
      #expect(isClose(parts.within, Inequality(benefits).withinGroups(alpha: alpha).value ?? .nan))
    }
    let number = EntropyDistances(benefits, sizes: nil, key: "e", draws: Self.draws).between(alpha: 2)
    #expect(number.limits != nil && number.p != nil)
  }

  // MARK: Calibration and conjunctions

  @Test func `Calibrated labels`() throws {
    var random = SplitMix(seed: 12)
    func calibration(_ off: Double) -> GroupCalibration {
      var (scores, labels, groups): ([Double], [UInt8], [Int]) = ([], [], [])
      for row in 0..<1200 {
        let score = (Double(random.next() % 5) + 0.5) / 5
        let chance = score + (row % 3 == 0 ? off : 0)
        scores.append(score)
        labels.append(Double(random.next() % 100_000) / 100_000 < chance ? 1 : 0)
        groups.append(row % 3)
      }
      return GroupCalibration(scores: scores, labels: labels, groups: groups, groupCount: 3, bins: 5)
    }
    let own = calibration(0)
    let fair = CalibrationDistances(own, key: "c", draws: Self.draws)
    #expect(fair.worst(atLeast: 30).limits?.lower == 0 && fair.mean().limits?.lower == 0)
    let chance = (0..<400).reduce(0.0) { sum, _ in sum + (calibration(0).mean.value ?? .nan) } / 400
    #expect(isClose(fair.mean().chance ?? .nan, chance, within: 0.04 * chance))
    let unfair = CalibrationDistances(calibration(0.2), key: "c", draws: Self.draws)
    for number in [unfair.worst(atLeast: 30), unfair.mean()] {
      #expect((number.limits?.lower ?? 0) > 0 && (number.p ?? 1) < 0.001)
    }
    #expect(fair.worst(atLeast: 5000).value.value == nil)
  }

  @Test func `Conjunctions by exchanging decisions`() throws {
    let selected = [12, 30, 22, 40], sizes = [40, 60, 60, 80]
    func cells(_ selected: [Int]) -> [SubgroupFairness.Cell] {
      zip([["a", "x"], ["a", "y"], ["b", "x"], ["b", "y"]], zip(selected, sizes)).map { values, own in
        SubgroupFairness.Cell(
          values,
          OutcomeCounts(
            truePositives: own.0, falsePositives: 0, falseNegatives: own.1 - own.0, trueNegatives: 0))
      }
    }
    let gamma = try #require(SubgroupFairness.worst(cells(selected)).value)
    let number = SubgroupDistances(
      cells(selected), .selection, isWeighted: false, key: "s", draws: Self.draws
    ).number(gamma)
    var random = SplitMix(seed: 5)
    var deck = (0..<240).map { $0 < 104 ? 1 : 0 }
    var (beyond, sum) = (0, 0.0)
    for _ in 0..<4000 {
      for last in stride(from: 239, to: 0, by: -1) {
        deck.swapAt(last, Int(random.next() % UInt64(last + 1)))
      }
      var start = 0
      let drawn = sizes.map { size -> Int in
        defer { start += size }
        return deck[start..<start + size].reduce(0, +)
      }
      let worst = SubgroupFairness.worst(cells(drawn)).value ?? .nan
      if worst >= gamma - 1e-9 { beyond += 1 }
      sum += worst
    }
    #expect(abs((number.p ?? .nan) - Double(beyond) / 4000) < 0.03)
    #expect(isClose(number.chance ?? .nan, sum / 4000, within: 0.03 * sum / 4000))
    let limits = try #require(number.limits)
    #expect(0 <= limits.lower && limits.lower < gamma && gamma < limits.upper)
  }

  // MARK: Numbers

  @Test func `Losses of all groups at once`() throws {
    let groups = [
      NumberParity.Group("a", labels: [1, 2, 3, 4], predictions: [1, 2, 4, 6]),
      NumberParity.Group("b", labels: [1, 2, 3], predictions: [1, 2, 3.5]),
    ]
    let number = NumberParity.boundedGroupLoss(groups, .absolute, level: 0.95)
    // a: mean 0.75, standard deviation √(11/12); b: mean 1/6, √(1/12).
    let each = 0.95.squareRoot()
    let a = StudentT.criticalValue(level: each, degreesOfFreedom: 3) * (11.0 / 12 / 4).squareRoot()
    let b = StudentT.criticalValue(level: each, degreesOfFreedom: 2) * (1.0 / 12 / 3).squareRoot()
    #expect(isClose(number.limits?.lower ?? .nan, max(0, 0.75 - a, 1.0 / 6 - b)))
    #expect(isClose(number.limits?.upper ?? .nan, max(0.75 + a, 1.0 / 6 + b)))
    let gap = NumberParity.quantileRateGap(groups, atLeast: 2, level: 0.95, seed: 1)
    #expect(gap.value == NumberParity.quantileRates(groups, atLeast: 2).difference().value)
    #expect(gap.limits?.lower == 0 && gap.p != nil)
  }
}
