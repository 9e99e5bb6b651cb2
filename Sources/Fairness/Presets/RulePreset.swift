/// A rule or tool whose choices an evaluation can take over by name.
package enum RulePreset: String, Sendable, CaseIterable {
  case fourFifths = "four-fifths"
  case biasAudit = "nyc-ll144"
  case lending = "ecoa"
  case clarify
  case aequitas
  case fairnessIndicators = "fairness-indicators"
  case artificialIntelligenceAct = "ai-act"

  package var title: String {
    switch self {
    case .fourFifths: "Four-fifths rule (Uniform Guidelines)"
    case .biasAudit: "New York City bias audit (Local Law 144)"
    case .lending: "Fair-lending screens (ECOA practice)"
    case .clarify: "SageMaker Clarify’s bias metrics"
    case .aequitas: "Aequitas’ audit"
    case .fairnessIndicators: "Fairness Indicators (TensorFlow)"
    case .artificialIntelligenceAct: "EU AI Act documentation"
    }
  }

  /// One line for a list of presets.
  package var summary: String {
    switch self {
    case .fourFifths: "selection rates against the highest, with tests and how many people a ratio rests on"
    case .biasAudit: "selection and scoring rates and impact ratios by sex, race/ethnicity and their crossing"
    case .lending: "adverse impact ratio, mean difference, odds ratio, and these within controls"
    case .clarify: "its pre- and post-training metrics, signs and names"
    case .aequitas: "group metrics, disparities and which lie within τ = 0.8"
    case .fairnessIndicators: "its rates at its thresholds"
    case .artificialIntelligenceAct: "group coverage, label prevalence and errors by group; no threshold"
    }
  }

  /// Whether decisions are what is looked at; what else a task has, only the rest can say something of.
  package var needsDecisions: Bool { self != .artificialIntelligenceAct }

  /// Whether nothing can be said without the true outcome.
  package var needsLabel: Bool {
    switch self {
    case .clarify, .aequitas, .fairnessIndicators: true
    case .fourFifths, .biasAudit, .lending, .artificialIntelligenceAct: false
    }
  }

  /// Groups with a smaller share of the rows take no part in comparisons, unless the user says another.
  package var minimumShare: Double { self == .biasAudit ? RuleNumbers.smallShare : 0 }

  /// Words that say that a group is not known, whatever their case; besides missing values.
  package static let unknownWords = [
    "unknown", "not known", "not disclosed", "undisclosed", "not stated", "not specified", "unspecified",
    "not reported", "declined to state", "decline to state", "declined to answer", "prefer not to say",
    "prefer not to answer", "not available", "n/a",
  ]
}
