import Explanations
import Metrics
import Slicing
import Tables

/// Rows, a formula of their values, and effects by their definitions, one row at a time.
struct EffectOracle: Sendable {
  let input: ExplanationInput
  let formula: @Sendable ([RowScorer.Value]) -> Double

  func weight(_ row: Int) -> Double { input.observations.weights?[row] ?? 1 }
  func unit(_ row: Int) -> Int32 { input.units?[row] ?? Int32(row) }

  func values(_ row: Int) -> [RowScorer.Value] { input.columns.map { RowScorer.value($0, row) } }

  /// The score of a row with some values set.
  func score(_ row: Int, _ changes: [Int: RowScorer.Value] = [:]) -> Double {
    formula(values(row).enumerated().map { changes[$0] ?? $1 })
  }

  /// Rows of the slice that has this index in the evaluation.
  func rows(ofSlice index: Int) -> [Int] {
    for (place, family) in input.plan.families.enumerated() {
      let position = index - input.firstSlice[place]
      guard family.shown.indices.contains(position) else { continue }
      let digits = family.digits(of: family.shown[position])
      return (0..<input.rowCount).filter { row in
        zip(family.features, digits).allSatisfy { Int(input.plan.groupings[$0].codes[row]) == $1 }
      }
    }
    return []
  }

  /// The weighted mean over rows and the error of a weighted mean of clusters (Cochran 1977, ratio of totals).
  func mean(_ rows: [Int], _ value: (Int) -> Double) -> (value: Double, error: Double) {
    let total = rows.reduce(0) { $0 + weight($1) }
    let mean = rows.reduce(0) { $0 + weight($1) * value($1) } / total
    let units = Dictionary(grouping: rows.filter { weight($0) > 0 }, by: unit)
    let squares = units.values.reduce(0.0) { sum, rows in
      let residual = rows.reduce(0) { $0 + weight($1) * (value($1) - mean) }
      return sum + residual * residual
    }
    let count = Double(units.count)
    return (mean, count > 1 ? (squares * count / (count - 1)).squareRoot() / total : .nan)
  }

  /// Mean and error with a column set to a value.
  func partialDependence(
    _ rows: [Int], _ column: Int, _ value: RowScorer.Value
  ) -> (value: Double, error: Double) {
    mean(rows) { score($0, [column: value]) }
  }
}

extension EffectOracle {
  /// The bin of each row, by a plain search; nil without a value.
  func bin(_ row: Int, _ column: Int, _ edges: [Double]) -> Int? {
    let x = values(row)[column].number
    if x.isNaN { return nil }
    return (1..<edges.count).first { edges[$0 - 1] < x && x <= edges[$0] } ?? 1
  }

  func difference(_ row: Int, _ column: Int, _ edges: [Double], _ bin: Int) -> Double {
    score(row, [column: .number(edges[bin])]) - score(row, [column: .number(edges[bin - 1])])
  }

  /// Accumulated effects, where rows weigh otherwise in the means of bins than in their shares.
  func accumulated(
    _ rows: [Int], _ bins: [Int: Int], _ differences: [Int: Double], binCount: Int,
    inMeans: (Int) -> Double, inShares: (Int) -> Double
  ) -> [Double] {
    var sums = [0.0]
    var center = 0.0
    var total = 0.0
    for bin in 1...binCount {
      let members = rows.filter { bins[$0] == bin }
      let weight = members.reduce(0) { $0 + inMeans($1) }
      let step = members.reduce(0) { $0 + inMeans($1) * (differences[$1] ?? .nan) } / weight
      let share = members.reduce(0) { $0 + inShares($1) }
      sums.append((sums.last ?? 0) + (weight > 0 ? step : 0))
      center += share * (sums[bin - 1] + sums[bin]) / 2
      total += share
    }
    return sums.map { $0 - center / total }
  }

  /// Effects and errors by numerical derivatives in the weight of each unit in each bin (the infinitesimal jackknife,
  /// Jaeckel 1972), scaled for degrees of freedom. Errors are those of bins with two units each.
  func accumulatedEffects(
    _ slice: [Int], _ column: Int, _ edges: [Double]
  ) -> (effect: [Double], error: [Double]) {
    let bins = Dictionary(
      uniqueKeysWithValues: slice.compactMap { row in bin(row, column, edges).map { (row, $0) } })
    let differences = bins.reduce(into: [:]) { $0[$1.key] = difference($1.key, column, edges, $1.value) }
    let rows = slice.filter { bins[$0] != nil }
    func effect(_ inMeans: (Int) -> Double, _ inShares: (Int) -> Double) -> [Double] {
      accumulated(rows, bins, differences, binCount: edges.count - 1, inMeans: inMeans, inShares: inShares)
    }
    func correction(_ units: Set<Int32>) -> Double {
      (Double(units.count) / Double(units.count - 1)).squareRoot()
    }
    let heavy = rows.filter { weight($0) > 0 }
    let step = 1e-4
    var variance = [Double](repeating: 0, count: edges.count)
    for unit in Set(heavy.map(unit)) {
      func slope(_ scale: Double, _ effect: (Double) -> [Double]) -> [Double] {
        zip(effect(step), effect(-step)).map { scale * ($0 - $1) / (2 * step) }
      }
      var moved = slope(correction(Set(heavy.map(self.unit)))) { step in
        effect(weight) { weight($0) * (self.unit($0) == unit ? 1 + step : 1) }
      }
      for bin in 1..<edges.count {
        let members = heavy.filter { bins[$0] == bin }
        guard members.contains(where: { self.unit($0) == unit }) else { continue }
        let inner = slope(correction(Set(members.map(self.unit)))) { step in
          effect({ weight($0) * (self.unit($0) == unit && bins[$0] == bin ? 1 + step : 1) }, weight)
        }
        moved = zip(moved, inner).map { $0 + $1 }
      }
      for point in moved.indices { variance[point] += moved[point] * moved[point] }
    }
    return (effect(weight, weight), variance.map { $0.squareRoot() })
  }
}
