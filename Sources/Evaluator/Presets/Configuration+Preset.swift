import Fairness
import Results
import Slicing

extension Configuration {
  /// What the preset asks for where nothing else was said. Resolving twice changes nothing, and the echo of what is
  /// resolved reads back as the same run.
  package var resolvingPreset: Configuration {
    guard let preset = preset?.preset else { return self }
    var result = self
    let wanted = PresetDefaults(preset, self)
    if isUnsaid(.metrics, metrics == nil) { result.metrics = wanted.metrics }
    if isUnsaid(.gaps, gaps == nil) { result.gaps = wanted.gaps }
    if isUnsaid(.comparisons, comparisons == nil) { result.comparisons = wanted.comparisons }
    if isUnsaid(.measures, measures.names == nil) { result.measures.names = wanted.measures }
    if isUnsaid(.threshold, threshold == Configuration().threshold), let cut = wanted.threshold {
      result.threshold = cut
    }
    let isCompatSaid = !isUnsaid(.compat, compatibility == nil)
    if !isCompatSaid { result.compatibility = wanted.compatibility }
    // The rule of a tool goes with the tool.
    if isUnsaid(.thresholdRule, !thresholdIsStrict), wanted.isStrict,
      !isCompatSaid || wanted.compatibility == nil
    {
      result.thresholdIsStrict = true
    }
    result.slices += wanted.crossings.filter { crossing in
      !slices.contains { Set($0.features.map(\.name)) == Set(crossing.features.map(\.name)) }
    }
    return result
  }

  private func isUnsaid(_ key: ConfigurationKey, _ isDefault: Bool) -> Bool {
    isDefault && !given.keys.contains(key)
  }

  /// What indicators need of a configuration that is resolved.
  ///
  /// - Parameter scoringCut: the median of the scores, where there are scores
  func presetChoice(scoringCut: Double?) -> PresetChoice? {
    guard let settings = preset else { return nil }
    var choice = PresetChoice(
      settings.preset, minimumShare: settings.minimumShare, unknown: settings.unknown, tau: settings.tau)
    choice.isNegativeFavourable = measures.favourable == .negative
    choice.controls = settings.preset == .lending ? measures.controls : []
    choice.compatibility = compatibility
    choice.scoringCut = settings.preset == .biasAudit ? scoringCut : nil
    choice.requests = PresetDefaults(settings.preset, self).requests(self)
    return choice
  }

  /// The median of the scores, which a bias audit's scoring rates are about: where a column has the decisions, or scores are selected above it.
  func scoringCut(_ scores: [Double]?, decidedAt cut: Double?) -> Double? {
    guard preset?.preset == .biasAudit, let scores else { return nil }
    guard cut == nil else { return threshold == .median && thresholdIsStrict ? cut : nil }
    return Threshold.median.cut(scores, isStrict: false)
  }

  /// - Throws: where the preset cannot say anything of what is predicted, or lacks a column.
  func validatePreset(_ kind: Failure.Kind) throws(Failure) {
    guard let preset = preset?.preset else { return }
    if let task = task.said, task != .binary { try Self.refuse(preset, of: task, kind) }
    guard preset.needsLabel, label == nil else { return }
    throw Failure(
      kind, "preset “\(preset.rawValue)” needs a label: it counts right and wrong decisions",
      advice: "Name the column of the true outcome: --label COLUMN.")
  }

  /// - Throws: where the preset is about decisions and the task has none.
  static func refuse(_ preset: RulePreset, of task: TaskKind, _ kind: Failure.Kind) throws(Failure) {
    guard preset.needsDecisions else { return }
    throw Failure(
      kind, "preset “\(preset.rawValue)” is about yes or no decisions, and this task is \(task.rawValue)",
      advice:
        "Leave it out, or choose “\(RulePreset.artificialIntelligenceAct.rawValue)”, which takes any task.")
  }
}

extension Evaluation {
  /// The indicators of the configuration's preset, where it has one.
  mutating func addIndicators(_ configuration: Configuration, scoringCut: Double? = nil) {
    guard let choice = configuration.presetChoice(scoringCut: scoringCut) else { return }
    preset = PresetMaker(self, choice).record()
  }
}
