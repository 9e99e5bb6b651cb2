/// Permutation importance of every feature for one quantity: a metric of a slice, or a gap between two.
/// Columns have one entry a feature; NaN stands for "none".
package struct ImportanceColumns: Sendable, Equatable {
  /// What a positive importance means.
  package enum Meaning: String, Sendable, Codable {
    /// The metric gets worse by that much without the feature's information.
    case qualityLost = "quality_lost"
    /// The metric has no better side: permuted − base.
    case change
    /// The gap moves towards zero by that much without the feature's information, past zero included.
    case gapClosed = "gap_closed"
  }

  /// Which rows give a row its new values.
  package enum Donors: String, Sendable, Codable {
    case allRows = "all_rows"
    case sameSlice = "same_slice"
  }

  package var metric: String
  /// Slice index; of a gap, the group.
  package var slice: Int
  /// The group that a gap subtracts; nil for a metric of a slice.
  package var reference: Int?
  /// Pairs of groups that a gap was picked from; 1 otherwise. The gap's intervals and p-values are Bonferroni-adjusted for
  /// that pick.
  package var comparisons: Int
  package var meaning: Meaning
  package var donors: Donors
  /// Rows in the slice, or in both.
  package var rows: Int
  /// The quantity as it is: metric(slice), or metric(slice) − metric(reference).
  package var base: Double

  /// Mean of the quantity over the repeats.
  package var permuted: [Double]
  /// Signed as `meaning` says.
  package var importance: [Double]
  /// permuted / base; NaN where base is 0.
  package var ratio: [Double]
  /// Mean |gap| over the repeats; empty unless a gap. |base| − this is the reduction of the gap's size, biased
  /// downwards by noise.
  package var permutedSize: [Double]
  /// Of the importance, for other rows of the same kind: rows and donors both count (row + column formula).
  package var standardError: [Double]
  /// Of the importance, for other shuffles of the same rows.
  package var shuffleError: [Double]
  /// Limits at the explanation's level, not adjusted for looking at many features.
  package var lower: [Double]
  package var upper: [Double]
  /// Of "no importance": one-sided for quality, two-sided for gaps and changes. 1 where no prediction changed or rows are too few
  /// to tell; NaN where the feature is not used or the quantity is undefined.
  package var pValue: [Double]
  /// Adjusted over the features (Holm 1979; Benjamini & Hochberg 1995).
  package var holm: [Double]
  package var benjaminiHochberg: [Double]
  /// Repeats that were taken.
  package var repeats: [Int]
  /// Why a feature has no interval (`not used by the model`); nil where it has one.
  package var reasons: [String?]
  /// The quantity at each repeat, by feature; empty where not kept.
  package var raw: [[Double]]

  package init(
    metric: String, slice: Int, reference: Int? = nil, comparisons: Int = 1, meaning: Meaning, donors: Donors,
    rows: Int,
    base: Double, permuted: [Double], importance: [Double], ratio: [Double], permutedSize: [Double] = [],
    standardError: [Double], shuffleError: [Double], lower: [Double], upper: [Double], pValue: [Double],
    holm: [Double], benjaminiHochberg: [Double], repeats: [Int], reasons: [String?], raw: [[Double]] = []
  ) {
    self.metric = metric
    self.slice = slice
    self.reference = reference
    self.comparisons = comparisons
    self.meaning = meaning
    self.donors = donors
    self.rows = rows
    self.base = base
    self.permuted = permuted
    self.importance = importance
    self.ratio = ratio
    self.permutedSize = permutedSize
    self.standardError = standardError
    self.shuffleError = shuffleError
    self.lower = lower
    self.upper = upper
    self.pValue = pValue
    self.holm = holm
    self.benjaminiHochberg = benjaminiHochberg
    self.repeats = repeats
    self.reasons = reasons
    self.raw = raw
  }

  package var isGap: Bool { reference != nil }
}
