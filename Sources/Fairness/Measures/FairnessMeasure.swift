import Metrics

/// All that is to be said of a fairness measure, in one place: beside the function that computes it.
package struct FairnessMeasure: Sendable, Equatable {
  /// What a measure looks at.
  package enum Family: String, Sendable, CaseIterable {
    /// One metric's values in all groups.
    case aggregation
    /// Two groups' decisions or labels.
    case pair
    /// How unequally rows are treated.
    case individual
    /// Every group of an attribute against a reference.
    case audit
    /// Groups within strata.
    case conditional
    /// Conjunctions of attributes.
    case intersectional
    /// Scores as probabilities or as an order.
    case score
    /// Numbers and classes as predictions.
    case prediction
    /// Ranked lists.
    case ranking
  }

  package let id: String
  package let name: String
  package let family: Family
  package let formula: String
  package let source: String
  package let range: ClosedRange<Double>
  /// The value at which groups are treated alike; nil of what has none.
  package let fair: Double?
  /// What the value at which groups are treated alike means, and which way a larger one points.
  package let meaning: String
  /// Where the measure has no value; empty where it always has one.
  package let undefined: String
  /// What other tools call it.
  package let aliases: [MetricDefinition.Alias]

  package init(
    id: String, name: String, family: Family, formula: String, source: String,
    range: ClosedRange<Double>, fair: Double?, meaning: String, undefined: String,
    aliases: [MetricDefinition.Alias] = []
  ) {
    self.id = id
    self.name = name
    self.family = family
    self.formula = formula
    self.source = source
    self.range = range
    self.fair = fair
    self.meaning = meaning
    self.undefined = undefined
    self.aliases = aliases
  }

  static let signed = -1.0...1.0
  static let share = 0.0...1.0
  static let ratio = 0.0...Double.infinity
  static let anything = -Double.infinity...Double.infinity
}
