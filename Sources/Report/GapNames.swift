import Results

/// How gaps are named and which of them lead.
enum GapNames {
  /// The gaps that a reader looks at first, in reading order.
  static let chief = [
    "demographic_parity", "equal_opportunity", "equalized_odds", "predictive_parity", "false_positive_rate",
    "false_negative_rate", "accuracy", "roc_auc",
  ]

  /// Says the same as another gap with the sign turned (a rate and its complement), or repeats one of its components.
  static let restated = [
    "equalized_odds": "equal_opportunity", "false_negative_rate": "equal_opportunity",
    "false_discovery_rate": "predictive_parity", "true_negative_rate": "false_positive_rate",
  ]

  private static let named: [String: (name: String, question: String)] = [
    "demographic_parity": ("Demographic parity", "Are groups selected equally often?"),
    "equal_opportunity": ("Equal opportunity", "Are true positives found equally often?"),
    "equalized_odds": ("Equalized odds", "Are both error rates equal?"),
    "predictive_parity": ("Predictive parity", "Is a selection equally often right?"),
    "exposure_parity": ("Exposure parity", "Are rows of each group placed equally high?"),
  ]

  /// The same questions where there is more than one outcome, or none.
  private static let questions: [TaskKind: [String: String]] = {
    let classes = [
      "demographic_parity": "Is each class predicted equally often?",
      "equal_opportunity": "Are rows of each class found equally often?",
      "equalized_odds": "Are the errors of each class equal?",
      "predictive_parity": "Is a prediction of each class equally often right?",
    ]
    return [
      .multiclass: classes, .multilabel: classes,
      .regression: [
        "demographic_parity": "Are predictions equally high?",
        "mean_error": "Is anyone rated too high or low?",
        "mean_absolute_error": "Are errors equally large?",
      ],
      .ranking: ["exposure_parity": "Are rows of each group placed equally high?"],
    ]
  }()

  static func name(_ id: String, _ metrics: [MetricEntry]) -> String {
    named[id]?.name ?? metrics.first { $0.id == id }?.name ?? id
  }

  static func question(_ id: String, _ task: TaskKind = .binary) -> String? {
    task == .binary ? named[id]?.question : questions[task]?[id]
  }

  /// Gap identifiers in reading order: the chief ones, then the others as stored.
  static func ordered(_ ids: [String], chief: [String] = Self.chief) -> [String] {
    chief.filter(ids.contains) + ids.filter { !chief.contains($0) }
  }
}
