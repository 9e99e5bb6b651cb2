import Glibc

/// A number with its derivatives with respect to four sums (forward-mode differentiation), so that the value of
/// a metric and its influence function are one formula.
struct BinaryDual: Sendable {
  var value: Double
  var slope: SIMD4<Double>

  init(_ value: Double, slope: SIMD4<Double> = .zero) { (self.value, self.slope) = (value, slope) }

  /// The sum that `index` tells of.
  init(_ value: Double, index: Int) {
    self.init(value)
    slope[index] = 1
  }

  static func + (a: Self, b: Self) -> Self { Self(a.value + b.value, slope: a.slope + b.slope) }
  static func - (a: Self, b: Self) -> Self { Self(a.value - b.value, slope: a.slope - b.slope) }
  static func * (a: Self, b: Self) -> Self {
    Self(a.value * b.value, slope: a.slope * b.value + b.slope * a.value)
  }
  static func / (a: Self, b: Self) -> Self {
    let value = a.value / b.value
    return Self(value, slope: (a.slope - b.slope * value) / b.value)
  }
  static func + (a: Self, b: Double) -> Self { Self(a.value + b, slope: a.slope) }
  static func - (a: Self, b: Double) -> Self { Self(a.value - b, slope: a.slope) }
  static func * (a: Double, b: Self) -> Self { Self(a * b.value, slope: a * b.slope) }
  static func / (a: Self, b: Double) -> Self { Self(a.value / b, slope: a.slope / b) }
  static func - (a: Double, b: Self) -> Self { Self(a - b.value, slope: -b.slope) }

  /// At 0 there is no derivative; it is then not finite.
  func squareRoot() -> Self {
    let root = value.squareRoot()
    return Self(root, slope: slope / (2 * root))
  }

  /// Natural logarithm.
  func logarithm() -> Self { Self(log(value), slope: slope / value) }

  /// A quotient that has no value where nothing is below the line.
  func over(_ denominator: Self, _ reason: String) throws(BinaryUndefined) -> Self {
    guard denominator.value > 0 else { throw BinaryUndefined(reason) }
    return self / denominator
  }

  var hasSlope: Bool { (0..<4).allSatisfy { slope[$0].isFinite } }
}

/// Why a metric has no value over some rows.
struct BinaryUndefined: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
