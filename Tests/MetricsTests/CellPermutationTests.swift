import Statistics
import TestSupport
import Testing

@testable import Metrics

struct CellPermutationTests {
  private static func groups(_ cells: [[Int]], _ metric: BinaryMetric = .f1) throws -> [CellStatistic] {
    try cells.map { cells in
      try #require(
        CellStatistic(
          metric,
          OutcomeCounts(
            truePositives: cells[0], falsePositives: cells[1], falseNegatives: cells[2],
            trueNegatives: cells[3])))
    }
  }

  /// The share of all assignments of rows to two groups whose Q is as large: F1 of the cells plus ½, with its variance by derivatives
  /// that are written out here.
  @Test func drawsComeNearAllAssignments() throws {
    let cells = [[3, 1, 0, 2], [1, 2, 3, 1]]
    let outcomes = cells.flatMap { group in (0..<4).flatMap { [Int](repeating: $0, count: group[$0]) } }
    func estimate(_ counts: [Int]) -> (value: Double, variance: Double) {
      let c = counts.map { Double($0) + 0.5 }
      let below = 2 * c[0] + c[1] + c[2]
      let slopes = [
        2 * (c[1] + c[2]) / (below * below), -2 * c[0] / (below * below), -2 * c[0] / (below * below),
      ]
      return (2 * c[0] / below, slopes.indices.reduce(0) { $0 + slopes[$1] * slopes[$1] * c[$1] })
    }
    func distance(_ chosen: UInt32) -> Double {
      var counts = [[0, 0, 0, 0], [0, 0, 0, 0]]
      for (row, outcome) in outcomes.enumerated() {
        counts[chosen >> UInt32(row) & 1 == 1 ? 0 : 1][outcome] += 1
      }
      let (a, b) = (estimate(counts[0]), estimate(counts[1]))
      return (a.value - b.value) * (a.value - b.value) / (a.variance + b.variance)
    }
    let observed = distance((1 << 6) - 1) - 1e-9
    let all = (UInt32(0)..<(1 << 13)).filter { $0.nonzeroBitCount == 6 }
    let expected = Double(all.count { distance($0) >= observed }) / Double(all.count)
    let drawn = try #require(
      CellPermutation(replicates: 20_000, random: KeyedRandom(seed: 2, key: "x")).p(Self.groups(cells)))
    #expect(abs(drawn - expected) < 0.012, "\(drawn) \(expected)")
  }

  /// 100 rows a group, ten groups, two positives in ten: Cochran's Q rejects one such sample in ten at a nominal 0.05.
  @Test(arguments: [BinaryMetric.f1, .mcc, .balancedAccuracy])
  func size(metric: BinaryMetric) throws {
    let sampler = MultinomialSampler(probabilities: [0.12, 0.08, 0.08, 0.72])
    let random = KeyedRandom(seed: 12, key: "samples")
    var small = 0
    for run in 0..<200 {
      var stream = random.stream(UInt64(run))
      let cells = (0..<10).map { _ in
        var cells = [0, 0, 0, 0]
        sampler.draw(trials: 100, into: &cells, using: &stream)
        return cells
      }
      let test = CellPermutation(replicates: 99, random: KeyedRandom(seed: UInt64(run), key: "test"))
      if try #require(test.p(Self.groups(cells, metric))) <= 0.05 { small += 1 }
    }
    #expect(small >= 2 && small <= 20, "\(small) of 200")
  }

  @Test func gapsAreFound() throws {
    let groups = try Self.groups([[30, 5, 5, 60], [10, 15, 25, 50]])
    let found = CellPermutation(replicates: 499, random: KeyedRandom(seed: 1, key: "x")).p(groups)
    #expect(try #require(found) <= 0.004)
    #expect(CellPermutation.leastExpected(groups) == 10)
    #expect(CellPermutation(replicates: 9, random: KeyedRandom(seed: 1, key: "x")).p([groups[0]]) == nil)
  }
}
