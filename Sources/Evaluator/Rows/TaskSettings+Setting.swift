import Results
import Settings

extension TaskSettings {
  mutating func set(_ key: ConfigurationKey, to setting: Setting) throws(Failure) {
    switch key {
    case .task: kind = try setting.choice(TaskKind.allCases)
    case .query: query = try setting.name()
    case .scorePrefix: scorePrefix = try setting.name()
    case .labelPrefix: labelPrefix = try setting.name()
    case .decisionPrefix: decisionPrefix = try setting.name()
    case .cutoffs:
      var found: [Int] = []
      for one in try setting.list() {
        found.append(try one.integer(1...10_000, "whole numbers from 1 to 10000"))
      }
      cutoffs = Set(found).sorted()
    case .quantiles:
      var found: [Double] = []
      for one in try setting.list() {
        found.append(try one.number({ $0 > 0 && $0 < 1 }, "numbers between 0 and 1, as 0.9"))
      }
      quantiles = Set(found).sorted()
    default: relevantAt = try setting.number({ $0.isFinite }, "a number")
    }
  }

  /// The members of a configuration that say the same; none where nothing was said.
  func echo() -> [(ConfigurationKey, JSONValue)] {
    let plain = TaskSettings()
    var members: [(ConfigurationKey, JSONValue)] = []
    if let kind { members.append((.task, .string(kind.rawValue))) }
    for (key, name) in [
      (ConfigurationKey.query, query), (.scorePrefix, scorePrefix), (.labelPrefix, labelPrefix),
      (.decisionPrefix, decisionPrefix),
    ] {
      if let name { members.append((key, .string(name))) }
    }
    if let cutoffs { members.append((.cutoffs, .array(cutoffs.map { .integer($0) }))) }
    if quantiles != plain.quantiles { members.append((.quantiles, .array(quantiles.map { .number($0) }))) }
    if relevantAt != plain.relevantAt { members.append((.relevantAt, .number(relevantAt))) }
    return members
  }
}
