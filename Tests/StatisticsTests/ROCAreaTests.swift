import Statistics
import TestSupport
import Testing

@Suite struct ROCAreaTests {
  private struct Case {
    var scores: [Double]
    var labels: [UInt8]
    var weights: [Double]?
  }

  private func made(_ seed: UInt64, weighted: Bool) -> Case {
    var random = KeyedRandom(seed: seed, key: "rows")
    return Case(
      scores: (0..<40).map { _ in Double(random.integer(below: 12)) },
      labels: (0..<40).map { $0 < 2 ? UInt8($0) : UInt8(random.integer(below: 2)) },
      weights: weighted ? (0..<40).map { _ in Double(random.integer(below: 4)) } : nil)
  }

  private func concordance(_ positive: Double, _ negative: Double) -> Double {
    positive > negative ? 1 : positive == negative ? 0.5 : 0
  }

  @Test(arguments: [UInt64(1), 2, 3, 4], [false, true])
  func theAreaCountsPairs(seed: UInt64, weighted: Bool) throws {
    let rows = made(seed, weighted: weighted)
    var (sum, all) = (0.0, 0.0)
    for i in rows.scores.indices where rows.labels[i] == 1 {
      for j in rows.scores.indices where rows.labels[j] == 0 {
        let weight = (rows.weights?[i] ?? 1) * (rows.weights?[j] ?? 1)
        sum += weight * concordance(rows.scores[i], rows.scores[j])
        all += weight
      }
    }
    let area = try #require(ROCArea(rows.scores, labels: rows.labels, weights: rows.weights))
    #expect(isClose(area.value, sum / all))
  }

  /// Rows that are units of their own give DeLong's variance but for the small-sample factors; copies of rows in one
  /// unit give that of the rows.
  @Test func unitsAreTheObservations() throws {
    let rows = made(5, weighted: false)
    let area = try #require(ROCArea(rows.scores, labels: rows.labels))
    let alone = try #require(area.variance(units: (0..<40).map { Int32($0) }))
    #expect(abs(alone / (try #require(area.variance())) - 1) < 0.05)
    let twice = try #require(ROCArea(rows.scores + rows.scores, labels: rows.labels + rows.labels))
    #expect(isClose(try #require(twice.variance(units: (0..<80).map { Int32($0 % 40) })), alone))
  }

  @Test func whatCannotBeEstimatedIsNone() throws {
    #expect(ROCArea([1, 2], labels: [1, 1]) == nil)
    #expect(ROCArea([1, 2], labels: [1, 0], weights: [1, 0]) == nil)
    #expect(ROCArea([], labels: []) == nil)
    let tiny = try #require(ROCArea([1, 2, 3], labels: [1, 0, 0]))
    #expect(tiny.variance() == nil)
    #expect(tiny.variance(units: [0, 0, 0]) == nil)
  }
}
