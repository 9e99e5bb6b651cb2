import Fairness
import Results
import Settings
import Slicing

extension Configuration {
  /// Gives one key a value. `null` leaves the key as it is.
  ///
  /// - Throws: a failure of the setting's kind that names its place and what is expected there.
  package mutating func set(_ key: ConfigurationKey, to setting: Setting) throws(Failure) {
    if setting.value == .null { return }
    given.keys.insert(key)
    switch key {
    case .title, .data, .format, .delimiter, .missing, .badRows, .types:
      try setReading(key, to: setting)
    case .label, .positive, .score, .scoreKind, .decision, .threshold, .compat, .thresholdRule, .weight,
      .unweighted, .unit, .baselineData, .baselineScore, .baselineDecision:
      try setRole(key, to: setting)
    case .task, .query, .scorePrefix, .labelPrefix, .decisionPrefix, .cutoffs, .quantiles, .relevantAt:
      try task.set(key, to: setting)
    case .measures, .controls, .favourable, .neighbourFeatures: try measures.set(key, to: setting)
    case .slices: slices = try Self.slices(setting)
    case .references:
      for (feature, group) in try setting.members() { references[feature] = try group.dataText() }
    case .metrics: metrics = try setting.texts()
    case .gaps: gaps = try setting.texts()
    case .preset: preset = try PresetSettings(setting)
    case .customMetrics: custom = try CustomSettings.metrics(setting)
    case .atThresholds: atThresholds = try Self.numbers(setting)
    case .classWeights: classWeights = try Self.classWeights(setting)
    case .gate: gate = try Self.gate(setting)
    case .model: model = try ModelSettings(setting)
    case .explain: try explain.set(setting)
    case .card: card = try ModelCard(setting)
    case .comparisons: comparisons = try Self.choices(setting)
    default: try setRunning(key, to: setting)
    }
  }

  private mutating func setReading(
    _ key: ConfigurationKey, to setting: Setting
  ) throws(Failure) {
    switch key {
    case .title: title = try setting.text()
    case .data: data = try setting.text()
    case .format: format = try setting.choice(Format.allCases)
    case .delimiter: delimiter = try Self.delimiter(setting)
    case .missing: missing = try setting.texts()
    case .badRows: badRows = try setting.choice(BadRows.allCases)
    default:
      for (column, type) in try setting.members() { types[column] = try type.choice(ColumnType.allCases) }
    }
  }

  private mutating func setRole(_ key: ConfigurationKey, to setting: Setting) throws(Failure) {
    switch key {
    case .label: label = try setting.name()
    case .positive: positive = try setting.dataText()
    case .score: score = try setting.name()
    case .scoreKind: scoreKind = try setting.choice(ScoreKind.allCases)
    case .decision: decision = try setting.name()
    case .threshold: threshold = try Self.threshold(setting)
    case .compat:
      let tool = try setting.choice(Compatibility.allCases)
      compatibility = tool
      thresholdIsStrict = tool.thresholdIsStrict
    case .thresholdRule: thresholdIsStrict = try setting.choice(ThresholdRule.allCases) == .above
    case .weight: weight = try setting.name()
    case .unweighted: unweighted = try setting.bool()
    case .unit: unit = try setting.name()
    case .baselineData: baselineData = try setting.text()
    case .baselineScore: baselineScore = try setting.name()
    default: baselineDecision = try setting.name()
    }
  }

  private mutating func setRunning(
    _ key: ConfigurationKey, to setting: Setting
  ) throws(Failure) {
    switch key {
    case .level: level = try setting.number({ $0 > 0 && $0 < 1 }, "a number between 0 and 1, as 0.95")
    case .seed: seed = try setting.unsigned()
    case .bootstrapReplicates:
      bootstrapReplicates = try setting.integer(100...1_000_000, "a whole number from 100 to 1000000")
    case .calibrationBins: calibrationBins = try setting.integer(2...100, "a whole number from 2 to 100")
    case .suppressBelow:
      suppressBelow = try setting.integer(2...1_000_000, "a whole number from 2 to 1000000")
    case .assets: assets = try setting.choice(Assets.allCases)
    case .threads: threads = try setting.integer(1...1024, "a whole number from 1 to 1024")
    case .out: output = try setting.text()
    case .report: writesReport = try setting.bool()
    case .charts: writesCharts = try setting.bool()
    case .documents: writesDocuments = try setting.bool()
    case .history: keepsHistory = try setting.bool()
    default: runLabel = try setting.text()
    }
  }

  /// Numbers, each once, ascending.
  private static func numbers(_ setting: Setting) throws(Failure) -> [Double] {
    var found: Set<Double> = []
    for element in try setting.list() { found.insert(try element.number({ _ in true }, "a number")) }
    return found.sorted()
  }

  private static func classWeights(_ setting: Setting) throws(Failure) -> [String: Double] {
    var weights: [String: Double] = [:]
    for (name, weight) in try setting.members() {
      weights[name] = try weight.number({ $0 >= 0 }, "a number from 0")
    }
    guard weights.values.contains(where: { $0 > 0 }) else {
      throw setting.failure(expected: "at least one class with a weight above 0")
    }
    return weights
  }

  private static func gate(_ setting: Setting) throws(Failure) -> GateSection {
    switch setting.value {
    case .string(let path): return .file(path)
    case .object: return .section(setting, lines: [:], name: "")
    default: throw setting.failure(expected: "a policy in { }, or the name of a file with one")
    }
  }

  private static func choices<Choice: RawRepresentable<String> & CaseIterable>(
    _ setting: Setting
  ) throws(Failure) -> [Choice] {
    var choices: [Choice] = []
    for element in try setting.list() { choices.append(try element.choice(Array(Choice.allCases))) }
    return choices
  }

  private static func slices(_ setting: Setting) throws(Failure) -> [SliceSpec] {
    var specs: [SliceSpec] = []
    for element in try setting.list() {
      do throws(Failure) {
        specs.append(try SliceSpec(parsing: try element.text()))
      } catch {
        let isNamed = error.message.hasPrefix(element.place)
        throw Failure(
          element.kind, isNamed ? error.message : "\(element.place): \(error.message)", advice: error.advice)
      }
    }
    return specs
  }

  private static func threshold(_ setting: Setting) throws(Failure) -> Threshold {
    if case .string(let text) = setting.value, let threshold = Threshold(word: text) { return threshold }
    return .value(try setting.number({ _ in true }, Threshold.expected))
  }

  private static func delimiter(_ setting: Setting) throws(Failure) -> Character {
    let text = try setting.text()
    if let named = ["tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "][text]
    {
      return Character(named)
    }
    guard text.utf8.count == 1, let character = text.first, character != "\"", !character.isNewline,
      !character.isLetter, !character.isNumber
    else {
      throw setting.failure(expected: "one ASCII character that is no letter, digit or quote, or “tab”")
    }
    return character
  }
}

/// Whether a score that equals the threshold counts as positive.
package enum ThresholdRule: String, Sendable, CaseIterable {
  case atLeast = "at_least"
  case above
}
