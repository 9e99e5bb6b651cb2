import Fairness
import Metrics
import Results
import Slicing
import Statistics
import TableIngest
import Tables

/// The whole run: configuration → rows → slices → tallies → estimates → gaps → `Evaluation`.
package enum EvaluationRun {
  package static let version = "0.1.0"

  /// Called with a word for the stage and the share of the work that is done.
  package typealias Progress = @Sendable (String, Double) -> Void

  /// - Throws: `Failure` for anything that keeps the run from an answer.
  package static func evaluate(
    _ configuration: Configuration, progress: Progress? = nil
  ) throws(Failure) -> Evaluation {
    let selection = try Selection(configuration)
    progress?("reading", 0)
    var outcome = try RowReader(configuration).read()
    let baseline = try BaselineRows(configuration, joinedTo: &outcome)
    let input = try RunInput(outcome, baseline, configuration)
    progress?("counting", 0.4)
    let plan = try SlicePlan(configuration.slices, of: outcome.table)
    let counted = try Counted(input, plan, selection, configuration)
    progress?("comparing", 0.7)
    let gaps = counted.gaps(selection, configuration)
    progress?("writing", 0.9)
    return try EvaluationBuilder(
      configuration: configuration, outcome: outcome, baseline: baseline, input: input, counted: counted,
      gaps: gaps
    ).build()
  }
}

/// Which metrics, gaps and comparisons a run computes.
struct Selection: Sendable {
  /// In reporting order.
  let metrics: [BinaryMetric]
  /// What gaps compare besides.
  let computed: [BinaryMetric]
  let gaps: [GapDefinition]
  let comparisons: [Gap.Comparison]

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
    for name in configuration.metrics ?? [] {
      guard let metric = BinaryMetric(named: name) else {
        throw Self.unknown("metric", name, BinaryMetric.allCases.map(\.id))
      }
      try checked(metric, metric.id)
      chosen.append(metric)
    }
    if configuration.metrics == nil { chosen = BinaryMetric.allCases.filter(applies) }
    var definitions: [GapDefinition] = []
    for name in configuration.gaps ?? [] {
      guard let gap = GapDefinition(named: name) else {
        throw Self.unknown("gap", name, GapDefinition.knownNames)
      }
      for component in gap.components { try checked(component, "gap \(gap.id)") }
      if !definitions.contains(gap) { definitions.append(gap) }
    }
    if configuration.gaps == nil {
      definitions = GapDefinition.defaults.filter { $0.components.allSatisfy(applies) }
    }
    let needed = Set(chosen + definitions.flatMap(\.components))
    metrics = BinaryMetric.allCases.filter(Set(chosen).contains)
    computed = BinaryMetric.allCases.filter(needed.contains)
    gaps = definitions
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

  private static func unknown(_ what: String, _ name: String, _ known: [String]) -> Failure {
    Failure(
      .data, "there is no \(what) “\(name)”", advice: Suggestion.phrase(for: name, among: known))
  }
}
