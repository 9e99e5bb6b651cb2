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
  /// Whether no catalogue has it: a configuration defines it.
  package var isOwn: Bool { binary == nil && Metric(named: id) == nil }
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
  /// The metric that a name means: its identifier, or what another tool calls it. One that is about a class, a k or a
  /// threshold says which: `recall[A]`, `ndcg@10`.
  package init?(named name: String) {
    // What is an identifier in some task means that, whatever a binary task's metric is called elsewhere.
    let isElsewhere =
      BinaryMetric(id: name) == nil && MetricCatalogue.all.contains { $0.entry.id == name }
    if !isElsewhere, let binary = BinaryMetric(named: name) {
      self.init(binary)
      return
    }
    let prefix = MetricCatalogue.indicators
    let name = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    let base = MetricDefinition.base(name)
    let mark = name.dropFirst(base.count).first
    let possible = MetricCatalogue.named(base).filter { definition in
      let own = MetricDefinition.base(definition.entry.id)
      return definition.entry.id.dropFirst(own.count).first == mark
    }
    let exact = possible.first { MetricDefinition.base($0.entry.id) == base }
    guard var found = exact ?? possible.first ?? Self.top(name) else { return nil }
    if found.entry.k == nil {
      found.entry.id = MetricDefinition.base(found.entry.id) + name.dropFirst(base.count)
    }
    if found.tasks == [.binary], let filled = BinaryRowMetrics.definition(named: found.entry.id),
      filled.entry.id == found.entry.id
    {
      found = filled
    }
    self.init(found)
  }

  /// The metric of the first k where k stands within the name: `top_3_accuracy`.
  private static func top(_ name: String) -> MetricDefinition? {
    let parts = name.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "top", let k = Int(parts[1]), k > 0 else { return nil }
    let family = "top_\(ClassText.anyCutoff)_\(parts[2])"
    guard var found = MetricCatalogue.all.first(where: { $0.entry.id == family }) else { return nil }
    (found.entry.id, found.entry.k) = (name, k)
    return found
  }

  /// The identifiers of all metrics, for suggestions.
  package static var knownNames: [String] { MetricCatalogue.all.map(\.entry.id) }
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
