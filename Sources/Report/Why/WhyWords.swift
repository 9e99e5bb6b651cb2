import Charts
import Results

/// Sentences that do not depend on the page.
enum WhyWords {
  static let gapNote =
    "Right of zero, the gap gets smaller when the feature is shuffled, past zero included. The size of a gap, |gap|, is "
    + "biased upwards by noise, so that its reduction in the table looks too small; the signed change is not."

  static func title(_ kind: ExplanationWarning.Kind) -> String {
    switch kind {
    case .noSkill: "No skill shown"
    case .leakage: "Suspected leakage"
    case .dominant: "One feature carries nearly everything"
    case .extrapolation: "Moved values leave the data"
    case .association: "Features that stand in for each other"
    case .modelDiffers: "Model and predictions differ"
    case .fewRows: "Few rows"
    case .trainingRows: "Rows from the training"
    }
  }

  /// `0.019 to 0.025`.
  static func range(_ lower: Double?, _ upper: Double?) -> String? {
    guard let lower, let upper, !lower.isNaN, !upper.isNaN else { return nil }
    return "\(Wording.value(lower)) to \(Wording.value(upper))"
  }

  /// `3.1 %`; shares below a tenth of a percent keep a digit.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "—" }
    let percent = share * 100
    if percent > 0, percent < 0.05 { return "< 0.1 %" }
    return NumberText.value(percent, decimals: 1) + " %"
  }

  static func listed(_ names: [String], limit: Int = 6) -> String {
    guard names.count > limit else { return PageBuilder.listed(names) }
    return PageBuilder.listed(Array(names.prefix(limit)) + ["\(Wording.count(names.count - limit)) more"])
  }
}
