import Glibc
import Statistics

/// One-sided p-values of a difference or ratio of two indices in (0, 1), such as areas under ROC curves, whose own
/// intervals are normal on the logit scale: the error at which the limit recovered from theirs (MOVER, Zou
/// & Donner 2008) reaches the bound.
struct MoverTails: Sendable {
  private let first: Side
  private let second: Side
  /// Of Student's t; nil for the normal distribution.
  private let freedom: Double?

  /// nil where an estimate lies on the edge of its range.
  init?(
    _ first: Double, _ firstError: Double, _ second: Double, _ secondError: Double, freedom: Double? = nil
  ) {
    guard let a = Side(first, firstError), let b = Side(second, secondError) else { return nil }
    self.first = a
    self.second = b
    self.freedom = freedom
  }

  private struct Side: Sendable {
    let value: Double
    let logit: Double
    let error: Double

    init?(_ value: Double, _ error: Double) {
      guard value > 0, value < 1, error > 0 else { return nil }
      self.value = value
      logit = log(value / (1 - value))
      self.error = error / (value * (1 - value))
    }

    func limit(_ z: Double) -> Double { 1 / (1 + exp(-(logit + z * error))) }
  }

  /// The limit of first − factor · second that lies z standard errors away, above for positive z.
  func limit(_ z: Double, factor: Double = 1) -> Double {
    let a = first.value - first.limit(z)
    let b = factor * (second.limit(-z) - second.value)
    let distance = (a * a + b * b).squareRoot()
    return first.value - factor * second.value + (z < 0 ? -distance : distance)
  }

  /// Of first − second.
  func tails(_ bound: Double) -> BoundTails { tails(bound, factor: 1) }

  /// Of first / second: of first − bound · second against 0 (MOVER-R, Donner & Zou 2012).
  func ratioTails(_ bound: Double) -> BoundTails { tails(0, factor: bound) }

  private func survival(_ z: Double) -> Double {
    guard let freedom else { return Normal.survival(z) }
    let tail = StudentT.survival(abs(z), degreesOfFreedom: freedom)
    return z < 0 ? 1 - tail : tail
  }

  private func tails(_ bound: Double, factor: Double) -> BoundTails {
    var (low, high) = (-12.0, 12.0)
    if bound <= limit(low, factor: factor) { return BoundTails(less: 1, greater: survival(-low)) }
    if bound >= limit(high, factor: factor) { return BoundTails(less: survival(high), greater: 1) }
    for _ in 0..<52 {
      let middle = (low + high) / 2
      if limit(middle, factor: factor) < bound { low = middle } else { high = middle }
    }
    let z = (low + high) / 2
    return BoundTails(less: survival(z), greater: survival(-z))
  }
}
