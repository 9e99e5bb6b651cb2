import Results
import Statistics

/// The numbers of one comparison, before it is known what they belong to.
package struct Comparison: Sendable {
  package var value: Double?
  package var limits: Interval?
  package var status: EstimateStatus
  package var reason: String?
  package var interval: String?
  package var pValue: Double?
  package var test: String?

  init(
    value: Double?, limits: Interval? = nil, interval: String? = nil, reason: String? = nil,
    pValue: Double? = nil, test: String? = nil
  ) {
    self.value = value
    self.limits = limits
    self.interval = limits == nil ? nil : interval
    self.pValue = pValue
    self.test = pValue == nil ? nil : test
    if value == nil {
      status = .undefined
    } else if let limits, limits.lower < limits.upper {
      status = .ok
    } else {
      status = .notEstimable
      self.limits = nil
      self.interval = nil
    }
    self.reason = status == .ok ? nil : reason ?? "no interval can be given"
  }

  static func undefined(_ reason: String) -> Comparison { Comparison(value: nil, reason: reason) }

  /// As an estimate: the denominator is that of the smaller side.
  func estimate(_ sides: [Estimate?]) -> Estimate {
    let smallest = sides.compactMap { $0 }.min { $0.denominator < $1.denominator }
    return Estimate(
      value: value, lower: limits?.lower, upper: limits?.upper,
      denominator: smallest?.denominator ?? 0, weight: smallest?.weight ?? 0,
      effectiveCount: smallest?.effectiveCount ?? 0, status: status, reason: reason)
  }
}
