import TestSupport
import Testing

@testable import Statistics

@Suite struct ProportionIntervalTests {
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func agreesWithVectors() throws {
    let cases = try Vector.cases("proportions").filter { $0.has("wilson") }
    #expect(cases.count == 48)
    for c in cases {
      let (k, n, level) = (c.number("k"), c.number("n"), c.number("conf"))
      let label = Comment(rawValue: "\(k)/\(n) at \(level)")
      #expect(
        isClose(
          ProportionInterval.wilson(successes: k, trials: n, level: level), c.interval("wilson")), label)
      #expect(
        isClose(
          ProportionInterval.wilsonContinuityCorrected(successes: k, trials: n, level: level),
          c.interval("wilson_cc")), label)
      #expect(
        isClose(
          ProportionInterval.agrestiCoull(successes: k, trials: n, level: level),
          c.interval("agresti_coull")), label)
      #expect(
        isClose(
          ProportionInterval.clopperPearson(successes: k, trials: n, level: level),
          c.interval("clopper_pearson"), within: 1e-12), label)
      #expect(
        isClose(
          ProportionInterval.jeffreys(successes: k, trials: n, level: level),
          c.interval("jeffreys"), within: 1e-12), label)
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func weightsCountAsKishEffectiveSize() throws {
    let c = try #require(try Vector.cases("proportions").first { $0.has("weighted") }).inner("weighted")
    let w = c.numbers("w")
    let size = Kish.effectiveSize(
      sum: w.reduce(0, +), sumOfSquares: w.reduce(0) { $0 + $1 * $1 })
    #expect(isClose(size, c.number("kish_n_eff")))
    let interval = ProportionInterval.wilson(successes: c.number("p") * size, trials: size, level: 0.95)
    #expect(isClose(interval, c.interval("wilson_neff_95")))
  }

  /// Values printed by SciPy and statsmodels to six places.
  @Test func agreesWithPublishedDigits() {
    let k = 15.0
    let n = 148.0
    #expect(
      isClose(
        ProportionInterval.wilson(successes: k, trials: n, level: 0.95), Interval(0.062386, 0.160487),
        within: 1e-6))
    #expect(
      isClose(
        ProportionInterval.clopperPearson(successes: k, trials: n, level: 0.95),
        Interval(0.057844, 0.16165), within: 1e-6))
    #expect(
      isClose(
        ProportionInterval.jeffreys(successes: k, trials: n, level: 0.95), Interval(0.060449, 0.157643),
        within: 1e-6))
    #expect(
      isClose(
        ProportionInterval.agrestiCoull(successes: 1, trials: 29, level: 0.95), Interval(0, 0.186287),
        within: 1e-6))
  }

  @Test func noIntervalCollapses() {
    for n in [1.0, 3, 20, 0.7, 12.25] {
      for k in [0.0, n] {
        for interval in Self.all(k, n) {
          #expect(interval.width > 0.05)
          #expect(interval.lower >= 0 && interval.upper <= 1)
        }
      }
    }
    for interval in Self.all(0, 0) { #expect(interval == Interval(0, 1)) }
  }

  static func all(_ k: Double, _ n: Double) -> [Interval] {
    [
      ProportionInterval.wilson(successes: k, trials: n, level: 0.95),
      ProportionInterval.wilsonContinuityCorrected(successes: k, trials: n, level: 0.95),
      ProportionInterval.clopperPearson(successes: k, trials: n, level: 0.95),
      ProportionInterval.agrestiCoull(successes: k, trials: n, level: 0.95),
      ProportionInterval.jeffreys(successes: k, trials: n, level: 0.95),
    ]
  }
}
