import Results

/// Every metric that there is, by task, in reporting order.
package enum MetricCatalogue {
  package static let all: [MetricDefinition] =
    BinaryMetric.allCases.map(\.definition)
    + BinaryRowMetrics.definitions.filter { definition in
      BinaryMetric(id: definition.entry.id) == nil
    } + ClassMetrics.definitions + LabelSetMetrics.definitions + RegressionMetrics.definitions
    + RankingMetrics.definitions

  /// The metrics that a name means: an identifier, with or without class and k, or what another tool calls it. The
  /// same identifier may be there in several tasks. One with a class, k or threshold of its own means the metric that
  /// has such a thing: `recall[A]`, `fairness_indicators_metrics/recall@0.5`.
  package static func named(_ name: String) -> [MetricDefinition] {
    let name = name.hasPrefix(indicators) ? String(name.dropFirst(indicators.count)) : name
    let found = all.filter { $0.isCalled(name) }
    let base = MetricDefinition.base(name)
    guard found.isEmpty, base != name else { return found }
    let mark = name.dropFirst(base.count).first
    return all.filter { definition in
      let own = MetricDefinition.base(definition.entry.id)
      return definition.isCalled(base) && definition.entry.id.dropFirst(own.count).first == mark
    }
  }

  /// What Fairness Indicators writes before the names of its metrics.
  static let indicators = "fairness_indicators_metrics/"

  /// The identifiers of a task's metrics, for suggestions.
  package static func names(_ task: TaskKind) -> [String] {
    all.filter { $0.tasks.contains(task) }.map(\.entry.id)
  }
}
