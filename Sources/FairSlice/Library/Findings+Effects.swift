import Results

extension Findings.Explanation {
  /// How the score changes along one feature, overall and by group.
  public struct Effect: Sendable, Equatable {
    /// The curve of one slice; lists have one entry a point of the feature.
    public struct Curve: Sendable, Equatable {
      /// The slice.
      public let slice: Findings.Slice
      /// Mean score with the feature set to each point (partial dependence: Friedman 2001).
      public let partialDependence: [Double?]
      /// Its standard error over rows.
      public let partialDependenceErrors: [Double?]
      /// Accumulated local effects, of mean 0 (Apley & Zhu 2020); empty for categories.
      public let accumulatedEffect: [Double?]
      /// Its standard error over rows.
      public let accumulatedEffectErrors: [Double?]
      /// Rows of the slice that are at each point, unweighted.
      public let support: [Int]

      init(_ curve: FeatureEffect.Curve, _ slices: [Findings.Slice]) {
        slice = slices[curve.slice]
        partialDependence = curve.partialDependence.map(\.known)
        partialDependenceErrors = curve.partialDependenceError.map(\.known)
        accumulatedEffect = curve.accumulatedEffect.map(\.known)
        accumulatedEffectErrors = curve.accumulatedEffectError.map(\.known)
        support = curve.support
      }
    }

    /// Name of the feature, as ``Feature/name``.
    public let feature: String
    /// The points of a number, ascending; empty for categories.
    public let grid: [Double]
    /// The points of a category; empty for numbers.
    public let labels: [String]
    /// One for all rows, then one for each group.
    public let curves: [Curve]

    init(_ effect: FeatureEffect, _ names: [String], _ slices: [Findings.Slice]) {
      (feature, grid, labels) = (names[effect.feature], effect.grid, effect.labels)
      curves = effect.curves.map { Curve($0, slices) }
    }
  }

  /// How far two features act together: Friedman's H (Friedman & Popescu 2008).
  public struct Interaction: Sendable, Equatable {
    /// Names of both features, as ``Feature/name``.
    public let features: [String]
    /// Share of the joint effect's variance that the two single effects leave; nil where there is no joint effect.
    public let hSquared: Double?
    /// Root of the mean squared interaction, in units of the score; nil where there is none.
    public let strength: Double?

    init(_ interaction: FeatureInteraction, _ names: [String]) {
      features = [names[interaction.first], names[interaction.second]]
      (hSquared, strength) = (interaction.hSquared.known, interaction.strength.known)
    }
  }

  /// What decisions do when one attribute of a row is changed and all else is kept.
  public struct Flip: Sendable, Equatable {
    /// Name of the feature, as ``Feature/name``.
    public let feature: String
    /// The value that the rows have.
    public let from: String
    /// The value that they were given.
    public let to: String
    /// Rows that have the first value.
    public let rowCount: Int
    /// Rows whose decision becomes positive.
    public let toPositive: Int
    /// Rows whose decision becomes negative.
    public let toNegative: Int
    /// Share of rows that flip; nil without rows.
    public let share: Double?
    /// Lower limit of the share (Wilson 1927).
    public let lower: Double?
    /// Upper limit of the share.
    public let upper: Double?
    /// Mean change of the score; nil without rows.
    public let meanChange: Double?

    init(_ flip: FlipCounts, _ names: [String]) {
      (feature, from, to, rowCount) = (names[flip.feature], flip.from, flip.to, flip.rows)
      (toPositive, toNegative) = (flip.toPositive, flip.toNegative)
      (share, lower, upper) = (flip.share.known, flip.lower.known, flip.upper.known)
      meanChange = flip.meanChange.known
    }
  }
}
