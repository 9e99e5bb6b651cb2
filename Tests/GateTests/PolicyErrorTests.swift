import Results
import Testing

@testable import Gate

/// What is wrong with a policy is told with its place; a check that names something unknown never passes.
@Suite struct PolicyErrorTests {
  @Test(arguments: [
    ("{}", "the policy has no checks"),
    ("{ checks: [] }", "the policy has no checks"),
    ("[]", "expected a policy in { }"),
    ("{ checks: [{}] }", "policy.json5:1: checks[0]: the check has no id"),
    ("{ checks: [{ id: 'a (ratchet)', metric: 'auc', slices: 'g', min: 1 }] }", "made by a ratchet"),
    ("{ checks: [{ id: 'a' }] }", "names neither a metric nor a gap nor a measure"),
    ("{ checks: [{ id: 'a', metric: 'auc', gap: 'auc', slices: 'g', min: 1 }] }", "not both"),
    ("{ checks: [{ id: 'a', metric: 'roc_acu', slices: 'g', min: 1 }] }", "did you mean “roc_auc”?"),
    (
      "{ checks: [{ id: 'a', metric: 'equal_opportunity', slices: 'g', min: 1 }] }",
      "say gap: \"equal_opportunity\""
    ),
    (
      "{ checks: [{ id: 'a', gap: 'equal_oportunity', slices: 'g', max: 1 }] }",
      "did you mean “equal_opportunity”?"
    ),
    ("{ checks: [{ id: 'a', metric: 'auc', min: 1 }] }", "which slices"),
    ("{ checks: [{ id: 'a', metric: 'auc', slices: 'g' }] }", "has no bound"),
    ("{ checks: [{ id: 'a', metric: 'auc', slices: 'g', min: 2, max: 1 }] }", "min 2 lies above max 1"),
    ("{ checks: [{ id: 'a', metric: 'auc', slices: 'g', minn: 2 }] }", "Did you mean “min”?"),
    ("{ check: [] }", "Did you mean “checks”?"),
    (
      "{ level: 95, checks: [{ id: 'a', metric: 'auc', slices: 'g', min: 1 }] }", "a number between 0.5 and 1"
    ),
    ("{ checks: [{ id: 'a', metric: 'auc', slices: 'g', min: '1' }] }", "checks[0].min: expected a number"),
    (
      "{ checks: [{ id: 'a', metric: 'auc', slices: 'g', min: 1 }, { id: 'a', metric: 'auc', slices: 'g', min: 1 }] }",
      "there are two checks “a”; the other is on line 1"
    ),
    ("{ checks: [{ id: 'a', gap: 'mcc', kind: 'ratio', slices: 'g', min: 0.8 }] }", "can be negative"),
    ("{ checks: [{ id: 'a', gap: 'tpr', kind: 'ratio', slices: 'g', min: 0 }] }", "above 0"),
    ("{ checks: [{ id: 'a', gap: 'tpr', slices: 'overall', max: 0.1 }] }", "no groups to compare"),
    ("{ checks: [{ id: 'a', gap: 'tpr', slices: 'g', min: 0.1 }] }", "judged by its size"),
    (
      "{ checks: [{ id: 'a', gap: 'fpr', kind: 'ratio', comparison: 'to_best', slices: 'g', min: 0.8 }] }",
      "needs max"
    ),
    (
      "{ checks: [{ id: 'a', gap: 'roc_auc', slices: 'g', max: 0.1, evidence: 'significance' }] }",
      "tests rates"
    ),
    (
      "{ checks: [{ id: 'a', metric: 'auc', slices: 'g', min: 0.1, change: { max: 0 } }] }",
      "about one of them"
    ),
    ("{ checks: [{ id: 'a', metric: 'auc', slices: 'g', change: {} }] }", "needs max"),
    ("{ checks: [{ id: 'a', metric: 'auc', slices: 'g', groups: 'count', min: 0.1 }] }", "needs max_groups"),
    ("{ checks: [{ id: 'a', preset: 'four_fifth', slices: 'g' }] }", "Did you mean “four_fifths”?"),
    ("{ checks: [{ id: 'a', metric: 'auc', slices: 'g', min: 1 } { id: 'b' }] }", "policy.json5:1:"),
  ])
  func mistakesAreNamed(text: String, expected: String) {
    let message = PolicyTests.failure(text)
    #expect(message.contains(expected), "\(message)")
  }

  @Test(arguments: [
    ("metric: 'selection_rate', slices: 'gg', min: 0.1", "did you mean “g”?"),
    ("metric: 'selection_rate', slices: 'g*h', min: 0.1", "“h”"),
    ("metric: 'selection_rate', slices: 'g=aa', min: 0.1", "did you mean “g=a”?"),
    ("metric: 'selection_rate', slices: 'g=z*', min: 0.1", "matches no group"),
    ("gap: 'demographic_parity', slices: 'g', max: 0.1, reference: 'q'", "no group “q” to be the reference"),
    (
      "gap: 'demographic_parity', slices: 'g', max: 0.1, comparison: 'to_reference'", "has no reference group"
    ),
    ("metric: 'roc_auc', slices: 'g', min: 0.1", "Evaluate with --metric roc_auc"),
    ("metric: 'selection_rate', slices: 'g', change: { max: 0 }", "there is no baseline"),
  ])
  func unknownThingsStopTheGate(check: String, expected: String) throws {
    let data = GateFixture.selection(("a", 300, 1000), ("b", 300, 1000))
    do throws(Failure) {
      _ = try Judge(policy: try PolicyTests.policy("{ checks: [{ id: 'x', \(check) }] }")).judge(data)
      Issue.record("no error")
    } catch {
      #expect(error.kind == .data)
      #expect(
        "\(error.message) \(error.advice ?? "")".contains(expected), "\(error.message) \(error.advice ?? "")")
      #expect(error.message.hasPrefix("policy.json5:1"))
    }
  }

  @Test func selectorsChooseGroups() throws {
    let groups = ["a", "ab", "b\\*c"].map { GateFixture.Group.selected("g=\($0)", 300, of: 1000) }
    let cross = [("x", "a"), ("x", "ab"), ("y", "a")].map {
      GateFixture.Group.selected("f=\($0.0) & g=\($0.1)", 30, of: 100)
    }
    let data = GateFixture.evaluation([(["g"], groups), (["f", "g"], cross)])
    func chosen(_ selector: String) throws -> [String] {
      let judgement = try GateFixture.judge(
        data, "{ checks: [{ id: 'x', metric: 'selection_rate', slices: [\(selector)], min: 0.1 }] }")
      return judgement.checks[0].items.map(\.slice)
    }
    #expect(try chosen("'g'") == groups.map(\.predicate))
    #expect(try chosen("'g=a'") == ["g=a"])
    #expect(try chosen("'g=a*'") == ["g=a", "g=ab"])
    #expect(try chosen("'g=b\\\\*c'") == ["g=b\\*c"])
    #expect(try chosen("'f*g'") == cross.map(\.predicate))
    #expect(try chosen("'g*f'") == cross.map(\.predicate))
    #expect(try chosen("'g=* & f=x'") == ["f=x & g=a", "f=x & g=ab"])
    #expect(try chosen("'overall', 'g=a', 'g=a'") == ["overall", "g=a"])
    #expect(try chosen("'all'").count == 7)
  }
}
