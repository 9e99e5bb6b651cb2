import Results
import TestSupport
import Testing

@testable import Metrics

/// What metrics become where positive and negative change places: labels, decisions and the baseline's are the other
/// ones, a score s is 1 − s.
@Suite struct ClassExchangeTests {
  /// Each is what the other was.
  static let pairs: [(String, String)] = [
    ("true_positives", "true_negatives"), ("false_positives", "false_negatives"),
    ("positives", "negatives"), ("predicted_positives", "predicted_negatives"),
    ("prevalence", "negative_prevalence"), ("selection_rate", "predicted_negative_rate"),
    ("precision", "negative_predictive_value"), ("false_discovery_rate", "false_omission_rate"),
    ("true_positive_rate", "true_negative_rate"), ("false_positive_rate", "false_negative_rate"),
    ("conditional_acceptance", "conditional_rejection"),
    ("sensitivity_at_specificity[0.9]", "specificity_at_sensitivity[0.9]"),
    ("generalized_true_positive_rate", "generalized_true_negative_rate"),
    ("generalized_false_positive_rate", "generalized_false_negative_rate"),
    ("generalized_true_positives", "generalized_true_negatives"),
    ("generalized_false_positives", "generalized_false_negatives"),
    ("neg_to_pos_flip_count", "pos_to_neg_flip_count"),
    ("neg_to_pos_flip_rate", "pos_to_neg_flip_rate"), ("neg_to_neg_flip_rate", "pos_to_pos_flip_rate"),
    ("flip_rate_of_positives", "flip_rate_of_negatives"),
    // Bins that are closed on the right are closed on the left.
    ("expected_calibration_error", "expected_calibration_error_left_closed"),
    ("maximum_calibration_error", "maximum_calibration_error_left_closed"),
    ("average_calibration_error", "average_calibration_error_left_closed"),
    ("rms_calibration_error", "rms_calibration_error_left_closed"),
    ("debiased_squared_calibration_error", "debiased_squared_calibration_error_left_closed"),
    ("debiased_calibration_error", "debiased_calibration_error_left_closed"),
  ]

  /// What they were.
  static let same: Set<String> = [
    "count", "weight", "accuracy", "error_rate", "balanced_accuracy", "balanced_error_rate", "mcc",
    "log_loss",
    "log_loss_clipped", "log_loss_bits", "brier_score", "roc_auc", "gini", "ks", "diagnostic_odds_ratio",
    "geometric_mean", "informedness", "markedness", "cohens_kappa", "tjur_r2", "squared_pearson_correlation",
    "mean_absolute_error", "brier_skill_score", "cross_entropy_skill", "calibration_slope",
    "brier_reliability", "brier_resolution", "brier_uncertainty", "brier_miscalibration",
    "brier_discrimination", "flip_rate", "flip_count", "mean_absolute_score_change",
  ]

  /// 1 − what they were.
  static let complements: Set<String> = ["mean_score"]

  /// −1 × what they were.
  static let negatives: Set<String> = [
    "calibration_in_the_large", "mean_score_change", "calibration_intercept",
    "calibration_in_the_large_logit",
  ]

  /// What is of one class, where the registry has nothing that is the same of the other.
  static let lone: Set<String> = [
    "f1", "f_beta", "threat_score", "fowlkes_mallows", "average_precision", "pr_auc", "pr_auc_interpolated",
    "partial_auc", "positive_likelihood_ratio", "negative_likelihood_ratio", "treatment_equality", "lift",
    "gain", "precision_at_top", "top_k_recall", "top_k_precision", "precision_at_recall",
    "recall_at_precision", "recall_at_false_positive_rate", "threshold_at_recall", "max_recall",
    "prevalence_threshold", "relative_tjur_r2", "observed_over_expected", "calibration_ratio",
    "symmetric_prediction_difference",
    // Bins are cut from below, by rows or by steps that have no mirror image.
    "expected_calibration_error_equal_mass", "maximum_calibration_error_equal_mass",
    "average_calibration_error_equal_mass", "rms_calibration_error_equal_mass",
    "debiased_squared_calibration_error_equal_mass", "debiased_calibration_error_equal_mass", "ece_sweep",
    "rms_ce_sweep", "brier_reliability_binned", "brier_resolution_binned",
  ]

  /// What a metric becomes; nil for one of which nothing is known.
  enum Image: Equatable {
    case metric(String)
    case complement, negative, none
  }

  static func image(_ id: String) -> Image? {
    let base = RegistryPropertyTests.base(id)
    // The plain one has ten bins.
    let parameter = id == "expected_calibration_error" ? "[10]" : String(id.dropFirst(base.count))
    // One with its parameter, or all of a base with theirs; at a threshold, at that of the other side.
    let both = pairs + pairs.map { ($0.1, $0.0) }
    if id != base, let exact = both.first(where: { $0.0 == id }) { return .metric(exact.1) }
    if let found = both.first(where: { $0.0 == base }) { return .metric(found.1 + turned(parameter)) }
    if same.contains(base) { return .metric(base + turned(parameter)) }
    if complements.contains(base) { return .complement }
    if negatives.contains(base) { return .negative }
    return lone.contains(base) ? Image.none : nil
  }

  private static func turned(_ parameter: String) -> String {
    guard parameter.first == "@", let threshold = Double(parameter.dropFirst()) else { return parameter }
    return "@\(1 - threshold)"
  }

  static let tables = (UInt64(1)...24).map {
    BinaryPropertyTable.random(seed: $0, shape: $0 % 3 == 0 ? .odd : .ordinary)
  }

  @Test func everyEntryIsPlaced() {
    let ids = Self.tables[0].answers().map(\.id)
    #expect(ids.filter { Self.image($0) == nil } == [])
    let bases = Set(ids.map(RegistryPropertyTests.base) + ids)
    let named =
      Self.pairs.flatMap { [$0.0, $0.1] } + Self.same + Self.complements + Self.negatives + Self.lone
    #expect(named.filter { !bases.contains($0) } == [])
    #expect(Set(named).count == named.count, "a metric is placed twice")
  }

  @Test func imagesAreWhatTheyAreSaidToBe() {
    for table in Self.tables {
      let exchanged = Dictionary(
        table.exchanged.answers().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      for answer in table.answers() {
        let expected: Double? =
          switch Self.image(answer.id) {
          case .metric(let other): exchanged[other]?.value
          case .complement: exchanged[answer.id]?.value.map { 1 - $0 }
          case .negative: exchanged[answer.id]?.value.map { -$0 }
          case Image.none?, nil: answer.value
          }
        #expect((answer.value == nil) == (expected == nil), "\(answer.id)")
        guard let value = answer.value, let expected else { continue }
        #expect(isClose(value, expected, within: 1e-8), "\(answer.id): \(value) \(expected)")
      }
    }
  }

  /// The counting engine alike, where it has the image.
  @Test func theEngineAgrees() {
    for table in Self.tables {
      let answers = CountedPropertyTable(rows: table).answers()
      let exchanged = Dictionary(
        CountedPropertyTable(rows: table.exchanged).answers().map { ($0.id, $0.value) },
        uniquingKeysWith: { first, _ in first })
      for answer in answers {
        guard case .metric(let other) = Self.image(answer.id), let expected = exchanged[other] else {
          continue
        }
        #expect((answer.value == nil) == (expected == nil), "\(answer.id)")
        #expect(isClose(answer.value ?? 0, expected ?? 0), "\(answer.id)")
      }
    }
  }

  /// What is said to have no counterpart has none: no other entry takes its values.
  @Test func theLoneAreAlone() {
    var candidates: [String: Set<String>] = [:]
    for table in Self.tables {
      let exchanged = table.exchanged.answers()
      for answer in table.answers() where Self.image(answer.id) == Image.none {
        let alike = exchanged.filter { other in
          guard let a = answer.value, let b = other.value else {
            return answer.value == nil && other.value == nil
          }
          return isClose(a, b, within: 1e-9)
        }.map(\.id)
        candidates[answer.id] = candidates[answer.id].map { $0.intersection(alike) } ?? Set(alike)
      }
    }
    // The same number: recall where few are falsely selected is specificity where few are missed, seen from the other class.
    candidates["recall_at_false_positive_rate[0.1]"]?.remove("specificity_at_sensitivity[0.9]")
    #expect(candidates.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value.sorted())" } == [])
    #expect(candidates.count > 30)
  }
}
