import Glibc
import TestSupport
import Testing

@testable import Statistics

/// Exact tests against enumerations that know nothing of their shortcuts.
@Suite struct ExactTestTests {
  private static func choose(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
  }

  /// The largest probability over a grid of rates, table by table.
  private static func barnard(_ k1: Int, _ n1: Int, _ k2: Int, _ n2: Int) -> Double {
    func score(_ a: Int, _ b: Int) -> Double {
      let gap = a * n2 - b * n1
      return gap == 0 ? 0 : Double(gap * gap) / Double((a + b) * (n1 + n2 - a - b))
    }
    let observed = score(k1, k2)
    var far: [(Int, Int)] = []
    for a in 0...n1 { for b in 0...n2 where score(a, b) >= observed * (1 - 1e-12) { far.append((a, b)) } }
    return (1..<1000).map { step -> Double in
      let rate = Double(step) / 1000
      return far.reduce(0) { sum, table in
        sum + choose(n1, table.0) * choose(n2, table.1) * pow(rate, Double(table.0 + table.1))
          * pow(1 - rate, Double(n1 + n2 - table.0 - table.1))
      }
    }.max() ?? 0
  }

  @Test(arguments: [(9, 12, 3, 10), (5, 5, 51, 80), (7, 15, 12, 15), (0, 6, 4, 9), (2, 30, 9, 20)])
  func barnardIsTheMaximum(k1: Int, n1: Int, k2: Int, n2: Int) throws {
    let found = try #require(TwoProportionTest.barnard(k1, n1, k2, n2))
    let grid = Self.barnard(k1, n1, k2, n2)
    #expect(found >= grid - 1e-12)
    #expect(found <= grid * 1.001)
    #expect(isClose(found, try #require(TwoProportionTest.barnard(k2, n2, k1, n1)), within: 1e-9))
  }

  /// The vaccine of Mehta & Senchaudhuri (2003), 7 of 15 against 12 of 15 infected: p = 0.0341 one-sided, which equal sizes double. The
  /// maximum lies at a rate of 0.6635; SciPy's 0.0681534 is its value at ½.
  @Test func barnardOfTheVaccine() throws {
    let found = try #require(TwoProportionTest.barnard(7, 15, 12, 15))
    #expect(abs(found / 2 - 0.0341) < 5e-5)
    #expect(isClose(found, 0.06821830932, within: 1e-9))
    #expect(TwoProportionTest.barnard(0, 5, 0, 9) == 1 && TwoProportionTest.barnard(5, 5, 9, 9) == 1)
    #expect(TwoProportionTest.barnard(1, 1000, 2, 1000) == nil)
  }

  @Test func permutationGapCountsTables() {
    var random = SplitMix(seed: 3)
    for _ in 0..<300 {
      let (n1, n2) = (Int.random(in: 1...14, using: &random), Int.random(in: 1...14, using: &random))
      let (k1, k2) = (Int.random(in: 0...n1, using: &random), Int.random(in: 0...n2, using: &random))
      let hits = k1 + k2
      var (far, all) = (0.0, 0.0)
      for x in max(0, hits - n2)...min(n1, hits) {
        let weight = Self.choose(n1, x) * Self.choose(n2, hits - x)
        all += weight
        if abs(x * n2 - (hits - x) * n1) >= abs(k1 * n2 - k2 * n1) { far += weight }
      }
      let found = TwoProportionTest.permutationGap(k1, n1, k2, n2)
      #expect(isClose(found, far / all), "\(k1)/\(n1) \(k2)/\(n2)")
    }
  }

  /// Every way to deal the successes over the groups.
  private static func range(_ k: [Int], _ n: [Int]) -> Double {
    let (hits, observed) = (k.reduce(0, +), HomogeneityTest.range(k, n))
    var (far, all) = (0.0, 0.0)
    func deal(_ counts: [Int], _ left: Int, _ weight: Double) {
      guard counts.count < n.count else {
        if left > 0 { return }
        all += weight
        if HomogeneityTest.range(counts, n) >= observed - 1e-12 { far += weight }
        return
      }
      for x in 0...min(left, n[counts.count]) {
        deal(counts + [x], left - x, weight * choose(n[counts.count], x))
      }
    }
    deal([], hits, 1)
    return far / all
  }

  @Test func exactRangeCountsTables() throws {
    var random = SplitMix(seed: 5)
    for _ in 0..<60 {
      let n = (0..<Int.random(in: 2...4, using: &random)).map { _ in Int.random(in: 1...7, using: &random) }
      let k = n.map { Int.random(in: 0...$0, using: &random) }
      let hits = k.reduce(0, +)
      let found = try #require(HomogeneityTest.exactRange(successes: k, trials: n))
      #expect(isClose(found, hits == 0 || hits == n.reduce(0, +) ? 1 : Self.range(k, n)), "\(k) of \(n)")
    }
    #expect(HomogeneityTest.exactRange(successes: [3], trials: [5]) == 1)
    #expect(HomogeneityTest.exactRange(successes: [300, 100], trials: [5000, 5000]) == nil)
    let two = try #require(HomogeneityTest.exactRange(successes: [7, 3, 0], trials: [20, 25, 0]))
    #expect(isClose(two, TwoProportionTest.permutationGap(7, 20, 3, 25)))
  }

  @Test func exactPermutationIsSymmetric() throws {
    let (a, b) = ([1.0, 4, 2, 8], [5.0, 7, 1])
    let there = try #require(ExactPermutation(a, b))
    let back = try #require(ExactPermutation(b, a))
    #expect(isClose(there.observed, -back.observed) && isClose(there.twoSided, back.twoSided))
    #expect(isClose(there.nullDeviation, back.nullDeviation) && there.permutations == 35)
    #expect(ExactPermutation([], [1]) == nil)
    #expect(ExactPermutation(a + a + a, b + b + b, limit: 100) == nil)
    // The variance of a difference of means over all splits: N·s²/(m·n), s² with N − 1 (Fisher 1935).
    let all = a + b
    let mean = all.reduce(0, +) / 7
    let variance = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 6
    #expect(isClose(there.nullDeviation, (7 * variance / 12).squareRoot()))
  }

  @Test func exactBootstrapIsTheBinomialOfTwoCells() throws {
    let found = try #require(ExactBootstrap(counts: [3, 0, 7]) { Double($0[0]) / 10 })
    #expect(found.undefined == 0 && found.outcomes.count == 11)
    #expect(isClose(found.mean, 0.3) && isClose(found.variance, 0.021))
    #expect(ExactBootstrap(counts: [0, 0]) { _ in 1 } == nil)
    #expect(ExactBootstrap(counts: [2, 1]) { _ in nil } == nil)
    #expect(ExactBootstrap(counts: [500, 500, 500, 500]) { Double($0[0]) } == nil)
  }
}
