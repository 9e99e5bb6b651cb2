import Metrics
import Results

/// A metric of the catalogue that a run lacks, and what it needs to have it.
struct AbsentMetric {
  let task: RowTask
  let configuration: Configuration

  /// nil where the catalogue has no metric of the name for the task, or nothing is known to be missing.
  func failure(_ name: String) -> Failure? {
    let prefix = Self.prefix(name)
    let found = MetricCatalogue.named(prefix?.pattern ?? name).first { $0.tasks.contains(task.kind) }
    guard let found else { return nil }
    let base = Metric(found).baseID
    if base.hasSuffix(ClassMetrics.weightedSuffix), configuration.classWeights == nil {
      return Failure(
        .data, "\(name) needs class_weights: what each class counts in the average",
        advice: "Say it in a configuration: class_weights: { \(weights) }.")
    }
    if ClassMetrics.ofScores.contains(base), configuration.task.scorePrefix == nil {
      return Failure(
        .data, "\(name) needs a score of each \(task.kind == .multilabel ? "label" : "class")",
        advice: "Say what the names of their columns begin with: --score-prefix TEXT.")
    }
    return prefix.map { cutoff(name, $0.k) } ?? parameter(name, base)
  }

  /// Two of the classes, as they are written with what they count.
  private var weights: String {
    (task.classes ?? []).prefix(2).enumerated().map { "\"\($1)\": \($0 == 0 ? 2 : 1)" }.joined(
      separator: ", ")
  }

  /// The k of a name like `top_5_accuracy`, and what the catalogue calls all of these.
  private static func prefix(_ name: String) -> (pattern: String, k: String)? {
    let parts = MetricName.key(name).split(separator: "_", maxSplits: 2)
    guard parts.count == 3, parts[0] == "top", parts[1].allSatisfy(\.isNumber) else { return nil }
    return ("top_K_\(parts[2])", String(parts[1]))
  }

  /// What is there of a metric with a class, k or level of its own.
  private func parameter(_ name: String, _ base: String) -> Failure? {
    let own = MetricDefinition.base(name)
    let rest = name.dropFirst(own.count)
    guard let mark = rest.first, rest.count > 1 else { return nil }
    if mark == "[" {
      let asked = rest.dropFirst().prefix { $0 != "]" }
      let word = task.kind == .multilabel ? "label" : "class"
      return Failure(
        .data, "\(name): there is no \(word) “\(asked)”",
        advice: Suggestion.phrase(for: String(asked), among: task.classes ?? []))
    }
    if task.kind == .ranking { return cutoff(name, String(rest.dropFirst())) }
    let there = task.metrics.map(\.definition.entry.id).filter { MetricDefinition.base($0) == base }
    guard task.kind == .regression, !there.isEmpty else { return nil }
    let isOfLevels = base.contains("quantile_loss")
    return Failure(
      .data, "\(name) is not in this run, which has \(there.joined(separator: ", "))",
      advice: isOfLevels
        ? "Name its level in a configuration: quantiles: [\(rest.dropFirst())]." : "Ask for one of these.")
  }

  private func cutoff(_ name: String, _ k: String) -> Failure {
    Failure(
      .data, "\(name) needs \(k) among the cutoffs",
      advice: "Name it with those that are wanted: --cutoffs \(k).")
  }
}
