import Metrics
import Results
import Testing

@testable import Gate

@Suite struct ChangeTests {
  private let worse = #"{ checks: [{ id: "x", metric: "accuracy", slices: "g", change: { max: 0.02 } }] }"#

  private func accuracy(_ groups: (Int, Int)...) -> Evaluation {
    GateFixture.evaluation([
      (
        ["g"],
        groups.enumerated().map { .init("g=\($0.offset)", tp: $0.element.0, fn: $0.element.1 - $0.element.0) }
      )
    ])
  }

  @Test func theDirectionOfBetterIsTheMetrics() throws {
    let before = accuracy((9000, 10_000))
    let after = accuracy((8500, 10_000))
    let worsened = try GateFixture.judge(after, worse, baseline: before)
    #expect(worsened.verdict == .fail)
    #expect(abs((worsened.checks[0].items[0].value ?? 0) - 0.05) < 1e-12, "harm is positive")
    #expect(try GateFixture.judge(before, worse, baseline: after).verdict == .pass)
    let errors =
      #"{ checks: [{ id: "x", metric: "false_negative_rate", slices: "g", change: { max: 0.02 } }] }"#
    #expect(try GateFixture.judge(after, errors, baseline: before).verdict == .fail)
    #expect(try GateFixture.judge(before, errors, baseline: after).verdict == .pass)
    let neutral = #"{ checks: [{ id: "x", metric: "selection_rate", slices: "g", change: { max: 0.02 } }] }"#
    #expect(try GateFixture.judge(after, neutral, baseline: before).verdict == .fail)
    #expect(try GateFixture.judge(before, neutral, baseline: after).verdict == .fail)
  }

  @Test func smallSamplesDoNotDecide() throws {
    let found = try GateFixture.judge(accuracy((17, 20)), worse, baseline: accuracy((18, 20)))
    #expect(found.verdict == .inconclusive)
    #expect(found.baseline == Judgement.Baseline(name: "baseline.json", sha256: "b", isPaired: false))
  }

  @Test func aSliceThatTheBaselineLacksIsInconclusive() throws {
    let found = try GateFixture.judge(
      accuracy((900, 1000), (900, 1000)), worse, baseline: accuracy((900, 1000)))
    #expect(found.checks[0].items[1].reason == "the baseline has no such slice")
    #expect(found.checks[0].items[1].verdict == .inconclusive)
  }

  /// TFMA divides by the baseline, gets NaN at 0 and fails whatever the direction; a negative baseline turns
  /// its sign around. Ours says that it is undefined.
  @Test func relativeChangeFromZeroIsUndefined() throws {
    let zero = GateFixture.evaluation([(["g"], [.init("g=0", tp: 500, tn: 500)])])
    let some = GateFixture.evaluation([(["g"], [.init("g=0", tp: 450, fn: 50, tn: 500)])])
    let policy =
      #"{ checks: [{ id: "x", metric: "fnr", slices: "g", change: { max: 0.1, relative: true } }] }"#
    for candidate in [zero, some] {
      let item = try GateFixture.judge(candidate, policy, baseline: zero).checks[0].items[0]
      #expect(item.verdict == .inconclusive && item.reason == "relative change from 0 is undefined")
    }
    #expect(try GateFixture.judge(some, policy, baseline: some).checks[0].items[0].value == 0)
  }

  @Test func relativeChangeIsAShareOfTheBaseline() throws {
    let policy =
      #"{ checks: [{ id: "x", metric: "accuracy", slices: "g", change: { max: 0.03, relative: true } }] }"#
    let found = try GateFixture.judge(
      accuracy((85_000, 100_000)), policy, baseline: accuracy((90_000, 100_000)))
    #expect(found.verdict == .fail)
    #expect(abs((found.checks[0].items[0].value ?? 0) - 0.05 / 0.9) < 1e-12)
  }

  /// With joint counts the test is paired: 40 rows got worse and 10 better among 10,000, which two
  /// independent samples could not tell.
  @Test func pairedRowsAreComparedAsPairs() throws {
    var data = GateFixture.evaluation([(["g"], [.init("g=0", tp: 8970, fn: 1030)])])
    // TP: baseline right 8,960, wrong 10; FN: baseline right 40, wrong 990.
    data.slices.baselineCells = [8960, 10, 0, 0, 40, 990, 0, 0, 8960, 10, 0, 0, 40, 990, 0, 0]
    let names = ["accuracy", "false_negative_rate"]
    data.paired = PairedColumns(
      name: "score_old",
      columns: names.map {
        .init(
          metric: $0, baseline: $0 == "accuracy" ? [0.9, 0.9] : [0.1, 0.1], standardError: [0.0007, 0.0007])
      })
    let strict = #"{ checks: [{ id: "x", metric: "accuracy", slices: "g", change: { max: 0 } }] }"#
    let item = try GateFixture.judge(data, strict).checks[0].items[0]
    #expect(item.verdict == .fail)
    #expect(abs((item.value ?? 0) - 0.003) < 1e-12)
    #expect(item.flips == CheckItem.Flips(better: 10, worse: 40, toPositive: 10, toNegative: 40))
    // McNemar's exact one-sided p-value of 40 against 10 is 1.19e-5 (binomial).
    #expect((item.pBeyond ?? 1) < 1e-4)
    let unpaired = try GateFixture.judge(
      GateFixture.evaluation([(["g"], [.init("g=0", tp: 8970, fn: 1030)])]), strict,
      baseline: GateFixture.evaluation([(["g"], [.init("g=0", tp: 9000, fn: 1000)])]))
    #expect(unpaired.verdict == .inconclusive)
  }

  // MARK: ratchet

  private let ratchet =
    #"{ ratchet: true, checks: [{ id: "dp", gap: "demographic_parity", slices: "g", max: 0.5 }] }"#

  @Test func aRatchetFailsWhatGotWorseAlthoughItIsWithinTheBound() throws {
    let before = GateFixture.selection(("a", 3000, 10_000), ("b", 3100, 10_000))
    let after = GateFixture.selection(("a", 3000, 10_000), ("b", 3600, 10_000))
    let found = try GateFixture.judge(after, ratchet, baseline: before)
    #expect(found.checks.map(\.id) == ["dp", "dp (ratchet)"])
    #expect(found.checks.map(\.verdict) == [.pass, .fail])
    #expect(abs((found.checks[1].items[0].value ?? 0) - 0.05) < 1e-12)
    #expect(try GateFixture.judge(before, ratchet, baseline: after).verdict == .pass)
  }

  @Test func aRatchetLetsNoisePass() throws {
    let before = GateFixture.selection(("a", 300, 1000), ("b", 310, 1000))
    let after = GateFixture.selection(("a", 300, 1000), ("b", 320, 1000))
    let found = try GateFixture.judge(after, ratchet, baseline: before)
    #expect(found.checks[1].verdict == .pass)
    #expect(found.checks[1].isRatchet)
  }

  @Test func aRatchetOfGapsAgainstAReferenceAndOfValues() throws {
    let policy = """
      { ratchet: true, checks: [
        { id: "ref", gap: "demographic_parity", comparison: "to_reference", reference: "a", slices: "g", max: 0.5 },
        { id: "all", gap: "demographic_parity", kind: "ratio", comparison: "to_overall", slices: "g", min: 0.1 },
        { id: "best", gap: "demographic_parity", kind: "ratio", comparison: "to_largest", slices: "g", min: 0.1 },
        { id: "value", metric: "accuracy", slices: "g", min: 0.1 } ] }
      """
    let before = GateFixture.selection(("a", 3000, 10_001), ("b", 3100, 10_000))
    let after = GateFixture.selection(("a", 3000, 10_001), ("b", 4200, 10_000))
    let found = try GateFixture.judge(after, policy, baseline: before)
    #expect(found.checks.count == 8)
    #expect(found.checks.suffix(4).map(\.verdict) == [.fail, .fail, .fail, .fail])
    let same = try GateFixture.judge(before, policy, baseline: before)
    #expect(
      same.checks.suffix(4).allSatisfy { $0.verdict == .pass },
      "\(same.checks.suffix(4).flatMap { check in check.items.map { (check.id, $0.verdict, $0.reason ?? "") } })"
    )
  }

  @Test func withoutABaselineARatchetIsAnError() throws {
    #expect(throws: Failure.self) {
      try GateFixture.judge(GateFixture.selection(("a", 1, 2), ("b", 1, 2)), ratchet)
    }
  }
}
