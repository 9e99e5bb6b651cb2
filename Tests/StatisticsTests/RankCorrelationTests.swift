import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite struct RankCorrelationTests {
  private static func drawn(_ seed: UInt64, count: Int, values: Int) -> ([Double], [Double]) {
    var random = SplitMix(seed: seed)
    let x = (0..<count).map { _ in Double(Int.random(in: 0..<values, using: &random)) }
    return (x, x.map { $0 * 0.3 + Double(Int.random(in: 0..<values, using: &random)) })
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5], [4, 9, 10_000])
  func kendallCountsPairs(seed: UInt64, values: Int) throws {
    let (x, y) = Self.drawn(seed, count: 45, values: values)
    var (excess, discordant, tiesX, tiesY) = (0, 0, 0, 0)
    for i in x.indices {
      for j in x.indices where j > i {
        let sign = (x[i] - x[j]) * (y[i] - y[j])
        excess += sign > 0 ? 1 : sign < 0 ? -1 : 0
        discordant += sign < 0 ? 1 : 0
        tiesX += x[i] == x[j] ? 1 : 0
        tiesY += y[i] == y[j] ? 1 : 0
      }
    }
    let tau = try #require(KendallTau(x, y))
    #expect(tau.excess == excess && tau.discordant == discordant && tau.ties == (tiesX, tiesY))
    let pairs = 45 * 44 / 2
    let root = (Double(pairs - tiesX) * Double(pairs - tiesY)).squareRoot()
    #expect(isClose(tau.tauB, Double(excess) / root))
  }

  /// All orders of seven values.
  @Test func theExactPValueCountsOrders() throws {
    let order = [2.0, 1, 4, 3, 7, 5, 6]
    let sorted = (1...7).map { Double($0) }
    let observed = try #require(KendallTau(sorted, order))
    var (far, all) = (0, 0)
    func visit(_ chosen: [Double]) {
      guard chosen.count < 7 else {
        all += 1
        if let tau = KendallTau(sorted, chosen), abs(tau.excess) >= abs(observed.excess) { far += 1 }
        return
      }
      for value in sorted where !chosen.contains(value) { visit(chosen + [value]) }
    }
    visit([])
    #expect(all == 5040)
    #expect(isClose(try #require(observed.exactP), Double(far) / 5040))
    #expect(observed.pValue == observed.exactP)
  }

  @Test(arguments: [UInt64(6), 7], [5, 100_000])
  func spearmanIsTheCorrelationOfRanks(seed: UInt64, values: Int) {
    let (x, y) = Self.drawn(seed, count: 60, values: values)
    let ranks = Association.correlation(Midranks.ranks(x), Midranks.ranks(y))
    #expect(isClose(RankCorrelation.spearman(x, y), ranks))
    #expect(RankCorrelation.spearman(x.reversed(), y.reversed()) == RankCorrelation.spearman(x, y))
    #expect(isClose(RankCorrelation.spearman(x, y.map { -$0 }), -ranks))
    #expect(RankCorrelation.spearman(x.map { exp($0 / 1e5) }, y) == RankCorrelation.spearman(x, y))
  }

  @Test func perfectAndConstant() throws {
    let x = (0..<10).map { Double($0) }
    #expect(RankCorrelation.spearman(x, x) == 1 && RankCorrelation.pValue(1, count: 10) == 0)
    let same = try #require(KendallTau(x, x))
    let back = try #require(KendallTau(x, x.reversed()))
    #expect(same.tauB == 1 && back.tauB == -1 && same.tauC == 1)
    // One order of 10! and its mirror.
    #expect(isClose(try #require(same.exactP), 2 / 3_628_800, within: 1e-18))
    let constant = try #require(KendallTau(x, x.map { _ in 1 }))
    #expect(constant.tauB.isNaN && constant.tauC.isNaN && constant.pValue == nil)
    #expect(constant.interval(level: 0.95) == nil)
    #expect(KendallTau([1], [1]) == nil && RankCorrelation.pValue(0.5, count: 2) == nil)
    #expect(RankCorrelation.pearsonInterval(0.5, count: 3, level: 0.95) == nil)
    #expect(RankCorrelation.pearsonInterval(.nan, count: 9, level: 0.95) == nil)
  }

  /// Fieller, Hartley & Pearson (1957) and Bonett & Wright (2000): Spearman's interval is wider than Pearson's, Kendall's narrower.
  @Test func intervalsHoldTheValue() throws {
    let (x, y) = Self.drawn(11, count: 80, values: 1000)
    let tau = try #require(KendallTau(x, y))
    let rho = RankCorrelation.spearman(x, y)
    let (a, b) = (
      try #require(RankCorrelation.pearsonInterval(rho, count: 80, level: 0.95)),
      try #require(RankCorrelation.spearmanInterval(rho, count: 80, level: 0.95))
    )
    #expect(b.lower < a.lower && b.upper > a.upper && a.contains(rho))
    #expect(try #require(tau.interval(level: 0.95)).contains(tau.tauB))
  }

  /// Many values, beside what ρ says of τ in normal samples (Kendall 1970).
  @Test func manyValues() throws {
    let (x, y) = Self.drawn(12, count: 100_000, values: 1 << 40)
    let tau = try #require(KendallTau(x, y))
    // Of two normal-like sums τ lies near 2/π·asin ρ.
    let rho = Association.correlation(x, y)
    #expect(abs(tau.tauB - 2 / Double.pi * asin(rho)) < 0.05)
  }
}
