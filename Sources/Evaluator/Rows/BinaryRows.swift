import Fairness
import Metrics
import Results
import Slicing
import TableIngest

/// What the counting engine of a binary task leaves to the engine of rows: metrics that it does not have and, where
/// units have several rows, every interval.
struct BinaryRows: Sendable {
  let task: RowTask
  let counted: RowCounted
  /// Entries of all metrics that were computed, in the order of `counted`.
  let entries: [MetricEntry]
  let gaps: [Gap]
  /// Whether the numbers of every metric come from here.
  let hasAll: Bool
  /// Identifiers of the metrics that were asked for by themselves.
  private let asked: [String]
  /// Of those that only fairness measures are of.
  private let measured: [String]

  /// nil where the counting engine has all that is asked for.
  ///
  /// - Parameters:
  ///   - measured: metrics that fairness measures are of, and that need not be told by themselves
  ///   - bootstrap: that of the counting engine, so that all metrics of outcomes share their draws
  /// - Throws: `data` where a metric that was asked for needs a column that is not named.
  init?(
    _ input: RunInput, _ plan: SlicePlan, _ selection: Selection, _ custom: CustomColumns,
    _ configuration: Configuration, measured: [String] = [], bootstrap: CellBootstrap
  ) throws(Failure) {
    hasAll = input.units != nil
    let named = selection.others + selection.otherGaps + measured
    guard hasAll || !named.isEmpty else { return nil }
    let own = hasAll ? selection.computed.map(\.id) : []
    let hasLabel = configuration.label != nil
    func metrics(_ names: [String], _ observations: Observations) throws(Failure) -> [any RowMetric] {
      try Self.metrics(
        names, BinaryRowObservations(observations, hasLabel: hasLabel, configuration)
      ) { spec throws(Failure) in
        try custom.metric(spec, observations, hasLabel: hasLabel, hasUnits: input.units != nil)
      } named: { name in
        custom.specs.first { $0.name == name }
      }
    }
    let found = try metrics(own + named, input.observations)
    var before: [any RowMetric] = []
    if let swapped = input.observations.swapped {
      before = try metrics(found.map(\.definition.entry.id), swapped)
    }
    asked = try metrics(selection.others, input.observations).map(\.definition.entry.id)
    self.measured = measured
    let wanted = try metrics(selection.otherGaps, input.observations)
    entries = found.map(\.definition.entry)
    task = Self.task(found, before, input)
    let definitions =
      (hasAll ? selection.gaps.map(\.overRows) : []) + wanted.map { GapDefinition(of: Metric($0.definition)) }
    counted = try RowCounted(
      task, plan,
      RowSelection(all: found.count, gaps: definitions, comparisons: selection.comparisons), configuration,
      bootstrap: bootstrap)
    gaps = counted.gaps(configuration)
  }

  private static func task(
    _ metrics: [any RowMetric], _ baseline: [any RowMetric], _ input: RunInput
  ) -> RowTask {
    RowTask(
      kind: .binary, rowCount: input.observations.rowCount, metrics: metrics, baseline: baseline,
      units: input.units, weights: input.observations.weights, classes: nil
    ) { _ in TaskDetails() }
  }

  /// Some metrics of the catalogue as a task, however the run counts them.
  ///
  /// - Throws: `data` where a name is none
  static func task(
    _ names: [String], _ input: RunInput, _ configuration: Configuration
  ) throws(Failure) -> RowTask {
    let rows = BinaryRowObservations(
      input.observations, hasLabel: configuration.label != nil, configuration)
    let found = try metrics(names, rows) { spec throws(Failure) in
      throw UnknownName.failure(.metric, spec.name, among: MetricCatalogue.names(.binary))
    } named: { _ in
      nil
    }
    return task(found, [], input)
  }

  /// The metrics that names mean, each once.
  private static func metrics(
    _ names: [String], _ rows: BinaryRowObservations,
    own: (CustomMetricSpec) throws(Failure) -> any RowMetric, named: (String) -> CustomMetricSpec?
  ) throws(Failure) -> [any RowMetric] {
    var metrics: [any RowMetric] = []
    for name in names {
      let spec = named(name)
      guard
        let metric = try spec == nil
          ? BinaryRowMetrics.metric(named: name, rows) : spec.map({ spec throws(Failure) in try own(spec) })
      else { throw UnknownName.failure(.metric, name, among: MetricCatalogue.names(.binary)) }
      let id = metric.definition.entry.id
      if !metrics.contains(where: { $0.definition.entry.id == id }) { metrics.append(metric) }
    }
    return metrics
  }

  func entry(_ id: String) -> MetricEntry? { entries.first { $0.id == id } }

  /// Whether a metric was asked for by itself, and not only by a gap.
  func isReported(_ id: String) -> Bool { asked.contains(id) }

  /// The places of the metrics that are told of from here, among the task's.
  ///
  /// - Parameter selection: what the counting engine tells of
  func reported(_ selection: Selection) -> [Int] {
    let own = Set(selection.metrics.map(\.id))
    return entries.indices.filter { place in
      let id = entries[place].id
      return hasAll && own.contains(id) || !own.contains(id) && BinaryMetric(id: id) == nil && isReported(id)
    }
  }

  /// Places of the metrics that fairness measures are made of.
  func compared(_ selection: Selection) -> [Int] {
    let told = Set(reported(selection))
    return entries.indices.filter { told.contains($0) || measured.contains(entries[$0].id) }
  }

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
  fileprivate init(_ rows: Observations, hasLabel: Bool, _ configuration: Configuration) {
    self.init(
      labels: rows.labels, decisions: rows.decisions, scores: rows.scores,
      scoresAreProbabilities: rows.scoresAreProbabilities, weights: rows.weights,
      baselineDecisions: rows.baselineDecisions, baselineScores: rows.baselineScores, hasLabel: hasLabel,
      thresholdIsStrict: configuration.thresholdIsStrict, calibrationBins: configuration.calibrationBins)
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
