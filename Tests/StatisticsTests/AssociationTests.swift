import Statistics
import TestSupport
import Testing

@Suite struct AssociationTests {
  /// IQ and hours of television, the worked example of the English Wikipedia's article on Spearman's ρ: −29/165.
  @Test func spearmanOfAWorkedExample() {
    let iq = Midranks.ranks([106, 100, 86, 101, 99, 103, 97, 113, 112, 110])
    let hours = Midranks.ranks([7, 27, 2, 50, 28, 29, 20, 12, 6, 17])
    #expect(isClose(Association.correlation(iq, hours), -29.0 / 165))
  }

  /// scipy.stats.spearmanr 1.17.1.
  @Test func spearmanWithTies() {
    let x = Midranks.ranks([3, 1, 4, 1, 5, 9, 2, 6, 5, 3])
    let y = Midranks.ranks([2, 7, 1, 8, 2, 8, 1, 8, 2, 8])
    #expect(x == [4.5, 1.5, 6, 1.5, 7.5, 10, 3, 9, 7.5, 4.5])
    #expect(isClose(Association.correlation(x, y), 0.13471506281091267))
  }

  @Test func aConstantHasNoCorrelation() {
    #expect(Association.correlation([1, 1, 1], [1, 2, 3]).isNaN)
    #expect(Association.correlation([], []).isNaN)
  }

  @Test func missingRowsHaveNoRank() {
    let values: [Double] = [2, .nan, 1, 2, -.infinity]
    #expect(Midranks.ascending(values) == [4, 2, 0, 3])
    #expect(Midranks.ranks(values, ascending: Midranks.ascending(values)) == [3.5, 0, 2, 3.5, 1])
  }

  /// By hand after Bergsma 2013 from χ² = 9.597069597069597 (scipy.stats.chi2_contingency 1.17.1, uncorrected) of
  /// the table [[10, 5, 1], [2, 8, 6]]: φ̃² = χ²/32 − 2/31, r̃ − 1 = 1 − 1/31, V = √(φ̃² ⁄ (r̃ − 1)).
  @Test func cramersVOfATable() {
    let phi = 9.597069597069597 / 32
    let expected = ((phi - 2.0 / 31) / (30.0 / 31)).squareRoot()
    #expect(
      isClose(Association.correctedCramersV(phiSquared: phi, rows: 2, columns: 3, count: 32), expected))
  }

  @Test func cramersVAtItsEnds() {
    #expect(Association.correctedCramersV(phiSquared: 0.01, rows: 5, columns: 9, count: 50) == 0)
    #expect(isClose(Association.correctedCramersV(phiSquared: 1, rows: 2, columns: 2, count: 100), 1))
    #expect(Association.correctedCramersV(phiSquared: 4, rows: 100, columns: 5, count: 100) == 0)
    #expect(Association.correctedCramersV(phiSquared: 0, rows: 1, columns: 2, count: 9).isNaN)
  }

  /// H = 2.853801169590639 (scipy.stats.kruskal 1.17.1) of three groups of six: ε² = (H − k + 1)/(n − k).
  @Test func correlationRatioIsTheEffectSizeOfKruskalAndWallis() {
    let groups = [[27.0, 2, 4, 18, 7, 9], [20, 8, 14, 36, 21, 22], [34, 31, 3, 23, 30, 6]]
    let ranks = Midranks.ranks(groups.flatMap { $0 })
    let between = (0..<3).reduce(0.0) { sum, group in
      let part = ranks[(group * 6)..<(group * 6 + 6)].reduce(0, +) - 6 * 9.5
      return sum + part * part / 6
    }
    let total = ranks.reduce(0) { $0 + ($1 - 9.5) * ($1 - 9.5) }
    let value = Association.correctedCorrelationRatio(etaSquared: between / total, groups: 3, count: 18)
    #expect(isClose(value, 0.23857929074567488))
  }

  @Test func correlationRatioAtItsEnds() {
    #expect(Association.correctedCorrelationRatio(etaSquared: 1, groups: 3, count: 9) == 1)
    #expect(Association.correctedCorrelationRatio(etaSquared: 1, groups: 9, count: 9) == 0)
    #expect(Association.correctedCorrelationRatio(etaSquared: 0.1, groups: 30, count: 99) == 0)
    #expect(Association.correctedCorrelationRatio(etaSquared: 0, groups: 1, count: 9).isNaN)
  }
}
