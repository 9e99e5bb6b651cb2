import Results
import Statistics

/// The mean over lists of a distance, which chance alone keeps above 0, beside the mean that random orders of the same
/// lists have.
package struct ListMean: Sendable {
  /// Of each list.
  package let values: [Double]
  /// What the value of each list would be on average in random orders.
  package let chances: [Double]

  package init(_ values: [Double], chances: [Double]) { (self.values, self.chances) = (values, chances) }

  package static let method = "mean over queries (Student's t), from 0 where random orders do as badly"
  package static let test = "one-sided Student's t: farther than random orders"

  /// Limits of the mean by Student's t over lists; the lower one is 0 unless the mean is significantly above that of random
  /// orders, so that chance is not called unfair. An order that keeps shares better than chance does is not either.
  ///
  /// - Parameter reason: why there is no value where there are no lists
  package func number(level: Double, upTo most: Double, reason: String) -> MeasureNumber {
    guard let own = SampleMean(values) else { return MeasureNumber(.undefined(reason), reason: "") }
    guard let half = own.half(level: level) else {
      return MeasureNumber(.value(own.mean), reason: own.reason)
    }
    let p = SampleMean(zip(values, chances).map { $0 - $1 })?.pAbove
    let lower = p.map { $0 < 1 - level } ?? false ? max(0, own.mean - half) : 0
    return MeasureNumber(
      .value(own.mean), Interval(lower: lower, upper: min(most, own.mean + half)), Self.method,
      test: p.map { ($0, Self.test) })
  }

  /// What random orders give, in words; nil without lists.
  package var detail: String? {
    chance.map { "random orders: \(Self.text($0))" }
  }

  /// The mean of what random orders give; nil without lists.
  package var chance: Double? { SampleMean(chances)?.mean }

  package static func text(_ value: Double) -> String { NumberText.text((value * 1000).rounded() / 1000) }
}

/// A mean of independent values, with Student's t.
package struct SampleMean: Sendable {
  package let mean: Double
  package let count: Int
  /// nil of one value; 0 where values do not vary.
  package let standardError: Double?

  /// nil without values.
  package init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    (self.mean, self.count) = (mean, values.count)
    // What is left of equal values is rounding.
    let error = count > 1 ? (squares / (count - 1) / count).squareRoot() : nil
    standardError = error.map { $0 > 1e-14 * abs(mean) ? $0 : 0 }
  }

  /// Half the width of an interval; nil where nothing varies.
  package func half(level: Double) -> Double? {
    guard let error = standardError, error > 0 else { return nil }
    return StudentT.criticalValue(level: level, degreesOfFreedom: Double(count - 1)) * error
  }

  /// One-sided p-value of a mean of 0, small where it is above; nil where nothing varies.
  package var pAbove: Double? {
    guard let error = standardError, error > 0 else { return nil }
    return StudentT.survival(mean / error, degreesOfFreedom: Double(count - 1))
  }

  /// Why there is no interval.
  package var reason: String { count > 1 ? "queries do not vary" : "there is one query" }
}
