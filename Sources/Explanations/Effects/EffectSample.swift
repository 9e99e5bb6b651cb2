import Metrics

/// Rows that a mean is taken over, with their weights and the units that make them dependent.
struct EffectSample: Sendable {
  /// Where each row stands in a column of numbers.
  let places: [Int32]
  /// One a row; nil where every row counts 1.
  let weights: [Double]?
  /// The unit of each row, from 0 without holes; nil where every row is one.
  let units: [Int32]?
  /// Units of positive weight: each one's rows together are one observation.
  let unitCount: Int
  /// Sum of weights.
  let total: Double

  /// - Parameter rows: of the input
  /// - Parameter places: where those rows stand, if elsewhere than in the input
  init(_ rows: [Int32], of input: ExplanationInput, at places: [Int32]? = nil) {
    self.places = places ?? rows
    let weights = input.observations.weights.map { all in rows.map { all[Int($0)] } }
    let units = input.units.map { all in Self.renumbered(rows.map { all[Int($0)] }) }
    self.weights = weights
    self.units = units
    total = weights?.reduce(0, +) ?? Double(rows.count)
    let heavy = rows.indices.filter { weights?[$0] ?? 1 > 0 }
    unitCount = units.map { units in Set(heavy.map { units[$0] }).count } ?? heavy.count
  }

  private static func renumbered(_ units: [Int32]) -> [Int32] {
    var numbers: [Int32: Int32] = [:]
    return units.map { unit in
      if let number = numbers[unit] { return number }
      let number = Int32(numbers.count)
      numbers[unit] = number
      return number
    }
  }

  /// Weight of the row at an index of `places`.
  func weight(_ index: Int) -> Double { weights?[index] ?? 1 }

  /// Σ over units of the squared sum of the terms of its rows.
  ///
  /// - Parameter terms: one a row
  func sumOfSquares(_ terms: [Double]) -> Double {
    guard let units else { return terms.reduce(0) { $0 + $1 * $1 } }
    var sums = [Double](repeating: 0, count: terms.count)
    for (index, term) in terms.enumerated() { sums[Int(units[index])] += term }
    return sums.reduce(0) { $0 + $1 * $1 }
  }

  /// The weighted mean and its standard error: Taylor linearisation over units, times G/(G − 1), which is
  /// s/√n where rows count alike and are independent. Neither without weight; no error from fewer than two units.
  func mean(of values: [Double]) -> (value: Double, error: Double) {
    guard total > 0 else { return (.nan, .nan) }
    var sum = 0.0
    for (index, place) in places.enumerated() { sum += weight(index) * values[Int(place)] }
    let mean = sum / total
    guard unitCount > 1 else { return (mean, .nan) }
    var terms = [Double](repeating: 0, count: places.count)
    for (index, place) in places.enumerated() { terms[index] = weight(index) * (values[Int(place)] - mean) }
    let count = Double(unitCount)
    return (mean, (sumOfSquares(terms) * count / (count - 1)).squareRoot() / total)
  }
}
