import Fairness
import Metrics
import Results
import Slicing
import Statistics
import TableIngest

/// The tallies and estimates of every slice of a run.
struct Counted: Sendable {
  let plan: SlicePlan
  let thresholds: [Double]
  /// One a family, in the order of the plan.
  let families: [FamilyTally]
  /// The reported slices, family by family; `overall` is the first.
  let slices: [Side]
  /// First slice of each family.
  let firstSlice: [Int]
  /// Position of the named reference among the reported groups of each family.
  let references: [Int?]
  let metrics: [BinaryMetric]
  /// Candidate against baseline, by reported slice; empty without a baseline.
  private let pairs: [PairedTally]
  private let canCompareScores: Bool
  private let estimator: SliceEstimator
  private let complements: [[Side]]
  /// Shared by all metrics that are functions of the outcomes.
  let bootstrap: CellBootstrap
  private let observations: Observations

  init(
    _ input: RunInput, _ plan: SlicePlan, _ selection: Selection, _ configuration: Configuration
  ) throws(Failure) {
    self.plan = plan
    metrics = selection.computed
    observations = input.observations
    let threads = configuration.threadCount
    let tallier = Tallier(
      input.observations, groupings: plan.groupings, calibrationBins: configuration.calibrationBins,
      cut: input.threshold.map { configuration.thresholdIsStrict ? $0.nextUp : $0 }
        ?? input.scoringCut?.nextUp)
    thresholds = tallier.thresholds
    families = Workers.map(plan.families.count, threads: threads) { tallier.tally(plan.families[$0]) }
    bootstrap = CellBootstrap(
      replicates: configuration.bootstrapReplicates, seed: configuration.seed,
      isWeighted: input.observations.weights != nil,
      strata: metrics.contains(where: Composite.contains)
        || configuration.custom.contains(where: \.isOfCounts)
        ? tallier.strata(plan, families) : [])
    let estimator = SliceEstimator(level: configuration.level, bootstrap: bootstrap)
    self.estimator = estimator
    let paired = PairedTallier(tallier, groupings: plan.groupings)
    canCompareScores = paired?.hasScores ?? false
    pairs = Self.pairs(paired, plan, families, threads)
    var first: [Int] = []
    var places: [(family: Int, group: Int)] = []
    var references: [Int?] = []
    for (index, family) in plan.families.enumerated() {
      first.append(places.count)
      let reference = try plan.reference(family, configuration.references)
      references.append(reference.flatMap { group in family.shown.firstIndex { $0 == group } })
      places += family.shown.map { (index, $0) }
    }
    firstSlice = first
    self.references = references
    let counted = families
    let chosen = places
    let computed = metrics
    slices = Workers.map(places.count, threads: threads) { slice in
      let (family, group) = chosen[slice]
      let name = plan.predicate(plan.families[family], group: group)
      return Side(
        name: name, slice: slice, tally: counted[family].slice(group), metrics: computed,
        estimator: estimator,
        key: name)
    }
    complements = Self.complements(tallier, plan, slices, selection, estimator, threads)
    try Self.checkReferences(plan, configuration)
  }

  private static func pairs(
    _ tallier: PairedTallier?, _ plan: SlicePlan, _ tallies: [FamilyTally], _ threads: Int
  ) -> [PairedTally] {
    guard let tallier else { return [] }
    let found = Workers.map(plan.families.count, threads: threads) { index in
      let all = tallier.tally(plan.families[index], candidate: tallies[index])
      return plan.families[index].shown.map { all[$0] }
    }
    return found.flatMap { $0 }
  }

  /// The baseline's value and the paired standard error of every metric that has one; nil without a baseline.
  func paired(_ selection: Selection, name: String?) -> PairedColumns? {
    guard let name, !pairs.isEmpty else { return nil }
    let metrics = PairedTally.comparable(selection.metrics, hasScores: canCompareScores)
    return PairedColumns(
      name: name,
      columns: metrics.map { metric in
        let intervals = pairs.map { $0.interval(metric, estimator) }
        return PairedColumns.Column(
          metric: metric.id, baseline: pairs.map { estimator.value(metric, of: $0.baseline) ?? .nan },
          standardError: pairs.map { $0.standardError(metric, estimator) ?? .nan },
          lower: intervals.map { $0?.lower ?? .nan }, upper: intervals.map { $0?.upper ?? .nan })
      })
  }

  /// The rows outside each group, counted only where they are compared with.
  private static func complements(
    _ tallier: Tallier, _ plan: SlicePlan, _ slices: [Side], _ selection: Selection,
    _ estimator: SliceEstimator, _ threads: Int
  ) -> [[Side]] {
    guard selection.comparisons.contains(.toComplement) else { return plan.families.map { _ in [] } }
    var first = 0
    return plan.families.map { family in
      defer { first += family.shown.count }
      let names = slices[first..<(first + family.shown.count)].map(\.name)
      return Workers.map(family.shown.count, threads: threads) { position in
        let tally = tallier.complement(of: family.shown[position], in: family)
        let name = "rows outside \(names[position])"
        return Side(
          name: name, slice: nil, tally: tally, metrics: selection.computed, estimator: estimator, key: name)
      }
    }
  }

  /// A reference for a feature that nothing is sliced by is a mistake.
  private static func checkReferences(
    _ plan: SlicePlan, _ configuration: Configuration
  ) throws(Failure) {
    let features = plan.groupings.map(\.feature)
    for feature in configuration.references.keys.sorted() where !features.contains(feature) {
      throw Failure(
        .data, "a reference is named for “\(feature)”, which is not sliced by",
        advice: Suggestion.phrase(for: feature, among: features))
    }
  }

  /// The gaps of every family but `overall`.
  func gaps(_ selection: Selection, _ configuration: Configuration) -> [Gap] {
    let overall = slices[0]
    let rows = RowPermutation(observations, seed: configuration.seed)
    let found = Workers.map(plan.families.count - 1, threads: configuration.threadCount) { index in
      let family = index + 1
      let finder = GapFinder(
        level: configuration.level, definitions: selection.gaps, comparisons: selection.comparisons,
        bootstrap: bootstrap, rowTest: rowTest(rows, family)
      ) { metric, side in
        metric.binary.flatMap { Self.covariance($0, side, overall) }
      }
      let range = firstSlice[family]..<(firstSlice[family] + plan.families[family].shown.count)
      return finder.gaps(
        of: GapFinder.Family(
          index: family, groups: Array(slices[range]), overall: overall, reference: references[family],
          complements: complements[family]))
    }
    return found.flatMap { $0 }
  }

  /// How much of the gaps between groups is noise; nil where no groups are compared.
  func spreads(_ selection: Selection, _ configuration: Configuration) -> SpreadTable? {
    guard selection.comparisons.contains(.betweenGroups) else { return nil }
    let finder = SpreadFinder(level: configuration.level, definitions: selection.gaps)
    let found = Workers.map(plan.families.count - 1, threads: configuration.threadCount) { index in
      let first = firstSlice[index + 1]
      let groups = slices[first..<(first + plan.families[index + 1].shown.count)]
      return (
        first: first,
        spreads: finder.spreads(
          of: GapFinder.Family(index: index + 1, groups: Array(groups), overall: slices[0], reference: nil))
      )
    }
    return SpreadFinder.table(found, sliceCount: slices.count)
  }

  /// Tests over the rows of some groups of a family.
  private func rowTest(_ rows: RowPermutation, _ family: Int) -> RangeComparer.RowTest {
    { metric, sides in
      guard let binary = metric.binary, observations.rowCount <= RowPermutation.rowLimit else { return nil }
      let shown = plan.families[family].shown
      return rows.p(
        binary, plan, plan.families[family],
        chosen: sides.compactMap { $0.slice.map { shown[$0 - firstSlice[family]] } },
        key: sides.map(\.name).joined(separator: ", "))
    }
  }

  /// Covariance of a slice's value with the overall value; nil where none is defined.
  static func covariance(_ metric: BinaryMetric, _ side: Side, _ overall: Side) -> Double? {
    guard let part = side.tally, let whole = overall.tally, let score = part.score, let all = whole.score
    else { return nil }
    return score.covariance(metric, counts: part.counts, whole: all, wholeCounts: whole.counts)
  }
}
