/// What an axis shows, before it has a place.
package struct AxisSpec: Equatable, Sendable {
  /// The domain to show; nil to cover the data.
  package var range: ClosedRange<Double>?
  /// Values that cannot be exceeded, such as 0…1 for a rate: a covering domain stops there.
  package var limits: ClosedRange<Double>?
  package var format: NumberText.Format
  /// Digits after the point in value texts.
  package var decimals: Int

  package init(
    range: ClosedRange<Double>? = nil, limits: ClosedRange<Double>? = nil,
    format: NumberText.Format = .number,
    decimals: Int = 3
  ) {
    self.range = range
    self.limits = limits
    self.format = format
    self.decimals = decimals
  }

  /// A rate between 0 and 1.
  package static let rate = AxisSpec(limits: 0...1)

  /// A linear scale over `range`, or over the finite values widened to round numbers.
  package func scale(covering values: [Double], start: Double, end: Double, tickCount: Int) -> Scale {
    if let range { return Scale(from: range.lowerBound, to: range.upperBound, start: start, end: end) }
    let finite = values.filter { $0.isFinite && abs($0) < 1e300 }
    guard let low = finite.min(), let high = finite.max() else {
      return Scale(from: limits?.lowerBound ?? 0, to: limits?.upperBound ?? 1, start: start, end: end)
    }
    let rough = Scale(from: low, to: high, start: start, end: end)
    var (lower, upper) = (rough.lower, rough.upper)
    // Widening may change the step that suits: until the axis ends on its own ticks.
    for _ in 0..<3 {
      let step = Scale(from: lower, to: upper, start: start, end: end).ticks(count: tickCount).step
      guard step > 0, step.isFinite, (upper - lower) / step < 100 else { break }
      let slack = step * 1e-9
      lower = Ticks.multiple(of: step, below: lower + slack)
      upper = -Ticks.multiple(of: step, below: -upper + slack)
    }
    if let limits {
      lower = max(lower, min(limits.lowerBound, low))
      upper = min(upper, max(limits.upperBound, high))
    }
    return Scale(from: lower, to: upper, start: start, end: end)
  }
}
