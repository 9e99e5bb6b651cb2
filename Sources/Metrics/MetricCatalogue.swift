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
  /// same identifier may be there in several tasks.
  package static func named(_ name: String) -> [MetricDefinition] {
    all.filter { $0.isCalled(name) }
  }

  /// The identifiers of a task's metrics, for suggestions.
  package static func names(_ task: TaskKind) -> [String] {
    all.filter { $0.tasks.contains(task) }.map(\.entry.id)
  }
}
