import Testing

@testable import Statistics

@Suite struct ProportionIntervalTests {
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
