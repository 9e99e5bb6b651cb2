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
  /// What is to be said of names that were asked for.
  let notes: [String]

  /// Everything that was measured.
  init(all count: Int, gaps: [GapDefinition], comparisons: [Gap.Comparison]) {
    (reported, computed) = (Array(0..<count), Array(0..<count))
    (self.gaps, self.comparisons, notes) = (gaps, comparisons, [])
  }

  /// - Parameter rates: of every class or label that are computed whatever is told of, without their classes
  init(_ task: RowTask, _ configuration: Configuration, rates: Set<String> = []) throws(Failure) {
    let definitions = task.metrics.map(\.definition)
    let absent = AbsentMetric(task: task, configuration: configuration)
    let named = TaskGaps(task.kind, definitions.map { Metric($0) })
    var chosen = Set(definitions.indices)
    var asked: [(name: String, meant: [String])] = []
    if let names = configuration.metrics {
      chosen = []
      for name in names {
        let found = Self.places(name, definitions, configuration)
        guard !found.isEmpty else {
          throw absent.failure(name) ?? Self.unknown(.metric, name, definitions.map(\.entry.id))
        }
        chosen.formUnion(found)
        asked.append((name, found.map { definitions[$0].entry.id }))
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
        throw absent.failure(name)
          ?? Self.unknown(.gap, name, named.named.map(\.id) + definitions.map(\.entry.id))
      }
      for gap in found where !wanted.contains(gap) { wanted.append(gap) }
    }
    if configuration.gaps == nil {
      let own = configuration.custom.compactMap { spec in definitions.first { $0.entry.id == spec.name } }
      wanted = named.defaults + own.map { GapDefinition(of: Metric($0)) }
    }
    notes = Synonyms.notes(asked)
    gaps = wanted
    let needed = Set(wanted.flatMap { $0.components.map(\.id) })
    reported = definitions.indices.filter(chosen.contains)
    computed = definitions.indices.filter { place in
      let entry = definitions[place].entry
      return chosen.contains(place) || needed.contains(entry.id)
        || entry.classLabel != nil && rates.contains(Metric(definitions[place]).baseID)
    }
    comparisons = configuration.comparedWith
  }

  /// The metrics that a name means: what TFMA calls so where its conventions are asked for (NDCG has another gain there).
  private static func places(
    _ name: String, _ definitions: [MetricDefinition], _ configuration: Configuration
  ) -> [Int] {
    let own =
      configuration.compatibility == .tfma
      ? definitions.indices.filter { definitions[$0].isCalled(name, by: "TFMA") } : []
    return own.isEmpty ? definitions.indices.filter { definitions[$0].isCalled(name) } : own
  }

  private static func unknown(_ kind: UnknownName.Kind, _ name: String, _ known: [String]) -> Failure {
    UnknownName.failure(kind, name, in: " in this task", among: known)
  }
}
