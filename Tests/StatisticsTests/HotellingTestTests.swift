import TestSupport
import Testing

@testable import Statistics

struct HotellingTestTests {
  /// Of two estimates T² is the square of Student's t of their difference.
  @Test func twoValuesAreAPairedTTest() throws {
    let found = try #require(
      HotellingTest(values: [1.2, 0.7], covariances: [0.09, 0.03, 0.03, 0.04], units: 20))
    let t = 0.5 / (0.09 + 0.04 - 2 * 0.03).squareRoot()
    #expect(isClose(found.statistic, t * t, within: 1e-12))
    #expect(isClose(found.p, 2 * StudentT.survival(t, degreesOfFreedom: 19), within: 1e-9))
  }

  /// Of independent estimates T² is Cochran's Q.
  @Test func independentValuesAreCochransQ() throws {
    let (values, variances) = ([0.3, 0.5, 0.45, 0.2], [0.01, 0.02, 0.005, 0.03])
    var covariances = [Double](repeating: 0, count: 16)
    for place in 0..<4 { covariances[5 * place] = variances[place] }
    let found = try #require(HotellingTest(values: values, covariances: covariances, units: 1_000_000))
    let weights = variances.map { 1 / $0 }
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    let q = zip(values, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    #expect(isClose(found.statistic, q, within: 1e-12))
    #expect(isClose(found.p, ChiSquared.survival(q, degreesOfFreedom: 3), within: 1e-5))
  }

  /// Which value is first does not matter, nor what all have in common; a matrix may be singular where the differences are not.
  @Test func orderAndWhatAllShareDoNotMatter() throws {
    let values = [0.3, 0.5, 0.45]
    let covariances = [0.04, 0.01, 0.02, 0.01, 0.05, 0, 0.02, 0, 0.06]
    let found = try #require(HotellingTest(values: values, covariances: covariances, units: 30))
    let order = [2, 0, 1]
    let turned = try #require(
      HotellingTest(
        values: order.map { values[$0] },
        covariances: order.flatMap { a in order.map { covariances[3 * a + $0] } }, units: 30))
    #expect(isClose(found.statistic, turned.statistic, within: 1e-12))
    let shifted = try #require(
      HotellingTest(values: values.map { $0 + 5 }, covariances: covariances.map { $0 + 0.7 }, units: 30))
    #expect(isClose(found.statistic, shifted.statistic, within: 1e-9))
    // Values that sum to one: no variance along (1, 1).
    #expect(HotellingTest(values: [0.4, 0.6], covariances: [0.01, -0.01, -0.01, 0.01], units: 30) != nil)
  }

  @Test func whatCannotBeJudged() {
    #expect(HotellingTest(values: [1], covariances: [1], units: 30) == nil)
    #expect(HotellingTest(values: [1, 2], covariances: [1, 0, 0, 1], units: 5) == nil)
    // Both move alike: their difference does not vary.
    #expect(HotellingTest(values: [1, 2], covariances: [1, 1, 1, 1], units: 30) == nil)
  }
}

struct CorrelatedRatioTests {
  /// At each limit R the difference a − R·b has 0 on the edge of its own interval, which is what MOVER-R means (Donner & Zou 2012).
  @Test(arguments: [-0.8, -0.2, 0, 0.3, 0.7]) func limitsAreWhereTheDifferenceReachesZero(r: Double) {
    let (a, b) = (0.4, 0.55)
    let (first, second) = (Interval(lower: 0.33, upper: 0.5), Interval(lower: 0.47, upper: 0.61))
    let limits = RatioInterval.moverR(a, first, b, second, correlation: r)
    func edge(_ ratio: Double) -> Interval {
      DifferenceInterval.mover(
        a, first, ratio * b, Interval(lower: ratio * second.lower, upper: ratio * second.upper),
        correlation: r)
    }
    #expect(abs(edge(limits.lower).lower) < 1e-12)
    #expect(abs(edge(limits.upper).upper) < 1e-12)
    #expect(limits.lower < a / b && limits.upper > a / b)
  }

  /// What goes together varies less in its ratio.
  @Test func correlationNarrows() {
    let (first, second) = (Interval(lower: 0.33, upper: 0.5), Interval(lower: 0.47, upper: 0.61))
    let widths = [-0.9, -0.4, 0, 0.4, 0.9].map {
      RatioInterval.moverR(0.4, first, 0.55, second, correlation: $0).width
    }
    #expect(widths == widths.sorted(by: >))
  }
}
