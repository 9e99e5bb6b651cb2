import Metrics
import Results
import Statistics
import TestSupport
import Testing

@testable import Fairness

/// Which test of "all groups alike" stands where.
struct HomogeneityChoiceTests {
  private func side(_ index: Int, _ selected: Int, _ rows: Int, weight: Double = 1) -> Side {
    let cells = [0, selected, 0, rows - selected]
    let counts = OutcomeCounts(
      rows: cells, weights: cells.map { Double($0) * weight },
      squaredWeights: cells.map { Double($0) * weight * weight * 1.5 })
    return Table.side(
      "g\(index)", index,
      weight == 1
        ? OutcomeCounts(
          truePositives: 0, falsePositives: selected, falseNegatives: 0, trueNegatives: rows - selected)
        : counts)
  }

  private let pairs = PairComparer(knownLevel: 0.95)

  /// Few rows: every table is weighed, and draws come close.
  @Test func fewRowsAreTestedExactly() throws {
    let sides = [side(1, 1, 8), side(2, 4, 9), side(3, 0, 6)]
    let found = try #require(
      RangeComparer(pairs: pairs, seed: 1).homogeneity(Metric(.selectionRate), sides))
    #expect(found.name == "exact permutation test of the range")
    let drawn = HomogeneityTest.permutationRange(
      successes: [1, 4, 0], trials: [8, 9, 6], replicates: 100_000, random: KeyedRandom(seed: 1, key: "x"))
    #expect(abs(found.p - drawn) < 0.006)
  }

  @Test func manyRowsAreDrawn() throws {
    let sides = [side(1, 3, 4000), side(2, 0, 900), side(3, 1, 1200)]
    let found = try #require(
      RangeComparer(pairs: pairs, seed: 1).homogeneity(Metric(.selectionRate), sides))
    #expect(found.name == "permutation test of the range")
  }

  @Test func weightedRatesAskForRowsOnlyWhereCountsAreSmall() throws {
    let comparer = RangeComparer(pairs: pairs, seed: 1) { _, _ in 0.25 }
    let small = [side(1, 1, 9, weight: 2), side(2, 5, 12, weight: 2)]
    #expect(comparer.homogeneity(Metric(.selectionRate), small)?.name == "studentised permutation test")
    let large = [side(1, 90, 200, weight: 2), side(2, 70, 150, weight: 2)]
    #expect(comparer.homogeneity(Metric(.selectionRate), large)?.name == "Pearson's chi-squared test")
    // Without rows, what there was before.
    let blind = RangeComparer(pairs: pairs, seed: 1)
    #expect(blind.homogeneity(Metric(.selectionRate), small)?.name == "Pearson's chi-squared test")
  }

  /// A function of the outcomes is permuted while a cell is small, and left to Cochran's Q where none is.
  @Test func compositesArePermutedWhileCellsAreSmall() throws {
    let comparer = RangeComparer(pairs: pairs, seed: 1) { _, _ in 0.25 }
    let small = Table.family([("a", [20, 9, 8, 63]), ("b", [24, 8, 6, 62])]).groups
    #expect(comparer.homogeneity(Metric(.f1), small)?.name == "studentised permutation test of outcomes")
    let large = Table.family([("a", [200, 90, 80, 630]), ("b", [240, 80, 60, 620])]).groups
    #expect(comparer.homogeneity(Metric(.f1), large)?.name == "Cochran's Q test")
    let again = comparer.homogeneity(Metric(.mcc), small)?.p
    #expect(again == comparer.homogeneity(Metric(.mcc), small)?.p && (again ?? 0) > 0.05)
  }

  /// Few units ask for the test over units, whatever the metric; many do not.
  @Test func unitsArePermutedWhileTheyAreFew() throws {
    let comparer = RangeComparer(pairs: pairs, seed: 1) { _, _ in 0.25 }
    let metric = Metric(BinaryMetric.selectionRate.entry)
    func sides(_ units: Int) -> [Side] {
      [0.4, 0.5, 0.45].enumerated().map { index, value in
        var estimate = Estimate(
          value: value, denominator: 500, weight: 500, effectiveCount: 200, status: .ok)
        estimate.standardError = 0.035
        return Side(name: "g\(index)", slice: index, rows: 500, estimates: [metric: estimate], units: units)
      }
    }
    #expect(comparer.homogeneity(metric, sides(40))?.name == "studentised permutation test over units")
    #expect(comparer.homogeneity(metric, sides(400))?.name == "Pearson's chi-squared test")
  }
}
