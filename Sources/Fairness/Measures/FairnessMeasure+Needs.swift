import Results

/// What a run must have for a measure to say anything.
package struct MeasureNeeds: Sendable {
  package var tasks: Set<TaskKind>
  /// The true outcome.
  package var label: Bool
  /// A score, and whether it must be a probability.
  package var score = false
  package var probability = false
  /// Features to slice by.
  package var groups = true
  /// Control features.
  package var controls = false
  /// Columns by which rows are near each other.
  package var neighbours = false
}

extension FairnessMeasure {
  package var needs: MeasureNeeds {
    switch family {
    case .aggregation: aggregationNeeds
    case .pair: pairNeeds
    case .audit: MeasureNeeds(tasks: [.binary], label: false)
    case .individual: individualNeeds
    case .conditional:
      MeasureNeeds(
        tasks: id == Self.conditionalDemographicDisparity.id ? [.binary] : Set(TaskKind.allCases),
        label: false,
        controls: true)
    case .intersectional:
      MeasureNeeds(
        tasks: [.binary], label: ![Self.differentialFairness.id, Self.subgroupSelection.id].contains(id))
    case .score: scoreNeeds
    case .prediction: predictionNeeds
    case .ranking: MeasureNeeds(tasks: [.ranking], label: true)
    }
  }

  private var aggregationNeeds: MeasureNeeds {
    switch id {
    case Self.equalizedOddsDifference.id, Self.equalizedOddsRatio.id:
      MeasureNeeds(tasks: [.binary], label: true)
    case Self.demographicDisparityAcrossGroups.id: MeasureNeeds(tasks: [.binary], label: false)
    default: MeasureNeeds(tasks: Set(TaskKind.allCases), label: false)
    }
  }

  private var pairNeeds: MeasureNeeds {
    let free = [
      Self.differenceToReference.id, Self.ratioToReference.id, Self.statisticalParityDifference.id,
      Self.disparateImpact.id, Self.classImbalance.id,
    ]
    let ofMetrics = [Self.differenceToReference.id, Self.ratioToReference.id]
    return MeasureNeeds(
      tasks: ofMetrics.contains(id) ? Set(TaskKind.allCases) : [.binary], label: !free.contains(id))
  }

  private var individualNeeds: MeasureNeeds {
    switch id {
    case Self.consistency.id:
      MeasureNeeds(tasks: [.binary], label: false, groups: false, neighbours: true)
    case Self.flipTest.id: MeasureNeeds(tasks: [.binary], label: false, neighbours: true)
    case Self.lipschitzViolations.id:
      MeasureNeeds(
        tasks: [.binary], label: false, score: true, probability: true, groups: false, neighbours: true)
    case Self.betweenGroupEntropy.id, Self.withinGroupEntropy.id:
      MeasureNeeds(tasks: [.binary], label: true)
    default: MeasureNeeds(tasks: [.binary], label: true, groups: false)
    }
  }

  private var scoreNeeds: MeasureNeeds {
    switch id {
    case Self.areaBetweenCurves.id, Self.crossGroupAreaDifference.id:
      MeasureNeeds(tasks: [.binary], label: true, score: true)
    case Self.wassersteinDistance.id, Self.largestDistributionGap.id,
      Self.standardizedMeanDifference.id:
      MeasureNeeds(tasks: [.binary, .regression], label: false, score: true)
    default: MeasureNeeds(tasks: [.binary], label: true, score: true, probability: true)
    }
  }

  private var predictionNeeds: MeasureNeeds {
    switch id {
    case Self.boundedGroupLoss.id, Self.quantileRateGap.id:
      MeasureNeeds(tasks: [.regression], label: true)
    case Self.thresholdParityArea.id, Self.noDisparateImpactLevel.id:
      MeasureNeeds(tasks: [.regression], label: false)
    case Self.classParity.id: MeasureNeeds(tasks: [.multiclass], label: false)
    case Self.labelParity.id: MeasureNeeds(tasks: [.multilabel], label: false)
    case Self.classOpportunity.id: MeasureNeeds(tasks: [.multiclass, .multilabel], label: true)
    default: MeasureNeeds(tasks: [.binary, .multiclass], label: false)
    }
  }
}
