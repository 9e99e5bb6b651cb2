import Results

extension Findings {
  /// A fairness measure of all rows, of a family of groups, or of a pair of them.
  public struct Measure: Sendable, Equatable {
    /// Identifier: `statistical_parity_difference`.
    public let id: String
    /// Its name; that of the tool whose rules are followed, where there is one.
    public let name: String
    /// Whose sign and zero rule this is (`fairlearn`); nil for the project's own.
    public let tool: String?
    /// The formula.
    public let formula: String
    /// What the value means, and which way a larger one points.
    public let meaning: String
    /// The value at which groups are treated alike; nil where there is none.
    public let fair: Double?
    /// The metric that is compared, where the measure is of any metric.
    public let metric: String?
    /// The features whose groups are compared; nil where none are.
    public let family: String?
    /// The group that it is about; nil where it is about all of the family.
    public let group: Slice?
    /// The group that it is compared with; nil where there is none.
    public let reference: Slice?
    /// The level of the control features that it is within; nil where it is of all rows.
    public let stratum: String?
    /// What else tells it from others of the same identifier: a class, a label, a cut-off.
    public let variant: String?
    /// The value, with its interval.
    public let estimate: Estimate
    /// Two-sided p-value of “fair”, not adjusted for looking at many; nil where there is no test.
    public let pValue: Double?
    /// What the value comes from, for people.
    public let detail: String?

    init(_ result: MeasureResult, _ entry: MeasureEntry?, _ findings: Findings) {
      (id, name, tool) = (result.measure, result.name, result.tool)
      (formula, meaning, fair) = (entry?.formula ?? "", entry?.meaning ?? "", entry?.fair)
      metric = result.metric
      family = result.family.map { findings.evaluation.families[$0].name }
      group = result.group.map { findings.slices[$0] }
      reference = result.reference.map { findings.slices[$0] }
      (stratum, variant) = (result.stratum, result.variant)
      estimate = Estimate(result.estimate)
      (pValue, detail) = (result.pValue, result.detail)
    }
  }

  /// The fairness measures that were asked for, or those of one identifier; empty where none were.
  /// Complexity: O(measures).
  ///
  /// - Parameter id: identifier; nil for all
  public func measures(_ id: String? = nil) -> [Measure] {
    guard let table = evaluation.measures else { return [] }
    let entries = Dictionary(table.entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return table.results.filter { id == nil || $0.measure == id }.map {
      Measure($0, entries[$0.measure], self)
    }
  }
}
