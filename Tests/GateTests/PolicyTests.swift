import Results
import Testing

@testable import Gate

@Suite struct PolicyTests {
  static let source = Judgement.Source(name: "policy.json5", sha256: "")

  static func policy(_ text: String) throws(Failure) -> Policy {
    try Policy(text: Array(text.utf8), name: "policy.json5", source: source)
  }

  static func failure(_ text: String) -> String {
    do throws(Failure) {
      _ = try policy(text)
      return ""
    } catch {
      return error.kind == .data ? "\(error.message) | \(error.advice ?? "")" : "wrong kind \(error.kind)"
    }
  }

  @Test func readsTheExample() throws {
    let policy = try Self.policy(
      """
      { checks: [
        { id: "four-fifths",  gap: "demographic_parity", kind: "ratio", comparison: "to_best", slices: "race", min: 0.8 },
        { id: "tpr-gap",      gap: "equal_opportunity", slices: "sex*race", max: 0.05, minimum_positives: 100 },
        { id: "auc-floor",    metric: "roc_auc", slices: "region", min: 0.70, severity: "warning" },
        { id: "no-worse",     metric: "log_loss", slices: "overall", change: { max: 0.01 } },
      ] }
      """)
    #expect(policy.checks.map(\.id) == ["four-fifths", "tpr-gap", "auc-floor", "no-worse"])
    #expect(policy.checks.map(\.line) == [2, 3, 4, 5])
    #expect(policy.checks[0].comparison == .toBest && policy.checks[0].kind == .ratio)
    #expect(policy.checks[1].comparison == .betweenGroups && policy.checks[1].minimum.positives == 100)
    #expect(policy.checks[2].severity == .warning && policy.checks[2].bounds == Bounds(minimum: 0.7))
    #expect(policy.checks[3].isChange && policy.checks[3].bounds == Bounds(maximum: 0.01))
  }
}
