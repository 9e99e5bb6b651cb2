import Fairness
import Metrics
import Results

/// Which metrics, gaps and comparisons a run of a task that is not binary computes.
struct RowSelection {
  /// Places in the task's metrics, in reporting order.
  let reported: [Int]
  /// What gaps compare besides.
  let computed: [Int]
  let gaps: [GapDefinition]
  let comparisons: [Gap.Comparison]

  /// Everything that was measured.
  init(all count: Int, gaps: [GapDefinition], comparisons: [Gap.Comparison]) {
    (reported, computed) = (Array(0..<count), Array(0..<count))
    (self.gaps, self.comparisons) = (gaps, comparisons)
  }

  init(_ task: RowTask, _ configuration: Configuration) throws(Failure) {
    let definitions = task.metrics.map(\.definition)
    let named = RowGaps(task.kind, definitions.map { Metric($0) })
    var chosen = Set(definitions.indices)
    if let names = configuration.metrics {
      chosen = []
      for name in names {
        let found = definitions.indices.filter { definitions[$0].isCalled(name) }
        guard !found.isEmpty else { throw Self.unknown("metric", name, definitions.map(\.entry.id)) }
        chosen.formUnion(found)
      }
    }
    var wanted: [GapDefinition] = []
    for name in configuration.gaps ?? [] {
      let found =
        named.definitions(name)
        ?? definitions.filter { $0.isCalled(name) }.map {
          GapDefinition(of: Metric($0))
        }
      guard !found.isEmpty else {
        throw Self.unknown("gap", name, named.named.map(\.id) + definitions.map(\.entry.id))
      }
      for gap in found where !wanted.contains(gap) { wanted.append(gap) }
    }
    if configuration.gaps == nil { wanted = named.defaults }
    gaps = wanted
    let needed = Set(wanted.flatMap { $0.components.map(\.id) })
    reported = definitions.indices.filter(chosen.contains)
    computed = definitions.indices.filter { chosen.contains($0) || needed.contains(definitions[$0].entry.id) }
    comparisons =
      configuration.comparisons
      ?? (configuration.references.isEmpty
        ? [.betweenGroups, .toOverall] : [.betweenGroups, .toOverall, .toReference])
  }

  private static func unknown(_ what: String, _ name: String, _ known: [String]) -> Failure {
    Failure(
      .data, "there is no \(what) “\(name)” in this task", advice: Suggestion.phrase(for: name, among: known))
  }
}

/// The gaps that have names of their own in tasks that are not binary.
struct RowGaps {
  let named: [GapDefinition]
  /// What is compared when nothing else is asked for.
  let defaults: [GapDefinition]

  init(_ kind: TaskKind, _ metrics: [Metric]) {
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
  func definitions(_ name: String) -> [GapDefinition]? {
    let key = name.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    let id = GapDefinition.aliases[key] ?? key
    let found = named.filter { $0.id == id }
    return found.isEmpty ? nil : found
  }
}
