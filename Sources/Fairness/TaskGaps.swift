import Metrics
import Results

/// The gaps that have names of their own in tasks that are not binary.
package struct TaskGaps {
  package let named: [GapDefinition]
  /// What is compared when nothing else is asked for.
  package let defaults: [GapDefinition]

  package init(_ kind: TaskKind, _ metrics: [Metric]) {
    func all(_ bases: String...) -> [Metric] {
      bases.flatMap { base in metrics.filter { $0.baseID == base } }
    }
    func gap(_ id: String, _ name: String, _ components: [Metric]) -> [GapDefinition] {
      components.isEmpty ? [] : [GapDefinition(id: id, name: name, components: components)]
    }
    switch kind {
    case .multiclass, .multilabel:
      named =
        gap("demographic_parity", "Demographic parity", all("selection_rate"))
        + gap("equal_opportunity", "Equal opportunity", all("recall"))
        + gap("equalized_odds", "Equalized odds", all("recall", "false_positive_rate"))
        + gap("predictive_parity", "Predictive parity", all("precision"))
    case .regression:
      named = gap("demographic_parity", "Demographic parity", all("mean_prediction"))
    case .ranking:
      named = gap("exposure_parity", "Exposure parity", all("mean_exposure"))
    case .binary: named = []
    }
    let told = Self.told[kind, default: []]
    defaults =
      named
      + told.flatMap { base in metrics.filter { $0.baseID == base && $0.entry.classLabel == nil } }.map {
        GapDefinition(of: $0)
      }
  }

  /// Whose gaps are looked at besides the named ones, of those that there are.
  private static let told: [TaskKind: [String]] = [
    .multiclass: ["accuracy", "balanced_accuracy", "f1_macro", "log_loss", "roc_auc_ovr_macro"],
    .multilabel: ["exact_match", "hamming_loss", "f1_samples", "f1_macro"],
    .regression: [
      "mean_error", "mean_absolute_error", "root_mean_squared_error", "r2", "pearson_correlation",
      "quantile_rate",
    ],
    .ranking: ["selection_rate", "skew", "ndcg", "map", "mrr", "exposure_per_relevance"],
  ]

  /// nil where no gap has that name.
  package func definitions(_ name: String) -> [GapDefinition]? {
    let key = name.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    let id = GapDefinition.aliases[key] ?? key
    let found = named.filter { $0.id == id }
    return found.isEmpty ? nil : found
  }
}
