import Metrics

/// What Aequitas computes of each group of an attribute (Saleiro et al. 2018).
package enum AuditMetric: String, Sendable, CaseIterable {
  /// The group's share of all rows that are selected: says nothing of fairness where groups differ in size.
  case ppr
  /// The share of the group that is selected: its selection rate.
  case pprev
  case precision, fdr
  case falseOmission = "for"
  case fpr, fnr, tpr, tnr, npv

  var rate: BinaryMetric? {
    switch self {
    case .ppr: nil
    case .pprev: .selectionRate
    case .precision: .precision
    case .fdr: .falseDiscoveryRate
    case .falseOmission: .falseOmissionRate
    case .fpr: .falsePositiveRate
    case .fnr: .falseNegativeRate
    case .tpr: .truePositiveRate
    case .tnr: .trueNegativeRate
    case .npv: .negativePredictiveValue
    }
  }

  /// The metric that it is; nil for a share of other groups' rows.
  package var metricID: String? { rate?.id }

  /// - Parameter selected: selected rows of all groups of the attribute
  func value(_ group: GroupCounts, selected: Double) -> MeasureValue {
    guard let rate else {
      return .quotient(group.selected, selected, reason: "no predicted positives in any group")
    }
    return group.rate(rate)
  }
}

/// What Aequitas tells of a group's fairness: a metric's disparity within bounds, or several of those together.
package enum AuditParity: String, Sendable, CaseIterable {
  case statistical = "Statistical Parity"
  case impact = "Impact Parity"
  case falseDiscovery = "FDR Parity"
  case falsePositive = "FPR Parity"
  case falseOmission = "FOR Parity"
  case falseNegative = "FNR Parity"
  case truePositive = "TPR Parity"
  case trueNegative = "TNR Parity"
  case negativePredictive = "NPV Parity"
  case precision = "Precision Parity"
  case typeI = "TypeI Parity"
  case typeII = "TypeII Parity"
  case equalizedOdds = "Equalized Odds"
  case unsupervised = "Unsupervised Fairness"
  case supervised = "Supervised Fairness"

  /// The metric whose disparity decides; nil where others together do.
  package var metric: AuditMetric? {
    switch self {
    case .statistical: .ppr
    case .impact: .pprev
    case .falseDiscovery: .fdr
    case .falsePositive: .fpr
    case .falseOmission: .falseOmission
    case .falseNegative: .fnr
    case .truePositive: .tpr
    case .trueNegative: .tnr
    case .negativePredictive: .npv
    case .precision: .precision
    case .typeI, .typeII, .equalizedOdds, .unsupervised, .supervised: nil
    }
  }

  /// Those that must all hold.
  package var parts: [AuditParity] {
    switch self {
    case .typeI: [.falseDiscovery, .falsePositive]
    case .typeII: [.falseOmission, .falseNegative]
    case .equalizedOdds: [.falsePositive, .truePositive]
    case .unsupervised: [.statistical, .impact]
    case .supervised: [.typeI, .typeII]
    default: []
    }
  }
}
