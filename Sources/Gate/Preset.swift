import Fairness
import Results
import Settings

/// Customary rules, written as the keys that they stand for. Keys of the check itself come first.
enum Preset: String, CaseIterable {
  /// 29 CFR 1607.4 D: a selection rate below four fifths of the highest group's is an indicator of adverse
  /// impact. Judged by its interval.
  case fourFifths = "four_fifths"
  /// The same by value, together with a significance test and without cases that rest on one person
  /// (Uniform Guidelines, Q&A 21).
  case fourFifthsSignificance = "four_fifths_significance"
  /// 6 RCNY 5-301: impact ratios against the most selected category, categories below 2 % of the data left
  /// out. The rule knows no threshold: 0.8 and a warning unless said.
  case ll144
  /// Aequitas: every group's ratio to the reference within [τ, 1/τ], by value.
  case aequitas

  var settings: [(key: String, value: JSONValue)] {
    switch self {
    case .fourFifths:
      [
        ("gap", .string("demographic_parity")), ("kind", .string("ratio")),
        ("comparison", .string("to_best")), ("min", .number(RuleNumbers.fourFifths)),
      ]
    case .fourFifthsSignificance:
      Preset.fourFifths.settings + [("evidence", .string("significance"))]
    case .ll144:
      Preset.fourFifths.settings + [
        ("evidence", .string("point")), ("minimum_share", .number(RuleNumbers.smallShare)),
        ("below_minimum", .string("exclude")), ("severity", .string("warning")),
      ]
    case .aequitas:
      [
        ("kind", .string("ratio")), ("comparison", .string("to_reference")),
        ("tau", .number(RuleNumbers.tau)),
        ("evidence", .string("point")),
      ]
    }
  }

  /// The preset that a setting names: as a policy does, or as the preset of an evaluation is called.
  ///
  /// - Throws: a failure of the setting's kind where there is none, with the nearest one.
  init(_ setting: Setting) throws(Failure) {
    if case .string(let name) = setting.value, let rule = RulePreset(rawValue: name),
      let own = Self.named(rule)
    {
      self = own
    } else {
      self = try setting.choice(Self.allCases)
    }
  }

  /// What an evaluation's preset is as a check; nil where it bounds nothing.
  private static func named(_ rule: RulePreset) -> Preset? {
    switch rule {
    case .fourFifths: .fourFifths
    case .biasAudit: .ll144
    case .aequitas: .aequitas
    case .lending, .clarify, .fairnessIndicators, .artificialIntelligenceAct: nil
    }
  }
}
