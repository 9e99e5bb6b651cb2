import Fairness
import Metrics
import Results

/// Which metrics, gaps and comparisons a run of a binary task computes.
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
  /// What is to be said of names that were asked for.
  let notes: [String]

  /// Stands for the metrics that are computed unasked, in a list of metrics.
  static let defaultWord = "default"

  /// - Throws: `data` where a name is not known, or needs a column that is not named.
  init(_ configuration: Configuration) throws(Failure) {
    let columns = GivenColumns(configuration)
    let cuts = try ThresholdNames(configuration)
    let applying = BinaryMetric.allCases.filter(columns.suffice)
    var chosen: [BinaryMetric] = []
    var others: [String] = []
    for name in configuration.metrics ?? [Self.defaultWord] {
      if name == Self.defaultWord {
        chosen += applying
        others += configuration.custom.map(\.name) + cuts.all
      } else if let metric = BinaryMetric(named: name) {
        try columns.check(metric, for: metric.id)
        chosen.append(metric)
        others += cuts.names(metric.id)
      } else {
        try Self.refuseUnknown(.metric, name, configuration)
        others += [name] + cuts.names(name)
      }
    }
    self.others = others
    (gaps, otherGaps) = try Self.gaps(configuration, columns, cuts)
    let needed = Set(chosen + gaps.flatMap { $0.components.compactMap(\.binary) })
    metrics = BinaryMetric.allCases.filter(Set(chosen).contains)
    computed = BinaryMetric.allCases.filter(needed.contains)
    comparisons = configuration.comparedWith
    notes = Synonyms.notes(
      (configuration.metrics ?? []).map { name in
        (name, [BinaryMetric(named: name)?.id ?? BinaryRowMetrics.identifier(name) ?? name])
      })
  }

  private static func gaps(
    _ configuration: Configuration, _ columns: GivenColumns, _ cuts: ThresholdNames
  ) throws(Failure) -> (known: [GapDefinition], others: [String]) {
    guard let names = configuration.gaps else {
      let known = GapDefinition.defaults.filter {
        $0.components.compactMap(\.binary).allSatisfy(columns.suffice)
      }
      return (known, configuration.custom.map(\.name) + cuts.names(ofComponents: known))
    }
    var known: [GapDefinition] = []
    var others: [String] = []
    for name in names {
      guard let gap = GapDefinition(named: name), gap.components.allSatisfy({ $0.binary != nil }) else {
        try refuseUnknown(.gap, name, configuration)
        others += [name] + cuts.names(name)
        continue
      }
      for component in gap.components.compactMap(\.binary) {
        try columns.check(component, for: "gap \(gap.id)")
      }
      if !known.contains(gap) { known.append(gap) }
    }
    return (known, others + cuts.names(ofComponents: known))
  }

  /// - Throws: `data` where no metric of a binary task has the name.
  private static func refuseUnknown(
    _ kind: UnknownName.Kind, _ name: String, _ configuration: Configuration
  ) throws(Failure) {
    let own = configuration.custom.map(\.name)
    // A name of another number may look like one of a metric with a parameter.
    if let leftOut = LeftOut.named(name), !own.contains(name) { throw leftOut.failure(.data) }
    let isKnown = try BinaryRowMetrics.isKnown(name)
    guard !isKnown, !own.contains(name) else { return }
    throw UnknownName.failure(
      kind, name, among: own + (kind == .gap ? GapDefinition.knownNames : []) + MetricCatalogue.names(.binary)
    )
  }
}

/// Which of the columns that metrics need a configuration names.
private struct GivenColumns {
  let hasScore: Bool
  let hasProbability: Bool
  let hasLabel: Bool

  init(_ configuration: Configuration) {
    hasScore = configuration.score != nil
    hasProbability = hasScore && configuration.scoreKind == .probability
    hasLabel = configuration.label != nil
  }

  func suffice(_ metric: BinaryMetric) -> Bool {
    if metric.needsLabel, !hasLabel { return false }
    return metric.needsProbability ? hasProbability : !metric.needsScore || hasScore
  }

  /// - Throws: `data` that says what is missing for `name`.
  func check(_ metric: BinaryMetric, for name: String) throws(Failure) {
    guard !suffice(metric) else { return }
    if metric.needsLabel, !hasLabel { throw needsLabel(name) }
    throw Failure(
      .data, "\(name) needs a score\(metric.needsProbability ? " that is a probability" : "")",
      advice: hasScore ? "set score_kind to probability, or leave it out" : "name the score column")
  }

  private func needsLabel(_ name: String) -> Failure {
    let others = BinaryMetric.allCases.filter { !$0.needsLabel && (hasScore || !$0.needsScore) }.map(\.id)
    return Failure(
      .data, "\(name) needs a label: without the true outcome nobody can tell right from wrong",
      advice:
        "name the column of the true outcome with --label; without one there are \(others.joined(separator: ", "))"
        + " and the gaps of these")
  }
}

extension Configuration {
  /// What groups are compared with.
  var comparedWith: [Gap.Comparison] {
    comparisons
      ?? (references.isEmpty ? [.betweenGroups, .toOverall] : [.betweenGroups, .toOverall, .toReference])
  }
}
