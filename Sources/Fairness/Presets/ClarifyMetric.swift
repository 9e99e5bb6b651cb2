import Results

/// One of Clarify's metrics of a facet that counts tell.
struct ClarifyMetric: Sendable {
  let id: String
  let measure: FairnessMeasure
  let tells: Suppression.Layer
  let value: @Sendable (GroupPair) -> MeasureValue

  var meaning: String { "\(measure.name): \(measure.meaning)" }

  static let beforeTraining = [
    ClarifyMetric(id: "CI", measure: .classImbalance, tells: .rows) { $0.classImbalance },
    ClarifyMetric(id: "DPL", measure: .labelParityDifference, tells: .labels) { $0.labelParityDifference },
  ]

  static let afterTraining = [
    ClarifyMetric(id: "DPPL", measure: .statisticalParityDifference, tells: .decisions) {
      $0.statisticalParityDifference
    },
    ClarifyMetric(id: "DI", measure: .disparateImpact, tells: .decisions) { $0.disparateImpact },
    ClarifyMetric(id: "DCA", measure: .conditionalAcceptance, tells: .outcomes) { $0.conditionalAcceptance },
    ClarifyMetric(id: "DCR", measure: .conditionalRejection, tells: .outcomes) { $0.conditionalRejection },
    ClarifyMetric(id: "SD", measure: .specificityDifference, tells: .outcomes) { $0.specificityDifference },
    ClarifyMetric(id: "RD", measure: .recallDifference, tells: .outcomes) { $0.recallDifference },
    ClarifyMetric(id: "DAR", measure: .acceptanceRateDifference, tells: .outcomes) {
      $0.acceptanceRateDifference
    },
    ClarifyMetric(id: "DRR", measure: .rejectionRateDifference, tells: .outcomes) {
      $0.rejectionRateDifference
    },
    ClarifyMetric(id: "AD", measure: .accuracyDifference, tells: .outcomes) { $0.accuracyDifference },
    ClarifyMetric(id: "TE", measure: .treatmentEquality, tells: .outcomes) { $0.treatmentEquality },
  ]
}
