import Models
import Results
import Tables
import TestSupport
import Testing

@testable import Explanations

/// (x² + 1)·z + x of whole columns.
private struct BentScorer: Scorer {
  let features = ["x", "z"].map { ScorerFeature(name: $0, kind: .number) }
  let outputs = ["other", "score"]

  func score(_ columns: [Column]) throws(Failure) -> [[Double]] {
    guard case .numbers(let x) = columns[0], case .numbers(let z) = columns[1] else {
      throw Failure(.defect, "no numbers")
    }
    return [x.values, zip(x.values, z.values).map { ($0 * $0 + 1) * $1 + $0 }]
  }
}

/// Whether 95 % intervals of known curves hold them in 95 % of simulated data sets.
///
/// x takes a few values; the other feature's mean depends on x and on the group, so that local effects differ from
/// partial dependence; the model is (x² + 1)·z + x.
@Suite struct EffectCoverageTests {
  struct Setup: Sendable {
    /// Rows that share z and weigh alike.
    var rowsOfUnit = 1
    var isWeighted = false
  }

  private static let shares = [0.1, 0.3, 0.25, 0.2, 0.15]
  private static let steps = [0.0, 0.5, 1, 2, 3]

  private static func groupShare(_ x: Int) -> Double { 0.25 + 0.1 * Double(x) }
  /// The mean of z for a value of x in the group or outside.
  private static func mean(_ x: Int, _ isInGroup: Bool) -> Double { 0.5 * Double(x) + (isInGroup ? 1 : -0.5) }

  private struct Truth {
    var dependence: [Double]
    var accumulated: [Double]

    /// - Parameter shares: of x among the slice's rows
    /// - Parameter means: of z given x
    init(_ shares: [Double], _ means: [Double]) {
      let steps = EffectCoverageTests.steps
      let center = zip(shares, means).reduce(0) { $0 + $1.0 * $1.1 } / shares.reduce(0, +)
      dependence = steps.map { ($0 * $0 + 1) * center + $0 }
      // The bin of the least value holds the first two.
      let bins = [0, 0, 1, 2, 3]
      var sums = [0.0]
      var middle = 0.0
      for bin in 0..<4 {
        let members = bins.indices.filter { bins[$0] == bin }
        let weight = members.reduce(0) { $0 + shares[$1] }
        let z = members.reduce(0) { $0 + shares[$1] * means[$1] } / weight
        let (low, high) = (steps[bin], steps[bin + 1])
        sums.append((sums.last ?? 0) + (high * high - low * low) * z + high - low)
        middle += weight * (sums[bin] + sums[bin + 1]) / 2
      }
      accumulated = sums.map { $0 - middle / shares.reduce(0, +) }
    }
  }

  private static func draw(_ units: Int, _ setup: Setup, _ random: inout SplitMix) throws -> EffectOracle {
    var x: [Double] = []
    var z: [Double] = []
    var groups: [String] = []
    var weights: [Double] = []
    for _ in 0..<units {
      let place = Double.random(in: 0..<1, using: &random)
      var (step, sum) = (0, shares[0])
      while sum < place, step < 4 {
        step += 1
        sum += shares[step]
      }
      let isInGroup = Double.random(in: 0..<1, using: &random) < groupShare(step)
      // A sum of three uniform numbers, of variance 1.
      let own = (0..<3).reduce(-3.0) { sum, _ in sum + Double.random(in: 0..<2, using: &random) }
      let weight = Double.random(in: 0.5..<2, using: &random)
      for _ in 0..<setup.rowsOfUnit {
        x.append(steps[step])
        z.append(mean(step, isInGroup) + own + Double.random(in: -0.2...0.2, using: &random))
        groups.append(isInGroup ? "in" : "out")
        weights.append(weight)
      }
    }
    return try EffectsFixture.input(
      [EffectsFixture.numbers("x", x), EffectsFixture.numbers("z", z)],
      others: [EffectsFixture.category("g", groups)], slices: ["g=in"],
      weights: setup.isWeighted ? weights : nil,
      units: setup.rowsOfUnit > 1 ? x.indices.map { Int32($0 / setup.rowsOfUnit) } : nil,
      scorer: BentScorer()
    ) { ($0[0].number * $0[0].number + 1) * $0[1].number + $0[0].number }
  }

  private static var truths: [Truth] {
    let places = shares.indices
    let all = places.map { groupShare($0) * mean($0, true) + (1 - groupShare($0)) * mean($0, false) }
    return [
      Truth(shares, all), Truth(places.map { shares[$0] * groupShare($0) }, places.map { mean($0, true) }),
    ]
  }

  @Test(arguments: [Setup(), Setup(rowsOfUnit: 2, isWeighted: true)])
  func intervalsHoldTheirLevel(_ setup: Setup) throws {
    let (count, units) = (800, 240)
    var random = SplitMix(seed: 31)
    var inside = [[Int]](repeating: [Int](repeating: 0, count: 10), count: 2)
    for _ in 0..<count {
      let oracle = try Self.draw(units, setup, &random)
      let effect = try EffectsEngine(oracle.input, ExplanationSettings())
        .effects(of: [EffectsFixture.all(oracle.input)[0]]).values[0]
      try #require(effect.grid == Self.steps)
      for (slice, (curve, truth)) in zip(effect.curves, Self.truths).enumerated() {
        let values = curve.partialDependence + curve.accumulatedEffect
        let errors = curve.partialDependenceError + curve.accumulatedEffectError
        for (place, truth) in (truth.dependence + truth.accumulated).enumerated()
        where abs(values[place] - truth) <= 1.959964 * errors[place] { inside[slice][place] += 1 }
      }
    }
    for (slice, inside) in inside.enumerated() {
      for (place, inside) in inside.enumerated() {
        let share = Double(inside) / Double(count)
        #expect((0.93...0.97).contains(share), "slice \(slice), number \(place): \(share)")
      }
    }
  }
}
