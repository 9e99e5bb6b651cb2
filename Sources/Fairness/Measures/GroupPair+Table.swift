import Metrics
import Statistics

/// Every measure of a pair that is about one thing only, by its identifier.
extension GroupPair {
  /// The measure of this pair at a level; nil where it is no measure of a pair alone.
  package func number(_ measure: FairnessMeasure, level: Double) -> MeasureNumber? {
    if let number = difference(measure, level) { return number }
    return switch measure.id {
    case FairnessMeasure.disparateImpact.id: rateRatio(.selectionRate, disparateImpact, level: level)
    case FairnessMeasure.averageOddsDifference.id:
      meanDifference(.falsePositiveRate, .truePositiveRate, averageOddsDifference, level: level)
    case FairnessMeasure.averagePredictiveValueDifference.id:
      meanDifference(.precision, .falseOmissionRate, averagePredictiveValueDifference, level: level)
    case FairnessMeasure.averageAbsoluteOddsDifference.id:
      absoluteDifferences(averageAbsoluteOddsDifference, level: level) { ($0 + $1) / 2 }
    case FairnessMeasure.equalizedOddsDifference.id:
      absoluteDifferences(equalizedOddsDifference, level: level) { max($0, $1) }
    case FairnessMeasure.errorRateDifference.id: errorDifference(level: level)
    case FairnessMeasure.errorRateRatio.id: errorRatio(level: level)
    case FairnessMeasure.classImbalance.id: imbalance(level: level)
    default: quotient(measure, level)
    }
  }

  /// One rate's difference.
  private func difference(_ measure: FairnessMeasure, _ level: Double) -> MeasureNumber? {
    let isReversed = compatibility == .clarify ? -1.0 : 1.0
    return switch measure.id {
    case FairnessMeasure.statisticalParityDifference.id:
      rateDifference(.selectionRate, statisticalParityDifference, sign: isReversed, level: level)
    case FairnessMeasure.labelParityDifference.id:
      rateDifference(.prevalence, labelParityDifference, sign: isReversed, level: level)
    case FairnessMeasure.equalOpportunityDifference.id:
      rateDifference(.truePositiveRate, equalOpportunityDifference, level: level)
    case FairnessMeasure.recallDifference.id:
      rateDifference(.truePositiveRate, recallDifference, sign: -1, level: level)
    case FairnessMeasure.specificityDifference.id:
      rateDifference(.trueNegativeRate, specificityDifference, level: level)
    case FairnessMeasure.acceptanceRateDifference.id:
      rateDifference(.precision, acceptanceRateDifference, sign: -1, level: level)
    case FairnessMeasure.rejectionRateDifference.id:
      rateDifference(.negativePredictiveValue, rejectionRateDifference, level: level)
    case FairnessMeasure.accuracyDifference.id:
      rateDifference(.accuracy, accuracyDifference, sign: -1, level: level)
    default: nil
    }
  }

  private func quotient(_ measure: FairnessMeasure, _ level: Double) -> MeasureNumber? {
    switch measure.id {
    case FairnessMeasure.conditionalAcceptance.id:
      quotientDifference(
        conditionalAcceptance, reference, focal, over: [.truePositive, .falseNegative],
        under: [.truePositive, .falsePositive], level: level)
    case FairnessMeasure.conditionalRejection.id:
      quotientDifference(
        conditionalRejection, focal, reference, over: [.trueNegative, .falsePositive],
        under: [.trueNegative, .falseNegative], level: level)
    case FairnessMeasure.treatmentEquality.id:
      quotientDifference(
        treatmentEquality, focal, reference, over: [.falseNegative], under: [.falsePositive], level: level)
    default: nil
    }
  }
}
