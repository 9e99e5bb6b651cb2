import Foundation
import Metrics
import Statistics
import TestSupport
import Testing

@testable import Fairness

/// How often the intervals of measures hold the truth, where it is known: 95 % of the time, or more where limits hold at
/// once for several groups. Seeds are fixed.
struct MeasureIntervalTests {
  /// A group's rows by label and decision, drawn.
  private struct Population {
    let name: String
    let size: Int
    /// TP, FP, FN, TN.
    let cells: [Double]

    func draw(_ random: inout SplitMix) -> GroupCounts {
      var rows = [0, 0, 0, 0]
      for _ in 0..<size {
        var left = Double(random.next() >> 11) * 0x1p-53
        var cell = 0
        while cell < 3, left >= cells[cell] {
          left -= cells[cell]
          cell += 1
        }
        rows[cell] += 1
      }
      return GroupCounts(
        name, truePositives: rows[0], falsePositives: rows[1], falseNegatives: rows[2], trueNegatives: rows[3]
      )
    }

    /// What the measure is of very many rows.
    var truth: GroupCounts {
      let rows = cells.map { Int(($0 * 1e9).rounded()) }
      return GroupCounts(
        name, truePositives: rows[0], falsePositives: rows[1], falseNegatives: rows[2], trueNegatives: rows[3]
      )
    }
  }

  private static let focal = Population(name: "f", size: 150, cells: [0.25, 0.15, 0.2, 0.4])
  private static let reference = Population(name: "r", size: 220, cells: [0.3, 0.1, 0.1, 0.5])
  private static let runs = 600

  /// The share of runs in which the limits hold the truth.
  private static func coverage(
    seed: UInt64, truth: Double, _ limits: (inout SplitMix) -> Interval?
  ) -> Double {
    var random = SplitMix(seed: seed)
    var held = 0
    for _ in 0..<runs {
      if let limits = limits(&random), limits.contains(truth) { held += 1 }
    }
    return Double(held) / Double(runs)
  }

  /// Three Monte-Carlo errors below 95 %.
  private static let least = 0.95 - 3 * (0.95 * 0.05 / Double(runs)).squareRoot()

  @Test(
    arguments: FairnessMeasure.all.filter { $0.family == .pair }.map(\.id) + ["equalized_odds_difference"])
  func `Measures of a pair`(_ id: String) throws {
    let measure = try #require(FairnessMeasure.all.first { $0.id == id })
    let whole = GroupPair(focal: Self.focal.truth, reference: Self.reference.truth)
    guard let truth = whole.number(measure, level: 0.95)?.value.value else {
      // Of a metric, which is named beside it.
      #expect([FairnessMeasure.differenceToReference, .ratioToReference].contains(measure))
      return
    }
    // Sizes are drawn too where they are what is measured.
    guard measure != .classImbalance else { return }
    let found = Self.coverage(seed: 17, truth: truth) { random in
      GroupPair(focal: Self.focal.draw(&random), reference: Self.reference.draw(&random))
        .number(measure, level: 0.95)?.limits
    }
    #expect(found >= Self.least, "\(id): \(found)")
  }

  /// Where groups are alike, limits of what cannot be negative reach 0.
  @Test func `Absolute differences reach 0`() {
    let found = Self.coverage(seed: 5, truth: 0) { random in
      GroupPair(focal: Self.focal.draw(&random), reference: Self.focal.draw(&random))
        .number(.averageAbsoluteOddsDifference, level: 0.95)?.limits
    }
    #expect(found >= Self.least, "\(found)")
  }

  private static let strata = [
    (
      Population(name: "f", size: 60, cells: [0.25, 0.15, 0.2, 0.4]),
      Population(name: "r", size: 80, cells: [0.2, 0.3, 0.1, 0.4])
    ),
    (
      Population(name: "f", size: 90, cells: [0.1, 0.1, 0.3, 0.5]),
      Population(name: "r", size: 50, cells: [0.15, 0.15, 0.2, 0.5])
    ),
    (
      Population(name: "f", size: 30, cells: [0.3, 0.3, 0.2, 0.2]),
      Population(name: "r", size: 100, cells: [0.4, 0.3, 0.1, 0.2])
    ),
  ]

  private static func comparison(_ random: inout SplitMix) -> StratifiedComparison {
    StratifiedComparison(
      strata.enumerated().map {
        StratifiedComparison.Stratum(
          "s\($0)", focal: $1.0.draw(&random), reference: $1.1.draw(&random))
      })
  }

  @Test func `Pooled and standardised differences`() {
    for measure in [FairnessMeasure.pooledDifference, .standardizedDifference] {
      var (sum, total) = (0.0, 0.0)
      for (focal, reference) in Self.strata {
        let (n, m) = (Double(focal.size), Double(reference.size))
        let weight = measure == .pooledDifference ? n * m / (n + m) : n + m
        sum += weight * (focal.cells[0] + focal.cells[1] - reference.cells[0] - reference.cells[1])
        total += weight
      }
      let found = Self.coverage(seed: 23, truth: sum / total) { random in
        Self.comparison(&random).difference(measure, level: 0.95).limits
      }
      #expect(found >= Self.least, "\(measure.id): \(found)")
    }
  }

  /// Groups alike in every stratum: a ratio of 1, and p-values that are uniform.
  @Test func `Pooled ratios of alike groups`() {
    func draw(_ random: inout SplitMix) -> StratifiedComparison {
      StratifiedComparison(
        Self.strata.enumerated().map {
          let twin = Population(name: "r", size: $1.1.size, cells: $1.0.cells)
          return StratifiedComparison.Stratum(
            "s\($0)", focal: $1.0.draw(&random), reference: twin.draw(&random))
        })
    }
    let ratio = Self.coverage(seed: 3, truth: 1) { draw(&$0).ratio(level: 0.95).limits }
    let odds = Self.coverage(seed: 4, truth: 1) { draw(&$0).oddsRatio(level: 0.95).limits }
    #expect(ratio >= Self.least && odds >= Self.least, "\(ratio) \(odds)")
    var random = SplitMix(seed: 8)
    let tests = (0..<Self.runs).compactMap { _ in draw(&random).homogeneity.p }
    #expect(abs(Double(tests.count { $0 < 0.05 }) / Double(tests.count) - 0.05) < 0.03)
  }

  @Test func `Differential fairness reaches 0`() {
    let found = Self.coverage(seed: 41, truth: 0) { random in
      let groups = (0..<5).map { _ in Self.reference.draw(&random) }
      let shares = groups.compactMap { BinaryMetric.selectionRate.rate?.share(of: $0.counts) }
      return DifferentialFairness.limits(shares, level: 0.95)
    }
    #expect(found >= Self.least, "\(found)")
  }
}
