import Fairness
import Metrics
import Results

/// Which metrics, gaps and comparisons a run computes.
struct Selection: Sendable {
  /// In reporting order.
  let metrics: [BinaryMetric]
  /// What gaps compare besides.
  let computed: [BinaryMetric]
  let gaps: [GapDefinition]
  /// Names of metrics, and of gaps of metrics, that the counting engine does not have.
  let others: [String]
  let otherGaps: [String]
  let comparisons: [Gap.Comparison]

  /// Stands for the metrics that are computed unasked, in a list of metrics.
  static let defaultWord = "default"

  init(_ configuration: Configuration) throws(Failure) {
    let hasScore = configuration.score != nil
    let hasProbability = hasScore && configuration.scoreKind == .probability
    let hasLabel = configuration.label != nil
    func applies(_ metric: BinaryMetric) -> Bool {
      if metric.needsLabel, !hasLabel { return false }
      return metric.needsProbability ? hasProbability : !metric.needsScore || hasScore
    }
    func checked(_ metric: BinaryMetric, _ name: String) throws(Failure) {
      guard !applies(metric) else { return }
      if metric.needsLabel, !hasLabel { throw Self.needsLabel(name, hasScore: hasScore) }
      throw Failure(
        .data, "\(name) needs a score\(metric.needsProbability ? " that is a probability" : "")",
        advice: hasScore ? "set score_kind to probability, or leave it out" : "name the score column")
    }
    var chosen: [BinaryMetric] = []
    var others: [String] = []
    for name in configuration.metrics ?? [Self.defaultWord] {
      if name == Self.defaultWord {
        chosen += BinaryMetric.allCases.filter(applies)
      } else if let metric = BinaryMetric(named: name) {
        try checked(metric, metric.id)
        chosen.append(metric)
      } else {
        try Self.refuseUnknown("metric", name)
        others.append(name)
      }
    }
    self.others = others
    var definitions: [GapDefinition] = []
    var otherGaps: [String] = []
    for name in configuration.gaps ?? [] {
      guard let gap = GapDefinition(named: name) else {
        try Self.refuseUnknown("gap", name)
        otherGaps.append(name)
        continue
      }
      for component in gap.components.compactMap(\.binary) { try checked(component, "gap \(gap.id)") }
      if !definitions.contains(gap) { definitions.append(gap) }
    }
    if configuration.gaps == nil {
      definitions = GapDefinition.defaults.filter { $0.components.compactMap(\.binary).allSatisfy(applies) }
    }
    let needed = Set(chosen + definitions.flatMap { $0.components.compactMap(\.binary) })
    metrics = BinaryMetric.allCases.filter(Set(chosen).contains)
    computed = BinaryMetric.allCases.filter(needed.contains)
    gaps = definitions
    self.otherGaps = otherGaps
    comparisons =
      configuration.comparisons
      ?? (configuration.references.isEmpty
        ? [.betweenGroups, .toOverall] : [.betweenGroups, .toOverall, .toReference])
  }

  private static func needsLabel(_ name: String, hasScore: Bool) -> Failure {
    let others = BinaryMetric.allCases.filter { !$0.needsLabel && (hasScore || !$0.needsScore) }.map(\.id)
    return Failure(
      .data, "\(name) needs a label: without the true outcome nobody can tell right from wrong",
      advice:
        "name the column of the true outcome with --label; without one there are \(others.joined(separator: ", "))"
        + " and the gaps of these")
  }

  /// - Throws: `data` where no metric of a binary task has the name.
  private static func refuseUnknown(_ what: String, _ name: String) throws(Failure) {
    let isKnown = try BinaryRowMetrics.isKnown(name)
    guard !isKnown else { return }
    throw unknown(
      what, name, (what == "gap" ? GapDefinition.knownNames : []) + MetricCatalogue.names(.binary))
  }

  static func unknown(_ what: String, _ name: String, _ known: [String]) -> Failure {
    Failure(
      .data, "there is no \(what) “\(name)”", advice: Suggestion.phrase(for: name, among: known))
  }
}
