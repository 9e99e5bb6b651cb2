import Results
import TestSupport
import Testing

@testable import Metrics

/// What must hold of every metric of numbers and of ranked rows, whichever it is.
struct RowMetricPropertyTests {
  static let numbers = RegressionMetricTests.sample(seed: 31, count: 90, isWeighted: true, isRounded: true)
  static let ranked = RankingMetricTests.sample(seed: 32, queries: 25, isWeighted: true, levels: 3)

  static func all(_ numbers: NumberObservations, _ ranked: RankedObservations) -> [any RowMetric] {
    RegressionMetrics.all(numbers, quantiles: [0.3, 0.5]) + RankingMetrics.all(ranked, cutoffs: [2])
  }

  static func rows(_ metric: any RowMetric, seed: UInt64 = 6) -> [UInt32] {
    let isRanking = metric.definition.tasks == [.ranking]
    let count = isRanking ? ranked.scores.count : numbers.labels.count
    return RegressionMetricTests.rows(count, keeping: 0.7, seed: seed)
  }

  @Test func scaledWeightsChangeNothing() {
    var (numbers, ranked) = (Self.numbers, Self.ranked)
    numbers.weights = numbers.weights?.map { $0 * 8 }
    ranked.weights = ranked.weights?.map { $0 * 8 }
    for (one, other) in zip(Self.all(Self.numbers, Self.ranked), Self.all(numbers, ranked))
    where one.definition.entry.kind != .count {
      let (a, b) = (RowMetricProbe(one).answer(Self.rows(one)), RowMetricProbe(other).answer(Self.rows(one)))
      #expect(isClose(a.value, b.value), "\(one.definition.entry.id)")
      #expect(zip(a.influence, b.influence).allSatisfy { isClose($0, $1) })
      #expect(isClose(a.measured.effectiveCount, b.measured.effectiveCount))
    }
  }

  /// All weights equal is no weights.
  @Test func equalWeightsAreNone() {
    var (numbers, ranked) = (Self.numbers, Self.ranked)
    (numbers.weights, ranked.weights) = (nil, nil)
    let plain = Self.all(numbers, ranked)
    numbers.weights = numbers.labels.map { _ in 3 }
    ranked.weights = ranked.scores.map { _ in 3 }
    for (one, other) in zip(plain, Self.all(numbers, ranked)) {
      let (id, kind) = (one.definition.entry.id, one.definition.entry.kind)
      // The threshold of a quantile rate is interpolated without weights only.
      guard kind != .count, !id.hasPrefix("quantile_rate") else { continue }
      let (a, b) = (RowMetricProbe(one).answer(Self.rows(one)), RowMetricProbe(other).answer(Self.rows(one)))
      #expect(isClose(a.value, b.value), "\(id)")
      #expect(zip(a.influence, b.influence).allSatisfy { isClose($0, $1) }, "\(id)")
    }
  }

  /// A row of weight 2 is the row twice.
  @Test func weightsAreRepetitions() {
    var weighted = Self.numbers
    weighted.weights = weighted.labels.indices.map { $0 % 3 == 0 ? 2 : 1 }
    let twice = weighted.labels.indices.flatMap { $0 % 3 == 0 ? [$0, $0] : [$0] }
    let repeated = NumberObservations(
      labels: twice.map { weighted.labels[$0] }, predictions: twice.map { weighted.predictions[$0] })
    let plain = RegressionMetrics.all(repeated, quantiles: [0.3, 0.5])
    for (one, other) in zip(RegressionMetrics.all(weighted, quantiles: [0.3, 0.5]), plain) {
      let id = one.definition.entry.id
      guard id != "count", !id.hasPrefix("quantile_rate") else { continue }
      let a = RowMetricProbe(one).value(weighted.labels.indices.map { UInt32($0) })
      let b = RowMetricProbe(other).value(twice.indices.map { UInt32($0) })
      #expect(isClose(a, b), "\(id)")
    }
  }

  @Test func orderOfRowsDoesNotMatter() {
    let (numbers, ranked) = (Self.numbers, Self.ranked)
    let reversed = Self.all(
      NumberObservations(
        labels: numbers.labels.reversed(), predictions: numbers.predictions.reversed(),
        weights: numbers.weights?.reversed()),
      RankedObservations(
        relevance: ranked.relevance.reversed(), scores: ranked.scores.reversed(),
        queries: ranked.queries.reversed(), queryCount: ranked.queryCount, weights: ranked.weights?.reversed()
      ))
    for (one, other) in zip(Self.all(numbers, ranked), reversed) {
      let isRanking = one.definition.tasks == [.ranking]
      let last = UInt32((isRanking ? ranked.scores.count : numbers.labels.count) - 1)
      let rows = Self.rows(one)
      let mirrored = Array(rows.map { last - $0 }.reversed())
      #expect(
        isClose(RowMetricProbe(one).value(rows), RowMetricProbe(other).value(mirrored)),
        "\(one.definition.entry.id)")
    }
  }

  @Test func valuesAreInTheirRange() {
    for metric in Self.all(Self.numbers, Self.ranked) {
      for seed in 0..<20 {
        let rows = Self.rows(metric, seed: UInt64(seed)).prefix(3 + seed)
        guard let value = RowMetricProbe(metric).answer(Array(rows)).measured.value else { continue }
        let range = metric.definition.range
        let slack = 1e-12
        #expect(value >= range.lowerBound - slack && value <= range.upperBound + slack)
      }
    }
  }

  /// A slice of all rows, a large one and a small one are sorted in three ways.
  @Test(arguments: [400, 200, 12]) func subsetsKeepTheOrder(count: Int) {
    let keys = RegressionMetricTests.sample(seed: 7, count: 400, isWeighted: false, isRounded: true).labels
    var random = SplitMix(seed: 1)
    let subset = (0..<UInt32(400)).shuffled(using: &random).prefix(count).sorted()
    let sorted = RowOrder(ascending: keys).sorted(subset).map { subset[Int($0)] }
    #expect(sorted == subset.sorted { (keys[Int($0)], $0) < (keys[Int($1)], $1) })
  }
}
