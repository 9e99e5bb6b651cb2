/// What each row adds to the sums of a custom metric, and what is made of the sums.
struct CustomQuotient: Sendable {
  /// By sum, those of the numerator first, then by row (by outcome where they are those of outcomes).
  let values: [[Double]]
  let numerator: CustomFormula
  let denominator: CustomFormula
  /// How often each sum counts in the denominator; nil where it is not as simple as that.
  private let below: [Double]?
  private let above: [Double]?

  /// Complexity: O(rows) for each part of the expressions.
  init(_ spec: CustomMetricSpec, _ rows: CustomRows) {
    let terms = spec.numerator.terms + spec.denominator.terms
    values = terms.map { $0.values(rows) }
    numerator = spec.numerator.formula
    denominator = spec.denominator.formula.shifted(spec.numerator.terms.count)
    func factors(_ formula: CustomFormula) -> [Double]? {
      formula.linear(terms.count).flatMap { $0.constant == 0 ? $0.factors : nil }
    }
    (above, below) = (factors(numerator), factors(denominator))
  }

  /// What a row adds to the denominator; nil where that cannot be told by row.
  func denominatorTerm(_ row: Int) -> Double? { below.map { sum($0, row) } }

  private func sum(_ factors: [Double], _ row: Int) -> Double {
    var sum = 0.0
    for (place, factor) in factors.enumerated() where factor != 0 { sum += factor * values[place][row] }
    return sum
  }

  /// Whether every row counts once in the denominator or not at all, and in the numerator only if it does there.
  var isShare: Bool {
    guard let above, let below else { return false }
    return (values.first?.indices ?? 0..<0).allSatisfy { row in
      let (part, whole) = (sum(above, row), sum(below, row))
      return (whole == 0 || whole == 1) && (part == 0 || part == whole)
    }
  }

  /// Whether no value can be negative.
  var isNonnegative: Bool {
    let signs = values.map { column in column.allSatisfy { $0 >= 0 } }
    return numerator.isNonnegative(signs) && denominator.isNonnegative(signs)
  }

  /// nil where something is divided by 0.
  func value(_ sums: [Double]) -> Double? {
    guard let part = numerator.value(sums), let whole = denominator.value(sums), whole != 0 else {
      return nil
    }
    return part / whole
  }

  func derived(_ sums: [Double]) -> CustomFormula.Value? {
    CustomFormula.operation(.divide, numerator, denominator).derived(sums)
  }
}
