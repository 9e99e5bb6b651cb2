import Glibc

/// Round numbers along an axis.
package struct Ticks: Equatable, Sendable {
  package var values: [Double]
  package var labels: [String]
  /// Distance between neighbours; 0 on a log axis.
  package var step: Double

  /// Multiples of 1, 2 or 5 × 10ᵏ between two finite limits, about `count` of them and two at least.
  package static func linear(
    _ lower: Double, _ upper: Double, count: Int, format: NumberText.Format = .number
  ) -> Ticks {
    let ticks = linear(lower, upper, about: count, format)
    return ticks.values.count >= 2 || upper <= lower
      ? ticks : linear(lower, upper, about: count * 2 + 1, format)
  }

  private static func linear(
    _ lower: Double, _ upper: Double, about count: Int, _ format: NumberText.Format
  ) -> Ticks {
    let span = upper - lower
    guard span > 0, span.isFinite else {
      return Ticks(values: [lower], labels: [NumberText.value(lower, format)], step: 0)
    }
    let rough = span / Double(max(1, count))
    let exponent = Int(log10(rough).rounded(.down))
    let unit = NumberText.power(exponent)
    // Between two candidates, the nearer one by ratio.
    let multiple = [(1.0, 1.42), (2, 3.17), (5, 7.08)].first { rough <= $0.1 * unit }?.0 ?? 10
    let slack = 1e-9
    let first = (lower / (multiple * unit) - slack).rounded(.up)
    let last = (upper / (multiple * unit) + slack).rounded(.down)
    guard last - first < 1000, abs(first) < 1e15, abs(last) < 1e15 else {
      return Ticks(
        values: [lower, upper], labels: [lower, upper].map { NumberText.value($0, format) }, step: span)
    }
    // Dividing by a whole power is exact where multiplying by 0.1 is not: 3 × 0.1 ≠ 0.3.
    let values = stride(from: first, through: max(first, last), by: 1).map { index -> Double in
      exponent < 0 ? index * multiple / NumberText.power(-exponent) : index * multiple * unit
    }
    let places = multiple == 10 ? exponent + 1 : exponent
    return Ticks(
      values: values, labels: values.map { label($0, exponent: places, format) }, step: multiple * unit)
  }

  /// The greatest multiple of a step of `linear` that is not above a value.
  static func multiple(of step: Double, below value: Double) -> Double {
    let count = (value / step).rounded(.down)
    // Steps below 1 are the reciprocals of whole numbers: dividing is exact where multiplying is not.
    return step < 1 ? count / (1 / step).rounded() : count * step
  }

  /// Multiples of powers of ten to choose from, the finest first.
  private static let families: [[Double]] = [
    [1, 1.1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 9.5], [1, 1.25, 1.5, 2, 3, 4, 5, 6, 8],
    [1, 1.25, 2, 4, 5, 8], [1, 2, 5], [1, 3], [1],
  ]

  /// Powers of ten and, where they are few, their 2- and 5-fold (or finer) between two positive limits.
  package static func log(_ lower: Double, _ upper: Double, count: Int) -> Ticks {
    let low = Int(log10(lower).rounded(.down))
    let high = Int(log10(upper).rounded(.up))
    let floor: Double = lower * (1 - 1e-9)
    let ceiling: Double = upper * (1 + 1e-9)
    for family in families where high - low <= 40 {
      var values: [Double] = []
      for power in low...high {
        values += family.map { scaled($0, power) }.filter { $0 >= floor && $0 <= ceiling }
      }
      if values.count <= max(4, count), !values.isEmpty {
        return Ticks(values: values, labels: values.map { plain($0) }, step: 0)
      }
    }
    let stride = max(1, (high - low) / max(1, count))
    let values = Swift.stride(from: low, through: high, by: stride).map { NumberText.power($0) }
      .filter { $0 >= lower && $0 <= upper && $0.isFinite }
    return Ticks(values: values, labels: values.map { plain($0) }, step: 0)
  }

  private static func scaled(_ digit: Double, _ power: Int) -> Double {
    // Through hundredths, so that 0.8 and 1.25 are the nearest doubles of what they say.
    let hundredths = (digit * 100).rounded()
    let exponent = power - 2
    return exponent < 0 ? hundredths / NumberText.power(-exponent) : hundredths * NumberText.power(exponent)
  }

  private static func label(_ value: Double, exponent: Int, _ format: NumberText.Format) -> String {
    let isPercent = format == .percent
    let shown = isPercent ? value * 100 : value
    let decimals = max(0, -(exponent + (isPercent ? 2 : 0)))
    let magnitude = abs(shown)
    let body =
      magnitude >= 1e6 || decimals > 4
      ? NumberText.scientific(magnitude) : NumberText.fixed(magnitude, decimals: decimals)
    return (shown < 0 ? "−" : "") + body + (isPercent ? "%" : "")
  }

  private static func plain(_ value: Double) -> String {
    guard value >= 1e-4, value < 1e5 else { return NumberText.scientific(value) }
    var text = NumberText.fixed(
      value, decimals: value < 0.01 ? 5 : value < 0.1 ? 4 : value < 1 ? 3 : value < 10 ? 2 : 0)
    while text.contains("."), let last = text.last, last == "0" || last == "." {
      text.removeLast()
      if last == "." { break }
    }
    return text
  }
}
