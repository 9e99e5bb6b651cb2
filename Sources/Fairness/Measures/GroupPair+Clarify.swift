import Metrics

/// What SageMaker Clarify measures of a pair of groups beside the plain differences, in its own directions. The
/// reference group is its advantaged facet, the focal group the sensitive one. (Das et al. 2021.)
extension GroupPair {
  /// CI, (n_r − n_f)/(n_r + n_f). AIF360's class_imbalance has the opposite sign.
  package var classImbalance: MeasureValue {
    let sign = compatibility == .aif360 ? -1.0 : 1.0
    return .quotient(
      sign * (reference.size - focal.size), reference.size + focal.size, reason: "no rows")
  }

  /// DCA, positives per selected row of the reference group − of the focal group.
  package var conditionalAcceptance: MeasureValue {
    .difference(
      perSelected(reference), perSelected(focal), as: compatibility)
  }

  private func perSelected(_ group: GroupCounts) -> MeasureValue {
    ofOne(group.positives, group.selected, "no predicted positives in \(group.name)")
  }

  /// DCR, negatives per rejected row of the focal group − of the reference group.
  package var conditionalRejection: MeasureValue {
    .difference(
      perRejected(focal), perRejected(reference), as: compatibility)
  }

  private func perRejected(_ group: GroupCounts) -> MeasureValue {
    ofOne(group.negatives, group.unselected, "no predicted negatives in \(group.name)")
  }

  /// RD, TPR_r − TPR_f.
  package var recallDifference: MeasureValue { reversed(.truePositiveRate) }
  /// SD, TNR_f − TNR_r.
  package var specificityDifference: MeasureValue { difference(.trueNegativeRate) }
  /// DAR, PPV_r − PPV_f.
  package var acceptanceRateDifference: MeasureValue { reversed(.precision) }
  /// DRR, NPV_f − NPV_r.
  package var rejectionRateDifference: MeasureValue { difference(.negativePredictiveValue) }
  /// AD, ACC_r − ACC_f.
  package var accuracyDifference: MeasureValue { reversed(.accuracy) }

  /// TE, FN_f/FP_f − FN_r/FP_r (Berk et al. 2018).
  package var treatmentEquality: MeasureValue {
    .difference(errorRatio(focal), errorRatio(reference), as: compatibility)
  }

  private func reversed(_ metric: BinaryMetric) -> MeasureValue {
    .difference(rate(metric, reference), rate(metric, focal), as: compatibility)
  }

  private func errorRatio(_ group: GroupCounts) -> MeasureValue {
    ofOne(group.falseNegatives, group.falsePositives, "no false positives in \(group.name)")
  }

  /// A group's own quotient, which over nothing has no value, as the metric of that group. Clarify takes it for infinite, and 0/0 for 0.
  private func ofOne(_ numerator: Double, _ denominator: Double, _ reason: String) -> MeasureValue {
    denominator == 0 && compatibility != .clarify
      ? .undefined(reason) : .quotient(numerator, denominator, as: compatibility, reason: reason)
  }
}

extension FairnessMeasure {
  private static func clarify(
    _ id: String, _ name: String, _ formula: String, _ short: String,
    range: ClosedRange<Double> = signed, meaning: String, undefined: String,
    aliases: [MetricDefinition.Alias] = []
  ) -> FairnessMeasure {
    FairnessMeasure(
      id: id, name: name, family: .pair, formula: formula, source: "Das et al. 2021 (Clarify)",
      range: range, fair: 0, meaning: meaning, undefined: undefined,
      aliases: [.init("Clarify", short)] + aliases)
  }

  package static let classImbalance = clarify(
    "class_imbalance", "Class imbalance", "(n_r − n_f)/(n_r + n_f)", "CI",
    meaning: "0: groups of one size; above 0: the focal group is the smaller", undefined: "no rows",
    aliases: [.init("AIF360", "class_imbalance")])
  package static let conditionalAcceptance = clarify(
    "difference_in_conditional_acceptance", "Difference in conditional acceptance",
    "P_r/PP_r − P_f/PP_f", "DCA", range: anything,
    meaning: "0: as many positives per selected row; above 0: the reference group is selected less freely",
    undefined: "a group has no selected rows")
  package static let conditionalRejection = clarify(
    "difference_in_conditional_rejection", "Difference in conditional rejection", "N_f/PN_f − N_r/PN_r",
    "DCR", range: anything,
    meaning: "0: as many negatives per rejected row; above 0: the reference group is rejected more freely",
    undefined: "a group has no rejected rows")
  package static let recallDifference = clarify(
    "recall_difference", "Recall difference", "TPR_r − TPR_f", "RD",
    meaning: "0: equal recall; above 0: less for the focal group", undefined: "a group has no positives")
  package static let specificityDifference = clarify(
    "specificity_difference", "Specificity difference", "TNR_f − TNR_r", "SD",
    meaning: "0: equal specificity; above 0: more for the focal group",
    undefined: "a group has no negatives")
  package static let acceptanceRateDifference = clarify(
    "difference_in_acceptance_rates", "Difference in acceptance rates", "PPV_r − PPV_f", "DAR",
    meaning: "0: equal precision; above 0: less for the focal group",
    undefined: "a group has no predicted positives")
  package static let rejectionRateDifference = clarify(
    "difference_in_rejection_rates", "Difference in rejection rates", "NPV_f − NPV_r", "DRR",
    meaning: "0: equal negative predictive value; above 0: more for the focal group",
    undefined: "a group has no predicted negatives")
  package static let accuracyDifference = clarify(
    "accuracy_difference", "Accuracy difference", "ACC_r − ACC_f", "AD",
    meaning: "0: equal accuracy; above 0: less for the focal group", undefined: "a group has no rows")
  package static let treatmentEquality = clarify(
    "treatment_equality", "Treatment equality", "FN_f/FP_f − FN_r/FP_r", "TE", range: anything,
    meaning: "0: errors of both kinds in one proportion; above 0: more misses per false alarm for the focal",
    undefined: "a group has no false positives")
}
