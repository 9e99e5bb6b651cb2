import Foundation
import Results
import Slicing
import Tables
import TestSupport
import Testing

@testable import Metrics

/// The kernels against the definition, over masked rows of random tables.
struct KernelTests {
  struct Fixture {
    var rows: [Oracle.Row] = []
    var sex: [String?] = []
    var race: [String?] = []

    /// Ties in every third table, weights of zero among others, missing values and crosses without rows.
    init(seed: UInt64, count: Int, isWeighted: Bool) {
      var random = SplitMix(seed: seed)
      for _ in 0..<count {
        var score = Double.random(in: 0...1, using: &random)
        if seed % 3 == 0 { score = (score * 8).rounded() / 8 }
        if seed % 3 == 1 { score = (score * 1e6).rounded() / 1e6 }
        let label = Double.random(in: 0...1, using: &random) < score
        let weights = [0, 0.25, 1, 3.7, 1200]
        let weight = isWeighted ? weights[Int.random(in: 0..<5, using: &random)] : 1
        rows.append(.init(label: label, decision: score >= 0.5, score: score, weight: weight))
        let sexes: [String?] = ["F", "M", nil]
        sex.append(sexes[Int.random(in: 0..<3, using: &random)])
        let races = ["a", "b", "c", "d"]
        race.append(races[Int.random(in: 0..<(sex.last == "F" ? 3 : 4), using: &random)])
      }
    }

    func observations(isWeighted: Bool) -> Observations {
      Observations(
        labels: rows.map { $0.label ? 1 : 0 }, decisions: rows.map { $0.decision ? 1 : 0 },
        scores: rows.map(\.score), weights: isWeighted ? rows.map(\.weight) : nil)
    }

    func table() -> Table {
      func column(_ name: String, _ values: [String?]) -> Column {
        let categories = Set(values.compactMap { $0 }).sorted()
        return .category(
          CategoryColumn(
            name: name,
            codes: values.map { value in
              value.flatMap { categories.firstIndex(of: $0) }.map(Int32.init) ?? CategoryColumn.missing
            },
            categories: categories, missingCount: values.count { $0 == nil }))
      }
      return Table(
        rowCount: rows.count, columns: [column("sex", sex), column("race", race)],
        origin: RowOrigin(source: "test", stretches: []))
    }
  }

  @Test(arguments: 0..<24)
  func everyMetricOfEverySlice(seed: Int) throws {
    let isWeighted = seed % 2 == 1
    let fixture = Fixture(seed: UInt64(seed), count: [1, 7, 40, 180][seed % 4], isWeighted: isWeighted)
    let specs = try ["sex", "race", "sex*race"].map { try SliceSpec(parsing: $0) }
    let plan = try SlicePlan(specs, of: fixture.table())
    let tallier = Tallier(
      fixture.observations(isWeighted: isWeighted), groupings: plan.groupings, calibrationBins: 10)
    for family in plan.families {
      let tally = tallier.tally(family)
      for group in family.shown {
        let name = plan.predicate(family, group: group)
        let oracle = Oracle(rows: mask(fixture, plan, family, group))
        for metric in BinaryMetric.allCases {
          let estimate = Sample.estimate(metric, tally.slice(group))
          let expected = oracle.value(metric)
          #expect(
            isClose(estimate.value ?? .nan, expected ?? .nan, within: 1e-11), "\(name) \(metric.id)")
          let empty = oracle.rows.isEmpty
          #expect(estimate.status != .ok || expected != nil)
          #expect((estimate.status == .empty) == empty, "\(name) \(metric.id)")
          if let lower = estimate.lower, let upper = estimate.upper, let value = estimate.value {
            #expect(lower <= value + 1e-12 && value <= upper + 1e-12 && lower < upper, "\(name) \(metric.id)")
          }
        }
      }
    }
  }

  private func mask(
    _ fixture: Fixture, _ plan: SlicePlan, _ family: SlicePlan.Family, _ group: Int
  ) -> [Oracle.Row] {
    let digits = family.digits(of: group)
    return fixture.rows.indices.filter { row in
      zip(family.features, digits).allSatisfy { Int(plan.groupings[$0].codes[row]) == $1 }
    }.map { fixture.rows[$0] }
  }

  /// Sums that every row enters with weight 1 do not depend on the order of the rows.
  @Test func rowOrderDoesNotMatter() throws {
    let fixture = Fixture(seed: 4, count: 400, isWeighted: false)
    var shuffled = fixture
    var random = SplitMix(seed: 9)
    shuffled.rows.shuffle(using: &random)
    let first = try Sample.overall(fixture.observations(isWeighted: false))
    let second = try Sample.overall(shuffled.observations(isWeighted: false))
    for metric in BinaryMetric.allCases {
      #expect(Sample.estimate(metric, first) == Sample.estimate(metric, second), "\(metric.id)")
    }
  }

  /// Unit weights give what no weights give.
  @Test func unitWeightsChangeNothing() throws {
    let fixture = Fixture(seed: 7, count: 200, isWeighted: false)
    let plain = try Sample.overall(fixture.observations(isWeighted: false))
    let weighted = try Sample.overall(fixture.observations(isWeighted: true))
    for metric in BinaryMetric.allCases {
      let a = Sample.estimate(metric, plain)
      let b = Sample.estimate(metric, weighted)
      #expect(isClose(a.value ?? .nan, b.value ?? .nan), "\(metric.id)")
      #expect(isClose(a.lower ?? .nan, b.lower ?? .nan, within: 1e-9), "\(metric.id)")
      #expect(isClose(a.standardError ?? .nan, b.standardError ?? .nan, within: 1e-9), "\(metric.id)")
    }
  }

  /// DeLong's covariance of a slice with the whole: products of components over the intersection.
  @Test(arguments: [false, true])
  func covarianceWithTheWhole(isWeighted: Bool) throws {
    var fixture = Fixture(seed: 5, count: 150, isWeighted: isWeighted)
    for row in fixture.rows.indices { fixture.rows[row].weight = max(0.25, fixture.rows[row].weight) }
    let plan = try SlicePlan([SliceSpec(parsing: "race")], of: fixture.table())
    let tallier = Tallier(
      fixture.observations(isWeighted: isWeighted), groupings: plan.groupings, calibrationBins: 10)
    let whole = tallier.tally(plan.families[0]).slice(0)
    let all = Oracle(rows: fixture.rows)
    let allArea = try #require(all.area)
    for group in plan.families[1].shown {
      let slice = tallier.tally(plan.families[1]).slice(group)
      let oracle = Oracle(rows: mask(fixture, plan, plan.families[1], group))
      let area = try #require(oracle.area)
      let (own, shared) = (oracle.components(oracle), oracle.components(all))
      func part(_ label: Bool, _ mine: [Double], _ theirs: [Double]) -> Double {
        let weights = oracle.rows.filter { $0.label == label }.map(\.weight)
        let sum = weights.indices.reduce(0.0) {
          $0 + weights[$1] * weights[$1] * (mine[$1] - area) * (theirs[$1] - allArea)
        }
        return sum / weights.reduce(0, +) / all.sum { $0.label == label }
      }
      let expected = part(true, own.positive, shared.positive) + part(false, own.negative, shared.negative)
      let found = slice.score?.covariance(
        .rocAUC, counts: slice.counts, whole: try #require(whole.score), wholeCounts: whole.counts)
      #expect(isClose(found ?? .nan, expected), "group \(group)")
    }
  }

  /// The influence function's variance of average precision against the delete-one jackknife.
  @Test func averagePrecisionVariance() throws {
    let fixture = Fixture(seed: 2, count: 300, isWeighted: false)
    let tally = try Sample.overall(fixture.observations(isWeighted: false))
    let found = try #require(tally.score?.averagePrecisionVariance)
    let leftOut = fixture.rows.indices.compactMap { row -> Double? in
      var rest = fixture.rows
      rest.remove(at: row)
      return Oracle(rows: rest).averagePrecision
    }
    let mean = leftOut.reduce(0, +) / 300
    let jackknife = leftOut.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * 299 / 300
    #expect(abs(found / jackknife - 1) < 0.05)
  }

  /// Large and negative scores, with the margin's metrics only.
  @Test func rankingScores() throws {
    let scores = [-3.5, 1e6, 0.25, -3.5, 17, -0.0, 0.0, 12.5]
    let labels: [UInt8] = [0, 1, 1, 1, 0, 1, 0, 1]
    let tally = try Sample.overall(
      Observations(
        labels: labels, decisions: scores.map { $0 > 0 ? 1 : 0 }, scores: scores,
        scoresAreProbabilities: false))
    let oracle = Oracle(
      rows: scores.indices.map {
        .init(label: labels[$0] == 1, decision: scores[$0] > 0, score: scores[$0], weight: 1)
      })
    for metric in [BinaryMetric.rocAUC, .averagePrecision, .meanScore] {
      #expect(isClose(Sample.estimate(metric, tally).value ?? .nan, oracle.value(metric) ?? .nan))
    }
  }

  @Test func radixSortIsStableAndTotal() {
    var random = SplitMix(seed: 3)
    for round in 0..<20 {
      let keys = (0..<500).map { _ -> Double in
        switch round % 4 {
        case 0: Double(Int.random(in: -9...9, using: &random))
        case 1: (Double.random(in: 0...1, using: &random) * 1e8).rounded() / 1e8
        case 2: Double.random(in: -1e300...1e300, using: &random)
        default: Double.random(in: 0...1, using: &random)
        }
      }
      let expected = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
      #expect(RadixSort.order(keys).map(Int.init) == expected)
    }
  }
}
