import Results

extension Findings {
  /// What became of a number that was asked for.
  public enum Status: String, Sendable, CaseIterable {
    /// Value and interval stand.
    case ok
    /// There are rows, but the denominator is empty: there is no value.
    case undefined
    /// There are no rows.
    case empty
    /// There is a value, but no honest interval for it.
    case notEstimable = "not_estimable"
    /// Withheld, because it would show a small count.
    case suppressed

    init(_ status: EstimateStatus) {
      self =
        switch status {
        case .ok: .ok
        case .undefined: .undefined
        case .empty: .empty
        case .notEstimable: .notEstimable
        case .suppressed: .suppressed
        }
    }
  }

  /// A number with what is known about it.
  public struct Estimate: Sendable, Equatable {
    /// In the metric's own unit, a rate as a share; nil where there is none. A ratio may be infinite.
    public let value: Double?
    /// Lower limit of the two-sided interval at ``Findings/level``; nil where there is none.
    public let lower: Double?
    /// Upper limit of the interval.
    public let upper: Double?
    /// Standard error in the unit of the value; nil where none is defined.
    public let standardError: Double?
    /// Rows that the number is about: positives for a true positive rate.
    public let denominator: Int
    /// Sum of their weights; equal to `denominator` without weights.
    public let weight: Double
    /// Kish's effective sample size (Σw)²/Σw²; equal to `denominator` without weights.
    public let effectiveCount: Double
    /// Whether there is a value, and an interval.
    public let status: Status
    /// Why there is none, as a short phrase (`no positives`); nil where both are there.
    public let reason: String?

    init(_ estimate: Results.Estimate) {
      (value, lower, upper) = (estimate.value, estimate.lower, estimate.upper)
      standardError = estimate.standardError
      (denominator, weight) = (estimate.denominator, estimate.weight)
      effectiveCount = estimate.effectiveCount
      status = Status(estimate.status)
      reason = estimate.reason
    }
  }

  /// A metric of a slice. Complexity: O(metrics + length of the name).
  ///
  /// - Parameters:
  ///   - metric: identifier, or another tool's name
  ///   - slice: `sex=Female & race=Black`; all rows unless said
  /// - Throws: `FairSliceError` of kind `usage` where either was not evaluated, with the nearest name that was. A metric
  ///   without a value in the slice is no error: its ``Estimate/status`` says so.
  public func estimate(
    _ metric: String, in slice: String = "overall"
  ) throws(FairSliceError) -> Estimate {
    try reported { () throws(Failure) in
      let column = try requiredPlace(ofMetric: metric)
      return Estimate(evaluation.estimates[column][try place(of: slice)])
    }
  }

  /// A metric of every slice, in the order of ``slices``. Complexity: O(slices + metrics).
  ///
  /// - Parameter metric: identifier, or another tool's name
  /// - Throws: `FairSliceError` of kind `usage` where the metric was not computed.
  public func estimates(_ metric: String) throws(FairSliceError) -> [Estimate] {
    try reported { () throws(Failure) in
      let column = evaluation.estimates[try requiredPlace(ofMetric: metric)]
      return slices.indices.map { Estimate(column[$0]) }
    }
  }

  private func requiredPlace(ofMetric name: String) throws(Failure) -> Int {
    guard let place = metricPlace(name) else {
      throw Failure(
        .usage, "the metric “\(name)” was not computed",
        advice: Suggestion.phrase(for: name, among: evaluation.metrics.map(\.id)))
    }
    return place
  }
}
