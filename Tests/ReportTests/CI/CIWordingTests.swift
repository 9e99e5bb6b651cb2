import Report
import Results
import TestSupport
import Testing

@testable import Report

@Suite struct CIWordingTests {
  private let mixed = SampleJudgement.mixed()

  private func check(_ id: String) throws -> CheckResult { try #require(mixed.checks.first { $0.id == id }) }

  private func sentence(_ id: String, _ slice: String) throws -> String {
    let check = try check(id)
    let item = try #require(check.items.first { $0.slice == slice })
    return VerdictWording.sentence(item, check, mixed).plain
  }

  @Test(arguments: [
    (
      "tpr-gap", "race=C",
      "True positive rate for race=C is 0.710, 0.090 [0.041, 0.139] below race=A (0.800); limit ≤ 0.04: about 90 more missed positives per 1,000 (420 positives)."
    ),
    (
      "tpr-gap", "race=E",
      "True positive rate for race=E is 0.640, 0.160 [0.010, 0.310] below race=A (0.800); limit ≤ 0.04. 34 positives, below the minimum of 100; about 410 would decide; of this size a gap of 0.180 or more is found in 80 % of runs."
    ),
    (
      "tpr-gap", "race=B",
      "True positive rate for race=B is 0.810, 0.010 [0.000, 0.030] above race=A (0.800); limit ≤ 0.04 (420 positives)."
    ),
    (
      "four-fifths", "race=B",
      "Selection rate for race=B is 0.380, 0.950 [0.880, 1.020] times that of race=A (0.400); limit ≥ 0.8 (420 rows)."
    ),
    (
      "four-fifths", "race=C",
      "Selection rate for race=C is 0.200, ∞ times that of race=A (0.000); limit ≥ 0.8 (420 rows)."
    ),
    (
      "auc-floor", "region=North", "ROC AUC for region=North is 0.620 [0.580, 0.660]; limit ≥ 0.7 (420 rows)."
    ),
    (
      "fpr-gap", "sex=Female",
      "False positive rate for sex=Female is 0.300, a difference of +0.100 [+0.070, +0.130] from rows outside sex=Female (0.200); limit −0.05 … 0.05: about 100 more false alarms per 1,000 (420 negatives). Waived by @owner until 2026-03-01 (36 days old, expires in 23 days), up to 0.120: retraining in March"
    ),
    (
      "no-worse", "overall",
      "Log loss for overall is 0.400, 0.020 [0.010, 0.030] better than the baseline (0.420); limit ≤ 0.01 (420 rows). On the same rows 40 decisions became right and 12 wrong; 30 became positive and 22 negative."
    ),
    (
      "accuracy-change", "sex=Male",
      "Accuracy for sex=Male is 0.790, 1% [−2%, 4%] worse than the baseline (0.800); limit ≤ 2.5%. 420 rows."
    ),
  ])
  func anItemIsOneSentence(id: String, slice: String, expected: String) throws {
    #expect(try sentence(id, slice) == expected)
  }

  @Test(arguments: [
    ("four-fifths", "four-fifths: all 2 groups within ≥ 0.8. 1 group left out."),
    ("tpr-gap", "tpr-gap: 1 of 3 groups fails, limit ≤ 0.04; 1 group not settled."),
    ("fpr-gap", "fpr-gap: fails and is waived, limit −0.05 … 0.05."),
    ("few-low", "few-low: 1 of 2 groups lies beyond the limit ≥ 0.5, at most 2 may."),
    ("unseen", "unseen: no slice matches color=green."),
    ("no-worse", "no-worse: not shown to be worse than the baseline."),
    ("accuracy-change", "accuracy-change: the worst group is not settled, limit ≤ 2.5%."),
  ])
  func aCheckIsOneSentence(id: String, expected: String) throws {
    #expect(VerdictWording.sentence(try check(id)).plain == expected)
  }

  @Test func theWholeIsOneLine() throws {
    #expect(
      VerdictWording.summary(mixed)
        == "FAIL — 1 of 8 checks failed · 2 inconclusive · 1 waived (expires in 23 days) · 1 warning")
    let open = mixed.checks.filter { $0.verdict == .inconclusive }
    #expect(VerdictWording.summary(SampleJudgement.make(open)) == "INCONCLUSIVE — 2 of 2 checks inconclusive")
    #expect(
      VerdictWording.summary(SampleJudgement.make(open, folding: .pass))
        == "PASS — 2 of 2 checks inconclusive (counts as pass)")
    #expect(
      VerdictWording.summary(SampleJudgement.make(open, folding: .fail))
        == "FAIL — 2 of 2 checks inconclusive (counts as fail)")
    let good = mixed.checks.filter { $0.verdict == .pass }
    #expect(VerdictWording.summary(SampleJudgement.make(good)) == "PASS — 3 of 3 checks passed")
    #expect(VerdictWording.summary(SampleJudgement.make([good[0]])) == "PASS — 1 of 1 check passed")
  }

  @Test func aNumberIsToldFromTheBoundItBreaks() throws {
    var check = try check("tpr-gap")
    check.maximum = 0.05
    #expect(VerdictWording.number(0.0502, check) == "0.0502")
    #expect(VerdictWording.number(0.050_001, check) == "0.050001")
    #expect(VerdictWording.number(0.05, check) == "0.050")
    #expect(VerdictWording.bound(check) == "≤ 0.05")
    (check.minimum, check.maximum) = (0.8, 1.25)
    #expect(VerdictWording.bound(check) == "0.8 … 1.25")
    (check.minimum, check.maximum) = (1e-7, nil)
    #expect(VerdictWording.bound(check) == "≥ 1e−07")
  }

  @Test(arguments: Verdict.allCases) func verdictsHaveSignsAndWords(verdict: Verdict) {
    #expect(VerdictWording.glyph(verdict).count == 1)
    #expect(VerdictWording.word(verdict) == verdict.rawValue.uppercased())
  }

  @Test func checksStandInTheOrderOfConcern() {
    let order = VerdictWording.ordered(mixed.checks).map(\.id)
    #expect(
      order == [
        "tpr-gap", "accuracy-change", "unseen", "fpr-gap", "auc-floor", "four-fifths", "no-worse", "few-low",
      ])
  }

  @Test func anIntervalBeyondTheBoundIsNotSaidToHoldIt() throws {
    let check = try check("tpr-gap")
    var item = SampleJudgement.undecided
    (item.lower, item.upper, item.pBeyond, item.pBeyondAdjusted) = (0.05, 0.27, 0.02, 0.2)
    (item.reason, item.chosenAmong) = ("the interval holds the bound", 10)
    let text = VerdictWording.sentence(item, check, mixed).plain
    #expect(
      text.contains(
        "Beyond the limit by itself, but not once adjusted for all groups and checks, and as one picked from 10 comparisons; 34 positives;"
      ))
    item.lower = 0.01
    #expect(
      VerdictWording.sentence(item, check, mixed).plain.contains(
        "The interval holds the bound; 34 positives;"))
  }

  @Test func changesAgainstTheBaselineAreCounted() throws {
    #expect(
      try #require(VerdictWording.changes(mixed)).plain
        == "Against the baseline baseline.json (row by row): 2 comparisons, 0 worse beyond the limit, 1 better, 1 not settled."
    )
    #expect(VerdictWording.changes(SampleJudgement.make(mixed.checks)) == nil)
    #expect(VerdictWording.changes(SampleJudgement.make([mixed.checks[0]], baseline: mixed.baseline)) == nil)
  }
}
