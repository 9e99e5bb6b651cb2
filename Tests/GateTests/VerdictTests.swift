import Results
import Testing

@testable import Gate

@Suite struct VerdictTests {
  private func only(_ judgement: Judgement) throws -> CheckResult {
    #expect(judgement.checks.count == 1)
    return try #require(judgement.checks.first)
  }

  @Test func aClearBreachFailsAndNamesTheGroups() throws {
    let data = GateFixture.selection(("a", 600, 1000), ("b", 300, 1000))
    let found = try GateFixture.judge(
      data, #"{ checks: [{ id: "dp", gap: "demographic_parity", slices: "g", max: 0.1 }] }"#)
    let check = try only(found)
    let item = try #require(check.items.first)
    #expect(found.verdict == .fail && found.exitCode == 1)
    #expect(item.slice == "g=b" && item.reference == "g=a", "the smaller value, against the larger")
    #expect(abs((item.value ?? 0) - 0.3) < 1e-12)
    #expect((item.limit ?? 0) > 0.1, "the limit behind a failure lies beyond the bound")
    #expect((item.pBeyondAdjusted ?? 1) < 1e-6 && (item.pWithin ?? 0) > 0.9)
  }

  @Test func closeGroupsPassWhereTheyAreLargeAndAreInconclusiveWhereTheyAreSmall() throws {
    let policy = #"{ checks: [{ id: "dp", gap: "demographic_parity", slices: "g", max: 0.1 }] }"#
    let large = try GateFixture.judge(GateFixture.selection(("a", 3000, 10_000), ("b", 3100, 10_000)), policy)
    #expect(large.verdict == .pass && large.exitCode == 0)
    #expect((try only(large).items[0].limit ?? 1) <= 0.1)
    let small = try GateFixture.judge(GateFixture.selection(("a", 9, 30), ("b", 10, 30)), policy)
    let item = try #require(try only(small).items.first)
    #expect(small.verdict == .inconclusive && small.exitCode == 3)
    #expect((item.needed ?? 0) > 30)
    #expect((item.detectable ?? 0) > 0.1)
  }

  @Test func boundsAreInclusive() throws {
    // 0.35 − 0.3 is 0.04999999999999999 and 0.3 − 0.25 is 0.04999999999999999; 0.8 of 0.3 is not exactly 0.24.
    let policy =
      #"{ checks: [{ id: "c", gap: "demographic_parity", kind: "ratio", slices: "g", min: 0.8, evidence: "point" }] }"#
    #expect(
      try GateFixture.judge(GateFixture.selection(("a", 300, 1000), ("b", 240, 1000)), policy).verdict
        == .pass)
    #expect(
      try GateFixture.judge(GateFixture.selection(("a", 300, 1000), ("b", 239, 1000)), policy).verdict
        == .fail)
    let gap =
      #"{ checks: [{ id: "c", gap: "demographic_parity", slices: "g", max: 0.05, evidence: "point" }] }"#
    #expect(
      try GateFixture.judge(GateFixture.selection(("a", 350, 1000), ("b", 300, 1000)), gap).verdict == .pass)
    #expect(
      try GateFixture.judge(GateFixture.selection(("a", 1050, 10_000), ("b", 550, 10_000)), gap).verdict
        == .pass)
  }

  @Test func emptyAndUndefinedGroupsNeverPass() throws {
    let data = GateFixture.evaluation([
      (["g"], [.init("g=a", tp: 500, fp: 10, fn: 10, tn: 500), .init("g=b", fp: 10, tn: 500), .init("g=c")])
    ])
    let check = try only(
      try GateFixture.judge(data, #"{ checks: [{ id: "t", metric: "tpr", slices: "g", min: 0.1 }] }"#))
    #expect(check.verdict == .inconclusive)
    #expect(check.items.map(\.verdict) == [.pass, .inconclusive, .inconclusive])
    #expect(check.items.map(\.reason) == [nil, "no positives", "no rows"])
  }

  @Test func groupsBelowTheMinimumAreInconclusiveUnlessTheyAreLeftOut() throws {
    let data = GateFixture.selection(("a", 3000, 10_000), ("b", 3100, 10_000), ("c", 1, 20))
    let kept = try GateFixture.judge(
      data, #"{ checks: [{ id: "c", gap: "demographic_parity", slices: "g", max: 0.1, minimum_n: 100 }] }"#)
    #expect(kept.verdict == .inconclusive)
    #expect(
      try only(kept).items.contains { $0.slice == "g=c" && $0.reason == "20 rows, below the minimum of 100" })
    let left = try GateFixture.judge(
      data,
      #"{ checks: [{ id: "c", gap: "demographic_parity", slices: "g", max: 0.1, minimum_n: 100, below_minimum: "exclude" }] }"#
    )
    #expect(left.verdict == .pass)
    #expect(try only(left).excluded.map(\.group) == ["g=c"])
  }

  @Test func aSmallGroupDoesNotHideABreachAmongTheOthers() throws {
    let data = GateFixture.selection(("a", 6000, 10_000), ("b", 3100, 10_000), ("c", 1, 20))
    let found = try GateFixture.judge(
      data, #"{ checks: [{ id: "c", gap: "demographic_parity", slices: "g", max: 0.1, minimum_n: 100 }] }"#)
    #expect(found.verdict == .fail)
  }

  @Test func warningsNeverFail() throws {
    let data = GateFixture.selection(("a", 600, 1000), ("b", 300, 1000))
    let found = try GateFixture.judge(
      data,
      #"{ checks: [{ id: "dp", gap: "demographic_parity", slices: "g", max: 0.1, severity: "warning" }] }"#)
    #expect(found.verdict == .pass && found.exitCode == 0)
    #expect(found.checks[0].verdict == .fail)
  }

  @Test(arguments: [
    (nil, "", 3), (Judgement.Folding.pass, "", 0), (.fail, "", 1), (.pass, #", inconclusive: "fail""#, 1),
    (.fail, #", inconclusive: "pass""#, 0), (nil, #", inconclusive: "pass""#, 0),
  ])
  func inconclusiveCanBeFolded(folding: Judgement.Folding?, own: String, status: Int) throws {
    let found = try GateFixture.judge(
      GateFixture.selection(("a", 9, 30), ("b", 10, 30)),
      "{ checks: [{ id: \"dp\", gap: \"demographic_parity\", slices: \"g\", max: 0.1\(own) }] }",
      folding: folding)
    #expect(found.checks[0].verdict == .inconclusive, "folding changes what it counts as, not what it is")
    #expect(found.exitCode == status)
  }

  @Test func worstAndBestGroup() throws {
    let data = GateFixture.selection(("a", 900, 1000), ("b", 500, 1000), ("c", 100, 1000))
    func verdict(_ check: String) throws -> (Verdict, String?) {
      let found = try GateFixture.judge(
        data, "{ checks: [{ id: \"x\", metric: \"selection_rate\", slices: \"g\", \(check) }] }")
      return (found.verdict, found.checks[0].items.first?.slice)
    }
    #expect(try verdict("groups: \"worst\", min: 0.3") == (.fail, "g=c"))
    #expect(try verdict("groups: \"worst\", min: 0.05") == (.pass, "g=c"))
    #expect(try verdict("groups: \"best\", min: 0.8") == (.pass, "g=a"))
    #expect(try verdict("groups: \"best\", min: 0.95") == (.fail, "g=a"))
  }

  @Test func aCountOfGroups() throws {
    let data = GateFixture.selection(("a", 900, 1000), ("b", 500, 1000), ("c", 100, 1000), ("d", 6, 20))
    func verdict(_ allowed: Int) throws -> Verdict {
      try GateFixture.judge(
        data,
        "{ checks: [{ id: \"x\", metric: \"selection_rate\", slices: \"g\", min: 0.3, max_groups: \(allowed) }] }"
      ).verdict
    }
    #expect(try verdict(0) == .fail)
    #expect(try verdict(1) == .inconclusive, "c breaks it, d cannot be told")
    #expect(try verdict(2) == .pass)
  }

  @Test func everyGroupIsItemised() throws {
    let data = GateFixture.selection(("a", 900, 1000), ("b", 880, 1000))
    let check = try only(
      try GateFixture.judge(
        data, #"{ checks: [{ id: "x", metric: "selection_rate", slices: ["overall", "g"], min: 0.3 }] }"#))
    #expect(check.items.map(\.slice) == ["overall", "g=a", "g=b"])
    #expect(check.items.allSatisfy { $0.verdict == .pass && $0.limit != nil })
  }
}

@Suite struct LimitTests {
  /// The limit behind a verdict lies on the verdict's side of the bound, in every kind of comparison.
  @Test(arguments: [
    "kind: 'ratio', comparison: 'to_best', min: 0.8", "kind: 'ratio', comparison: 'to_largest', min: 0.8",
    "comparison: 'to_best', max: 0.1", "comparison: 'to_overall', max: 0.05",
    "comparison: 'to_complement', max: 0.1",
    "comparison: 'to_reference', reference: 'a', max: 0.1", "kind: 'ratio', min: 0.8", "max: 0.1",
    "comparison: 'to_reference', reference: 'a', signed: true, min: -0.1, max: 0.1",
    "kind: 'ratio', comparison: 'to_reference', reference: 'a', tau: 0.8",
    "kind: 'ratio', comparison: 'to_overall', min: 0.8",
  ])
  func limitsLieOnTheVerdictsSide(check: String) throws {
    let data = GateFixture.selection(
      ("a", 30_000, 60_000), ("b", 14_000, 40_000), ("c", 4950, 10_000), ("d", 5600, 10_000), ("e", 430, 1000)
    )
    let found = try GateFixture.judge(
      data, "{ checks: [{ id: 'x', gap: 'demographic_parity', slices: 'g', \(check) }] }"
    ).checks[0]
    let verdicts = Set(found.items.map(\.verdict))
    #expect(verdicts.contains(.fail))
    for item in found.items where item.verdict != .inconclusive {
      let limit = try #require(item.limit, "\(item.slice)")
      let bounds = Bounds(minimum: found.minimum, maximum: found.maximum)
      #expect(bounds.contains(limit) == (item.verdict == .pass), "\(item.slice) \(item.verdict) \(limit)")
      #expect((item.limitAlpha ?? 1) <= 0.05)
    }
  }

  /// Drawn again at the size that an inconclusive check asks for, most runs are decided.
  @Test func theSizeThatIsAskedForDecides() throws {
    let policy = "{ checks: [{ id: 'x', metric: 'selection_rate', slices: 'g=a', min: 0.7 }] }"
    let item = try GateFixture.judge(GateFixture.selection(("a", 150, 200)), policy).checks[0].items[0]
    let needed = try #require(item.needed)
    #expect(item.verdict == .inconclusive && needed > 200 && needed < 1000)
    var random = SystemSeed(state: 7)
    var decided = 0
    for _ in 0..<300 {
      let k = (0..<needed).reduce(0) { count, _ in count + (random.uniform() < 0.75 ? 1 : 0) }
      decided +=
        try GateFixture.judge(GateFixture.selection(("a", k, needed)), policy).verdict == .pass ? 1 : 0
    }
    #expect((0.7...0.9).contains(Double(decided) / 300), "\(decided) of 300 decided with \(needed) rows")
  }
}

/// A small generator for draws in tests.
struct SystemSeed {
  var state: UInt64

  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }
}
