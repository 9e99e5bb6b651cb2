/// The metrics of one class against the rest that are a quotient of sums of outcomes.
enum OneVersusRest: String, Sendable, CaseIterable {
  case prevalence
  case selectionRate = "selection_rate"
  case recall
  case precision
  case falsePositiveRate = "false_positive_rate"
  case falseNegativeRate = "false_negative_rate"
  case trueNegativeRate = "true_negative_rate"
  case falseDiscoveryRate = "false_discovery_rate"
  case falseOmissionRate = "false_omission_rate"
  case negativePredictiveValue = "negative_predictive_value"
  case f1
  case f2
  case jaccard

  /// Reported for every class.
  static let perClass: [OneVersusRest] = [
    .prevalence, .selectionRate, .recall, .precision, .falsePositiveRate, .falseNegativeRate,
    .trueNegativeRate, .falseDiscoveryRate, .falseOmissionRate, .negativePredictiveValue, .f1,
  ]

  /// Reported as averages over classes.
  static let averaged: [OneVersusRest] = [.precision, .recall, .f1, .f2, .jaccard]

  /// How often each outcome (TP, FP, FN, TN) counts in the numerator and in the denominator.
  var quotient: (numerator: SIMD4<Double>, denominator: SIMD4<Double>) {
    switch self {
    case .prevalence: ([1, 0, 1, 0], [1, 1, 1, 1])
    case .selectionRate: ([1, 1, 0, 0], [1, 1, 1, 1])
    case .recall: ([1, 0, 0, 0], [1, 0, 1, 0])
    case .precision: ([1, 0, 0, 0], [1, 1, 0, 0])
    case .falsePositiveRate: ([0, 1, 0, 0], [0, 1, 0, 1])
    case .falseNegativeRate: ([0, 0, 1, 0], [1, 0, 1, 0])
    case .trueNegativeRate: ([0, 0, 0, 1], [0, 1, 0, 1])
    case .falseDiscoveryRate: ([0, 1, 0, 0], [1, 1, 0, 0])
    case .falseOmissionRate: ([0, 0, 1, 0], [0, 0, 1, 1])
    case .negativePredictiveValue: ([0, 0, 0, 1], [0, 0, 1, 1])
    case .f1: ([2, 0, 0, 0], [2, 1, 1, 0])
    case .f2: ([5, 0, 0, 0], [5, 1, 4, 0])
    case .jaccard: ([1, 0, 0, 0], [1, 1, 1, 0])
    }
  }

  /// Why it has no value.
  var emptyReason: String {
    switch self {
    case .prevalence, .selectionRate: "no rows"
    case .recall, .falseNegativeRate: "no rows of the class"
    case .precision, .falseDiscoveryRate: "the class is never predicted"
    case .falsePositiveRate, .trueNegativeRate: "no rows of other classes"
    case .falseOmissionRate, .negativePredictiveValue: "the class is always predicted"
    case .f1, .f2, .jaccard: "no rows of the class, and it is never predicted"
    }
  }

  /// The value of one class and its gradient with respect to the outcomes' weights; nil where the denominator is empty.
  func value(_ weight: SIMD4<Double>) -> (value: Double, gradient: SIMD4<Double>)? {
    let (numerator, denominator) = quotient
    let below = (weight * denominator).sum()
    guard below > 0 else { return nil }
    let value = (weight * numerator).sum() / below
    return (value, (numerator - value * denominator) / below)
  }

  /// The rows in the denominator.
  func totals(_ table: OutcomeTable) -> RowTotals {
    var totals = RowTotals()
    for outcome in 0..<4 where quotient.denominator[outcome] > 0 {
      totals.rows += table.rows[outcome]
      totals.weight += table.weight[outcome]
      totals.squaredWeight += table.squaredWeight[outcome]
    }
    return totals
  }
}
