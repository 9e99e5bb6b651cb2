import Results
import Testing

@testable import Gate

@Suite struct WaiverTests {
  private let policy = """
    { maximum_waiver_days: 60, checks: [
      { id: "dp", gap: "demographic_parity", comparison: "to_reference", reference: "a", slices: "g", max: 0.1 },
      { id: "range", gap: "demographic_parity", slices: "g", max: 0.1 } ] }
    """
  private let data = GateFixture.selection(("a", 6000, 10_000), ("b", 4000, 10_000), ("c", 5900, 10_000))

  private func waiver(
    check: String = "dp", slice: String = "g=b", accepted: String = "0.25", expires: String = "2026-03-20"
  ) -> String {
    "{ check: '\(check)', slice: '\(slice)', accepted: \(accepted), owner: 'ada', reason: 'until retraining', "
      + "created: '2026-02-01', expires: '\(expires)' }"
  }

  private func judge(_ waivers: String..., asOf: String = "2026-03-01") throws -> Judgement {
    try GateFixture.judge(
      data, policy, waivers: "{ waivers: [\(waivers.joined(separator: ","))] }", asOf: asOf)
  }

  @Test func withoutWaiversBothFail() throws {
    let found = try GateFixture.judge(data, policy)
    #expect(found.checks.map(\.verdict) == [.fail, .fail])
    #expect(found.asOf == nil, "no date where none matters")
  }

  @Test func aWaivedFailureCountsAsPassedAndShowsItsAge() throws {
    let found = try judge(waiver(), waiver(check: "range", slice: "g"))
    #expect(found.checks.map(\.verdict) == [.waived, .waived])
    #expect(found.verdict == .pass && found.exitCode == 0)
    #expect(found.waivers.map(\.status) == [.applied, .applied])
    #expect(found.waivers[0].age == 28 && found.waivers[0].remaining == 19)
    #expect(found.checks[0].items.first { $0.slice == "g=b" }?.waiver == 0)
    #expect(found.asOf == "2026-03-01")
  }

  @Test func worseThanAcceptedFails() throws {
    let found = try judge(waiver(accepted: "0.19"), waiver(check: "range", slice: "all", accepted: "0.2"))
    #expect(found.checks.map(\.verdict) == [.fail, .waived])
    #expect(found.waivers.map(\.status) == [.exceeded, .applied])
    #expect(found.exitCode == 1)
    #expect(found.notes.contains { $0.contains("accepts 0.19") })
  }

  @Test func theLastDayIsTheDayItExpires() throws {
    #expect(try judge(waiver(), asOf: "2026-03-20").checks[0].verdict == .waived)
    let after = try judge(waiver(), asOf: "2026-03-21")
    #expect(after.checks[0].verdict == .fail)
    #expect(after.waivers[0].status == .expired && after.waivers[0].remaining == -1)
    #expect(after.notes.contains { $0.contains("expired on 2026-03-20") })
  }

  @Test func unknownAndIdleWaiversAreTold() throws {
    let found = try judge(waiver(check: "gone"), waiver(slice: "g=zz"), waiver(slice: "g=c"))
    #expect(found.waivers.map(\.status) == [.unmatched, .unmatched, .idle])
    #expect(found.notes.filter { $0.contains("matches no check and group") }.count == 2)
    #expect(found.notes.contains { $0.contains("is not needed") })
  }

  @Test func aWaiverOfOneGroupDoesNotCoverAnother() throws {
    let more = GateFixture.selection(("a", 6000, 10_000), ("b", 4000, 10_000), ("c", 3000, 10_000))
    let found = try GateFixture.judge(more, policy, waivers: "{ waivers: [\(waiver())] }")
    #expect(found.checks[0].verdict == .fail)
    #expect(found.checks[0].items.map(\.verdict) == [.waived, .fail])
  }

  @Test(arguments: [
    ("{}", "no list of waivers"),
    ("{ waivers: [{ check: 'dp' }] }", "has no “created”"),
    ("{ waivers: [{ chek: 'dp' }] }", "Did you mean “check”?"),
    ("2026-13-01", "a day"), ("2026-02-30", "a day"), ("1.3.2026", "a day"), ("2026-01-31", "before the day"),
    ("2026-05-01", "the policy allows 60"),
  ])
  func mistakesAreNamed(text: String, expected: String) {
    let full = text.hasPrefix("{") ? text : "{ waivers: [\(waiver(expires: text))] }"
    do {
      _ = try GateFixture.judge(data, policy, waivers: full)
      Issue.record("no error")
    } catch {
      let failure = error as? Failure
      let message = "\(failure?.message ?? "") \(failure?.advice ?? "")"
      #expect(failure?.kind == .data && message.contains(expected), "\(message)")
    }
  }

  @Test func aWaiverFromTheFutureIsAnError() {
    #expect(throws: Failure.self) { try judge(waiver(), asOf: "2026-01-01") }
  }

  @Test func daysCountAsTheCalendarDoes() throws {
    #expect(try #require(Day("2024-03-01")).number - (try #require(Day("2024-02-28")).number) == 2)
    #expect(Day("2026-03-01")?.text == "2026-03-01")
    #expect(Day("2023-02-29") == nil && Day("26-01-01") == nil && Day("2026-1-01") == nil)
  }
}
