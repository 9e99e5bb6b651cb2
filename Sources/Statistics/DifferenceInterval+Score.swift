extension DifferenceInterval {
  /// The score interval: Miettinen & Nurminen (1985), or Mee (1984) without the N/(N−1) correction.
  /// Without trials in a group: [−1, 1].
  package static func miettinenNurminen(
    successes1 k1: Int, trials1 n1: Int, successes2 k2: Int, trials2 n2: Int, level: Double,
    correction: Bool = true
  ) -> Interval {
    guard n1 > 0, n2 > 0 else { return Interval(lower: -1, upper: 1) }
    let total = Double(n1 + n2)
    var z = Normal.criticalValue(level: level)
    if correction { z *= (total / (total - 1)).squareRoot() }
    let pair = DifferencePair(Double(k1), Double(n1), Double(k2), Double(n2))
    return Interval(lower: pair.lowerLimit(z), upper: -pair.swapped.lowerLimit(z))
  }
}
