import TestSupport
import Testing

@testable import Statistics

@Suite struct AreaCovarianceTests {
  private struct Rows {
    var scores: [Double]
    var others: [Double]
    var labels: [UInt8]

    init(_ seed: UInt64, count: Int = 60) {
      var random = SplitMix(seed: seed)
      scores = (0..<count).map { _ in Double(Int.random(in: 0..<20, using: &random)) }
      others = scores.map { $0 + Double(Int.random(in: 0..<20, using: &random)) }
      labels = (0..<count).map { _ in UInt8(Int.random(in: 0...1, using: &random)) }
    }

    func area(_ rows: [Int32]) throws -> ROCArea {
      try #require(
        ROCArea(rows.map { scores[Int($0)] }, labels: rows.map { labels[Int($0)] }))
    }
  }

  @Test func theCovarianceWithItselfIsTheVariance() throws {
    let rows = Rows(1)
    let area = try #require(ROCArea(rows.scores, labels: rows.labels))
    #expect(isClose(try #require(area.covariance(with: area)), try #require(area.variance())))
    let units = (0..<60).map { Int32($0 / 3) }
    #expect(
      isClose(
        try #require(area.covariance(with: area, units: units)), try #require(area.variance(units: units))))
  }

  /// Slices that share rows, by the definition: products of the components of the rows in both.
  @Test func overlappingSlicesShareTheirRows() throws {
    let rows = Rows(2)
    let (first, second) = ((0..<40).map { Int32($0) }, (15..<60).map { Int32($0) })
    let (a, b) = (try rows.area(first), try rows.area(second))
    func components(_ slice: [Int32], _ area: Double) -> [Int32: Double] {
      var found: [Int32: Double] = [:]
      for row in slice {
        let own = rows.labels[Int(row)]
        let against = slice.filter { rows.labels[Int($0)] != own }
        let won = against.reduce(0.0) { sum, other in
          let (x, y) = (rows.scores[Int(row)], rows.scores[Int(other)])
          return sum + (x == y ? 0.5 : (x > y) == (own == 1) ? 1 : 0)
        }
        found[row] = won / Double(against.count) - area
      }
      return found
    }
    let (left, right) = (components(first, a.value), components(second, b.value))
    var expected = 0.0
    for label in [UInt8(0), 1] {
      let sizes = [first, second].map { slice in Double(slice.count { rows.labels[Int($0)] == label }) }
      let shared = first.filter { rows.labels[Int($0)] == label && second.contains($0) }
      let sum = shared.reduce(0.0) { $0 + (left[$1] ?? 0) * (right[$1] ?? 0) }
      let factor = (sizes[0] / (sizes[0] - 1) * sizes[1] / (sizes[1] - 1)).squareRoot()
      expected += sum / (sizes[0] * sizes[1]) * factor
    }
    #expect(isClose(try #require(a.covariance(with: b, rows: first, otherRows: second)), expected))
    #expect(isClose(try #require(b.covariance(with: a, rows: second, otherRows: first)), expected))
    let apart = (40..<60).map { Int32($0) }
    #expect(try #require(a.covariance(with: rows.area(apart), rows: first, otherRows: apart)) == 0)
  }

  /// Drawn samples: the covariance of a slice's area with that of all rows is what many draws show.
  @Test func theCovarianceIsThatOfDraws() throws {
    var (sumA, sumB, products, claimed) = (0.0, 0.0, 0.0, 0.0)
    let runs = 2000
    let slice = (0..<40).map { Int32($0) }
    let all = (0..<100).map { Int32($0) }
    for run in 0..<runs {
      var random = KeyedRandom(seed: UInt64(run), key: "overlap")
      var rows = Rows(1, count: 100)
      rows.labels = (0..<100).map { UInt8($0 % 2) }
      rows.scores = rows.labels.map { random.normal() + Double($0) }
      let (a, b) = (try rows.area(slice), try rows.area(all))
      sumA += a.value
      sumB += b.value
      products += a.value * b.value
      claimed += try #require(a.covariance(with: b, rows: slice, otherRows: all))
    }
    let n = Double(runs)
    let actual = products / n - sumA / n * (sumB / n)
    #expect(abs(claimed / n / actual - 1) < 0.12)
  }

  @Test func theSameScoresDoNotDiffer() throws {
    let rows = Rows(3)
    let area = try #require(ROCArea(rows.scores, labels: rows.labels))
    let none = try #require(AreaDifference(paired: area, area))
    #expect(none.value == 0 && none.variance < 1e-17)
    let other = try #require(ROCArea(rows.others, labels: rows.labels))
    let found = try #require(AreaDifference(paired: area, other))
    let (va, vb) = (try #require(area.variance()), try #require(other.variance()))
    #expect(found.variance > 0 && found.variance < va + vb)
    #expect(AreaDifference(value: 0.1, variance: 0).test == nil)
    #expect(AreaDifference(value: 0.1, variance: 0).interval(level: 0.95) == nil)
  }
}
