/// Shapley values: what each feature adds to a prediction beyond the mean prediction (Lundberg & Lee 2017),
/// with absent features taken from background rows.
package struct Attributions: Sendable, Equatable {
  /// Whether values add up to the score itself or to the margin before the link.
  package enum Scale: String, Sendable, Codable { case margin, score }

  /// Means over a slice's rows; one entry a feature.
  package struct Group: Sendable, Equatable {
    package var slice: Int
    package var rows: Int
    package var mean: [Double]
    /// Of the mean, over rows.
    package var standardError: [Double]
    package var meanAbsolute: [Double]

    package init(
      slice: Int, rows: Int, mean: [Double], standardError: [Double], meanAbsolute: [Double]
    ) {
      self.slice = slice
      self.rows = rows
      self.mean = mean
      self.standardError = standardError
      self.meanAbsolute = meanAbsolute
    }
  }

  /// One row's values; one entry a feature.
  package struct Row: Sendable, Equatable {
    /// Number of the row in the data, from 1, without the header.
    package var row: Int
    package var prediction: Double
    package var values: [Double]
    /// Standard error of sampled values; 0 where exact.
    package var errors: [Double]
    /// The row's own values as text.
    package var texts: [String]

    package init(row: Int, prediction: Double, values: [Double], errors: [Double], texts: [String]) {
      self.row = row
      self.prediction = prediction
      self.values = values
      self.errors = errors
      self.texts = texts
    }
  }

  /// How they were found: `TreeSHAP, interventional`, `exact`, `antithetic permutations`.
  package var method: String
  package var scale: Scale
  package var backgroundRows: Int
  /// Mean prediction of the background.
  package var baseValue: Double
  package var groups: [Group]
  package var rows: [Row]

  package init(
    method: String, scale: Scale, backgroundRows: Int, baseValue: Double, groups: [Group], rows: [Row] = []
  ) {
    self.method = method
    self.scale = scale
    self.backgroundRows = backgroundRows
    self.baseValue = baseValue
    self.groups = groups
    self.rows = rows
  }
}

/// The difference of two groups' mean predictions as a sum over features: mean attribution in one minus mean
/// attribution in the other. One entry a feature.
package struct GapDecomposition: Sendable, Equatable {
  package var slice: Int
  package var reference: Int
  package var scale: Attributions.Scale
  /// Mean prediction of the slice − that of the reference; the parts add up to it.
  package var difference: Double
  package var parts: [Double]
  /// Over rows of both groups.
  package var standardError: [Double]
  package var lower: [Double]
  package var upper: [Double]

  package init(
    slice: Int, reference: Int, scale: Attributions.Scale, difference: Double, parts: [Double],
    standardError: [Double], lower: [Double], upper: [Double]
  ) {
    self.slice = slice
    self.reference = reference
    self.scale = scale
    self.difference = difference
    self.parts = parts
    self.standardError = standardError
    self.lower = lower
    self.upper = upper
  }
}
