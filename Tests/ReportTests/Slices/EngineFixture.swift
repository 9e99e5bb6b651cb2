import Fairness
import Metrics
import Results
import TestSupport

/// Evaluations whose rates and gaps are the engine's own, for random counts.
enum EngineFixture {
  static let rates: [BinaryMetric] = [
    .prevalence, .accuracy, .precision, .truePositiveRate, .trueNegativeRate, .falsePositiveRate,
    .falseNegativeRate, .negativePredictiveValue, .falseDiscoveryRate, .falseOmissionRate, .selectionRate,
  ]
  static let counts: [BinaryMetric] = [
    .count, .weight, .truePositives, .falsePositives, .falseNegatives, .trueNegatives, .predictedPositives,
  ]

  /// Two crosses of the same rows: `groups` slices without a reference, and a family of five with one.
  ///
  /// - Parameter largest: rows of one outcome in a slice, at most
  static func make(groups: Int, largest: UInt64, isWeighted: Bool, level: Double = 0.95) -> Evaluation {
    var random = SplitMix(seed: 11)
    let fine = (0..<groups).map { _ in counts(largest, isWeighted, &random) }
    let coarse = (0..<5).map { part in
      fine.enumerated().filter { $0.offset % 5 == part }.map(\.element).reduce(zero, add)
    }
    let tallies = [fine.reduce(zero, add)] + fine + coarse
    var shape = EvaluationFixture()
    shape.families = [
      EvaluationFixture.simple("cell", (0..<groups).map { ("c\($0)", 10, 0.5, 0.5) }, reference: nil),
      EvaluationFixture.simple("part", (0..<5).map { ("p\($0)", 10, 0.5, 0.5) }, reference: 2),
    ]
    var evaluation = shape.make()
    evaluation.level = level
    fill(&evaluation, tallies, isWeighted)
    return evaluation
  }

  private static let zero = OutcomeCounts(
    truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)

  private static func add(_ a: OutcomeCounts, _ b: OutcomeCounts) -> OutcomeCounts {
    OutcomeCounts(
      rows: zip(a.rows, b.rows).map(+), weights: zip(a.weights, b.weights).map(+),
      squaredWeights: zip(a.squaredWeights, b.squaredWeights).map(+))
  }

  /// Cells of very different size, often empty.
  private static func counts(
    _ largest: UInt64, _ isWeighted: Bool, _ random: inout SplitMix
  ) -> OutcomeCounts {
    let rows = (0..<4).map { _ in
      random.next() % 6 == 0 ? 0 : Int(random.next() % (1 + random.next() % largest))
    }
    guard isWeighted else {
      return OutcomeCounts(
        truePositives: rows[0], falsePositives: rows[1], falseNegatives: rows[2], trueNegatives: rows[3])
    }
    let mean = (0..<4).map { _ in 0.2 + Double(random.next() % 100_000) / 7_000 }
    let spread = (0..<4).map { _ in 1 + Double(random.next() % 1000) / 900 }
    return OutcomeCounts(
      rows: rows, weights: zip(rows, mean).map { Double($0) * $1 },
      squaredWeights: (0..<4).map { Double(rows[$0]) * mean[$0] * mean[$0] * spread[$0] })
  }

  private static func fill(_ evaluation: inout Evaluation, _ tallies: [OutcomeCounts], _ isWeighted: Bool) {
    let bootstrap = CellBootstrap(replicates: 10, seed: 1, isWeighted: isWeighted)
    let estimator = SliceEstimator(level: evaluation.level, bootstrap: bootstrap)
    let metrics = counts + rates
    let sides = tallies.enumerated().map { slice, counts -> Side in
      let tally = SliceTally(counts: counts)
      return Side(
        name: evaluation.slices.predicate[slice], slice: slice, tally: tally, metrics: metrics,
        estimator: estimator, key: "")
    }
    evaluation.metrics = metrics.map(\.entry)
    evaluation.estimates = metrics.map { metric in EstimateColumns(sides.compactMap { $0.estimate(metric) }) }
    evaluation.slices.rows = tallies.map(\.rowCount)
    evaluation.slices.weight = tallies.map(\.weight)
    evaluation.slices.truePositives = tallies.map { $0.rows[0] }
    evaluation.slices.falsePositives = tallies.map { $0.rows[1] }
    evaluation.slices.falseNegatives = tallies.map { $0.rows[2] }
    evaluation.slices.trueNegatives = tallies.map { $0.rows[3] }
    if isWeighted {
      evaluation.roles.weight = "w"
      evaluation.slices.cellWeights = tallies.flatMap(\.weights)
      evaluation.slices.cellSquaredWeights = tallies.flatMap(\.squaredWeights)
    }
    let finder = GapFinder(
      level: evaluation.level, definitions: GapDefinition.named + [GapDefinition(of: .accuracy)],
      comparisons: [.toOverall, .toReference], bootstrap: bootstrap, covariance: { _, _ in nil })
    evaluation.gaps = evaluation.families.indices.dropFirst().flatMap { index in
      let family = evaluation.families[index]
      return finder.gaps(
        of: GapFinder.Family(
          index: index, groups: Array(sides[family.slices]), overall: sides[0],
          reference: family.reference.map { $0 - family.first }))
    }
  }
}
