import Glibc
import Testing

@testable import Statistics

/// The true probability of a false rejection, by enumeration of every outcome.
@Suite struct BoundTestSizeTests {
  static let levels = [0.1, 0.05, 0.01, 0.001, 1e-5]

  /// Most that a size may lie above its level; the score test without corrections is at 1.1 to 50.
  static let slack = 1.02

  @Test(arguments: [
    (1, 1), (1, 5), (1, 300), (2, 50), (5, 5), (5, 8), (10, 37), (15, 16), (30, 30), (30, 1000), (60, 60),
    (90, 30),
  ])
  func differenceKeepsItsLevel(n1: Int, n2: Int) {
    for bound in [-0.5, -0.1, -0.05, 0, 0.02, 0.1, 0.2] {
      let p = Self.table(n1, n2) {
        BoundTest.difference(
          successes1: Double($0), trials1: Double(n1), successes2: Double($1), trials2: Double(n2),
          bound: bound)
      }
      let (low, high) = (max(0, -bound), min(1, 1 - bound))
      Self.expectLevel(p, n1, n2, "difference \(bound)") { t in
        let rate = low + (high - low) * t
        return (rate + bound, rate)
      }
    }
  }

  @Test(arguments: [
    (1, 1), (1, 5), (300, 1), (2, 50), (5, 5), (8, 5), (15, 16), (25, 50), (30, 30), (30, 1000), (60, 60),
    (90, 30),
  ])
  func ratioKeepsItsLevel(n1: Int, n2: Int) {
    for bound in [0.1, 0.5, 0.8, 1, 1.25, 3] {
      let p = Self.table(n1, n2) {
        BoundTest.ratio(
          successes1: Double($0), trials1: Double(n1), successes2: Double($1), trials2: Double(n2),
          bound: bound)
      }
      Self.expectLevel(p, n1, n2, "ratio \(bound)") { t in
        let rate = t * min(1, 1 / bound)
        return (rate * bound, rate)
      }
    }
  }

  @Test(arguments: [1, 2, 5, 13, 37, 60])
  func pairedDifferenceKeepsItsLevel(n: Int) {
    for bound in [-0.4, -0.1, 0, 0.05, 0.2] {
      let tails = Self.table(n, n) { b, c in
        guard b + c <= n else { return .unknown }
        return BoundTest.pairedDifference(
          both: 0, firstOnly: Double(b), secondOnly: Double(c), neither: Double(n - b - c), bound: bound)
      }
      let (low, high) = (max(0, -bound), (1 - bound) / 2)
      for t in Self.positions {
        let second = low + (high - low) * t
        let weights = Self.trinomial(n, second + bound, second)
        let label = "\(n) pairs, \(bound), second \(second)"
        let outcomes = (0...n).flatMap { b in (0...(n - b)).map { (tails[b][$0], weights[b][$0]) } }
        Self.expectLevel(outcomes, label)
      }
    }
  }

  /// Exact tails of one proportion, at every rate.
  @Test(arguments: [1, 7, 30, 200]) func proportionKeepsItsLevel(n: Int) {
    for rate in Self.positions {
      let weights = Self.binomial(n, rate)
      let tails = (0...n).map { BoundTest.proportion(successes: Double($0), trials: Double(n), bound: rate) }
      for level in Self.levels {
        #expect(zip(tails, weights).filter { $0.0.less <= level }.reduce(0) { $0 + $1.1 } <= level + 1e-12)
        #expect(zip(tails, weights).filter { $0.0.greater <= level }.reduce(0) { $0 + $1.1 } <= level + 1e-12)
      }
    }
  }

  /// Enough of the plain score test's error to show that the enumeration can see one.
  @Test func enumerationSeesThePlainScoreTestsError() {
    let weights = Self.binomial(30, 0.053)
    let reference = Self.binomial(1000, 0.003)
    var size = 0.0
    for (k1, w1) in weights.enumerated() {
      for (k2, w2) in reference.enumerated() {
        let rates = DifferencePair(Double(k1), 30, Double(k2), 1000).rates(0.05)
        let excess = Double(k1) / 30 - Double(k2) / 1000 - 0.05
        if Normal.survival(excess / rates.differenceVariance(30, 1000).squareRoot()) <= 0.001 {
          size += w1 * w2
        }
      }
    }
    #expect(size > 0.004)
  }

  // MARK: Enumeration

  /// Nuisance positions between the ends of what a bound allows; dense at the ends.
  static let positions =
    [0.0005, 0.002, 0.005, 0.01, 0.02, 0.035, 0.97, 0.99, 0.998] + (1..<20).map { Double($0) / 20 }

  static func table(_ n1: Int, _ n2: Int, _ tails: (Int, Int) -> BoundTails) -> [[BoundTails]] {
    (0...n1).map { k1 in (0...n2).map { tails(k1, $0) } }
  }

  static func binomial(_ n: Int, _ p: Double) -> [Double] {
    let rate = min(1, max(0, p))
    return (0...n).map { exp(SaddlePoint.logBinomial(Double($0), Double(n), rate, 1 - rate)) }
  }

  private static func trinomial(_ n: Int, _ first: Double, _ second: Double) -> [[Double]] {
    binomial(n, first).enumerated().map { b, weight in
      let rest = first < 1 ? min(1, second / (1 - first)) : 0
      return binomial(n - b, rest).map { $0 * weight }
    }
  }

  private static func expectLevel(
    _ tails: [[BoundTails]], _ n1: Int, _ n2: Int, _ label: String,
    rates: (Double) -> (Double, Double)
  ) {
    for t in positions {
      let (p1, p2) = rates(t)
      let (w1, w2) = (binomial(n1, p1), binomial(n2, p2))
      // Outcomes that weigh nothing beside the smallest level are passed over.
      let likely = w2.indices.filter { w2[$0] > 1e-12 }
      let outcomes = w1.indices.filter { w1[$0] > 1e-12 }.flatMap { k1 in
        likely.map { (tails: tails[k1][$0], weight: w1[k1] * w2[$0]) }
      }
      expectLevel(outcomes, "\(n1), \(n2), \(label), rates \(p1), \(p2)")
    }
  }

  private static func expectLevel(_ outcomes: [(tails: BoundTails, weight: Double)], _ label: String) {
    for level in levels {
      var (less, greater) = (0.0, 0.0)
      for outcome in outcomes {
        if outcome.tails.less <= level { less += outcome.weight }
        if outcome.tails.greater <= level { greater += outcome.weight }
      }
      #expect(max(less, greater) <= slack * level, "\(label) at \(level): \(less) \(greater)")
    }
  }
}
