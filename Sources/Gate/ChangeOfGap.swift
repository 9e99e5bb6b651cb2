import Glibc
import Results
import Statistics

/// How much the gap between a group and its reference has grown.
struct ChangeOfGap: Sendable {
  /// The gap's size now and then: |difference|, or min(r, 1/r).
  let now: Double
  let before: Double
  private let harm: Double
  private let variance: Double

  /// - Parameter isNested: whether the reference contains the group: then what they share is not known here,
  ///   and the errors add up at worst.
  init?(_ group: BaselineNumbers.Sides, _ reference: BaselineNumbers.Sides, kind: Gap.Kind, isNested: Bool) {
    guard let a = kind == .ratio ? group.logarithms : group,
      let b = kind == .ratio ? reference.logarithms : reference
    else { return nil }
    let gapNow = a.candidate - b.candidate
    let gapBefore = a.baseline - b.baseline
    // Where the sign has turned, the sizes compare with the signs taken away.
    let sign = (gapNow < 0) == (gapBefore < 0) ? 1.0 : -1.0
    func variance(_ side: BaselineNumbers.Sides) -> Double {
      max(0, side.candidateVariance + side.baselineVariance - 2 * sign * side.covariance)
    }
    let parts = (variance(a).squareRoot(), variance(b).squareRoot())
    let error = isNested ? parts.0 + parts.1 : (parts.0 * parts.0 + parts.1 * parts.1).squareRoot()
    if kind == .difference {
      (now, before) = (abs(gapNow), abs(gapBefore))
      harm = now - before
      self.variance = error * error
    } else {
      (now, before) = (exp(-abs(gapNow)), exp(-abs(gapBefore)))
      harm = before - now
      self.variance = error * error * now * now
    }
  }

  func quantity(level: Double) -> Quantity { ChangeOfMetric.wald(harm, variance, level: level) }
}
