extension FairnessMeasure {
  /// How a run makes the measure's interval, and what it tests; nil where no honest one is known.
  package var intervalMethod: String? { Self.intervalMethods[id] }

  private static let newcombe =
    "Newcombe hybrid score; two-proportion score test, Fisher's where counts are small"
  private static let joint = "where units span strata with their joint errors"
  private static let koopman = "Koopman score; the test of the difference"

  private static let againstChance =
    "mean over queries (Student's t), from 0 where random orders do as badly; one-sided t test against random orders"

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
    .merging(
      [prefixDifference, prefixDivergence, prefixRatio, infeasibleIndex, infeasibleCount].map {
        ($0.id, againstChance)
      }
    ) { first, _ in first }

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

  /// Of a distance, which lies above 0 by chance alone.
  private static func inverted(_ test: String) -> String {
    "bootstrap; lower limit by inverting the test, so that it can reach 0; \(test)"
  }
  private static let exchanged =
    "permutation test where a group has 500 rows or fewer, else (and with weights) centred bootstrap test"
  private static let shares = "two classes: the test of the difference; more: permutation test"
  private static let ofOneShare =
    "two classes: from the Newcombe limits of one class's difference; more: bootstrap with the lower limit by "
    + "inverting the permutation test; both can reach 0"
  private static let conjunctions =
    "bootstrap; lower limit by a simultaneous band, so that it can reach 0; permutation test"

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
    disparityFromMinimum.id:
      "none: the reference is chosen by its value; ratio_between_groups has limits that allow for that",
    statisticalParityDisparity.id: "Wilson score, given both groups' sum",
    conditionalDemographicDisparity.id: "MOVER over strata (Newcombe hybrid score)",
    pooledDifference.id:
      "MOVER over strata (of rates Newcombe hybrid score); of rates Cochran–Mantel–Haenszel test, with weights its score test with robust variance, else Wald z test; "
      + joint,
    standardizedDifference.id: "MOVER over strata (of rates Newcombe hybrid score); \(joint)",
    pooledRatio.id:
      "of rates log normal (Greenland–Robins; with weights linearised, by squared weights) and Cochran–Mantel–Haenszel test, with weights its score test with robust variance; else log normal (delta method) and Wald z test; "
      + joint,
    pooledOddsRatio.id:
      "log normal (Robins–Breslow–Greenland; with weights linearised, by squared weights); Cochran–Mantel–Haenszel test, with weights its score test with robust variance",
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
    areaBetweenCurves.id: inverted("centred bootstrap test of equal curves"),
    wassersteinDistance.id: inverted(exchanged),
    largestDistributionGap.id:
      "bootstrap; lower limit by a simultaneous band, so that it can reach 0; \(exchanged)",
    kullbackLeibler.id: inverted(shares) + "; none where infinite",
    jensenShannon.id: inverted(shares),
    distributionNorm.id: ofOneShare,
    totalVariation.id: ofOneShare,
    largestShareGap.id: ofOneShare,
    classParity.id: inverted("permutation test"),
    worstGroupCalibration.id:
      "bootstrap; lower limit by a simultaneous band, so that it can reach 0; test by labels drawn from the scores",
    meanGroupCalibration.id: inverted("test by labels drawn from the scores"),
    boundedGroupLoss.id: "simultaneous over all groups (Šidák): Student's t, zero–one loss Wilson score",
    quantileRateGap.id:
      "given the quantile, simultaneous over all pairs (Šidák, MOVER), so that it can reach 0; homogeneity test",
    thresholdParityArea.id: inverted("given the quantiles; " + exchanged),
    noDisparateImpactLevel.id: "none: the value jumps where the ratio crosses a bound",
    subgroupSelection.id: conjunctions,
    subgroupFalsePositive.id: conjunctions,
    subgroupTruePositive.id: conjunctions,
    betweenGroupEntropy.id: inverted("permutation test"),
    withinGroupEntropy.id: "percentiles of the smoothed cell bootstrap",
    rankDivergence.id: againstChance,
    attentionFairness.id: againstChance.replacing("from 0", with: "up to 1"),
    skewAtCutoff.id:
      "log ratio of totals over queries (jackknife, Student's t); MinSkew and MaxSkew simultaneous over all groups (Šidák)",
    exposureRatio.id: "log ratio of totals over queries (jackknife, Student's t)",
    treatmentRatio.id: "log ratio of totals over queries (jackknife, Student's t)",
    rankedGroupFairness.id:
      "Wilson score over lists; one-sided binomial test that more fail than chance allows",
  ]
}
