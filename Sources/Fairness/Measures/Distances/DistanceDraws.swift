import Statistics

/// How distances are drawn: what makes of a distance that lies above 0 by chance alone a number with limits and a test.
package struct DistanceDraws: Sendable {
  package let replicates: Int
  package let seed: UInt64
  package let level: Double

  package init(replicates: Int, seed: UInt64, level: Double) {
    (self.replicates, self.seed, self.level) = (replicates, seed, level)
  }

  /// Draws for one subject, whatever else is drawn.
  func random(_ key: String) -> KeyedRandom { KeyedRandom(seed: seed, key: "distance of " + key) }

  static let bootstrap = "centred bootstrap test"
  static let permutation = "permutation test"

  /// A distance with what its draws say.
  ///
  /// - Parameters:
  ///   - value: of the rows, which draws may know in cells only
  ///   - drawn: the same of the cells
  ///   - lower: the distance at a share of what was observed
  static func number(
    _ value: Double, drawn: Double, _ found: DistanceInterval?, test: String, atMost most: Double = .infinity,
    rule: DistanceInterval.Rule = .inverted, lower: (Double) -> Double
  ) -> MeasureNumber {
    guard let found else { return MeasureNumber(.value(value), reason: "fewer than two draws") }
    let scale = drawn > 0 ? value / drawn : 1
    var number = MeasureNumber(
      .value(value),
      Interval(lower: found.lower > 0 ? lower(found.lower) : 0, upper: min(most, found.upper * scale)),
      rule == .band ? band : inverted,
      test: (found.p, test), reason: "nothing varies")
    if found.chance.isFinite { number.chance = found.chance * scale }
    return number
  }

  private static let inverted = "bootstrap; lower limit by inverting the test, so that it can reach 0"
  private static let band = "bootstrap; lower limit by a simultaneous band, so that it can reach 0"
}
