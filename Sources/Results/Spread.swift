/// How far the groups of a family lie apart in one metric, beside what chance alone would show of as many rows.
package struct Spread: Sendable, Equatable {
  /// Index of the slice family in the evaluation.
  package var family: Int
  /// Identifier of the metric.
  package var metric: String
  /// Groups that took part: those with a value and a variance.
  package var groups: Int
  /// Slices with the largest and the smallest value.
  package var largest: Int
  package var smallest: Int
  /// max − min of the observed values.
  package var range: Double
  /// The expected max − min if all groups shared one value; NaN where it cannot be told.
  package var noiseFloor: Double
  /// The variance of the groups' true values: that of the observed ones less the mean of their sampling variances, which is below 0
  /// where the groups differ less than chance would have them (Lum, Zhang & Bower 2022).
  package var variance: Double
  /// Limits of the standard deviation of the true values, by the Q profile at the evaluation's level; NaN without.
  package var deviationLower: Double
  package var deviationUpper: Double
  /// All groups are shown to lie within this of each other: every pair of them by two one-sided tests at 1 − level; NaN without.
  package var within: Double
  /// The smallest difference between the largest and the smallest group that the test of this family would find with a power of 0.8.
  package var detectable: Double
  /// Rows of the metric's denominator in each of these two groups at which the observed range, were it true, would be found with that
  /// power; infinite where the range is 0.
  package var rowsToDecide: Double

  package init(
    family: Int, metric: String, groups: Int, largest: Int, smallest: Int, range: Double, noiseFloor: Double,
    variance: Double, deviationLower: Double, deviationUpper: Double, within: Double, detectable: Double,
    rowsToDecide: Double
  ) {
    self.family = family
    self.metric = metric
    self.groups = groups
    self.largest = largest
    self.smallest = smallest
    self.range = range
    self.noiseFloor = noiseFloor
    self.variance = variance
    self.deviationLower = deviationLower
    self.deviationUpper = deviationUpper
    self.within = within
    self.detectable = detectable
    self.rowsToDecide = rowsToDecide
  }

  /// The standard deviation of the true values, for display: 0 where the variance is below 0.
  package var deviation: Double { variance > 0 ? variance.squareRoot() : 0 }
}

/// The spreads of a run, and the groups' values drawn towards their family's mean by as much as they are noise.
package struct SpreadTable: Sendable, Equatable {
  /// The values of one metric.
  package struct Shrunken: Sendable, Equatable {
    package var metric: String
    /// One a slice; NaN where the slice took no part.
    package var values: [Double]

    package init(metric: String, values: [Double]) {
      self.metric = metric
      self.values = values
    }
  }

  /// By family, then in the order of the gaps.
  package var spreads: [Spread]
  package var shrunken: [Shrunken]

  package init(spreads: [Spread] = [], shrunken: [Shrunken] = []) {
    self.spreads = spreads
    self.shrunken = shrunken
  }

  /// nil where the family's groups were not compared in that metric.
  package func spread(family: Int, metric: String) -> Spread? {
    spreads.first { $0.family == family && $0.metric == metric }
  }

  /// A slice's shrunken value; nil where it took no part.
  package func shrunken(_ metric: String, _ slice: Int) -> Double? {
    let value = shrunken.first { $0.metric == metric }?.values[slice] ?? .nan
    return value.isNaN ? nil : value
  }

  /// Two tables of different metrics as one.
  package static func joined(_ first: SpreadTable?, _ second: SpreadTable?) -> SpreadTable? {
    guard let first, let second else { return first ?? second }
    let families = Set((first.spreads + second.spreads).map(\.family)).sorted()
    return SpreadTable(
      spreads: families.flatMap { family in
        (first.spreads + second.spreads).filter { $0.family == family }
      }, shrunken: first.shrunken + second.shrunken)
  }
}
