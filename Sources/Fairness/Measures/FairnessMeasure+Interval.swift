extension FairnessMeasure {
  /// How a run makes the measure's interval, and what it tests; nil where no honest one is known.
  package var intervalMethod: String? { Self.intervalMethods[id] }

  private static let newcombe =
    "Newcombe hybrid score; two-proportion score test, Fisher's where counts are small"
  private static let joint = "where units span strata with their joint errors"
  private static let koopman = "Koopman score; the test of the difference"

  private static let intervalMethods: [String: String] =
    aggregationMethods
    .merging(
      [
        statisticalParityDifference, labelParityDifference,
        equalOpportunityDifference, errorRateDifference, recallDifference, specificityDifference,
        acceptanceRateDifference, rejectionRateDifference, accuracyDifference,
      ].map { ($0.id, newcombe) }
    ) { first, _ in first }
    .merging(
      [disparateImpact, errorRateRatio, disparity, impactParityDisparity].map {
        ($0.id, koopman)
      }
    ) {
      first, _ in first
    }
    .merging(otherMethods) { first, _ in first }

  private static let aggregationMethods: [String: String] = [
    differenceBetweenGroups.id:
      "simultaneous over all pairs (Šidák, MOVER), so that it can reach 0; homogeneity test",
    ratioBetweenGroups.id:
      "simultaneous over all pairs (Šidák, MOVER-R), so that it can reach 1; homogeneity test",
    differenceToOverall.id: "simultaneous over all groups (Šidák), so that it can reach 0",
    ratioToOverall.id: "simultaneous over all groups (Šidák), so that it can reach 1",
    groupMinimum.id: "simultaneous over all groups (Šidák)",
    groupMaximum.id: "simultaneous over all groups (Šidák)",
    equalizedOddsDifference.id: "both rates' simultaneous limits at once (Bonferroni)",
    equalizedOddsRatio.id: "both rates' simultaneous limits at once (Bonferroni)",
    differenceToReference.id:
      "of rates \(newcombe); of other metrics MOVER and Wald z test; of groups that share units both with their correlation",
    ratioToReference.id:
      "of rates \(koopman); of other metrics MOVER-R and Wald z test; of groups that share units log normal (delta method)",
  ]

  private static let otherMethods: [String: String] = [
    averageOddsDifference.id: "MOVER over both rates' Newcombe limits",
    averagePredictiveValueDifference.id: "MOVER over both rates' Newcombe limits",
    averageAbsoluteOddsDifference.id:
      "both rates' Newcombe limits at once (Bonferroni), so that it can reach 0",
    classImbalance.id: "Wilson score",
    conditionalAcceptance.id: "MOVER over log limits (delta method, half a row added to each cell)",
    conditionalRejection.id: "MOVER over log limits (delta method, half a row added to each cell)",
    treatmentEquality.id: "MOVER over log limits (delta method, half a row added to each cell)",
    generalizedEntropyIndex.id: "percentiles of the smoothed cell bootstrap",
    theilIndex.id: "percentiles of the smoothed cell bootstrap",
    coefficientOfVariation.id: "percentiles of the smoothed cell bootstrap",
    shareOfSelected.id: "Wilson score",
    statisticalParityDisparity.id: "Wilson score, given both groups' sum",
    conditionalDemographicDisparity.id: "MOVER over strata (Newcombe hybrid score)",
    pooledDifference.id:
      "MOVER over strata (of rates Newcombe hybrid score); of rates Cochran–Mantel–Haenszel test, else Wald z test; "
      + joint,
    standardizedDifference.id: "MOVER over strata (of rates Newcombe hybrid score); \(joint)",
    pooledRatio.id:
      "of rates log normal (Greenland–Robins), none with weights, and Cochran–Mantel–Haenszel test; else log normal (delta method) and Wald z test; "
      + joint,
    pooledOddsRatio.id:
      "log normal (Robins–Breslow–Greenland); Cochran–Mantel–Haenszel test; none with weights",
    oddsRatioHomogeneity.id: "none: the value is a statistic; Breslow–Day test with Tarone's adjustment",
    differenceHomogeneity.id:
      "none: the value is a statistic; Cochran's Q of rates, Welch's F of other metrics, Hotelling's F where units span strata",
    valueWithinStratum.id: "that of the metric",
    classOpportunity.id: "the classes' simultaneous limits at once (Bonferroni), so that it can reach 0",
    differentialFairness.id: "the groups' Wilson limits at once (Šidák), so that it can reach 0",
    generalizedTruePositiveRateDifference.id: "normal, separate variances; Wald z test",
    generalizedFalsePositiveRateDifference.id: "normal, separate variances; Wald z test",
    generalizedEqualizedOddsDifference.id: "both normal limits at once (Bonferroni), so that it can reach 0",
    crossGroupAreaDifference.id: "MOVER over both areas' logit limits (DeLong); Wald z test",
    standardizedMeanDifference.id: "normal (Hedges & Olkin 1985); Wald z test of the means",
    biasScoreOverpredicted.id: "none: the value is a statistic; one-sided likelihood-ratio test",
    biasScoreUnderpredicted.id: "none: the value is a statistic; one-sided likelihood-ratio test",
    rankDivergence.id: "mean over queries (Student's t)",
    attentionFairness.id: "mean over queries (Student's t)",
  ]
}
