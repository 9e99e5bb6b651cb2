/// How the score changes along one feature, overall and by group.
package struct FeatureEffect: Sendable, Equatable {
  /// One slice's curves; every list has one entry a grid point.
  package struct Curve: Sendable, Equatable {
    package var slice: Int
    /// Rows averaged over.
    package var rows: Int
    /// Partial dependence: mean score with the feature set to the grid's value (Friedman 2001).
    package var partialDependence: [Double]
    /// Its standard error over rows.
    package var partialDependenceError: [Double]
    /// Accumulated local effects, centred to mean 0 (Apley & Zhu 2020); empty for categories.
    package var accumulatedEffect: [Double]
    package var accumulatedEffectError: [Double]
    /// Rows of the slice in (previous point, point], at the first point those up to it; of a category, rows
    /// that have it. Unweighted.
    package var support: [Int]

    package init(
      slice: Int, rows: Int, partialDependence: [Double], partialDependenceError: [Double],
      accumulatedEffect: [Double] = [], accumulatedEffectError: [Double] = [], support: [Int]
    ) {
      self.slice = slice
      self.rows = rows
      self.partialDependence = partialDependence
      self.partialDependenceError = partialDependenceError
      self.accumulatedEffect = accumulatedEffect
      self.accumulatedEffectError = accumulatedEffectError
      self.support = support
    }
  }

  package var feature: Int
  /// Ascending values that occur in the data; empty for categories.
  package var grid: [Double]
  /// The categories, in the order of the data's; empty for numbers.
  package var labels: [String]
  /// Slice 0 (overall) first.
  package var curves: [Curve]
  /// Individual conditional expectations of some rows, minus their value at the first point (Goldstein et al.
  /// 2015).
  package var individual: [[Double]]

  package init(
    feature: Int, grid: [Double] = [], labels: [String] = [], curves: [Curve], individual: [[Double]] = []
  ) {
    self.feature = feature
    self.grid = grid
    self.labels = labels
    self.curves = curves
    self.individual = individual
  }

  package var pointCount: Int { grid.isEmpty ? labels.count : grid.count }
}

/// How far two features act together: Friedman's H (Friedman & Popescu 2008).
package struct FeatureInteraction: Sendable, Equatable {
  package var first: Int
  package var second: Int
  /// Share of the joint effect's variance that the two single effects leave; unstable where the joint effect is
  /// small.
  package var hSquared: Double
  /// √ of the mean squared interaction, in units of the score.
  package var strength: Double
  /// Rows it was computed on.
  package var rows: Int

  package init(first: Int, second: Int, hSquared: Double, strength: Double, rows: Int) {
    self.first = first
    self.second = second
    self.hSquared = hSquared
    self.strength = strength
    self.rows = rows
  }
}

/// What decisions do when one attribute of a row is changed and all else is kept.
package struct FlipCounts: Sendable, Equatable {
  package var feature: Int
  /// The value that the rows have, and the one that they were given.
  package var from: String
  package var to: String
  package var rows: Int
  /// Rows whose decision becomes positive, and negative.
  package var toPositive: Int
  package var toNegative: Int
  /// Share of rows that flip, with its interval (Wilson 1927).
  package var share: Double
  package var lower: Double
  package var upper: Double
  /// Mean change of the score.
  package var meanChange: Double

  package init(
    feature: Int, from: String, to: String, rows: Int, toPositive: Int, toNegative: Int, share: Double,
    lower: Double, upper: Double, meanChange: Double
  ) {
    self.feature = feature
    self.from = from
    self.to = to
    self.rows = rows
    self.toPositive = toPositive
    self.toNegative = toNegative
    self.share = share
    self.lower = lower
    self.upper = upper
    self.meanChange = meanChange
  }
}
