import Fairness
import Metrics
import Results
import Statistics
import TestSupport
import Testing

@testable import Gate

/// Comparisons in which the data choose the groups, held against looking at every pair.
@Suite struct SearchTests {
  private func data(_ count: Int, seed: UInt64) -> Evaluation {
    var random = SplitMix(seed: seed)
    let groups = (0..<count).map { index in
      let rows = Int.random(in: 40...3000, using: &random)
      let rate = Double.random(in: 0.2...0.4, using: &random)
      return GateFixture.Group.selected("g=\(index)", Int(Double(rows) * rate), of: rows)
    }
    return GateFixture.evaluation([(["g"], groups)])
  }

  /// With more groups than are compared one by one, the pairs that matter are still found.
  @Test(arguments: [(12, 1), (60, 2), (90, 3), (140, 4)])
  func theDecisivePairsAreFound(count: Int, seed: Int) throws {
    let data = data(count, seed: UInt64(seed))
    let best = try GateFixture.judge(
      data,
      "{ checks: [{ id: 'x', gap: 'demographic_parity', kind: 'ratio', comparison: 'to_best', slices: 'g', min: 0.8 }] }"
    )
    let numbers = Numbers(data)
    let sides = (1...count).map { numbers.side($0, Metric(.selectionRate)) }
    for item in best.checks[0].items {
      let own = try #require(item.sliceIndex)
      var within = 0.0
      var beyond = 1.0
      for other in sides where other.slice != own {
        let tails = try #require(numbers.tails(Metric(.selectionRate), sides[own - 1], other, .ratio))
        within = max(within, tails(0.8).greater)
        beyond = min(beyond, tails(0.8).less + tails(1.25).less)
      }
      #expect(isClose(item.pWithin ?? -1, within, within: 1e-9), "\(item.slice)")
      let paid = (item.pBeyond ?? -1) / Double(max(1, item.chosenAmong ?? 1))
      #expect(paid <= beyond + 1e-12 || item.pBeyond == 1, "\(item.slice): \(paid) \(beyond)")
    }
  }

  @Test(arguments: [(12, 5), (60, 6), (140, 7)])
  func theWidestPairsAreFound(count: Int, seed: Int) throws {
    let data = data(count, seed: UInt64(seed))
    let found = try GateFixture.judge(
      data, "{ checks: [{ id: 'x', gap: 'demographic_parity', slices: 'g', max: 0.15 }] }")
    let item = try #require(found.checks[0].items.first)
    let numbers = Numbers(data)
    let sides = (1...count).map { numbers.side($0, Metric(.selectionRate)) }
    var within = 0.0
    var beyond = 1.0
    for a in sides.indices {
      for b in sides.indices where b > a {
        let tails = try #require(numbers.tails(Metric(.selectionRate), sides[a], sides[b], .difference))
        let bounds = Bounds(maximum: 0.15).ofSize
        within = max(within, bounds.within(tails))
        beyond = min(beyond, bounds.beyond(tails))
      }
    }
    #expect(isClose(item.pWithin ?? -1, within, within: 1e-9))
    #expect(isClose(item.pBeyond ?? -1, min(1, beyond * Double(count * (count - 1) / 2)), within: 1e-9))
  }

  /// Two rates, one of which decides, are paid for twice.
  @Test func severalRatesArePaidFor() throws {
    let data = GateFixture.evaluation([
      (
        ["g"],
        [.init("g=a", tp: 900, fp: 100, fn: 100, tn: 900), .init("g=b", tp: 900, fp: 140, fn: 100, tn: 860)]
      )
    ])
    func p(_ gap: String) throws -> CheckItem {
      try #require(
        try GateFixture.judge(data, "{ checks: [{ id: 'x', gap: '\(gap)', slices: 'g', max: 0.01 }] }")
          .checks[0].items.first)
    }
    let both = try p("equalized_odds")
    let one = try p("false_positive_rate")
    #expect(both.component == "false_positive_rate")
    #expect(isClose(both.pBeyond ?? -1, 2 * (one.pBeyond ?? -1), within: 1e-15))
    #expect((both.pWithin ?? 0) >= (one.pWithin ?? 1))
  }

  @Test func holmAcrossChecksGivesEachTheSameShare() throws {
    let groups = (0..<10).map { GateFixture.Group.selected("g=\($0)", 300 + $0, of: 1000) }
    let data = GateFixture.evaluation([(["g"], groups)])
    let found = try GateFixture.judge(
      data,
      """
      { checks: [{ id: 'all', metric: 'selection_rate', slices: 'g', max: 0.29 },
                 { id: 'one', metric: 'selection_rate', slices: 'overall', max: 0.29 }] }
      """)
    let all = found.checks[0].items
    let one = found.checks[1].items[0]
    let p = all.map { $0.pBeyond ?? 1 } + [one.pBeyond ?? 1]
    let expected = Multiplicity.weightedHolm(p, weights: all.map { _ in 0.05 } + [0.5])
    #expect(
      zip(all.map { $0.pBeyondAdjusted ?? -1 } + [one.pBeyondAdjusted ?? -1], expected).allSatisfy {
        isClose($0, $1)
      })
  }

  /// Slices that are nearly the same rows need hardly any adjustment; Holm's rule cannot know that.
  @Test func maxTKnowsThatSlicesOverlap() throws {
    let atoms = [("x", "a", 350), ("x", "b", 20), ("y", "a", 3), ("y", "b", 5)]
    let cross = atoms.map {
      GateFixture.Group.selected("f=\($0.0) & g=\($0.1)", $0.2, of: $0.2 > 100 ? 1000 : 60)
    }
    let data = GateFixture.evaluation([
      (["f", "g"], cross), (["f"], [.selected("f=x", 370, of: 1060), .selected("f=y", 8, of: 120)]),
      (["g"], [.selected("g=a", 353, of: 1060), .selected("g=b", 25, of: 120)]),
    ])
    func adjusted(_ correction: String) throws -> [Double] {
      let checks = ["f=x", "g=a", "f=x & g=a"].enumerated().map {
        "{ id: 'c\($0.offset)', metric: 'selection_rate', slices: '\($0.element)', max: 0.32 }"
      }
      return try GateFixture.judge(
        data, "{ correction: '\(correction)', checks: [\(checks.joined(separator: ","))] }"
      )
      .checks.map { $0.items[0].pBeyondAdjusted ?? -1 }
    }
    let (holm, maxT) = (try adjusted("holm"), try adjusted("max_t"))
    #expect(zip(maxT, holm).allSatisfy { $0 <= $1 + 1e-12 })
    #expect(maxT[2] < 0.75 * holm[2], "\(maxT) \(holm)")
    #expect(try adjusted("max_t") == maxT, "the same draws every time")
  }

  @Test func maxTSaysWhereThereAreTooManyGroups() throws {
    let groups = (0...MaxTAdjustment.mostGroups).map { GateFixture.Group.selected("g=\($0)", 30, of: 100) }
    let data = GateFixture.evaluation([(["g"], groups)])
    func judged(_ correction: String) throws -> Judgement {
      try GateFixture.judge(
        data,
        "{ correction: '\(correction)', checks: [{ id: 'x', metric: 'selection_rate', slices: 'g', max: 0.25 }] }"
      )
    }
    let (holm, maxT) = (try judged("holm"), try judged("max_t"))
    #expect(maxT.correction == .holm && maxT.checks == holm.checks)
    #expect(holm.notes.isEmpty && maxT.notes.contains { $0.contains("Holm's rule was used") })
  }
}
