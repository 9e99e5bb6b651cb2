/// The four outcomes of one class against the rest over some rows, in the order of `Outcome`.
struct OutcomeTable: Sendable {
  var rows: SIMD4<Int> = .zero
  var weight: SIMD4<Double> = .zero
  var squaredWeight: SIMD4<Double> = .zero

  /// The weight of the rows that have the class.
  var support: Double { weight[Outcome.truePositive.rawValue] + weight[Outcome.falseNegative.rawValue] }

  /// Whether any row has the class or is predicted to.
  var isSeen: Bool { rows[0] + rows[1] + rows[2] > 0 }

  /// The index of an outcome.
  @inline(__always)
  static func outcome(isClass: Bool, isPredicted: Bool) -> Int {
    (isClass ? 0 : 1) + (isPredicted ? 0 : 2)
  }
}
