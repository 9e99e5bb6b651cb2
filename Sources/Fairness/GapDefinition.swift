import Metrics
import Results

/// A fairness gap: which metric is compared between groups, or which several of which the worst decides.
package struct GapDefinition: Sendable, Equatable {
  /// Identifier in gaps.csv.
  package let id: String
  package let name: String
  package let components: [Metric]

  /// The named gaps, in the order in which they are reported.
  package static let named = [
    GapDefinition(id: "demographic_parity", name: "Demographic parity", components: [.selectionRate]),
    GapDefinition(id: "equal_opportunity", name: "Equal opportunity", components: [.truePositiveRate]),
    GapDefinition(
      id: "equalized_odds", name: "Equalized odds", components: [.truePositiveRate, .falsePositiveRate]),
    GapDefinition(id: "predictive_parity", name: "Predictive parity", components: [.precision]),
  ]

  /// What is compared when nothing else is asked for: the named gaps, the balance of each error rate,
  /// accuracy and the area under the ROC curve.
  package static let defaults =
    named
    + [
      BinaryMetric.falsePositiveRate, .falseNegativeRate, .falseDiscoveryRate, .falseOmissionRate,
      .accuracy, .rocAUC,
    ].map { GapDefinition(of: $0) }

  init(id: String, name: String, components: [BinaryMetric]) {
    self.id = id
    self.name = name
    self.components = components.map { Metric($0) }
  }

  package init(id: String, name: String, components: [Metric]) {
    self.id = id
    self.name = name
    self.components = components
  }

  /// The gap of a metric by itself.
  package init(of metric: Metric) {
    id = metric.id
    name = metric.entry.name
    components = [metric]
  }

  package init(of metric: BinaryMetric) { self.init(of: Metric(metric)) }

  /// What other tools and papers call the same comparison.
  package static let aliases = [
    "statistical_parity": "demographic_parity", "disparate_impact": "demographic_parity",
    "selection_rate_parity": "demographic_parity", "impact_parity": "demographic_parity",
    "true_positive_rate_parity": "equal_opportunity", "equalised_odds": "equalized_odds",
    "precision_parity": "predictive_parity", "predicted_positive_count_parity": "predicted_positives",
    "predictive_equality": "false_positive_rate", "false_positive_rate_parity": "false_positive_rate",
    "false_negative_rate_parity": "false_negative_rate", "fpr_parity": "false_positive_rate",
    "fnr_parity": "false_negative_rate", "fdr_parity": "false_discovery_rate",
    "for_parity": "false_omission_rate", "accuracy_parity": "accuracy",
    "overall_accuracy_equality": "accuracy", "exposure_parity": "mean_exposure", "auc_parity": "roc_auc",
  ]

  /// The gap that a name means: an identifier, an alias, or any metric's name.
  package init?(named name: String) {
    let key = MetricName.key(name)
    let id = Self.aliases[key] ?? key
    if let found = Self.named.first(where: { $0.id == id }) {
      self = found
    } else if let metric = Metric(named: name) ?? Metric(named: id) {
      self.init(of: metric)
    } else {
      return nil
    }
  }

  /// Whether a gap of several metrics, or of one under another name, is called so.
  package static func isNamed(_ name: String) -> Bool {
    let key = MetricName.key(name)
    return aliases[key] != nil || named.contains { $0.id == key }
  }

  /// Every name that `init(named:)` knows best, for suggestions.
  package static var knownNames: [String] {
    named.map(\.id) + Metric.knownNames + aliases.keys.sorted()
  }
}
