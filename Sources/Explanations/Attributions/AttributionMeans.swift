import Statistics

/// Weighted means of attributions over the rows of a sample, and how they vary with its units.
struct AttributionMeans: Sendable {
  let mean: [Double]
  let meanAbsolute: [Double]
  /// By feature, of the mean; NaN with fewer than two units.
  let variance: [Double]
  let unitCount: Int
  /// For each unit, by feature, Σ w(φ − mean) ⁄ Σw · √(G ⁄ (G − 1)): the variance is their sum of squares.
  let deviations: [Int32: [Double]]

  /// - Parameter values: of a row, one a feature
  init(_ rows: [Int32], featureCount: Int, _ input: ExplanationInput, values: (Int32) -> ArraySlice<Double>) {
    let total = rows.reduce(0) { $0 + input.weight($1) }
    var mean = [Double](repeating: 0, count: featureCount)
    var meanAbsolute = mean
    for row in rows {
      let share = input.weight(row) / total
      for (feature, value) in values(row).enumerated() {
        mean[feature] += share * value
        meanAbsolute[feature] += share * abs(value)
      }
    }
    var deviations: [Int32: [Double]] = [:]
    for row in rows {
      let share = input.weight(row) / total
      let own = values(row)
      var sums = deviations[input.unit(row)] ?? Array(repeating: 0, count: featureCount)
      for feature in mean.indices { sums[feature] += share * (own[own.startIndex + feature] - mean[feature]) }
      deviations[input.unit(row)] = sums
    }
    let count = Double(deviations.count)
    let factor = (count / (count - 1)).squareRoot()
    deviations = deviations.mapValues { $0.map { $0 * factor } }
    self.variance = Self.variance(of: deviations, featureCount: featureCount)
    (self.mean, self.meanAbsolute, self.deviations) = (mean, meanAbsolute, deviations)
    unitCount = deviations.count
  }

  /// The sum of squares by feature, over units in their order; NaN with fewer than two units.
  private static func variance(of deviations: [Int32: [Double]], featureCount: Int) -> [Double] {
    guard deviations.count > 1 else { return Array(repeating: .nan, count: featureCount) }
    var variance = [Double](repeating: 0, count: featureCount)
    for (_, own) in deviations.sorted(by: { $0.key < $1.key }) {
      for feature in variance.indices { variance[feature] += own[feature] * own[feature] }
    }
    return variance
  }

  /// The difference of two means, its standard error, with units that both share counted once, and its degrees of freedom
  /// (Welch 1947; infinite where nothing varies), by feature.
  func minus(_ other: AttributionMeans) -> [(difference: Double, error: Double, freedom: Double)] {
    let joint = deviations.merging(other.deviations.mapValues { $0.map { -$0 } }) { own, others in
      zip(own, others).map { $0 + $1 }
    }
    let variance = Self.variance(of: joint, featureCount: mean.count)
    return mean.indices.map { feature in
      let (own, others) = (self.variance[feature], other.variance[feature])
      let spread =
        own * own / Double(unitCount - 1) + others * others / Double(other.unitCount - 1)
      let freedom = spread > 0 ? (own + others) * (own + others) / spread : .infinity
      return (mean[feature] - other.mean[feature], variance[feature].squareRoot(), freedom)
    }
  }
}
