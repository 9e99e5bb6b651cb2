import Metrics

/// A focal (unprivileged, disadvantaged) group against a reference (privileged, advantaged) group.
package struct GroupPair: Sendable {
  package let focal: GroupCounts
  package let reference: GroupCounts
  package let compatibility: Compatibility?

  package init(focal: GroupCounts, reference: GroupCounts, as compatibility: Compatibility? = nil) {
    self.focal = focal
    self.reference = reference
    self.compatibility = compatibility
  }

  /// Focal − reference rate, under every setting. AIF360's {true, false} {positive, negative} rate, FDR, FOR
  /// and error rate differences are this.
  package func difference(_ metric: BinaryMetric) -> MeasureValue {
    .difference(rate(metric, focal), rate(metric, reference), as: compatibility)
  }

  /// Focal / reference rate.
  package func ratio(_ metric: BinaryMetric) -> MeasureValue {
    .quotient(
      rate(metric, focal), rate(metric, reference), as: compatibility,
      reason: "\(metric.id) is 0 in both groups")
  }

  /// Focal − reference share selected. Clarify (DPPL) subtracts the focal from the reference share, Fairlearn
  /// the smaller from the larger one.
  package var statisticalParityDifference: MeasureValue { signed(difference(.selectionRate)) }

  /// Focal − reference share of positive labels. Clarify (DPL) subtracts the other way round.
  package var labelParityDifference: MeasureValue { signed(difference(.prevalence)) }

  /// Focal / reference share selected. Fairlearn's ratio is the smaller over the larger share.
  package var disparateImpact: MeasureValue { oriented(ratio(.selectionRate)) }

  /// Focal / reference share of positive labels.
  package var labelDisparateImpact: MeasureValue { oriented(ratio(.prevalence)) }

  /// The smaller of focal / reference and reference / focal share selected (four-fifths rule as screened by
  /// holisticai; the UGESP rule proper divides by the largest of all groups).
  package var fourFifthsRatio: MeasureValue { ratio(.selectionRate).map { min($0, 1 / $0) } }

  /// ½[(FPR_f − FPR_r) + (TPR_f − TPR_r)]: may be 0 where both odds differ.
  package var averageOddsDifference: MeasureValue {
    .combine(difference(.falsePositiveRate), difference(.truePositiveRate)) { ($0 + $1) / 2 }
  }

  /// ½[|FPR_f − FPR_r| + |TPR_f − TPR_r|].
  package var averageAbsoluteOddsDifference: MeasureValue {
    .combine(difference(.falsePositiveRate), difference(.truePositiveRate)) { (abs($0) + abs($1)) / 2 }
  }

  /// ½[(PPV_f − PPV_r) + (FOR_f − FOR_r)].
  package var averagePredictiveValueDifference: MeasureValue {
    .combine(difference(.precision), difference(.falseOmissionRate)) { ($0 + $1) / 2 }
  }

  /// max(|FPR_f − FPR_r|, |TPR_f − TPR_r|).
  package var equalizedOddsDifference: MeasureValue {
    .combine(difference(.falsePositiveRate), difference(.truePositiveRate)) { max(abs($0), abs($1)) }
  }

  /// TPR_f − TPR_r.
  package var equalOpportunityDifference: MeasureValue { difference(.truePositiveRate) }

  /// Focal − reference share of wrong decisions.
  package var errorRateDifference: MeasureValue {
    .difference(error(focal), error(reference), as: compatibility)
  }

  /// Focal / reference share of wrong decisions.
  package var errorRateRatio: MeasureValue {
    .quotient(error(focal), error(reference), as: compatibility, reason: "no errors in both groups")
  }

  func rate(_ metric: BinaryMetric, _ group: GroupCounts) -> MeasureValue {
    group.rate(metric, as: compatibility)
  }

  private func error(_ group: GroupCounts) -> MeasureValue {
    group.size > 0
      ? .value((group.falsePositives + group.falseNegatives) / group.size)
      : .undefined("no rows in \(group.name)")
  }

  private func signed(_ difference: MeasureValue) -> MeasureValue {
    switch compatibility {
    case .clarify: difference.map { 0 - $0 }
    case .fairlearn: difference.map { abs($0) }
    case .aif360, .aequitas, .tfma, nil: difference
    }
  }

  private func oriented(_ ratio: MeasureValue) -> MeasureValue {
    compatibility == .fairlearn ? ratio.map { min($0, 1 / $0) } : ratio
  }
}
