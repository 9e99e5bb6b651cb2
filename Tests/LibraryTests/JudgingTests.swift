import FairSlice
import Foundation
import TestSupport
import Testing

@Suite struct JudgingTests {
  static let policy = """
    { checks: [
      { id: "auc", metric: "roc_auc", slices: "overall", min: 0.8, evidence: "point" },
      { id: "recall", metric: "true_positive_rate", slices: "sex", min: 0.9, evidence: "point", note: "why" },
    ] }
    """

  @Test func aPolicyOfTextJudges() throws {
    let findings = try SmallTable.findings()
    #expect(findings.judgement == nil)
    let judgement = try #require(try findings.judged(by: GateOptions(policyText: Self.policy)).judgement)
    #expect(judgement.verdict == .fail && judgement.exitCode == 1)
    #expect(judgement.checks.map(\.id) == ["auc", "recall"] && judgement.check("auc")?.verdict == .pass)
    let recall = try #require(judgement.check("recall"))
    #expect(recall.minimum == 0.9 && recall.maximum == nil && !recall.isWarning && recall.note == "why")
    #expect(recall.items.map(\.verdict) == [.fail, .pass, .inconclusive])
    #expect(recall.items.map(\.value) == [0.5, 1, nil])
    #expect(recall.worst?.slice == "sex=f" && recall.worst?.rowCount == 3 && recall.worst?.denominator == 2)
    #expect(recall.items[2].reason?.isEmpty == false)
  }

  @Test func aFileJudgesAlike() throws {
    let shop = try Workshop()
    try Data(Self.policy.utf8).write(to: URL(filePath: shop.path("p.json5")))
    let findings = try SmallTable.findings()
    let both = try [GateOptions(policy: shop.path("p.json5")), GateOptions(policyText: Self.policy)].map {
      try findings.judged(by: $0)
    }
    #expect(both[0].judgement == both[1].judgement)
    // And at once, as the request asks.
    var request = SmallTable.request
    request.gate = GateOptions(policyText: Self.policy)
    #expect(try evaluate(SmallTable.columns(), request).judgement == both[0].judgement)
  }

  @Test func judgingAgainReplacesTheVerdict() throws {
    let failed = try SmallTable.findings().judged(by: GateOptions(policyText: Self.policy))
    let lenient =
      "{ checks: [{ evidence: \"point\", id: \"auc\", metric: \"auc\", slices: \"overall\", min: 0.1 }] }"
    let passed = try failed.judged(by: GateOptions(policyText: lenient))
    #expect(passed.judgement?.verdict == .pass && failed.judgement?.verdict == .fail)
    let arithmetic = try failed.explanation(ofCheck: "recall")
    #expect(arithmetic.contains("sex=f") || arithmetic.contains(" f"))
    #expect(throws: FairSliceError.self) { _ = try passed.explanation(ofCheck: "recall") }
    let never = try SmallTable.findings()
    #expect(throws: FairSliceError.self) { _ = try never.explanation(ofCheck: "auc") }
  }

  @Test func anotherRunIsABaseline() throws {
    let now = try SmallTable.findings()
    let worse = try evaluate(
      .columns([
        InputColumn("sex", texts: SmallTable.sex), InputColumn("label", integers: SmallTable.label),
        InputColumn("score", numbers: SmallTable.score.map { 1 - $0 }),
      ]), SmallTable.request)
    let policy =
      "{ checks: [{ evidence: \"point\", id: \"c\", metric: \"roc_auc\", slices: \"overall\", change: { max: 0.1 } }] }"
    let options = GateOptions(policyText: policy)
    #expect(try now.judged(by: options, against: worse).judgement?.verdict == .pass)
    #expect(try worse.judged(by: options, against: now).judgement?.verdict == .fail)
    #expect {
      _ = try now.judged(by: options)
    } throws: { ($0 as? FairSliceError)?.kind == .data }
    var both = options
    both.baseline = "evaluation.json"
    #expect(throws: FairSliceError.self) { _ = try now.judged(by: both, against: worse) }
  }

  @Test func mistakesAreSaid() throws {
    let findings = try SmallTable.findings()
    func kind(_ options: GateOptions) -> FairSliceError.Kind? {
      do throws(FairSliceError) {
        _ = try findings.judged(by: options)
        return nil
      } catch { return error.kind }
    }
    #expect(kind(GateOptions()) == .usage)
    #expect(kind(GateOptions(policy: "/nowhere/p.json5")) == .missingInput)
    #expect(kind(GateOptions(policyText: "{ checks: [")) == .data)
    #expect(
      kind(GateOptions(policyText: "{ checks: [{ metric: \"acuracy\", slices: \"sex\", min: 1 }] }")) == .data
    )
    var both = GateOptions(policyText: Self.policy)
    both.policy = "p.json5"
    #expect(kind(both) == .usage)
  }

  @Test func smallCountsAreWithheld() throws {
    let judged = try SmallTable.findings().judged(by: GateOptions(policyText: Self.policy))
    let shown = try judged.withholding(countsBelow: 3)
    let estimate = try shown.estimate("true_positive_rate", in: "sex=f")
    #expect(estimate.status == .suppressed && estimate.value == nil)
    #expect(shown.judgement?.verdict == .fail)
    #expect(shown.judgement?.check("recall")?.items.contains { $0.rowCount == nil } == true)
    #expect(throws: FairSliceError.self) { _ = try judged.withholding(countsBelow: 1) }
    // What is judged again does not come back.
    let again = try shown.judged(by: GateOptions(policyText: Self.policy))
    #expect(try again.estimate("true_positive_rate", in: "sex=f").status == .suppressed)
  }
}
