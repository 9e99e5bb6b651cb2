import Results

/// All that is to be said of a metric, in one place: what the catalogue, the documentation, tooltips and the
/// methods section tell.
package struct MetricDefinition: Sendable {
  /// What another tool calls the metric.
  package struct Alias: Sendable, Equatable {
    /// `scikit-learn`, `Fairlearn`, `TFMA`, …; empty for a common name.
    package var tool: String
    package var name: String

    package init(_ tool: String, _ name: String) { (self.tool, self.name) = (tool, name) }
  }

  /// Identifier, names, formula, kind, direction, denominator, interval.
  package var entry: MetricEntry
  package var tasks: [TaskKind]
  /// The values that it can take.
  package var range: ClosedRange<Double>
  /// Where it has no value, as it is told: `no positives`; nil where it always has one.
  package var undefined: String?
  /// Paper, standard or tool that the formula is from; empty for what everybody defines alike.
  package var source: String
  package var aliases: [Alias]

  package init(
    _ entry: MetricEntry, tasks: [TaskKind], range: ClosedRange<Double>? = nil, undefined: String? = nil,
    source: String = "", aliases: [Alias] = []
  ) {
    self.entry = entry
    self.tasks = tasks
    self.range = range ?? entry.kind.range
    self.undefined = undefined
    self.source = source
    self.aliases = aliases
  }
}
