import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite struct NoiseFloorTests {
  /// The expected range of n standard normals (Tippett 1925; the control-chart constant d₂).
  @Test(arguments: [(2, 1.128379167), (5, 2.325929), (10, 3.077505), (20, 3.734950)])
  func normalRangeIsTippetts(count: Int, expected: Double) {
    let found = NoiseFloor.expectedRange(standardErrors: [Double](repeating: 1, count: count))
    #expect(isClose(found, expected, within: 1e-6))
    let scaled = NoiseFloor.expectedRange(standardErrors: [Double](repeating: 0.04, count: count))
    #expect(isClose(scaled, 0.04 * expected, within: 1e-7))
  }

  /// Two normals of unlike spread: E|X − Y| = √(2(s₁² + s₂²)/π). One that is known exactly: E max(X, 0) − E min(X, 0) = E|X|.
  @Test(arguments: [(1.0, 1.0), (1, 0.001), (5e-5, 2), (3, 0)])
  func twoNormalsOfUnlikeSpread(a: Double, b: Double) {
    let expected = (2 * (a * a + b * b) / Double.pi).squareRoot()
    #expect(isClose(NoiseFloor.expectedRange(standardErrors: [a, b]), expected, within: 1e-5))
  }

  /// Every outcome of a few small groups.
  @Test(arguments: [[3, 4], [5, 5, 5], [1, 2, 6], [7, 0, 2]], [0.2, 0.5, 0.93])
  func ratesByEnumeration(trials: [Int], rate: Double) {
    let live = trials.filter { $0 > 0 }
    var expected = 0.0
    func visit(_ counts: [Int], _ chance: Double) {
      guard counts.count < live.count else {
        expected += chance * HomogeneityTest.range(counts, live)
        return
      }
      let n = live[counts.count]
      for k in 0...n {
        let term = exp(SaddlePoint.logBinomial(Double(k), Double(n), rate, 1 - rate))
        visit(counts + [k], chance * term)
      }
    }
    visit([], 1)
    #expect(isClose(NoiseFloor.expectedRange(rate: rate, trials: trials), expected))
  }

  /// Twenty fair groups of 100 at a rate of 0.2 show a gap of some 3.735·0.04 = 0.149 by chance.
  @Test func twentyFairGroups() {
    let found = NoiseFloor.expectedRange(rate: 0.2, trials: [Int](repeating: 100, count: 20))
    #expect(abs(found - 0.149) < 0.001)
    #expect(NoiseFloor.expectedRange(rate: 0.2, trials: [100]) == 0)
    #expect(NoiseFloor.expectedRange(rate: 0, trials: [100, 100]) == 0)
  }

  /// Where groups are too large to be enumerated the normal distribution takes over, without a step.
  @Test func largeGroupsAreNormal() {
    let trials = [Int](repeating: 2_000_000, count: 3)
    let exact = NoiseFloor.expectedRange(rate: 0.4, trials: trials)
    let error = (0.24 / 2e6).squareRoot()
    let normal = NoiseFloor.expectedRange(standardErrors: [error, error, error])
    #expect(abs(exact / normal - 1) < 1e-4)
    let many = NoiseFloor.expectedRange(rate: 0.4, trials: [Int](repeating: 2_000_000, count: 500))
    #expect(many > exact && many < 10 * error)
  }

  /// Every outcome of a few small groups.
  @Test(arguments: [[3, 4], [5, 5, 5], [1, 2, 6]], [0.2, 0.5, 0.93])
  func chancesByEnumeration(trials: [Int], rate: Double) {
    var (ratio, range, none) = (0.0, 0.0, 0.0)
    func visit(_ counts: [Int], _ chance: Double) {
      guard counts.count < trials.count else {
        let rates = zip(counts, trials).map { Double($0) / Double($1) }
        let (low, high) = (rates.min() ?? 0, rates.max() ?? 0)
        if high == 0 { none += chance } else if low < 0.8 * high - 1e-9 { ratio += chance }
        if high - low > 0.4 + 1e-9 { range += chance }
        return
      }
      let n = trials[counts.count]
      for k in 0...n {
        let term = exp(SaddlePoint.logBinomial(Double(k), Double(n), rate, 1 - rate))
        visit(counts + [k], chance * term)
      }
    }
    visit([], 1)
    let found = NoiseFloor.chance(ofRatioBelow: 0.8, rate: rate, trials: trials)
    #expect(isClose(found, ratio / (1 - none)))
    #expect(isClose(NoiseFloor.chance(ofRangeAbove: 0.4, rate: rate, trials: trials), range))
  }

  /// Fair groups that break the four-fifths rule: shares among 20,000 simulated draws.
  @Test(arguments: [
    (30, 2, 0.1, 0.782), (30, 2, 0.3, 0.558), (30, 2, 0.5, 0.376), (30, 5, 0.1, 0.997), (30, 5, 0.3, 0.967),
    (30, 5, 0.5, 0.896), (30, 10, 0.5, 0.996),
  ])
  func fourFifthsByChance(size: Int, groups: Int, rate: Double, simulated: Double) {
    let trials = [Int](repeating: size, count: groups)
    let found = NoiseFloor.chance(ofRatioBelow: 0.8, rate: rate, trials: trials)
    #expect(abs(found - simulated) < 0.013, "\(found)")
    #expect(NoiseFloor.chance(ofRatioBelow: 0.8, rate: rate, trials: [size]) == 0)
  }
}
