import Metrics
import Results

/// What the catalogue says of the metrics of one task.
struct MetricFacts {
  private let known: [String: MetricDefinition]

  init(_ task: TaskKind) {
    var known: [String: MetricDefinition] = [:]
    for definition in MetricCatalogue.all where definition.tasks.contains(task) {
      for id in [definition.entry.id, MetricDefinition.base(definition.entry.id)] where known[id] == nil {
        known[id] = definition
      }
    }
    self.known = known
  }

  /// nil for a metric that no catalogue has, as one of the configuration's own.
  subscript(_ entry: MetricEntry) -> MetricDefinition? {
    known[entry.id] ?? known[MetricDefinition.base(entry.id)]
  }

  /// What is worth a look while a number is read: formula, range and direction, where there is no value, how limits are
  /// made.
  ///
  /// - Parameter name: in the place of the metric's own
  func tip(_ entry: MetricEntry, name: String? = nil) -> String {
    var lines = ["\(name ?? entry.name): \(entry.formula)"]
    if let definition = self[entry] {
      lines.append("Range \(CatalogueWords.range(definition))\(better(entry))")
      if let undefined = definition.undefined { lines.append("No value: \(undefined)") }
    }
    if let interval = entry.interval { lines.append("Interval: \(interval)") }
    return lines.joined(separator: "\n")
  }

  private func better(_ entry: MetricEntry) -> String {
    entry.direction == .neutral ? "" : ", \(CatalogueWords.direction(entry.direction)) is better"
  }

  /// `Fairlearn: selection_rate; AIF360: …`, each tool once; nil without any.
  func aliases(_ entry: MetricEntry) -> String? {
    guard let aliases = self[entry]?.aliases, !aliases.isEmpty else { return nil }
    var order: [String] = []
    var names: [String: [String]] = [:]
    for alias in aliases {
      if names[alias.tool] == nil { order.append(alias.tool) }
      names[alias.tool, default: []].append(alias.name)
    }
    return order.map { ($0.isEmpty ? "" : $0 + ": ") + (names[$0] ?? []).joined(separator: ", ") }
      .joined(separator: "; ")
  }
}
