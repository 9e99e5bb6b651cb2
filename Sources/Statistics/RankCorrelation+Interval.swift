import Glibc

extension RankCorrelation {
  /// tanh(artanh r ± z·√variance); nil with fewer than four pairs or without a correlation. At ±1 it is a point: nothing varied.
  static func fisherInterval(_ r: Double, variance: Double, count: Int, level: Double) -> Interval? {
    guard count > 3, abs(r) <= 1 else { return nil }
    guard abs(r) < 1 else { return Interval(lower: r, upper: r) }
    let half = Normal.criticalValue(level: level) * variance.squareRoot()
    return Interval(lower: tanh(atanh(r) - half), upper: tanh(atanh(r) + half))
  }
}
