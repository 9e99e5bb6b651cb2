import Fairness

/// A fairness measure that a check names, and which of its values.
package struct MeasureDemand: Sendable, Equatable {
  /// As the policy has it: an identifier, or a tool's name.
  package var name: String
  /// Identifier of the metric that the measure compares; nil for any.
  package var metric: String?
  /// The stratum, `*` for any text in it; nil for values that are of all rows or pooled.
  package var stratum: String?
  /// Likewise what else tells values apart; nil for any.
  package var variant: String?

  /// What the catalogue has by this name: the measure whose identifier it is, or those that a tool calls so.
  var meant: [FairnessMeasure] {
    let found = FairnessMeasure.named(name)
    return found.first { $0.id == name.lowercased() }.map { [$0] } ?? found
  }

  /// nil where the catalogue knows none, or several.
  var known: FairnessMeasure? { meant.count == 1 ? meant[0] : nil }

  package init(name: String, metric: String? = nil, stratum: String? = nil, variant: String? = nil) {
    self.name = name
    self.metric = metric
    self.stratum = stratum
    self.variant = variant
  }
}
