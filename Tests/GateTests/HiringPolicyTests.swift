import Evaluator
import Results
import Slicing
import TestSupport
import Testing

@testable import Gate

/// New York City's bias audit as a policy: impact ratios against the most selected category of at least 2 % of
/// the data, the unknown left out. Expected ratios: CONFORMANCE B2 and the dictionaries of conf2.py (pandas), on
/// SolasAI's employment data; the rule itself is 6 RCNY § 5-301.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct HiringPolicyTests {
  static let policy = """
    { checks: [
      { id: "sex", preset: "ll144", slices: "Gender", exclude: "Unknown" },
      { id: "race", preset: "ll144", slices: "Race/Ethnicity", exclude: ["Unknown"] },
      { id: "both", preset: "ll144", slices: "Race/Ethnicity*Gender", exclude: ["Unknown"] } ] }
    """

  private func ratios(_ set: (inout Configuration) -> Void) throws -> (Judgement, [String: Double]) {
    var configuration = Configuration()
    configuration.data = SharedData.path("data/employment/employment.csv.gz")
    configuration.slices = try ["Gender", "Race/Ethnicity", "Race/Ethnicity*Gender"].map {
      try .init(parsing: $0)
    }
    set(&configuration)
    let judgement = try GateFixture.judge(try EvaluationRun.evaluate(configuration), Self.policy)
    var ratios: [String: Double] = [:]
    for item in judgement.checks.flatMap(\.items) { ratios[item.slice] = item.value }
    return (judgement, ratios)
  }

  private func expect(_ ratios: [String: Double], _ expected: [(String, Double)]) {
    for (group, ratio) in expected {
      let parts = group.split(separator: "|").map(String.init)
      let slice =
        parts.count == 2
        ? "Race/Ethnicity=\(parts[0]) & Gender=\(parts[1])"
        : ["Female", "Male"].contains(group) ? "Gender=\(group)" : "Race/Ethnicity=\(group)"
      #expect(isClose(ratios[slice] ?? -1, ratio, within: 5e-7), "\(slice): \(ratios[slice] ?? -1)")
    }
  }

  @Test func selectionRates() throws {
    let (judgement, ratios) = try ratios { $0.decision = "Selection" }
    expect(
      ratios,
      [
        ("Female", 0.983835), ("Male", 1), ("Asian", 1), ("White", 0.698476), ("Black", 0.695441),
        ("Hispanic", 0.800473), ("Native Hawaiian", 0.955012), ("Two or More Races", 0.703748),
        ("Asian|Female", 0.999599), ("Asian|Male", 1.0), ("Black|Female", 0.687907), ("Black|Male", 0.700436),
        ("Hispanic|Female", 0.785487), ("Hispanic|Male", 0.825195), ("Native Hawaiian|Female", 0.959075),
        ("Native Hawaiian|Male", 0.951826), ("Two or More Races|Female", 0.691372),
        ("Two or More Races|Male", 0.718471), ("White|Female", 0.691294), ("White|Male", 0.705096),
      ])
    #expect(ratios.count == 2 + 6 + 12, "nothing else is judged")
    let race = judgement.checks[1]
    #expect(
      race.excluded == [
        Gap.Exclusion(
          group: "Race/Ethnicity=Native American", reason: "1 % of the rows, below the minimum of 2 %"),
        Gap.Exclusion(group: "Race/Ethnicity=Unknown", reason: "left out by the policy"),
      ])
    let failed = race.items.filter { $0.verdict == .fail }.map(\.label)
    #expect(failed == ["Black", "Two or More Races", "White"], "below four fifths; Hispanic is just above")
    #expect(judgement.verdict == .pass, "the rule knows no threshold: it is a warning")
  }

  @Test func scoringRates() throws {
    let (_, ratios) = try ratios {
      $0.score = "Score"
      $0.threshold = .median
      $0.thresholdIsStrict = true
    }
    expect(
      ratios,
      [
        ("Female", 0.972477), ("Male", 1), ("Asian", 1), ("White", 0.600777), ("Black", 0.588629),
        ("Hispanic", 0.600103), ("Native Hawaiian", 0.560699), ("Two or More Races", 0.622447),
        ("Asian|Female", 1), ("Asian|Male", 0.935922), ("Black|Female", 0.551316), ("Black|Male", 0.583757),
        ("Hispanic|Female", 0.571033), ("Hispanic|Male", 0.59995), ("Native Hawaiian|Female", 0.555675),
        ("Native Hawaiian|Male", 0.520915), ("Two or More Races|Female", 0.598015),
        ("Two or More Races|Male", 0.60487), ("White|Female", 0.563356), ("White|Male", 0.599624),
      ])
  }
}
