import Metrics
import Statistics
import TestSupport
import Testing

@testable import Fairness

/// Published numbers: docstrings of holisticai 1.0.14 (holisticai/bias/metrics/_regression.py).
@Suite struct ThresholdParityTests {
  private static let a = [0.1, 0.2, 0.8, 0.9]
  private static let b = [0.3, 0.5, 0.6, 0.7, 0.8, 0.9]
  private static let line = (0..<50).map { -1 + 2 * Double($0) / 49 }
  private static let cube = line.map { $0 * $0 * $0 }

  private static func group(_ name: String, _ scores: [Double], _ weights: [Double]? = nil)
    -> ThresholdParity.Group
  {
    ThresholdParity.Group(name, scores: scores, labels: [], weights: weights)
  }

  private static func share(_ group: ThresholdParity.Group, _ threshold: Double) -> Double {
    let weights = group.weights ?? group.scores.map { _ in 1 }
    let reached = zip(group.scores, weights).reduce(0) { $1.0 >= threshold ? $0 + $1.1 : $0 }
    return reached / weights.reduce(0, +)
  }

  @Test func `The published area is this one at 150 thresholds`() throws {
    let (a, b) = (Self.group("line", Self.line), Self.group("cube", Self.cube))
    let all = (Self.line + Self.cube).sorted()
    let grid = (0..<150).reduce(0.0) { sum, step in
      let threshold = Quantile.type7(sorted: all, 1 - Double(step) / 149)
      return sum + abs(Self.share(a, threshold) - Self.share(b, threshold)) / 150
    }
    #expect(isClose(grid, 0.12106666666666668))
    let area = try #require(ThresholdParity(a, b)).area
    #expect(abs(area - grid) < 0.003)
  }

  @Test func `The published level`() throws {
    #expect(try #require(ThresholdParity(Self.group("a", Self.a), Self.group("b", Self.b))).level == 0.7)
  }

  @Test func `The area is the mean gap over the rows as thresholds`() throws {
    var random = SplitMix(seed: 4)
    for isWeighted in [false, true] {
      for _ in 0..<50 {
        let groups = ["a", "b"].map { name in
          let count = Int.random(in: 1...12, using: &random)
          let scores = (0..<count).map { _ in Double(Int.random(in: 0...6, using: &random)) }.sorted()
          return Self.group(
            name, scores, isWeighted ? scores.map { _ in Double(Int.random(in: 1...3, using: &random)) } : nil
          )
        }
        var (sum, total) = (0.0, 0.0)
        for group in groups {
          for (row, threshold) in group.scores.enumerated() {
            let weight = group.weights?[row] ?? 1
            sum += weight * abs(Self.share(groups[0], threshold) - Self.share(groups[1], threshold))
            total += weight
          }
        }
        let found = try #require(ThresholdParity(groups[0], groups[1]))
        #expect(isClose(found.area, sum / total))
        #expect(isClose(try #require(ThresholdParity(groups[1], groups[0])).area, sum / total))
        let level = try #require(found.level)
        let ratio = Self.share(groups[0], level) / Self.share(groups[1], level)
        #expect(ratio > 0.8 && ratio < 1.2)
      }
    }
    #expect(ThresholdParity(Self.group("a", []), Self.group("b", [1])) == nil)
    #expect(ThresholdParity(Self.group("a", [1], [0]), Self.group("b", [1], [1])) == nil)
  }

  /// Where one group's numbers are all above, the area is (n + 1) / 2(n + m) − …: the chance of a pair in order, less one half.
  @Test func `Of untied groups in order it is the area under the curve less one half`() throws {
    var random = SplitMix(seed: 5)
    let b = (0..<4000).map { _ in Double.random(in: 0..<1, using: &random) }
    let a = b.map { $0.squareRoot() }.sorted()
    let area = try #require(ThresholdParity(Self.group("a", a), Self.group("b", b.sorted()))).area
    // P(A > B) of A = √U is 2/3.
    #expect(abs(area - 1.0 / 6) < 0.01)
  }

  private static func number(_ a: [Double], _ b: [Double], _ weights: (Int) -> [Double]? = { _ in nil })
    throws
    -> MeasureNumber
  {
    let (first, second) = (group("a", a.sorted(), weights(a.count)), group("b", b.sorted(), weights(b.count)))
    let draws = DistanceDraws(replicates: 1000, seed: 3, level: 0.95)
    let pair = try #require(PairDistances(first, second, labels: false, key: "ab", draws: draws))
    return pair.betweenShares(.value(try #require(ThresholdParity(first, second)).area))
  }

  @Test func `Limits reach 0 where groups are alike, and the test is the permutation test`() throws {
    var random = SplitMix(seed: 6)
    func draw(_ count: Int, _ shift: Double) -> [Double] {
      (0..<count).map { _ in shift + Double.random(in: 0..<1, using: &random) }
    }
    let (a, b) = (draw(60, 0), draw(90, 0.02))
    let alike = try Self.number(a, b)
    #expect(alike.limits?.lower == 0 && alike.test == "permutation test")
    let value = try #require(alike.value.value)
    var beyond = 0
    for _ in 0..<4000 {
      let mixed = (a + b).shuffled(using: &random)
      let found = try #require(
        ThresholdParity(
          Self.group("a", mixed[..<60].sorted()), Self.group("b", mixed[60...].sorted())))
      if found.area >= value - 1e-12 { beyond += 1 }
    }
    #expect(abs((alike.p ?? .nan) - Double(beyond) / 4000) < 0.05)
    let apart = try Self.number(draw(600, 0), draw(700, 0.4))
    #expect(apart.limits?.lower ?? 0 > 0 && apart.p ?? 1 < 0.01 && apart.test == "centred bootstrap test")
    let weighted = try Self.number(a, b) { [Double](repeating: 2, count: $0) }
    #expect(weighted.limits?.lower == 0 && isClose(weighted.value.value ?? .nan, value))
    #expect(try Self.number([1, 2, 3], b).limits == nil)
  }

  // MARK: Weights of losses and quantile rates

  @Test func `Weights count rows`() {
    let weighted = [
      NumberParity.Group("a", labels: [1, 2, 3], predictions: [1, 2.5, 5], weights: [1, 2, 3]),
      NumberParity.Group("b", labels: [1, 2], predictions: [0, 0], weights: [4, 1]),
    ]
    let repeated = [
      NumberParity.Group("a", labels: [1, 2, 2, 3, 3, 3], predictions: [1, 2.5, 2.5, 5, 5, 5]),
      NumberParity.Group("b", labels: [1, 1, 1, 1, 2], predictions: [0, 0, 0, 0, 0]),
    ]
    for loss in NumberParity.Loss.allCases {
      let (one, other) = (
        NumberParity.losses(weighted, loss), NumberParity.losses(repeated, loss)
      )
      for (a, b) in zip(one.members, other.members) {
        #expect(isMeasured(a.value, b.value.value ?? .nan))
      }
      #expect(isMeasured(one.overall, other.overall.value ?? .nan))
      // Fewer rows hold less than as many as the weights say.
      let (few, many) = (
        NumberParity.boundedGroupLoss(weighted, loss, level: 0.9),
        NumberParity.boundedGroupLoss(repeated, loss, level: 0.9)
      )
      if let few = few.limits, let many = many.limits {
        #expect(few.upper - few.lower > many.upper - many.lower)
      }
    }
    let rates = NumberParity.quantileRates(weighted, atLeast: 2.5)
    #expect(rates.members.map(\.value.value) == [5.0 / 6, 0])
    let gap = NumberParity.quantileRateGap(weighted, atLeast: 2.5, level: 0.95, seed: 1)
    #expect(gap.value == rates.difference().value && gap.limits != nil)
  }

  /// `statistical_parity_regression` at 0.7, whose rows at the quantile, 0.8, count.
  @Test func `The published gap of quantile rates`() {
    let groups = [
      NumberParity.Group("a", labels: Self.a, predictions: Self.a),
      NumberParity.Group("b", labels: Self.b, predictions: Self.b),
    ]
    let threshold = PredictionQuantiles(Self.a + Self.b, weights: nil).value(at: 0.7)
    let gap = NumberParity.quantileRates(groups, atLeast: threshold).difference()
    #expect(isMeasured(gap.value, 0.16666666666666669))
  }
}
