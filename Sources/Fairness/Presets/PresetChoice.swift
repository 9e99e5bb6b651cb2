import Results

/// A preset with what the user says of it, and what of the configuration its indicators need.
package struct PresetChoice: Sendable, Equatable {
  package var preset: RulePreset
  /// Groups with a smaller share of all rows take no part in comparisons.
  package var minimumShare: Double
  /// Values that stand for “not known”; compared without regard to case.
  package var unknown: [String]
  package var tau: Double
  /// Whether the negative decision is the one to be wished for.
  package var isNegativeFavourable = false
  /// Features within whose levels groups are compared.
  package var controls: [String] = []
  package var compatibility: Compatibility?
  /// The cut of the scoring rate, above which a score counts; nil where there is none.
  package var scoringCut: Double?
  package var requests: [PresetRecord.Request] = []

  package init(
    _ preset: RulePreset, minimumShare: Double? = nil, unknown: [String]? = nil, tau: Double? = nil
  ) {
    self.preset = preset
    self.minimumShare = minimumShare ?? preset.minimumShare
    self.unknown = unknown ?? RulePreset.unknownWords
    self.tau = tau ?? RuleNumbers.tau
  }
}
