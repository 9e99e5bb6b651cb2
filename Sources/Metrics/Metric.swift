import Results

/// A metric of any task, as comparisons and checks see it: how it is read, and, in a binary task, which
/// function of outcomes and scores it is. Two metrics are the same where their identifiers are.
package struct Metric: Sendable {
  package let entry: MetricEntry
  /// nil in every other task: then all that is known of a group is its estimate.
  package let binary: BinaryMetric?
  /// The values that the metric can take.
  package let range: ClosedRange<Double>

  /// A metric that is known by its estimates.
  package init(_ entry: MetricEntry) {
    self.entry = entry
    binary = nil
    range = entry.kind.range
  }

  /// A metric over rows, known by its estimates.
  package init(_ definition: MetricDefinition) {
    entry = definition.entry
    binary = nil
    range = definition.range
  }

  package init(_ binary: BinaryMetric) { self = Self.all[binary.rawValue] }

  private init(entry: MetricEntry, binary: BinaryMetric) {
    (self.entry, self.binary, range) = (entry, binary, entry.kind.range)
  }

  private static let all = BinaryMetric.allCases.map { Metric(entry: $0.entry, binary: $0) }

  package var id: String { entry.id }
  package var kind: MetricEntry.Kind { entry.kind }
  package var direction: MetricEntry.Direction { entry.direction }
  /// Numerator and denominator in terms of outcomes, for a rate of a binary task.
  package var rate: RateDefinition? { binary?.rate }
  package var isRate: Bool { kind == .rate }
  /// Whether it is a function of all four cells.
  package var isComposite: Bool { binary.map(Composite.contains) ?? false }

  /// Whether a ratio of two values means something: none of them can be negative.
  package var allowsRatios: Bool { binary == nil ? range.lowerBound >= 0 : kind != .correlation }
}

extension Metric {
  /// The metric that a name means: its identifier, or what another tool calls it.
  package init?(named name: String) {
    guard let binary = BinaryMetric(named: name) else { return nil }
    self.init(binary)
  }

  /// The identifiers of all metrics, for suggestions.
  package static var knownNames: [String] { BinaryMetric.allCases.map(\.id) }
}

extension Metric: Hashable {
  package static func == (a: Metric, b: Metric) -> Bool { a.id == b.id }
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension MetricEntry.Kind {
  var range: ClosedRange<Double> {
    switch self {
    case .rate, .index: 0...1
    case .correlation: -1...1
    case .loss, .count: 0...Double.infinity
    case .mean: -Double.infinity...Double.infinity
    }
  }
}
