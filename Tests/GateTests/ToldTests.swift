import Results
import Testing

@testable import Gate

/// What a reader is told besides the verdicts, and in which order.
@Suite struct ToldTests {
  private let data = GateFixture.selection(("a", 6000, 10_000), ("b", 4000, 10_000), ("c", 3000, 10_000))

  @Test func aNameThatNoGroupHasIsTold() throws {
    let found = try GateFixture.judge(
      data,
      """
      { checks: [
        { id: "dp", gap: "demographic_parity", slices: "g", max: 0.5, exclude: ["Unknwn", "b", "g=c"] } ] }
      """)
    #expect(found.notes == ["The check “dp” excludes “Unknwn”, and no group is called that."])
    #expect(found.checks[0].excluded.map(\.group) == ["g=b", "g=c"])
  }

  @Test func byValueTheWorstIsTheFurthestBeyond() throws {
    let found = try GateFixture.judge(
      data,
      """
      { checks: [{ id: "dp", gap: "demographic_parity", kind: "ratio", comparison: "to_best", slices: "g",
        min: 0.8, evidence: "point" }] }
      """)
    #expect(found.checks[0].worst?.slice == "g=c")
    #expect(found.checks[0].worstFirst.map(\.slice) == ["g=c", "g=b", "g=a"])
  }

  /// Not the one that a hash happens to put first.
  @Test func ofSeveralMistakesTheFirstKeyIsNamed() {
    #expect {
      try GateFixture.judge(data, "{ seed: -1, ratchet: 3, correction: 'x', level: 7, checks: [{}] }")
    } throws: { ($0 as? Failure)?.message.contains("level") ?? false }
  }

  /// A gap between rates is at most 1: what could be found only beyond is not promised.
  @Test func nothingImpossibleIsSaidToBeFound() throws {
    let few = GateFixture.selection(("a", 3, 5), ("b", 2, 5))
    let found = try GateFixture.judge(
      few, "{ checks: [{ id: 'dp', gap: 'demographic_parity', slices: 'g', max: 0.7 }] }")
    #expect(found.checks[0].verdict == .inconclusive)
    #expect(found.checks[0].items[0].value != nil && found.checks[0].items[0].detectable == nil)
  }
}
