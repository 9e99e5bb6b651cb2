import Glibc

/// How often intervals held the truth.
struct Tally {
  private(set) var draws = 0
  private var held = 0
  /// Draws in which there was no interval to give; they count neither way.
  private(set) var missing = 0

  mutating func enter(_ truth: Double, _ lower: Double?, _ upper: Double?) {
    guard let lower, let upper else {
      missing += 1
      return
    }
    draws += 1
    // A truth on the interval's end that rounding has moved is held.
    if lower <= truth + 1e-12 && truth <= upper + 1e-12 { held += 1 }
  }

  mutating func add(_ other: Tally) {
    draws += other.draws
    held += other.held
    missing += other.missing
  }

  var coverage: Double { Double(held) / Double(max(1, draws)) }

  /// Share of draws without an interval.
  var missingShare: Double { Double(missing) / Double(max(1, draws + missing)) }

  /// Three Monte-Carlo errors at a coverage.
  private func slack(_ coverage: Double) -> Double {
    3 * (coverage * (1 - coverage) / Double(max(1, draws))).squareRoot()
  }

  /// Whether the coverage is shown to miss the target.
  func misses(_ target: Target) -> Bool {
    coverage < target.least - slack(target.least) || coverage > target.most + slack(target.most)
  }
}

/// What coverage a 95 % interval should have.
struct Target {
  var least: Double
  var most: Double

  static let single = Target(least: 0.93, most: 0.99)
  /// A range's interval is allowed to be conservative.
  static let range = Target(least: 0.93, most: 1)
}
