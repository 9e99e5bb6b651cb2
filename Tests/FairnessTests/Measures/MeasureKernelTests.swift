import Foundation
import Statistics
import TestSupport
import Testing

@testable import Fairness

/// One-walk kernels against the same from all pairs, or from sorting everything.
struct MeasureKernelTests {
  private static func group(_ name: String, _ seed: UInt64, _ count: Int, weighted: Bool)
    -> AreaBetweenCurves.Group
  {
    var random = SplitMix(seed: seed)
    let scores = (0..<count).map { _ in Double(random.next() % 23) / 22 }.sorted()
    let labels = scores.map { _ in UInt8(random.next() % 2) }
    let weights = scores.map { _ in Double(random.next() % 4) + 0.5 }
    return AreaBetweenCurves.Group(name, scores: scores, labels: labels, weights: weighted ? weights : nil)
  }

  @Test(arguments: [false, true]) func `Areas across groups`(weighted: Bool) throws {
    for seed in 1..<12 as Range<UInt64> {
      let (a, b) = (
        Self.group("a", seed, 40, weighted: weighted), Self.group("b", seed + 50, 60, weighted: weighted)
      )
      let (rows, others) = (CrossGroupArea.Rows(a, label: 1), CrossGroupArea.Rows(b, label: 0))
      let found = try #require(CrossGroupArea(positives: rows, negatives: others))
      let whole = try #require(
        ROCArea(
          rows.scores + others.scores,
          labels: rows.scores.map { _ in 1 } + others.scores.map { _ in 0 },
          weights: weighted ? (rows.weights ?? []) + (others.weights ?? []) : nil))
      #expect(isClose(found.value, whole.value, within: 1e-12))
      #expect(isClose(found.variance ?? .nan, whole.variance() ?? .nan, within: 1e-12))
      let value = CrossGroupArea.difference(focal: a, reference: b, level: 0.95).value.value
      let other = ScoreDistance.crossGroupAreaDifference(focal: a, reference: b).value
      #expect(isClose(value ?? .nan, other ?? .nan, within: 1e-12))
      let curves = AreaBetweenCurves.area(
        AreaBetweenCurves.Curve(a, isAscending: true), AreaBetweenCurves.Curve(b, isAscending: true))
      #expect(isClose(curves.value ?? .nan, AreaBetweenCurves.area(a, b).value ?? .nan, within: 1e-12))
    }
  }

  /// Whole weights are repeated rows.
  @Test func `Distances of distributions`() throws {
    for seed in 1..<12 as Range<UInt64> {
      var random = SplitMix(seed: seed)
      let (a, b) = (
        (0..<15).map { _ in Double(random.next() % 9) }.sorted(),
        (0..<20).map { _ in Double(random.next() % 12) }.sorted()
      )
      let weights = a.map { _ in Double(1 + random.next() % 3) }
      let repeated = zip(a, weights).flatMap { Array(repeating: $0, count: Int($1)) }
      let found = try #require(DistributionGap(a, weights: weights, b))
      #expect(isClose(found.wasserstein, ScoreDistance.wasserstein(repeated, b).value ?? .nan, within: 1e-12))
      let largest = (a + b).map { t in
        abs(
          Double(repeated.count { $0 <= t }) / Double(repeated.count)
            - Double(b.count { $0 <= t }) / Double(b.count))
      }.max()
      #expect(isClose(found.largest, largest ?? .nan, within: 1e-12))
    }
    #expect(DistributionGap([], [1]) == nil)
  }

  @Test func `Limits of magnitudes and folded ratios`() {
    var random = SplitMix(seed: 2)
    func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    for _ in 0..<200 {
      let (a, b) = (4 * unit() - 2, 4 * unit() - 2)
      let limits = Interval(lower: min(a, b), upper: max(a, b))
      let ratio = Interval(lower: exp(limits.lower), upper: exp(limits.upper))
      for step in 0...20 {
        let x = limits.lower + Double(step) / 20 * limits.width
        #expect(limits.magnitude.lower - 1e-12 <= abs(x) && abs(x) <= limits.magnitude.upper + 1e-12)
        let r = min(exp(x), exp(-x))
        #expect(ratio.folded.lower - 1e-12 <= r && r <= ratio.folded.upper + 1e-12)
      }
    }
  }

  /// Cohen's d by hand: (1, 2, 3) and (3, 4, 8).
  @Test func `Standardised difference`() throws {
    let gap = MeanGap(
      try #require(MeanGap.Group([1, 2, 3])), try #require(MeanGap.Group([3, 4, 8], weights: [1, 1, 1])))
    let pooled = ((1.0 + 0 + 1) + (4 + 1 + 9)) / 4
    #expect(
      isClose(gap.standardized(level: 0.95).value.value ?? .nan, -3 / pooled.squareRoot(), within: 1e-12))
    #expect(MeanGap.Group([]) == nil)
  }
}
