import Results

extension Findings.Explanation {
  /// Whether values add up to the score, or to the margin before the link function.
  public enum Scale: String, Sendable, CaseIterable {
    /// The margin: log odds, of a logistic model.
    case margin
    /// The score itself.
    case score

    init(_ scale: Results.Attributions.Scale) {
      self =
        switch scale {
        case .margin: .margin
        case .score: .score
        }
    }
  }

  /// One feature's part of something that is a sum over features.
  public struct Part: Sendable, Equatable {
    /// Name of the feature, as ``Feature/name``.
    public let feature: String
    /// The part, with its sign; nil where it is not known.
    public let value: Double?
    /// Its standard error; 0 where the part of one row is exact, nil where none is known.
    public let standardError: Double?

    static func all(_ names: [String], _ values: [Double], _ errors: [Double]) -> [Part] {
      names.enumerated().map {
        Part(feature: $1, value: values.known($0), standardError: errors.known($0))
      }
    }
  }

  /// Shapley values: what each feature adds to a prediction beyond the mean prediction (Lundberg & Lee 2017), with absent
  /// features taken from background rows.
  public struct Attributions: Sendable, Equatable {
    /// Means over a slice's rows.
    public struct Group: Sendable, Equatable {
      /// The slice.
      public let slice: Findings.Slice
      /// Rows that the means are over.
      public let rowCount: Int
      /// Mean of each feature.
      public let means: [Part]
      /// Mean magnitude of each feature, in the order of ``Findings/Explanation/features``.
      public let meanMagnitudes: [Double?]
    }

    /// One row's values.
    public struct Row: Sendable, Equatable {
      /// Number of the row in the data, from 1, without the header.
      public let row: Int
      /// What the model predicts for it, on the scale of the values.
      public let prediction: Double
      /// What each feature adds; with ``Findings/Explanation/Attributions/baseValue`` they add up to the prediction.
      public let parts: [Part]
      /// The row's own value of each feature, as text.
      public let texts: [String]
    }

    /// How they were found: `TreeSHAP, interventional`, `exact`, `antithetic permutations`.
    public let method: String
    /// What the values add up to.
    public let scale: Scale
    /// Mean prediction of the background rows, on this scale.
    public let baseValue: Double
    /// All rows, then groups.
    public let groups: [Group]
    /// The rows that were asked for.
    public let rows: [Row]

    init(_ found: Results.Attributions, _ names: [String], _ slices: [Findings.Slice]) {
      (method, scale, baseValue) = (found.method, Scale(found.scale), found.baseValue)
      groups = found.groups.map { group in
        Group(
          slice: slices[group.slice], rowCount: group.rows,
          means: Part.all(names, group.mean, group.standardError),
          meanMagnitudes: group.meanAbsolute.map(\.known))
      }
      rows = found.rows.map { row in
        Row(
          row: row.row, prediction: row.prediction, parts: Part.all(names, row.values, row.errors),
          texts: row.texts)
      }
    }
  }

  /// The difference of two groups' mean predictions as a sum over features.
  public struct Decomposition: Sendable, Equatable {
    /// The group.
    public let group: Findings.Slice
    /// The group that is subtracted.
    public let reference: Findings.Slice
    /// What the parts add up to.
    public let scale: Scale
    /// Mean prediction of the group − that of the reference.
    public let difference: Double
    /// Each feature's part of it.
    public let parts: [Part]
    /// Lower limits of the parts, in their order.
    public let lower: [Double?]
    /// Upper limits of the parts.
    public let upper: [Double?]

    init(_ found: GapDecomposition, _ names: [String], _ slices: [Findings.Slice]) {
      (group, reference) = (slices[found.slice], slices[found.reference])
      (scale, difference) = (Scale(found.scale), found.difference)
      parts = Part.all(names, found.parts, found.standardError)
      (lower, upper) = (found.lower.map(\.known), found.upper.map(\.known))
    }
  }
}
