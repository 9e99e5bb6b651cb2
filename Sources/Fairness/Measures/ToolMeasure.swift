/// What a tool calls a measure, or one of its values.
package struct ToolMeasure: Sendable {
  package let tool: Compatibility
  package let name: String
  package let measure: FairnessMeasure
  /// The metric that the name is about; nil where it is of any, or of none.
  package let metric: String?
  /// The variant that the name is about; nil for all.
  package let variant: String?

  init(
    _ tool: Compatibility, _ name: String, _ measure: FairnessMeasure, of metric: String? = nil,
    variant: String? = nil
  ) {
    (self.tool, self.name, self.measure) = (tool, name, measure)
    (self.metric, self.variant) = (metric, variant)
  }

  /// Every name, the more particular ones of a measure first.
  package static let all = fairlearn + aequitas + fairnessToolkit + clarify

  /// Those that a name means.
  package static func named(_ name: String) -> [ToolMeasure] {
    let key = name.lowercased()
    return all.filter { $0.name.lowercased() == key }
  }
}

extension FairnessMeasure {
  /// What tells values of one measure apart.
  package enum Variant {
    package static let worstCase = "worst_case"
    package static let mean = "mean"
    package static let worstToOverall = "worst_case_to_overall"
    package static let meanToOverall = "mean_to_overall"
    package static let labels = "labels"
    package static let predictions = "predictions"
    package static let entropy = "alpha=2"
    package static let theil = "alpha=1"
    package static let variation = "coefficient_of_variation"
    package static let maximum = "max"
    package static let minimum = "min"
    package static let weighted = "weighted"
  }
}
