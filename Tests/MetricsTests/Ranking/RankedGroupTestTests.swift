import Foundation
import TestSupport
import Testing

@testable import Metrics

/// FA*IR's minimum targets and their adjustment.
struct RankedGroupTestTests {
  /// Zehlike et al. (2017), table of example values of m(k) for α = 0.1, not adjusted, k = 1 … 12.
  @Test(arguments: [
    (0.1, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), (0.2, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]),
    (0.3, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2]), (0.4, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3]),
    (0.5, [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4]), (0.6, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
    (0.7, [0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6]),
  ])
  func `The paper's table`(_ share: Double, _ targets: [Int]) {
    #expect(RankedGroupTest.targets(length: 12, share: share, significance: 0.1) == targets)
  }

  /// What FairSearch's own tests hold of it (fairsearch-fair-python, tests/test_fair.py): a table, not adjusted; the
  /// adjusted one with its fail probability.
  private struct Published {
    let length: Int
    let share: Double
    let level: Double
    let unadjusted: [Int]
    let adjusted: [Int]
    let fails: Double
  }

  private static let published = [
    Published(
      length: 10, share: 0.2, level: 0.15, unadjusted: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1],
      adjusted: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1], fails: 0.13421772800000065),
    Published(
      length: 20, share: 0.25, level: 0.1,
      unadjusted: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3],
      adjusted: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2], fails: 0.10515247355215251),
    Published(
      length: 30, share: 0.3, level: 0.05,
      unadjusted: [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5,
      ],
      adjusted: [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4,
      ], fails: 0.04877730797178359),
  ]

  @Test func `FairSearch's tables`() {
    for one in Self.published {
      let targets = RankedGroupTest.targets(length: one.length, share: one.share, significance: one.level)
      #expect(targets == one.unadjusted)
      let fails = RankedGroupTest.failProbability(one.adjusted, share: one.share)
      #expect(isClose(fails, one.fails, within: 1e-12))
      // FairSearch takes the nearest table; one that more than `level` of fair lists fail is none here.
      let own = RankedGroupTest(length: one.length, share: one.share, level: one.level)
      #expect(own.failProbability <= one.level)
      #expect((own.targets == one.adjusted) == (one.fails <= one.level), "\(one.length)")
    }
    // α_c of 0.078125 makes FairSearch's table of the second.
    #expect(
      RankedGroupTest.targets(length: 20, share: 0.25, significance: 0.07812500000000001)
        == Self.published[1].adjusted)
  }

  /// Every list of up to 11 places, with its chance.
  @Test func `Fail probabilities of all lists`() {
    for (length, share, level) in [(4, 0.5, 0.1), (7, 0.6, 0.2), (9, 0.45, 0.1), (11, 0.7, 0.05)] {
      let test = RankedGroupTest(length: length, share: share, level: level)
      var (failed, unadjusted) = (0.0, 0.0)
      let loose = RankedGroupTest.targets(length: length, share: share, significance: level)
      for list in 0..<(1 << length) {
        let places = (0..<length).filter { list >> $0 & 1 == 1 }
        let chance = pow(share, Double(places.count)) * pow(1 - share, Double(length - places.count))
        if !test.passes(places) { failed += chance }
        func fails(_ targets: [Int]) -> Bool {
          targets.enumerated().contains { last, target in places.count { $0 <= last } < target }
        }
        #expect(test.passes(places) == !fails(test.targets))
        if fails(loose) { unadjusted += chance }
      }
      #expect(isClose(test.failProbability, failed, within: 1e-12))
      #expect(isClose(RankedGroupTest.failProbability(loose, share: share), unadjusted, within: 1e-12))
      #expect(failed <= level)
    }
  }

  /// No significance makes a table that is stricter and still holds the level.
  @Test func `The strictest table`() {
    for (length, share, level) in [(15, 0.3, 0.1), (40, 0.5, 0.1), (60, 0.15, 0.05), (25, 0.8, 0.15)] {
      let test = RankedGroupTest(length: length, share: share, level: level)
      #expect(
        RankedGroupTest.targets(length: length, share: share, significance: test.significance) == test.targets
      )
      var next = test.significance
      for step in 1...2000 {
        let significance = level * Double(step) / 2000
        let targets = RankedGroupTest.targets(length: length, share: share, significance: significance)
        let fails = RankedGroupTest.failProbability(targets, share: share)
        if fails <= level { next = max(next, significance) }
        #expect(fails > level || zip(targets, test.targets).allSatisfy { $0 <= $1 })
      }
      #expect(
        RankedGroupTest.targets(length: length, share: share, significance: next) == test.targets)
    }
  }

  @Test func `Lists that cannot fail`() {
    let short = RankedGroupTest(length: 5, share: 0.3)
    #expect(!short.canFail && short.significance == 0 && short.failProbability == 0)
    #expect(short.passes([]) && short.passes([4]))
    #expect(RankedGroupTest(length: 7, share: 0.3).canFail)
    #expect(!RankedGroupTest(length: 7, share: 0.3).passes([7, 8]))
  }
}
