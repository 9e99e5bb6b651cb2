import Metrics
import Statistics
import TestSupport
import Testing

@testable import Fairness

/// ROC curves, calibration, neighbours, numbers and classes against naive oracles.
@Suite struct ScoreMeasureTests {
  private static func group(_ name: String, _ seed: UInt64, rows: Int, levels: Int) -> AreaBetweenCurves.Group
  {
    var generator = SplitMix(seed: seed)
    let labels = (0..<rows).map { _ in UInt8.random(in: 0...1, using: &generator) }
    let scores = labels.map { label in
      let draw = Double(Int.random(in: 0...levels, using: &generator)) / Double(levels)
      return label == 1 ? draw.squareRoot() : draw
    }
    return .init(name, scores: scores, labels: labels)
  }

  /// The corners of a group's curve, from the origin, by counting rows above each threshold.
  private static func corners(_ group: AreaBetweenCurves.Group) -> [(x: Double, y: Double)] {
    let positives = Double(group.labels.count { $0 == 1 })
    let negatives = Double(group.labels.count) - positives
    return [(0, 0)]
      + Set(group.scores).sorted(by: >).map { threshold in
        let above = group.scores.indices.filter { group.scores[$0] >= threshold }
        return (
          Double(above.count { group.labels[$0] == 0 }) / negatives,
          Double(above.count { group.labels[$0] == 1 }) / positives
        )
      }
  }

  /// The curve's height at a false positive rate that is no corner.
  private static func height(_ corners: [(x: Double, y: Double)], _ x: Double) -> Double {
    guard let next = corners.firstIndex(where: { $0.x >= x }), next > 0 else { return 1 }
    let (a, b) = (corners[next - 1], corners[next])
    return a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
  }

  @Test func `Area between curves against a fine grid`() {
    for seed in UInt64(0)..<6 {
      let a = Self.group("a", 2 * seed, rows: 37, levels: seed.isMultiple(of: 2) ? 6 : 1000)
      let b = Self.group("b", 2 * seed + 1, rows: 53, levels: 9)
      let steps = 4000
      let (first, second) = (Self.corners(a), Self.corners(b))
      let grid = (0..<steps).reduce(0.0) { sum, step in
        let x = (Double(step) + 0.5) / Double(steps)
        return sum + abs(Self.height(first, x) - Self.height(second, x)) / Double(steps)
      }
      let area = AreaBetweenCurves.area(a, b).value ?? .nan
      #expect(abs(area - grid) < 1e-3, "\(area) \(grid)")
      #expect(isMeasured(AreaBetweenCurves.area(b, a), area))
      let areas = [a, b].map { ROCArea($0.scores, labels: $0.labels)?.value ?? .nan }
      #expect(area >= abs(areas[0] - areas[1]) - 1e-12)
    }
  }

  @Test func `Area between curves by hand`() {
    let perfect = AreaBetweenCurves.Group("p", scores: [0.9, 0.1], labels: [1, 0])
    let useless = AreaBetweenCurves.Group("u", scores: [0.5, 0.5], labels: [1, 0])
    let wrong = AreaBetweenCurves.Group("w", scores: [0.1, 0.9], labels: [1, 0])
    #expect(AreaBetweenCurves.area(perfect, useless) == .value(0.5))
    #expect(AreaBetweenCurves.area(perfect, wrong) == .value(1))
    #expect(AreaBetweenCurves.area(perfect, perfect) == .value(0))
    // Curves that cross in the middle have one area but lie apart: ABROCA is not the difference of areas.
    let early = AreaBetweenCurves.Group("e", scores: [3, 1, 2, 2], labels: [1, 1, 0, 0])
    #expect(AreaBetweenCurves.area(early, useless) == .value(0.25))
    let one = AreaBetweenCurves.Group("o", scores: [0.5], labels: [1])
    #expect(AreaBetweenCurves.area(one, perfect) == .undefined("no negatives in o"))
    let doubled = AreaBetweenCurves.Group("d", scores: [3, 1, 2], labels: [1, 1, 0], weights: [2, 2, 5])
    #expect(AreaBetweenCurves.area(doubled, early) == .value(0))
  }

  @Test func `Cross-group areas and distances of scores`() {
    for seed in UInt64(20)..<24 {
      let a = Self.group("a", 2 * seed, rows: 31, levels: 7)
      let b = Self.group("b", 2 * seed + 1, rows: 44, levels: 5)
      func naive(_ first: AreaBetweenCurves.Group, _ second: AreaBetweenCurves.Group) -> Double {
        var (sum, pairs) = (0.0, 0.0)
        for (score, label) in zip(first.scores, first.labels) where label == 1 {
          for (other, label) in zip(second.scores, second.labels) where label == 0 {
            sum += score > other ? 1 : score == other ? 0.5 : 0
            pairs += 1
          }
        }
        return sum / pairs
      }
      let found = ScoreDistance.crossGroupAreaDifference(focal: a, reference: b)
      #expect(isMeasured(found, naive(a, b) - naive(b, a)))
      // The distance is the mean gap of quantiles: repeat rows until both groups are of one size.
      let first = a.scores.flatMap { [Double](repeating: $0, count: 44) }.sorted()
      let second = b.scores.flatMap { [Double](repeating: $0, count: 31) }.sorted()
      let gap = zip(first, second).reduce(0.0) { $0 + abs($1.0 - $1.1) } / Double(31 * 44)
      #expect(isMeasured(ScoreDistance.wasserstein(a.scores, b.scores), gap, within: 1e-10))
    }
    #expect(ScoreDistance.wasserstein([0, 1], [3, 4]) == .value(3))
    #expect(ScoreDistance.wasserstein([1], []).value == nil)
    let positives = AreaBetweenCurves.Group("p", scores: [1], labels: [1])
    #expect(
      ScoreDistance.crossGroupArea(positivesOf: positives, negativesOf: positives)
        == .undefined("no negatives in p"))
  }

  @Test func `Lipschitz violations by hand`() {
    // Distances 1, 3 and 2; scores differ by .5, .9 and .4.
    let features = [[0.0], [1], [3]]
    let scores = [0, 0.5, 0.9]
    func rate(_ constant: Double) -> MeasureValue {
      IndividualFairness.lipschitzViolations(features: features, scores: scores, constant: constant)
    }
    #expect(rate(1) == .value(0))
    #expect(isMeasured(rate(0.25), 2.0 / 3))
    #expect(isMeasured(rate(0.19), 1))
    #expect(IndividualFairness.lipschitzViolations(features: [[1]], scores: [1]).value == nil)
  }

  @Test func `Calibration within groups`() {
    let scores = [0.05, 0.15, 0.95, 1, 0.05, 0.95, 0.95]
    let labels: [UInt8] = [0, 1, 1, 1, 1, 0, 1]
    let groups = [0, 0, 0, 0, 1, 1, 1]
    let found = GroupCalibration(scores: scores, labels: labels, groups: groups, groupCount: 2)
    #expect(found.cells.map(\.rows) == [1, 1, 2, 1, 2])
    let gaps = [0.05, 0.85, 0.025, 0.95, 0.45]
    for (cell, gap) in zip(found.cells, gaps) { #expect(isClose(cell.gap, gap)) }
    #expect(isMeasured(found.maximum(), 0.95))
    #expect(isMeasured(found.maximum(atLeast: 2), 0.45))
    #expect(isMeasured(found.mean, 2.8 / 7))
    #expect(isMeasured(found.mean(ofGroup: 1), 1.85 / 3))
    #expect(found.worst()?.group == 1 && found.worst()?.bin == 0)
    #expect(found.maximum(atLeast: 9).value == nil)
    #expect(GroupCalibration(scores: [], labels: [], groups: [], groupCount: 2).mean.value == nil)
  }

  /// C-verbatim conf8, deciles of African-American and Caucasian people; a group's mean is its calibration error.
  @Test func `COMPAS deciles`() {
    let black = [91, 119, 145, 177, 176, 215, 237, 245, 269, 227]
    let blackRows = [398, 393, 346, 385, 365, 384, 400, 359, 380, 286]
    let white = [142, 113, 93, 113, 111, 111, 88, 82, 68, 45]
    let whiteRows = [681, 361, 273, 285, 241, 194, 143, 114, 98, 64]
    let published = [
      [0.2286, 0.3028, 0.4191, 0.4597, 0.4822, 0.5599, 0.5925, 0.6825, 0.7079, 0.7937],
      [0.2085, 0.3130, 0.3407, 0.3965, 0.4606, 0.5722, 0.6154, 0.7193, 0.6939, 0.7031],
    ]
    var (scores, labels, groups, bins) = ([Double](), [UInt8](), [Int](), [Int]())
    for (group, table) in [zip(black, blackRows), zip(white, whiteRows)].enumerated() {
      for (decile, cell) in table.enumerated() {
        scores += [Double](repeating: Double(decile + 1) / 10, count: cell.1)
        labels += [UInt8](repeating: 1, count: cell.0) + [UInt8](repeating: 0, count: cell.1 - cell.0)
        groups += [Int](repeating: group, count: cell.1)
        bins += [Int](repeating: decile, count: cell.1)
      }
    }
    let found = GroupCalibration(
      scores: scores, labels: labels, groups: groups, groupCount: 2, binOf: bins, bins: 10)
    #expect(found.cells.count == 20)
    for cell in found.cells {
      #expect(abs(cell.positiveShare - published[cell.group][cell.bin]) <= 0.5001e-4)
    }
  }

  @Test func `Consistency against all distances`() {
    var generator = SplitMix(seed: 3)
    for (width, levels) in [(1, 4), (2, 5), (3, 1000), (6, 2)] {
      let features = (0..<60).map { _ in
        (0..<width).map { _ in Double(Int.random(in: 0...levels, using: &generator)) }
      }
      let values = features.map { _ in Double(Int.random(in: 0...1, using: &generator)) }
      for k in [1, 5, 80] {
        for tool in [nil, Compatibility.aif360] {
          let naive = Self.consistency(features, values, k, includesItself: tool == .aif360)
          let found = IndividualFairness.consistency(
            features: features, values: values, neighbours: k, as: tool)
          #expect(isMeasured(found, naive), "\(width) \(k): \(found), \(naive)")
          let order = features.indices.shuffled(using: &generator)
          let shuffled = IndividualFairness.consistency(
            features: order.map { features[$0] }, values: order.map { values[$0] }, neighbours: k, as: tool)
          #expect(isMeasured(shuffled, found.value ?? .nan))
        }
      }
    }
    let alike = IndividualFairness.consistency(
      features: [[0], [1], [5], [6]], values: [1, 1, 0, 0], neighbours: 1)
    #expect(alike == .value(1))
    #expect(IndividualFairness.consistency(features: [[1]], values: [1]).value == nil)
    #expect(
      IndividualFairness.consistency(features: [[1], [1]], values: [1, 0], neighbours: 1) == .value(0))
  }

  private static func consistency(
    _ features: [[Double]], _ values: [Double], _ k: Int, includesItself: Bool
  ) -> Double {
    var sum = 0.0
    for row in features.indices {
      let others = features.indices.filter { includesItself || $0 != row }
      let distances = others.map { other in
        zip(features[row], features[other]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let wanted = min(k, others.count)
      let reach = distances.sorted()[wanted - 1]
      let inside = zip(others, distances).filter { $0.1 < reach }.map { values[$0.0] }
      let ties = zip(others, distances).filter { $0.1 == reach }.map { values[$0.0] }
      let votes = Double(wanted - inside.count)
      let mean = (inside.reduce(0, +) + votes * ties.reduce(0, +) / Double(ties.count)) / Double(wanted)
      sum += abs(values[row] - mean)
    }
    return 1 - sum / Double(features.count)
  }

  @Test func `Flip test by hand`() {
    // Reference rows near 0 are selected, those near 10 are not.
    let features = [[0.0], [1], [10], [11], [0.4], [0.6], [10.2]]
    let isFocal = [false, false, false, false, true, true, true]
    let selected: [UInt8] = [1, 1, 0, 0, 0, 1, 1]
    let found = IndividualFairness.flips(features: features, isFocal: isFocal, selected: selected)
    #expect(found == .init(lost: 1, gained: 1, rows: 3))
    #expect(
      IndividualFairness.flipTest(features: features, isFocal: isFocal, selected: selected) == .value(0))
    // Two neighbours that disagree change nothing.
    let tied = IndividualFairness.flips(
      features: [[0], [0], [0]], isFocal: [false, false, true], selected: [1, 0, 1], neighbours: 2)
    #expect(tied == .init(lost: 0, gained: 0, rows: 1))
    #expect(
      IndividualFairness.flipTest(features: [[1]], isFocal: [true], selected: [1])
        == .undefined("no rows in the reference group"))
  }

  @Test func `Numbers as predictions`() {
    let groups = [
      NumberParity.Group("a", labels: [1, 2, 3], predictions: [1, 2, 5]),
      NumberParity.Group("b", labels: [1, 2], predictions: [0, 0]),
      NumberParity.Group("c", labels: [], predictions: []),
    ]
    #expect(isMeasured(NumberParity.boundedGroupLoss(groups), 2.5))
    #expect(isMeasured(NumberParity.boundedGroupLoss(groups, .absolute), 1.5))
    #expect(isMeasured(NumberParity.boundedGroupLoss(groups, .zeroOne), 1))
    #expect(isMeasured(NumberParity.losses(groups, .square).overall, 9.0 / 5))
    let rates = NumberParity.quantileRates(groups, atLeast: 2)
    #expect(rates.members.map(\.value.value) == [2.0 / 3, 0, nil])
    #expect(isMeasured(rates.difference().value, 2.0 / 3))
    #expect(rates.excluded.map(\.name) == ["c"])
    #expect(NumberParity.boundedGroupLoss([groups[2]]).value == nil)
    // The Kolmogorov–Smirnov distance lies in Metrics and is the largest of these gaps over thresholds.
    let distance = RegressionFairness.maxStatisticalParity(groups[0].predictions, groups[1].predictions)
    #expect(distance == 1)
  }

  @Test func `Classes as predictions`() {
    let groups = [
      ClassParity.Group("a", [2, 2, 0]), ClassParity.Group("b", [1, 1, 2]),
      ClassParity.Group("c", [0, 0, 3]),
      ClassParity.Group("none", [0, 0, 0]),
    ]
    #expect(ClassParity.pairs(groups).map(\.distance) == [0.5, 1, 0.5])
    #expect(ClassParity.largest(groups) == .value(1))
    #expect(isMeasured(ClassParity.mean(groups), 2.0 / 3))
    #expect(ClassParity.mean([groups[0], groups[3]]).value == nil)
    // With two classes it is the difference of selection rates.
    let pair = GroupPair(focal: Compas.black, reference: Compas.white)
    let two = ClassParity.largest(
      [Compas.black, Compas.white].map { .init($0.name, [$0.selected, $0.unselected]) })
    #expect(isMeasured(two, abs(pair.statisticalParityDifference.value ?? .nan)))
  }
}
