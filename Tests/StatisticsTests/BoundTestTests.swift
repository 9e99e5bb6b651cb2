import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite struct BoundTestTests {
  static func difference(_ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double, _ d: Double) -> BoundTails {
    BoundTest.difference(successes1: k1, trials1: n1, successes2: k2, trials2: n2, bound: d)
  }

  static func ratio(_ k1: Double, _ n1: Double, _ k2: Double, _ n2: Double, _ r: Double) -> BoundTails {
    BoundTest.ratio(successes1: k1, trials1: n1, successes2: k2, trials2: n2, bound: r)
  }

  static func paired(_ t: [Double], _ d: Double) -> BoundTails {
    BoundTest.pairedDifference(both: t[0], firstOnly: t[1], secondOnly: t[2], neither: t[3], bound: d)
  }

  static func isSound(_ tails: BoundTails) -> Bool {
    (0...1).contains(tails.less) && (0...1).contains(tails.greater) && max(tails.less, tails.greater) >= 0.49
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func proportionLimitsAreClopperPearsons() throws {
    let cases = try Vector.cases("proportions").filter { $0.has("clopper_pearson") && $0.has("k") }
    #expect(cases.count > 40)
    for c in cases {
      let (k, n, tail) = (c.number("k"), c.number("n"), (1 - c.number("conf")) / 2)
      let tails = { (b: Double) in BoundTest.proportion(successes: k, trials: n, bound: b) }
      let limits = Interval(
        BoundTest.lowerLimit(alpha: tail, low: 0, high: 1, tails),
        BoundTest.upperLimit(alpha: tail, low: 0, high: 1, tails))
      #expect(isClose(limits, c.interval("clopper_pearson"), within: 1e-11), "\(k) of \(n)")
    }
  }

  @Test func proportionAgreesWithSummation() {
    for (k, n, p) in [(0, 1, 0.3), (1, 1, 0.3), (3, 7, 0.5), (7, 7, 0.2), (0, 30, 0.05), (31, 200, 0.2)] {
      let terms = (0...n).map { exp(SaddlePoint.logBinomial(Double($0), Double(n), p, 1 - p)) }
      let tails = BoundTest.proportion(successes: Double(k), trials: Double(n), bound: p)
      #expect(isClose(tails.less, terms[...k].reduce(0, +), within: 1e-12))
      #expect(isClose(tails.greater, terms[k...].reduce(0, +), within: 1e-12))
    }
    // Real counts: the tails still add up to one more than the term at k.
    let real = BoundTest.proportion(successes: 3.7, trials: 11.2, bound: 0.4)
    #expect(isClose(real.less, Beta.cumulative(0.6, 7.5, 4.7)))
    #expect(isClose(real.greater, Beta.cumulative(0.4, 3.7, 8.5)))
  }

  /// With many counts the corrections vanish beside the interval, which lies within them.
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func twoSampleLimitsApproachTheScoreIntervals() throws {
    var large = 0
    for c in try Vector.cases("two_proportions") where c.has("newcombe") {
      let (k1, n1, k2, n2) = (c.number("k1"), c.number("n1"), c.number("k2"), c.number("n2"))
      let tail = (1 - c.number("conf")) / 2
      let label = Comment(rawValue: "\(k1)/\(n1), \(k2)/\(n2) at \(tail)")
      let least = min(min(k1, n1 - k1), min(k2, n2 - k2))
      let tails = { (b: Double) in Self.difference(k1, n1, k2, n2, b) }
      let limits = Interval(
        BoundTest.lowerLimit(alpha: tail, low: -1, high: 1, tails),
        BoundTest.upperLimit(alpha: tail, low: -1, high: 1, tails))
      let score = c.interval("miettinen_nurminen")
      #expect(limits.lower <= k1 / n1 - k2 / n2 && limits.upper >= k1 / n1 - k2 / n2, label)
      guard least >= 5 else { continue }
      large += 1
      // Half a step, and the skewness' share: (z² − 1)/6 of the third moment over the variance.
      let slack = 1.5 / min(n1, n2)
      #expect(isClose(limits, score, within: slack), label)
      let ratios = Interval(
        BoundTest.lowerLimit(alpha: tail, low: 0, high: 100) { Self.ratio(k1, n1, k2, n2, $0) },
        BoundTest.upperLimit(alpha: tail, low: 0, high: 100) { Self.ratio(k1, n1, k2, n2, $0) })
      let koopman = c.interval("mn_ratio")
      #expect(abs(log(ratios.lower / koopman.lower)) < 1.5 / least, label)
      #expect(abs(log(ratios.upper / koopman.upper)) < 1.5 / least, label)
    }
    #expect(large > 5)
  }

  @Test func correctionsVanishWithTheSampleSize() {
    var last = Double.infinity
    for scale in [1.0, 100, 10_000, 1_000_000] {
      let (k1, n1, k2, n2) = (56 * scale, 70 * scale, 48 * scale, 80 * scale)
      let score = DifferenceInterval.miettinenNurminen(
        successes1: Int(k1), trials1: Int(n1), successes2: Int(k2), trials2: Int(n2), level: 0.95)
      let lower = BoundTest.lowerLimit(alpha: 0.025, low: -1, high: 1) {
        Self.difference(k1, n1, k2, n2, $0)
      }
      let error = abs(lower - score.lower) / score.width
      #expect(error < last / 9)
      last = error
    }
    #expect(last < 1e-4)
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func pairedLimitsApproachTangos() throws {
    for c in try Vector.named("paired_difference", in: "multiplicity_paired").list("items") {
      let t = c.numbers("t")
      let n = t.reduce(0, +)
      let limits = Interval(
        BoundTest.lowerLimit(alpha: 0.025, low: -1, high: 1) { Self.paired(t, $0) },
        BoundTest.upperLimit(alpha: 0.025, low: -1, high: 1) { Self.paired(t, $0) })
      #expect(isClose(limits, c.interval("tango95"), within: 2.5 / n), "\(t) \(limits)")
    }
  }

  /// Newcombe (1998) Statistics in Medicine 17:873–890, Table II, method 6: of the score interval, whose
  /// one-sided error may be above its level, the limits here are at most a little inside.
  @Test(arguments: [
    (56.0, 70.0, 48.0, 80.0, 0.0528, 0.3382), (9, 10, 3, 10, 0.1700, 0.8406), (6, 7, 2, 7, 0.0342, 0.8534),
    (5, 56, 0, 29, -0.0326, 0.1933), (0, 10, 0, 20, -0.1658, 0.2844), (0, 10, 0, 10, -0.2879, 0.2879),
    (10, 10, 0, 20, 0.7156, 1.0000), (10, 10, 0, 10, 0.6636, 1.0000),
  ])
  func limitsLieAboutNewcombesTableII(
    k1: Double, n1: Double, k2: Double, n2: Double, low: Double, high: Double
  ) {
    let lower = BoundTest.lowerLimit(alpha: 0.025, low: -1, high: 1) { Self.difference(k1, n1, k2, n2, $0) }
    let upper = BoundTest.upperLimit(alpha: 0.025, low: -1, high: 1) { Self.difference(k1, n1, k2, n2, $0) }
    let step = 1 / min(n1, n2)
    #expect(abs(lower - low) < step && abs(upper - high) < step, "\(lower) \(upper)")
  }

  @Test func edgesAreDecidedOrUnknown() {
    #expect(Self.difference(0, 0, 3, 9, 0.1) == .unknown && Self.ratio(3, 9, 0, 0, 0.8) == .unknown)
    #expect(Self.ratio(0, 9, 0, 30, 0.8) == .unknown && Self.paired([0, 0, 0, 0], 0) == .unknown)
    #expect(Self.difference(3, 9, 4, 9, 1.5) == BoundTails(less: 0, greater: 1))
    #expect(Self.difference(3, 9, 4, 9, -1.5) == BoundTails(less: 1, greater: 0))
    #expect(Self.difference(9, 9, 0, 9, 1) == BoundTails(less: 0.5, greater: 1))
    #expect(Self.ratio(3, 9, 0, 9, .infinity) == BoundTails(less: 0.5, greater: 1))
    #expect(Self.ratio(3, 9, 0, 9, 0) == BoundTails(less: 1, greater: 0))
    #expect(Self.ratio(90, 90, 0, 90, 2).greater < 1e-6)
    #expect(BoundTest.wald(estimate: 1, standardError: 0, bound: 0) == .unknown)
    #expect(BoundTest.wald(estimate: .nan, standardError: 1, bound: 0) == .unknown)
    #expect(BoundTest.proportion(successes: 1, trials: 2, bound: .nan) == .unknown)
    let t = BoundTest.wald(estimate: 2, standardError: 1, bound: 0, degreesOfFreedom: 5)
    #expect(isClose(t.greater, 0.0509697394149291, within: 1e-12) && isClose(t.less + t.greater, 1))
    let z = BoundTest.wald(estimate: -1.6448536269514722, standardError: 1, bound: 0)
    #expect(isClose(z.less, 0.05))
    #expect(BoundTest.lowerLimit(alpha: 0.05, low: -1, high: 1) { _ in .unknown } == -1)
    #expect(BoundTest.upperLimit(alpha: 0.05, low: -1, high: 1) { _ in .unknown } == 1)
  }

  /// Along every bound: numbers in [0, 1], monotone, and the mirror image of the groups exchanged.
  @Test func tailsAreMonotoneInTheBound() {
    var random = SplitMix(seed: 11)
    let differences = (-110...110).map { Double($0) / 100 } + [1e-9, -1e-9, 1e-4, -1e-4]
    let ratios = (-60...60).map { exp(Double($0) / 6) } + [0, 1, 0.8, 1.25, 1e-9, 1e9, .infinity]
    for round in 0..<150 {
      let (n1, n2) = (Self.size(&random), Self.size(&random))
      let (k1, k2) = (Self.count(n1, &random), Self.count(n2, &random))
      let label = Comment(rawValue: "\(k1)/\(n1), \(k2)/\(n2)")
      Self.expectMonotone(differences, label) { Self.difference(k1, n1, k2, n2, $0) }
      Self.expectMonotone(ratios, label) { Self.ratio(k1, n1, k2, n2, $0) }
      let pairs = [k1, k2, n1 - k1, n2 - k2]
      Self.expectMonotone(differences, "\(pairs)") { Self.paired(pairs, $0) }
      let swapped = Self.difference(k2, n2, k1, n1, -0.07)
      let plain = Self.difference(k1, n1, k2, n2, 0.07)
      #expect(isClose(swapped.greater, plain.less) && isClose(swapped.less, plain.greater), "\(round)")
    }
  }

  private static func size(_ random: inout SplitMix) -> Double {
    let n = exp(log(100_000) * Double.random(in: 0...1, using: &random))
    return Bool.random(using: &random) ? n.rounded() : n
  }

  private static func count(_ n: Double, _ random: inout SplitMix) -> Double {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: 0
    case 1: n
    case 2: n * Double.random(in: 0...1, using: &random)
    default: (n * Double.random(in: 0...1, using: &random)).rounded(.down)
    }
  }

  private static func expectMonotone(
    _ bounds: [Double], _ label: Comment, _ tails: (Double) -> BoundTails
  ) {
    let values = bounds.sorted().map { (bound: $0, tails: tails($0)) }
    #expect(values.allSatisfy { isSound($0.tails) }, label)
    for (a, b) in zip(values, values.dropFirst()) {
      #expect(b.tails.greater >= a.tails.greater - 1e-9, "\(label) \(a) \(b)")
      #expect(b.tails.less <= a.tails.less + 1e-9, "\(label) \(a) \(b)")
    }
  }
}
