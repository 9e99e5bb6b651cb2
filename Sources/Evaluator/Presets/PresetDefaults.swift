import Fairness
import Metrics
import Results
import Slicing

/// What a preset asks of a configuration; nil where it leaves the choice.
struct PresetDefaults {
  var metrics: [String]?
  var gaps: [String]?
  var comparisons: [Gap.Comparison]?
  var measures: [String]?
  var threshold: Threshold?
  var isStrict = false
  var compatibility: Compatibility?
  /// Slices to add where they are not there.
  var crossings: [SliceSpec] = []

  private static let selection: [BinaryMetric] = [.count, .predictedPositives, .selectionRate]
  private static let errors: [BinaryMetric] = [
    .count, .prevalence, .predictedPositives, .selectionRate, .accuracy, .precision, .truePositiveRate,
    .trueNegativeRate, .falsePositiveRate, .falseNegativeRate, .negativePredictiveValue,
    .falseDiscoveryRate, .falseOmissionRate,
  ]

  init(_ preset: RulePreset, _ configuration: Configuration) {
    let toReference: Gap.Comparison = configuration.references.isEmpty ? .toLargest : .toReference
    let scores: [BinaryMetric] = Self.hasScore(configuration) ? [.meanScore] : []
    switch preset {
    case .fourFifths:
      select(Self.selection)
      comparisons = [.betweenGroups, .toBest]
    case .biasAudit:
      select(Self.selection + scores)
      comparisons = [.betweenGroups, .toBest]
      cutAtMedian(configuration)
      crossings = Self.crossing(of: configuration.slices)
    case .lending:
      select(Self.selection + scores)
      comparisons = [.betweenGroups, toReference]
      crossings = Self.controlled(configuration)
    case .clarify, .aequitas: audit(preset, toReference)
    case .fairnessIndicators: showRates(configuration)
    case .artificialIntelligenceAct: break
    }
  }

  /// A column has the scores, or a model makes them.
  private static func hasScore(_ configuration: Configuration) -> Bool {
    configuration.score != nil || configuration.model != nil && configuration.decision == nil
  }

  private mutating func select(_ chosen: [BinaryMetric]) {
    metrics = chosen.map(\.id)
    gaps = ["demographic_parity"]
  }

  private mutating func audit(_ preset: RulePreset, _ reference: Gap.Comparison) {
    metrics = Self.errors.map(\.id)
    gaps =
      ["demographic_parity", "equal_opportunity"]
      + Self.errors.filter { $0.kind == .rate && $0 != .selectionRate && $0 != .truePositiveRate }.map(\.id)
    comparisons = [.betweenGroups, reference]
    compatibility = preset == .clarify ? .clarify : .aequitas
    measures = [preset.rawValue]
  }

  /// Scores without decisions are cut above the median of all of them.
  private mutating func cutAtMedian(_ configuration: Configuration) {
    guard Self.hasScore(configuration), configuration.decision == nil else { return }
    threshold = .median
    isStrict = true
  }

  // MARK: Fairness Indicators

  /// What Fairness Indicators shows for every slice, and where it cuts scores.
  private static let indicators: [BinaryMetric] = [
    .falsePositiveRate, .falseNegativeRate, .truePositiveRate, .trueNegativeRate, .selectionRate,
    .falseDiscoveryRate, .falseOmissionRate, .precision, .accuracy,
  ]
  private static let thresholds = ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9"]
  /// Names of metrics at a threshold, without it.
  private static let atThreshold = [
    "false_positive_rate", "false_negative_rate", "true_positive_rate", "true_negative_rate",
    "selection_rate", "predicted_negative_rate", "false_discovery_rate", "false_omission_rate", "precision",
  ]
  /// Those that say it all: each of the others is 1 less one of these.
  private static let comparedAtThreshold = [
    "false_positive_rate", "false_negative_rate", "selection_rate", "false_discovery_rate",
    "false_omission_rate",
  ]

  private mutating func showRates(_ configuration: Configuration) {
    var names = [BinaryMetric.count.id, BinaryMetric.prevalence.id] + Self.indicators.map(\.id)
    gaps = ["demographic_parity", "equal_opportunity", "false_positive_rate", "false_negative_rate"]
    if Self.hasScore(configuration), configuration.scoreKind == .probability {
      names += Self.thresholds.flatMap { cut in Self.atThreshold.map { "\($0)@\(cut)" } }
      gaps? += Self.thresholds.flatMap { cut in Self.comparedAtThreshold.map { "\($0)@\(cut)" } }
    }
    metrics = names
    comparisons = [.betweenGroups, .toOverall]
    compatibility = .tfma
    isStrict = true
  }

  // MARK: Crossings

  /// Sex by race/ethnicity, where both are sliced by alone: by their names, or because there are two.
  private static func crossing(of slices: [SliceSpec]) -> [SliceSpec] {
    let single = slices.filter { $0.features.count == 1 && $0.features[0].only == nil }.map { $0.features[0] }
    func find(_ words: [String]) -> SliceSpec.Feature? {
      single.first { feature in words.contains { feature.name.lowercased().contains($0) } }
    }
    if let race = find(["race", "ethnic"]), let sex = find(["sex", "gender"]), race.name != sex.name {
      return [SliceSpec(features: [race, sex])]
    }
    return single.count == 2 ? [SliceSpec(features: single)] : []
  }

  /// Every feature by the controls.
  private static func controlled(_ configuration: Configuration) -> [SliceSpec] {
    let names = configuration.measures.controls
    guard !names.isEmpty else { return [] }
    let single = configuration.slices.filter { $0.features.count == 1 }.map { $0.features[0] }
    let controls = names.map { name in single.first { $0.name == name } ?? SliceSpec.Feature(name: name) }
    return single.filter { !names.contains($0.name) && $0.only == nil }.map {
      SliceSpec(features: [$0] + controls)
    }
  }

  // MARK: What was asked, and what was done

  func requests(_ used: Configuration) -> [PresetRecord.Request] {
    var requests: [PresetRecord.Request] = []
    func add(_ key: ConfigurationKey, _ wanted: String?, _ actual: String) {
      if let wanted { requests.append(.init(key: key.rawValue, wanted: wanted, used: actual)) }
    }
    func list(_ texts: [String]?) -> String? { texts?.joined(separator: ", ") }
    add(.metrics, list(metrics), list(used.metrics) ?? "all that apply")
    add(.gaps, list(gaps), list(used.gaps) ?? "the usual ones")
    add(
      .comparisons, list(comparisons?.map(\.rawValue)),
      list(used.comparisons?.map(\.rawValue)) ?? "the usual ones")
    add(.measures, list(measures), list(used.measures.names) ?? "none")
    add(.compat, compatibility?.rawValue, used.compatibility?.rawValue ?? "none")
    add(.threshold, threshold?.text, used.threshold.text)
    add(.thresholdRule, isStrict ? "above" : nil, used.thresholdIsStrict ? "above" : "at_least")
    for crossing in crossings {
      let names = Set(crossing.features.map(\.name))
      let found = used.slices.first { Set($0.features.map(\.name)) == names }
      add(.slices, crossing.text, found?.text ?? "none")
    }
    return requests
  }
}
