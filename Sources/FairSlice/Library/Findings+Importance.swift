import Results

extension Findings.Explanation {
  /// What one metric of a slice, or one gap, rests on one feature by.
  public struct Importance: Sendable, Equatable {
    /// What a positive importance means.
    public enum Meaning: String, Sendable, CaseIterable {
      /// The metric gets worse by that much without the feature's information.
      case qualityLost = "quality_lost"
      /// The metric has no better side: it rises by that much.
      case change
      /// The gap moves towards zero by that much, past zero included.
      case gapClosed = "gap_closed"

      init(_ meaning: ImportanceColumns.Meaning) {
        self =
          switch meaning {
          case .qualityLost: .qualityLost
          case .change: .change
          case .gapClosed: .gapClosed
          }
      }
    }

    /// Name of the feature, as ``Feature/name``.
    public let feature: String
    /// Identifier of the metric, or of the metric whose gap it is.
    public let metric: String
    /// The slice; of a gap, the group.
    public let slice: Findings.Slice
    /// The group that a gap subtracts; nil for a metric of a slice.
    public let reference: Findings.Slice?
    /// What a positive value means.
    public let meaning: Meaning
    /// Whether moved values come from rows of the same slice only.
    public let isWithinSlice: Bool
    /// The metric or gap as it is.
    public let base: Double?
    /// What it is on average with the feature's values moved.
    public let permuted: Double?
    /// The importance, in the metric's unit and signed as `meaning` says; nil where there is none.
    public let value: Double?
    /// Lower limit at ``Findings/Explanation/level``, not adjusted for looking at many features; nil where there is none.
    public let lower: Double?
    /// Upper limit of the interval.
    public let upper: Double?
    /// For other rows of the same kind; nil where none is known.
    public let standardError: Double?
    /// For other shuffles of the same rows; nil where none is known.
    public let shuffleError: Double?
    /// p-value of “no importance”: one-sided for quality, two-sided for gaps and changes; nil where there is none.
    public let pValue: Double?
    /// The same, adjusted over the features (Holm 1979).
    public let adjustedPValue: Double?
    /// Shuffles that were made; 0 where the expectation over all was computed.
    public let repeatCount: Int
    /// Why there is no interval (`not used by the model`); nil where there is one.
    public let reason: String?

    /// One for each feature.
    static func all(
      _ columns: ImportanceColumns, _ names: [String], _ slices: [Findings.Slice]
    ) -> [Importance] {
      names.indices.map { Importance(columns, $0, names[$0], slices) }
    }

    private init(
      _ columns: ImportanceColumns, _ place: Int, _ feature: String, _ slices: [Findings.Slice]
    ) {
      (self.feature, metric, meaning) = (feature, columns.metric, Meaning(columns.meaning))
      (slice, reference) = (slices[columns.slice], columns.reference.map { slices[$0] })
      isWithinSlice = columns.donors == .sameSlice
      base = columns.base.known
      permuted = columns.permuted.known(place)
      value = columns.importance.known(place)
      (lower, upper) = (columns.lower.known(place), columns.upper.known(place))
      standardError = columns.standardError.known(place)
      shuffleError = columns.shuffleError.known(place)
      (pValue, adjustedPValue) = (columns.pValue.known(place), columns.holm.known(place))
      repeatCount = columns.repeats.indices.contains(place) ? columns.repeats[place] : 0
      reason = columns.reasons.indices.contains(place) ? columns.reasons[place] : nil
    }
  }
}
