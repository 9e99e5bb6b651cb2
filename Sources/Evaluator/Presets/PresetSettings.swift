import Fairness
import Results
import Settings

/// The preset of a configuration: its name, or its name with what the user says of it.
package struct PresetSettings: Sendable, Equatable {
  package var preset: RulePreset
  /// Groups with a smaller share of the rows take no part in comparisons.
  package var minimumShare: Double?
  /// Values that stand for “not known” in place of the usual words.
  package var unknown: [String]?
  /// Aequitas' τ.
  package var tau: Double?

  package init(_ preset: RulePreset) { self.preset = preset }

  private static let members = ["name", "minimum_share", "unknown", "tau"]

  /// - Throws: a failure of the setting's kind where the name is not known, with the nearest one, or a member is wrong.
  init(_ setting: Setting) throws(Failure) {
    guard case .object = setting.value else {
      preset = try setting.choice(RulePreset.allCases)
      return
    }
    let members = try setting.members(among: Self.members, of: ConfigurationKey.preset.rawValue)
    guard let name = members["name"] else {
      throw setting.failure(expected: "the name of a preset, as preset: { name: \"nyc-ll144\" }")
    }
    preset = try name.choice(RulePreset.allCases)
    minimumShare = try members["minimum_share"].map { setting throws(Failure) in
      try setting.number({ $0 >= 0 && $0 < 1 }, "a number from 0 to below 1, as 0.02")
    }
    unknown = try members["unknown"].map { setting throws(Failure) in try setting.texts() }
    tau = try members["tau"].map { setting throws(Failure) in
      try setting.number({ $0 > 0 && $0 <= 1 }, "a number above 0 and at most 1, as 0.8")
    }
  }

  /// The same as a value of a configuration.
  var echo: JSONValue {
    var members: [JSONValue.Member] = []
    if let minimumShare { members.append(.init("minimum_share", .number(minimumShare))) }
    if let unknown { members.append(.init("unknown", .array(unknown.map { .string($0) }))) }
    if let tau { members.append(.init("tau", .number(tau))) }
    guard !members.isEmpty else { return .string(preset.rawValue) }
    return .object([.init("name", .string(preset.rawValue))] + members)
  }
}

/// The keys that somebody gave a value, whatever it is. No part of what two configurations have in common: a default that was said is a
/// default.
package struct GivenKeys: Sendable, Equatable {
  package var keys: Set<ConfigurationKey> = []

  package static func == (_: GivenKeys, _: GivenKeys) -> Bool { true }
}
