import Glibc
import Statistics

/// One-sided p-values of a difference of two indices in (0, 1), such as areas under ROC curves, whose own
/// intervals are normal on the logit scale: the error at which the limit recovered from theirs (MOVER, Zou
/// & Donner 2008) reaches the bound.
struct MoverTails: Sendable {
  private let first: Side
  private let second: Side

  /// nil where an estimate lies on the edge of its range.
  init?(_ first: Double, _ firstError: Double, _ second: Double, _ secondError: Double) {
    guard let a = Side(first, firstError), let b = Side(second, secondError) else { return nil }
    self.first = a
    self.second = b
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

  /// The limit of first − second that lies z standard errors away, above for positive z.
  func limit(_ z: Double) -> Double {
    let a = first.value - first.limit(z)
    let b = second.limit(-z) - second.value
    let distance = (a * a + b * b).squareRoot()
    return first.value - second.value + (z < 0 ? -distance : distance)
  }

  func tails(_ bound: Double) -> BoundTails {
    var (low, high) = (-12.0, 12.0)
    if bound <= limit(low) { return BoundTails(less: 1, greater: Normal.survival(-low)) }
    if bound >= limit(high) { return BoundTails(less: Normal.survival(high), greater: 1) }
    for _ in 0..<52 {
      let middle = (low + high) / 2
      if limit(middle) < bound { low = middle } else { high = middle }
    }
    let z = (low + high) / 2
    return BoundTails(less: Normal.survival(z), greater: Normal.survival(-z))
  }
}
