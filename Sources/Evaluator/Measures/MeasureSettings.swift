import Results
import Settings

/// Which fairness measures a run computes beside its gaps, and how.
package struct MeasureSettings: Sendable, Equatable {
  /// Which class of the label is to be wished for.
  package enum Favourable: String, Sendable, CaseIterable {
    /// The positive one: hired, granted.
    case positive
    /// The other: no recidivism, no fraud.
    case negative
  }

  /// Names of measures (`consistency`, `DPPL`), of tools (`clarify`: all that it has), or `all`; nil for none.
  package var names: [String]?
  /// Features whose levels groups are compared within.
  package var controls: [String] = []
  package var favourable = Favourable.positive
  /// The columns by which rows are near each other; nil where nothing is measured by neighbours.
  package var neighbourFeatures: [String]?

  package init() {}

  mutating func set(_ key: ConfigurationKey, to setting: Setting) throws(Failure) {
    switch key {
    case .measures: names = try setting.texts()
    case .controls: controls = try setting.texts()
    case .favourable: favourable = try setting.choice(Favourable.allCases)
    default: neighbourFeatures = try setting.texts()
    }
  }

  /// The members of a configuration that say the same; none where nothing was said.
  func echo() -> [(ConfigurationKey, JSONValue)] {
    func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    var members: [(ConfigurationKey, JSONValue)] = []
    if let names { members.append((.measures, texts(names))) }
    if !controls.isEmpty { members.append((.controls, texts(controls))) }
    if favourable != .positive { members.append((.favourable, .string(favourable.rawValue))) }
    if let neighbourFeatures { members.append((.neighbourFeatures, texts(neighbourFeatures))) }
    return members
  }
}
