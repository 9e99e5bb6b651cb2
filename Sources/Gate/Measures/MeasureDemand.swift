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

  /// What the catalogue has by this name; nil where it knows none, or several.
  var known: FairnessMeasure? {
    let found = FairnessMeasure.named(name)
    return found.count == 1 ? found[0] : nil
  }

  package init(name: String, metric: String? = nil, stratum: String? = nil, variant: String? = nil) {
    self.name = name
    self.metric = metric
    self.stratum = stratum
    self.variant = variant
  }
}
