import Fairness
import Metrics
import Results
import Slicing
import TableIngest

/// What the counting engine of a binary task leaves to the engine of rows: metrics that it does not have and, where
/// units have several rows, every interval.
struct BinaryRows: Sendable {
  let counted: RowCounted
  /// Entries of all metrics that were computed, in the order of `counted`.
  let entries: [MetricEntry]
  let gaps: [Gap]
  /// Whether the numbers of every metric come from here.
  let hasAll: Bool

  /// nil where the counting engine has all that is asked for.
  ///
  /// - Throws: `data` where a metric that was asked for is not known, or needs a column that is not named.
  init?(
    _ input: RunInput, _ plan: SlicePlan, _ selection: Selection, _ configuration: Configuration
  ) throws(Failure) {
    hasAll = input.units != nil
    guard hasAll || !selection.others.isEmpty || !selection.otherGaps.isEmpty else { return nil }
    let observations = BinaryRowObservations(input.observations, hasLabel: configuration.label != nil)
    let before = input.observations.swapped.map {
      BinaryRowObservations($0, hasLabel: configuration.label != nil)
    }
    var names = hasAll ? selection.computed.map(\.id) : []
    for name in selection.others + selection.otherGaps where !names.contains(name) { names.append(name) }
    var metrics: [any RowMetric] = []
    var baseline: [any RowMetric] = []
    for name in names {
      guard let metric = try BinaryRowMetrics.metric(named: name, observations) else {
        throw Selection.unknown("metric", name, MetricCatalogue.names(.binary))
      }
      guard !metrics.contains(where: { $0.definition.entry.id == metric.definition.entry.id }) else { continue }
      metrics.append(metric)
      if let before, let other = try BinaryRowMetrics.metric(named: name, before) { baseline.append(other) }
    }
    let task = RowTask(
      kind: .binary, rowCount: input.observations.rowCount, metrics: metrics,
      baseline: baseline.count == metrics.count ? baseline : [], units: input.units,
      weights: input.observations.weights, classes: nil
    ) { _ in TaskDetails() }
    entries = metrics.map(\.definition.entry)
    let known = entries.map { Metric($0) }
    func row(_ name: String) throws(Failure) -> Metric? {
      let id = try BinaryRowMetrics.metric(named: name, observations)?.definition.entry.id
      return known.first { $0.id == id }
    }
    var definitions: [GapDefinition] = hasAll ? selection.gaps.map(\.overRows) : []
    for name in selection.otherGaps {
      if let metric = try row(name) { definitions.append(GapDefinition(of: metric)) }
    }
    let chosen = RowSelection(all: metrics.count, gaps: definitions, comparisons: selection.comparisons)
    counted = try RowCounted(task, plan, chosen, configuration)
    gaps = counted.gaps(configuration)
  }

  func entry(_ id: String) -> MetricEntry? { entries.first { $0.id == id } }

  /// Whether a metric was asked for by itself, and not only by a gap.
  func isReported(_ id: String, _ selection: Selection) -> Bool { asked.contains(id) }

  func estimates(_ id: String) -> [Estimate]? {
    entries.firstIndex { $0.id == id }.map { counted.estimates($0) }
  }
}

extension GapDefinition {
  /// The same of metrics that are known by their estimates.
  fileprivate var overRows: GapDefinition {
    GapDefinition(id: id, name: name, components: components.map { Metric($0.entry) })
  }
}

extension BinaryRowObservations {
  fileprivate init(_ rows: Observations, hasLabel: Bool) {
    self.init(
      labels: rows.labels, decisions: rows.decisions, scores: rows.scores,
      scoresAreProbabilities: rows.scoresAreProbabilities, weights: rows.weights,
      baselineDecisions: rows.baselineDecisions, baselineScores: rows.baselineScores, hasLabel: hasLabel)
  }
}

extension Observations {
  /// The baseline in place of the candidate; nil without one.
  fileprivate var swapped: Observations? {
    guard let baselineDecisions, scores == nil || baselineScores != nil else { return nil }
    return Observations(
      labels: labels, decisions: baselineDecisions, scores: baselineScores,
      scoresAreProbabilities: scoresAreProbabilities, weights: weights, baselineDecisions: decisions,
      baselineScores: scores)
  }
}
