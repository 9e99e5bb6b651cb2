import Metrics

extension ToolMeasure {
  // MARK: Fairlearn

  /// Of metrics that only the engine of rows has.
  private static let losses = [
    ToolMeasure(.fairlearn, "zero_one_loss_difference", .differenceBetweenGroups, of: "error_rate"),
    ToolMeasure(.fairlearn, "zero_one_loss_ratio", .ratioBetweenGroups, of: "error_rate"),
    ToolMeasure(.fairlearn, "zero_one_loss_group_max", .groupMaximum, of: "error_rate"),
  ]

  /// Fairlearn's functions, then what its MetricFrame makes of any metric.
  static let fairlearn: [ToolMeasure] =
    functions.flatMap { metric, name in
      frames.map { measure, suffix in
        ToolMeasure(.fairlearn, name + suffix, measure, of: metric.id)
      }
    } + extremes + losses
    + odds("equalized_odds_difference", .equalizedOddsDifference)
    + odds("equalized_odds_ratio", .equalizedOddsRatio)
    + [
      ToolMeasure(
        .fairlearn, "MetricFrame.difference(method='between_groups')", .differenceBetweenGroups),
      ToolMeasure(.fairlearn, "MetricFrame.difference(method='to_overall')", .differenceToOverall),
      ToolMeasure(.fairlearn, "MetricFrame.ratio(method='between_groups')", .ratioBetweenGroups),
      ToolMeasure(.fairlearn, "MetricFrame.ratio(method='to_overall')", .ratioToOverall),
      ToolMeasure(.fairlearn, "MetricFrame.group_min", .groupMinimum),
      ToolMeasure(.fairlearn, "MetricFrame.group_max", .groupMaximum),
    ]

  private static let functions: [(BinaryMetric, String)] = [
    (.selectionRate, "demographic_parity"), (.selectionRate, "selection_rate"),
    (.truePositiveRate, "equal_opportunity"), (.truePositiveRate, "true_positive_rate"),
    (.trueNegativeRate, "true_negative_rate"), (.falsePositiveRate, "false_positive_rate"),
    (.falseNegativeRate, "false_negative_rate"), (.accuracy, "accuracy_score"),
  ]
  private static let frames: [(FairnessMeasure, String)] = [
    (.differenceBetweenGroups, "_difference"), (.ratioBetweenGroups, "_ratio"),
    (.differenceToOverall, "_difference(method='to_overall')"),
    (.ratioToOverall, "_ratio(method='to_overall')"),
  ]
  private static let extremes: [ToolMeasure] =
    [
      (BinaryMetric.accuracy, "accuracy"), (.balancedAccuracy, "balanced_accuracy"),
      (.precision, "precision"), (.truePositiveRate, "recall"), (.rocAUC, "roc_auc"), (.f1, "f1"),
    ].map { ToolMeasure(.fairlearn, $0.1 + "_score_group_min", .groupMinimum, of: $0.0.id) }
    + [
      ToolMeasure(.fairlearn, "log_loss_group_max", .groupMaximum, of: BinaryMetric.logLoss.id),
      ToolMeasure(.fairlearn, "r2_score_group_min", .groupMinimum, of: "r2"),
      ToolMeasure(.fairlearn, "mean_absolute_error_group_max", .groupMaximum, of: "mean_absolute_error"),
      ToolMeasure(.fairlearn, "mean_squared_error_group_max", .groupMaximum, of: "mean_squared_error"),
      ToolMeasure(.fairlearn, "BoundedGroupLoss", .boundedGroupLoss),
    ]

  private static func odds(_ name: String, _ measure: FairnessMeasure) -> [ToolMeasure] {
    [
      (FairnessMeasure.Variant.worstCase, ""), (FairnessMeasure.Variant.mean, "(agg='mean')"),
      (FairnessMeasure.Variant.worstToOverall, "(method='to_overall')"),
      (FairnessMeasure.Variant.meanToOverall, "(method='to_overall', agg='mean')"),
    ].map { ToolMeasure(.fairlearn, name + $0.1, measure, variant: $0.0) }
  }

  // MARK: Aequitas

  static let aequitas: [ToolMeasure] =
    [
      ToolMeasure(.aequitas, "ppr", .shareOfSelected),
      ToolMeasure(.aequitas, "ppr_disparity", .statisticalParityDisparity),
      ToolMeasure(.aequitas, "pprev_disparity", .impactParityDisparity),
      ToolMeasure(.aequitas, "get_disparity_min_metric", .disparityFromMinimum),
    ]
    + AuditMetric.allCases.compactMap { metric in
      metric == .pprev
        ? nil
        : metric.metricID.map { id in
          ToolMeasure(.aequitas, metric.rawValue + "_disparity", .disparity, of: id)
        }
    }
    + (AuditParity.allCases.map(\.rawValue) + [Audit.overallFairness]).map {
      ToolMeasure(.aequitas, $0, .parityDetermination, variant: $0)
    }

  // MARK: AIF360

  /// AIF360's dataset and classification metrics; `aif360.sklearn`'s names come second.
  static let fairnessToolkit: [ToolMeasure] =
    plain.map { ToolMeasure(.aif360, $0.id, $0) }
    + [
      (BinaryMetric.truePositiveRate, "true_positive_rate"), (.falsePositiveRate, "false_positive_rate"),
      (.falseNegativeRate, "false_negative_rate"), (.falseOmissionRate, "false_omission_rate"),
      (.falseDiscoveryRate, "false_discovery_rate"),
    ].flatMap { metric, name in
      [
        ToolMeasure(.aif360, name + "_difference", .differenceToReference, of: metric.id),
        ToolMeasure(.aif360, name + "_ratio", .ratioToReference, of: metric.id),
      ]
    }
    + [
      ToolMeasure(.aif360, "mean_difference", .labelParityDifference),
      ToolMeasure(.aif360, "disparate_impact_ratio", .disparateImpact),
      ToolMeasure(.aif360, "average_odds_error", .averageAbsoluteOddsDifference),
      ToolMeasure(.aif360, "consistency_score", .consistency),
      ToolMeasure(.aif360, "generalized_entropy_error", .generalizedEntropyIndex),
      ToolMeasure(.aif360, "smoothed_edf", .differentialFairness),
      ToolMeasure(.aif360, "df_bias_amplification", .biasAmplification),
      ToolMeasure(.aif360, "conditional_demographic_disparity", .demographicDisparityAcrossGroups),
      ToolMeasure(.aif360, "kl_divergence", .kullbackLeibler),
      ToolMeasure(
        .aif360, "generalized_true_positive_rate_difference", .generalizedTruePositiveRateDifference),
      ToolMeasure(
        .aif360, "generalized_false_positive_rate_difference", .generalizedFalsePositiveRateDifference),
      ToolMeasure(.aif360, "mdss_bias_score", .biasScoreOverpredicted),
      ToolMeasure(.aif360, "mdss_bias_score(overpredicted=False)", .biasScoreUnderpredicted),
    ]
    + [
      (FairnessMeasure.Variant.entropy, "between_group_generalized_entropy_index"),
      (FairnessMeasure.Variant.theil, "between_group_theil_index"),
      (FairnessMeasure.Variant.variation, "between_group_coefficient_of_variation"),
    ].map { ToolMeasure(.aif360, $0.1, .betweenGroupEntropy, variant: $0.0) }

  private static let plain: [FairnessMeasure] = [
    .statisticalParityDifference, .disparateImpact, .averageOddsDifference,
    .averageAbsoluteOddsDifference, .averagePredictiveValueDifference, .equalOpportunityDifference,
    .equalizedOddsDifference, .errorRateDifference, .errorRateRatio, .generalizedEntropyIndex,
    .theilIndex, .coefficientOfVariation, .consistency, .differentialFairness, .biasAmplification,
    .generalizedEqualizedOddsDifference, .classImbalance,
  ]

  // MARK: Clarify

  static let clarify: [ToolMeasure] =
    [
      ("CI", FairnessMeasure.classImbalance), ("DPL", .labelParityDifference),
      ("DPPL", .statisticalParityDifference), ("DI", .disparateImpact), ("DCA", .conditionalAcceptance),
      ("DCR", .conditionalRejection), ("RD", .recallDifference), ("SD", .specificityDifference),
      ("DAR", .acceptanceRateDifference), ("DRR", .rejectionRateDifference), ("AD", .accuracyDifference),
      ("TE", .treatmentEquality), ("FT", .flipTest), ("GE", .generalizedEntropyIndex),
    ].map { ToolMeasure(.clarify, $0.0, $0.1) }
    + [
      ("KL", FairnessMeasure.kullbackLeibler), ("JS", .jensenShannon), ("LP", .distributionNorm),
      ("TVD", .totalVariation), ("KS", .largestShareGap), ("CDDL", .conditionalDemographicDisparity),
    ].map { ToolMeasure(.clarify, $0.0, $0.1, variant: FairnessMeasure.Variant.labels) }
    + [
      ToolMeasure(
        .clarify, "CDDPL", .conditionalDemographicDisparity,
        variant: FairnessMeasure.Variant.predictions)
    ]
}
