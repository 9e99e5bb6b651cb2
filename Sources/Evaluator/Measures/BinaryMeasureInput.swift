import Fairness
import Metrics
import Results
import Slicing
import Statistics
import TableIngest

/// What the fairness measures of a binary run are made from.
struct BinaryMeasureInput: Sendable {
  let configuration: Configuration
  let observations: Observations
  let plan: SlicePlan
  let overall: Side
  /// Without that of all rows.
  let families: [MeasuredFamily]
  let bootstrap: CellBootstrap
  let isClustered: Bool
  /// Reported metrics, and those that a tool's names are about.
  let metrics: [BinaryMetric]

  var level: Double { configuration.level }
  var hasLabel: Bool { configuration.label != nil }
  /// Whether the negative class is the one to be wished for.
  var isExchanged: Bool { configuration.measures.favourable == .negative }

  init(
    _ input: RunInput, _ counted: Counted, _ selection: Selection, _ configuration: Configuration,
    _ wishes: [MeasureWish]
  ) {
    self.configuration = configuration
    observations = input.observations
    plan = counted.plan
    isClustered = input.units != nil
    let bootstrap = CellBootstrap(
      replicates: configuration.bootstrapReplicates, seed: configuration.seed,
      isWeighted: input.observations.weights != nil)
    self.bootstrap = bootstrap
    let metrics = Self.metrics(counted, selection, configuration, wishes)
    self.metrics = metrics
    let sides = Workers.map(counted.slices.count, threads: configuration.threadCount) { slice in
      let side = counted.slices[slice]
      return Self.side(
        side, metrics, SliceEstimator(level: configuration.level, bootstrap: bootstrap))
    }
    overall = sides[0]
    families = counted.plan.families.indices.dropFirst().map { index in
      let first = counted.firstSlice[index]
      let family = counted.plan.families[index]
      return MeasuredFamily(
        index: index, first: first, features: counted.plan.featureNames(family),
        groups: Array(sides[first..<first + family.shown.count]), overall: sides[0],
        named: counted.references[index])
    }
  }

  private static func metrics(
    _ counted: Counted, _ selection: Selection, _ configuration: Configuration, _ wishes: [MeasureWish]
  ) -> [BinaryMetric] {
    var named = Set(wishes.flatMap(\.items).compactMap { $0.metric.flatMap { BinaryMetric(id: $0) } })
    if configuration.measures.favourable == .negative { named.formUnion(named.compactMap(\.exchanged)) }
    let reported = Set(selection.metrics)
    return BinaryMetric.allCases.filter { metric in
      if reported.contains(metric) { return true }
      guard named.contains(metric), configuration.label != nil || !metric.needsLabel else { return false }
      return metric.isOfCounts || counted.metrics.contains(metric)
    }
  }

  /// The same side with estimates of all the metrics.
  private static func side(_ side: Side, _ metrics: [BinaryMetric], _ estimator: SliceEstimator) -> Side {
    guard let tally = side.tally else { return side }
    var estimates: [Metric: Estimate] = [:]
    let missing = metrics.filter { side.estimate($0) == nil }
    for metric in metrics { estimates[Metric(metric)] = side.estimate(metric) }
    for (metric, estimate) in zip(missing, estimator.estimates(missing, of: tally, key: side.name)) {
      estimates[Metric(metric)] = estimate
    }
    return Side(name: side.name, slice: side.slice, tally: tally, estimates: estimates)
  }

  /// The rates that a family's groups have, from counts alone.
  func rates(
    _ family: MeasuredFamily, _ metrics: [BinaryMetric], _ counts: [OutcomeCounts]? = nil,
    overall: OutcomeCounts? = nil, named suffix: String = ""
  ) -> MeasuredFamily {
    let estimator = SliceEstimator(level: level, bootstrap: bootstrap)
    func side(_ old: Side, _ counts: OutcomeCounts?) -> Side {
      let counts = counts ?? old.tally?.counts ?? Self.empty
      return Side(
        name: old.name, slice: old.slice, tally: SliceTally(counts: counts), metrics: metrics,
        estimator: estimator, key: old.name + suffix)
    }
    return MeasuredFamily(
      index: family.index, first: family.first, features: family.features,
      groups: family.groups.indices.map { side(family.groups[$0], counts?[$0]) },
      overall: side(family.overall, overall), named: family.reference)
  }

  /// A group's counts as a tool, or the project, looks at them: the favourable class is the positive one.
  func counts(_ side: Side) -> GroupCounts {
    oriented(GroupCounts(side.name, side.tally?.counts ?? Self.empty))
  }

  func oriented(_ group: GroupCounts) -> GroupCounts { isExchanged ? group.withClassesExchanged : group }

  /// The rows outside some, of all that there are.
  func outside(_ side: Side, of family: MeasuredFamily) -> GroupCounts {
    let whole = family.overall.tally?.counts ?? Self.empty
    let own = side.tally?.counts ?? Self.empty
    return oriented(GroupCounts("rows outside \(side.name)", own.complement(in: whole)))
  }

  static let empty = OutcomeCounts(
    truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)

  /// The rows of each reported group.
  func rows(_ family: MeasuredFamily) -> [[UInt32]] {
    let own = plan.families[family.index]
    let groups = SliceRows.groups(own, of: plan, rowCount: observations.rowCount)
    return own.shown.map { groups[$0] }
  }
}

extension BinaryMetric {
  /// Whether it follows from the four counts.
  var isOfCounts: Bool { !needsScore && !needsProbability }

  /// The metric that this one is when the classes are exchanged; nil where there is none.
  var exchanged: BinaryMetric? {
    switch self {
    case .truePositiveRate: .trueNegativeRate
    case .trueNegativeRate: .truePositiveRate
    case .falsePositiveRate: .falseNegativeRate
    case .falseNegativeRate: .falsePositiveRate
    case .precision: .negativePredictiveValue
    case .negativePredictiveValue: .precision
    case .falseDiscoveryRate: .falseOmissionRate
    case .falseOmissionRate: .falseDiscoveryRate
    case .accuracy: .accuracy
    default: nil
    }
  }
}
