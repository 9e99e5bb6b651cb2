/// Slices that divide the rows by the same features.
package struct SliceFamily: Sendable, Equatable, Codable {
  /// Names of the features, in the order given; empty for `overall`.
  package var features: [String]
  /// `sex*race`, escaped as in slices.csv; empty for `overall`.
  package var name: String
  /// First slice and number of slices.
  package var first: Int
  package var count: Int
  /// Index of the named reference slice, where the configuration names one.
  package var reference: Int?

  package init(features: [String], name: String, first: Int, count: Int, reference: Int?) {
    self.features = features
    self.name = name
    self.first = first
    self.count = count
    self.reference = reference
  }

  package var slices: Range<Int> { first..<(first + count) }
}

/// The slices of an evaluation, column by column.
package struct SliceColumns: Sendable, Equatable, Codable {
  /// The slice as a predicate: `sex=Female & race=Black`, `overall`.
  package var predicate: [String]
  /// The same for a person to read, without the feature names: `Female & Black`.
  package var label: [String]
  /// The family each slice belongs to.
  package var family: [Int]
  package var rows: [Int]
  package var weight: [Double]
  /// Rows by outcome. Without a label (`Roles.label`) every row counts as label-negative.
  package var truePositives: [Int]
  package var falsePositives: [Int]
  package var falseNegatives: [Int]
  package var trueNegatives: [Int]
  /// Rows by outcome of the model *and* of the baseline, 8 a slice: for each of TP, FP, FN, TN the rows
  /// whose baseline decision is positive, then those where it is negative. Empty without a baseline.
  package var baselineCells: [Int]
  /// Sums of weights and of squared weights by outcome (TP, FP, FN, TN), 4 a slice; empty without
  /// weights.
  package var cellWeights: [Double]
  package var cellSquaredWeights: [Double]
  /// Covariance of the slice's value with the overall value, by metric identifier, for metrics that
  /// are no function of the cells (`roc_auc`); NaN where there is none.
  package var covarianceWithOverall: [String: [Double]]

  package init(
    predicate: [String], label: [String], family: [Int], rows: [Int], weight: [Double],
    truePositives: [Int], falsePositives: [Int], falseNegatives: [Int], trueNegatives: [Int],
    baselineCells: [Int], cellWeights: [Double], cellSquaredWeights: [Double],
    covarianceWithOverall: [String: [Double]]
  ) {
    self.predicate = predicate
    self.label = label
    self.family = family
    self.rows = rows
    self.weight = weight
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
    self.baselineCells = baselineCells
    self.cellWeights = cellWeights
    self.cellSquaredWeights = cellSquaredWeights
    self.covarianceWithOverall = covarianceWithOverall
  }

  package var count: Int { predicate.count }
}

/// The estimates of one metric, one a slice. NaN stands for "none".
package struct EstimateColumns: Sendable, Equatable {
  package var value: [Double]
  package var lower: [Double]
  package var upper: [Double]
  package var standardError: [Double]
  package var denominator: [Int]
  package var weight: [Double]
  package var effectiveCount: [Double]
  package var status: [EstimateStatus]
  /// Empty text where there is none.
  package var reason: [String]

  package init(_ estimates: [Estimate]) {
    value = estimates.map { $0.value ?? .nan }
    lower = estimates.map { $0.lower ?? .nan }
    upper = estimates.map { $0.upper ?? .nan }
    standardError = estimates.map { $0.standardError ?? .nan }
    denominator = estimates.map(\.denominator)
    weight = estimates.map(\.weight)
    effectiveCount = estimates.map(\.effectiveCount)
    status = estimates.map(\.status)
    reason = estimates.map { $0.reason ?? "" }
  }

  package subscript(slice: Int) -> Estimate {
    func optional(_ x: Double) -> Double? { x.isNaN ? nil : x }
    return Estimate(
      value: optional(value[slice]), lower: optional(lower[slice]), upper: optional(upper[slice]),
      standardError: optional(standardError[slice]), denominator: denominator[slice],
      weight: weight[slice], effectiveCount: effectiveCount[slice], status: status[slice],
      reason: reason[slice].isEmpty ? nil : reason[slice])
  }
}

extension Evaluation {
  package func metricIndex(_ id: String) -> Int? { metrics.firstIndex { $0.id == id } }

  package func estimate(_ metric: String, slice: Int) -> Estimate? {
    metricIndex(metric).map { estimates[$0][slice] }
  }
}
