import Metrics

extension FairnessMeasure {
  /// Every measure, by family.
  package static let all: [FairnessMeasure] =
    aggregations + pairs + individuals + audits + conditionals + intersectionals + scores + predictions
    + rankings

  private static let aggregations = [
    differenceBetweenGroups, differenceToOverall, ratioBetweenGroups, ratioToOverall, groupMinimum,
    groupMaximum, equalizedOddsDifference, equalizedOddsRatio, demographicDisparityAcrossGroups,
  ]
  private static let pairs = [
    differenceToReference, ratioToReference, statisticalParityDifference, disparateImpact,
    labelParityDifference, averageOddsDifference,
    averageAbsoluteOddsDifference, averagePredictiveValueDifference, equalOpportunityDifference,
    errorRateDifference, errorRateRatio, classImbalance, conditionalAcceptance, conditionalRejection,
    recallDifference, specificityDifference, acceptanceRateDifference, rejectionRateDifference,
    accuracyDifference, treatmentEquality,
  ]
  private static let individuals = [
    generalizedEntropyIndex, theilIndex, coefficientOfVariation, betweenGroupEntropy, withinGroupEntropy,
    consistency, flipTest, lipschitzViolations,
  ]
  private static let audits = [
    shareOfSelected, disparity, disparityFromMinimum, statisticalParityDisparity, impactParityDisparity,
    parityLoss,
    parityDetermination,
  ]
  private static let conditionals = [
    conditionalDemographicDisparity, pooledDifference, pooledRatio, pooledOddsRatio,
    standardizedDifference, oddsRatioHomogeneity, differenceHomogeneity, valueWithinStratum,
  ]
  private static let intersectionals = [
    differentialFairness, biasAmplification, subgroupSelection, subgroupFalsePositive,
    subgroupTruePositive,
  ]
  private static let scores = [
    generalizedTruePositiveRateDifference, generalizedFalsePositiveRateDifference,
    generalizedEqualizedOddsDifference, areaBetweenCurves, crossGroupAreaDifference, wassersteinDistance,
    largestDistributionGap, standardizedMeanDifference,
    worstGroupCalibration, meanGroupCalibration, biasScoreOverpredicted, biasScoreUnderpredicted,
  ]
  private static let predictions = [
    kullbackLeibler, jensenShannon, distributionNorm, totalVariation, largestShareGap, boundedGroupLoss,
    quantileRateGap, thresholdParityArea, noDisparateImpactLevel, classParity, labelParity, classOpportunity,
  ]
  private static let rankings = [
    rankDivergence, attentionFairness, skewAtCutoff, exposureRatio, treatmentRatio,
    prefixDifference, prefixDivergence, prefixRatio, infeasibleIndex, infeasibleCount, rankedGroupFairness,
  ]

  /// The measures that a name means: an identifier, or what another tool calls it (`DPPL`, `ppr`).
  package static func named(_ name: String) -> [FairnessMeasure] {
    let key = name.lowercased()
    return all.filter { measure in
      measure.id == key || measure.aliases.contains { $0.name.lowercased() == key }
    }
  }
}
