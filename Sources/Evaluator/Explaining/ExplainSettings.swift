import Explanations
import Metrics
import Results
import Settings

/// The `explain` part of a configuration.
package struct ExplainSettings: Sendable, Equatable {
  package enum Key: String, Sendable, CaseIterable {
    case metrics, gaps
    case bySlice = "by_slice"
    case crossed
    case repeats, raw, groups
    case groupAssociation = "group_association"
    case within, conditional, rows, effects, grid
    case attributionRows = "attribution_rows"
    case attributionScale = "attribution_scale"
    case backgroundRows = "background_rows"
    case listRows = "list_rows"
    case interactions
    case interactionRows = "interaction_rows"
    case flips
  }

  package var settings = ExplanationSettings()
  /// Rows that are scored again; all where nil.
  package var rows: Int?
  /// Rows whose predictions are taken apart; nil for a number that suits the model.
  package var attributionRows: Int?

  package init() {}

  /// Columns that donors agree in.
  var strata: [String] {
    if case .strata(let columns) = settings.conditioning { columns } else { [] }
  }

  /// Gives the keys of an object their values.
  mutating func set(_ setting: Setting) throws(Failure) {
    let members = try setting.members(among: Key.allCases.map(\.rawValue), of: "explain")
    for key in Key.allCases { if let member = members[key.rawValue] { try set(key, to: member) } }
  }

  package mutating func set(_ key: Key, to setting: Setting) throws(Failure) {
    func count(from low: Int, to high: Int = 1_000_000) throws(Failure) -> Int {
      try setting.integer(low...high, "a whole number from \(low) to \(high)")
    }
    switch key {
    case .metrics: settings.metrics = try Self.metrics(setting)
    case .gaps: settings.gapMetrics = try Self.metrics(setting)
    case .bySlice: settings.bySlice = try setting.bool()
    case .crossed: settings.crossed = try setting.bool()
    case .raw: settings.keepsRaw = try setting.bool()
    case .effects: settings.effects = try setting.texts()
    case .grid: settings.gridSize = try count(from: 2, to: 200)
    case .rows: rows = try count(from: 10, to: 100_000_000)
    case .attributionRows: attributionRows = try count(from: 0)
    case .attributionScale:
      settings.attributionScale = try setting.choice([Attributions.Scale.margin, .score])
    case .backgroundRows: settings.backgroundRows = try count(from: 1, to: 10_000)
    case .interactionRows: settings.interactionRows = try count(from: 10, to: 5_000)
    case .listRows:
      settings.listedRows = []
      for row in try setting.list() {
        settings.listedRows.append(try row.integer(1...Int(Int32.max), "the number of a row, from 1"))
      }
    case .flips: settings.flips = try setting.texts()
    case .interactions: settings.interactions = try Self.pairs(setting)
    default: try setShuffle(key, to: setting)
    }
  }

  /// What moves together, from where, and how often.
  private mutating func setShuffle(_ key: Key, to setting: Setting) throws(Failure) {
    switch key {
    case .repeats: settings.repeats = try Self.repeats(setting)
    case .groups:
      for (name, columns) in try setting.members() {
        settings.groups.removeAll { $0.name == name }
        settings.groups.append(.init(name: name, columns: try columns.texts()))
      }
    case .groupAssociation:
      settings.groupingAssociation = try setting.number(
        { $0 > 0 && $0 <= 1 }, "a number above 0, at most 1")
    case .within:
      let columns = try setting.texts()
      settings.conditioning = columns.isEmpty ? .none : .strata(columns)
    default: settings.conditioning = try Self.conditioning(setting)
    }
  }

  /// Leaves of a tree two levels deep, or as deep as is said.
  private static func conditioning(_ setting: Setting) throws(Failure) -> ExplanationSettings.Conditioning {
    switch setting.value {
    case .string("none"): return .none
    case .string("leaves"): return .leaves(depth: 2)
    default:
      return .leaves(depth: try setting.integer(1...6, "“none”, “leaves” or a depth from 1 to 6"))
    }
  }

  private static func repeats(_ setting: Setting) throws(Failure) -> ExplanationSettings.Repeats {
    switch setting.value {
    case .string("automatic"): return .automatic(limit: 100)
    case .string("exact"): return .exact
    default:
      return .fixed(
        try setting.integer(2...10_000, "“automatic”, “exact” or a whole number from 2 to 10000"))
    }
  }

  private static func metrics(_ setting: Setting) throws(Failure) -> [BinaryMetric] {
    var metrics: [BinaryMetric] = []
    for element in try setting.list() {
      let name = try element.text()
      guard let metric = BinaryMetric(named: name) else {
        throw Failure(
          element.kind, "\(element.place): there is no metric “\(name)”",
          advice: Suggestion.phrase(for: name, among: BinaryMetric.allCases.map(\.id)))
      }
      if !metrics.contains(metric) { metrics.append(metric) }
    }
    return metrics
  }

  /// Pairs as lists of two names, or as `a*b`.
  private static func pairs(_ setting: Setting) throws(Failure) -> [[String]] {
    var pairs: [[String]] = []
    for element in try setting.list() {
      let names: [String]
      if case .string(let text) = element.value {
        names = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
      } else {
        names = try element.texts()
      }
      guard names.count == 2, names[0] != names[1], !names.contains("") else {
        throw element.failure(expected: "two features, as [\"age\", \"sex\"] or “age*sex”")
      }
      pairs.append(names)
    }
    return pairs
  }
}

extension ExplainSettings {
  /// What decides the numbers, as the keys of a configuration.
  var echo: JSONValue {
    func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    var members: [JSONValue.Member] = []
    func add(_ key: Key, _ value: JSONValue?) {
      if let value { members.append(.init(key.rawValue, value)) }
    }
    if !settings.metrics.isEmpty { add(.metrics, texts(settings.metrics.map(\.id))) }
    if !settings.gapMetrics.isEmpty { add(.gaps, texts(settings.gapMetrics.map(\.id))) }
    add(.bySlice, .bool(settings.bySlice))
    if settings.crossed { add(.crossed, .bool(true)) }
    add(.raw, .bool(settings.keepsRaw))
    switch settings.repeats {
    case .fixed(let count): add(.repeats, .integer(count))
    case .automatic: add(.repeats, .string("automatic"))
    case .exact: add(.repeats, .string("exact"))
    }
    if !settings.groups.isEmpty {
      add(.groups, .object(settings.groups.map { .init($0.name, texts($0.columns)) }))
    }
    add(.groupAssociation, settings.groupingAssociation.map { .number($0) })
    switch settings.conditioning {
    case .none: break
    case .strata(let columns): add(.within, texts(columns))
    case .leaves(let depth): add(.conditional, .integer(depth))
    }
    add(.rows, rows.map { .integer($0) })
    add(.effects, settings.effects.map(texts))
    add(.grid, .integer(settings.gridSize))
    add(.attributionRows, attributionRows.map { .integer($0) })
    add(.attributionScale, settings.attributionScale.map { .string($0.rawValue) })
    add(.backgroundRows, .integer(settings.backgroundRows))
    if !settings.listedRows.isEmpty { add(.listRows, .array(settings.listedRows.map { .integer($0) })) }
    add(.interactions, settings.interactions.map { .array($0.map(texts)) })
    add(.interactionRows, .integer(settings.interactionRows))
    add(.flips, settings.flips.map(texts))
    return .object(members)
  }
}
