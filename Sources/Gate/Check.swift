import Fairness
import Metrics
import Results

/// One demand of a policy.
package struct Check: Sendable, Equatable {
  /// What is looked at in each group.
  package enum Subject: Sendable, Equatable {
    case metric(Metric)
    case gap(GapDefinition)
    case measure(MeasureDemand)

    var components: [Metric] {
      switch self {
      case .metric(let metric): [metric]
      case .gap(let gap): gap.components
      case .measure: []
      }
    }

    var id: String {
      switch self {
      case .metric(let metric): metric.id
      case .gap(let gap): gap.id
      case .measure(let demand): demand.known?.id ?? demand.name
      }
    }

    var name: String {
      switch self {
      case .metric(let metric): metric.entry.name
      case .gap(let gap): gap.name
      case .measure(let demand): demand.known?.name ?? demand.name
      }
    }
  }

  package var id: String
  package var note: String?
  package var line: Int?
  package var severity = CheckResult.Severity.error
  package var subject: Subject
  /// What the bounds are on. For `change`, `base` says what changes.
  package var kind = CheckResult.Kind.value
  /// Of a gap: difference or ratio.
  package var base = Gap.Kind.difference
  package var comparison: Gap.Comparison?
  package var isSigned = false
  package var scope = CheckResult.Scope.each
  package var selectors: [Selector]
  /// The group that others are compared with: a group, or a predicate.
  package var reference: String?
  /// Groups or predicates that are left out.
  package var excluded: [String] = []
  package var bounds: Bounds
  package var allowedGroups: Int?
  package var evidence = CheckResult.Evidence.interval
  package var level: Double
  package var minimum = Minimum()
  package var folding: Judgement.Folding?
  package var isRatchet = false

  package var alpha: Double { Policy.alpha(level) }

  /// The size at which a group is shown to be within. Where k groups may break the bound, one that does must
  /// not be overlooked among k + 1 (Benjamini & Heller 2008, partial conjunction).
  var alphaWithin: Double { scope == .count ? alpha / Double((allowedGroups ?? 0) + 1) : alpha }

  /// Whether it is about a metric in groups, or a comparison of them.
  var canDraftGroups: Bool { !subject.components.isEmpty }

  /// Whether a ratchet can ask for more: the measures of two runs are not compared.
  var canRatchet: Bool { canDraftGroups && !isChange }

  var isChange: Bool { kind == .change || kind == .relativeChange }
}
