import Results

/// What is to be said of the metrics of multi-class tasks that are not quotients of one class's outcomes.
enum ClassTexts {
  static let count = ClassText(
    id: "count", name: "Rows", symbol: "n", formula: "number of rows", kind: .count, direction: .neutral,
    undefined: nil, aliases: [.init("TFMA", "example_count"), .init("Fairlearn", "count")])

  static let weight = ClassText(
    id: "weight", name: "Weight", symbol: "Σw",
    formula: "sum of example weights; the rows where there are none", kind: .count, direction: .neutral,
    undefined: nil, aliases: [.init("TFMA", "weighted_example_count")])

  static let accuracy = ClassText(
    id: "accuracy", name: "Accuracy", symbol: "Acc",
    formula: "share of rows that are predicted as their class",
    kind: .rate,
    aliases: [
      .init("scikit-learn", "accuracy_score"), .init("Keras", "sparse_categorical_accuracy"),
      .init("Keras", "categorical_accuracy"),
    ])

  static let balancedAccuracy = ClassText(
    id: "balanced_accuracy", name: "Balanced accuracy", symbol: "BAcc",
    formula: "mean recall of the classes that have rows", kind: .index,
    source: "Brodersen, Ong, Stephan & Buhmann 2010",
    aliases: [.init("scikit-learn", "balanced_accuracy_score"), .init("", "macro recall")])

  static let hammingLoss = ClassText(
    id: "hamming_loss", name: "Hamming loss", symbol: "Ham",
    formula: "share of rows that are predicted as another class", kind: .rate, direction: .lowerIsBetter,
    aliases: [.init("scikit-learn", "hamming_loss"), .init("", "error rate")])

  static let matthews = ClassText(
    id: "mcc", name: "Matthews correlation", symbol: "MCC",
    formula:
      "(c·s − Σ pₖtₖ) / √((s² − Σ pₖ²)(s² − Σ tₖ²)) with c of s rows right, tₖ of class k, pₖ predicted as k",
    kind: .correlation, undefined: "all rows are of one class, or only one class is predicted",
    source: "Gorodkin 2004", aliases: [.init("scikit-learn", "matthews_corrcoef"), .init("", "R_K")])

  static func kappa(_ weighting: KappaWeighting) -> ClassText {
    let isPlain = weighting == .plain
    let cost =
      switch weighting {
      case .plain: "share of rows where label and decision differ"
      case .linear: "mean distance between label and decision in the order of the classes"
      case .quadratic: "mean squared distance between label and decision in the order of the classes"
      }
    return ClassText(
      id: isPlain ? "kappa" : "kappa_\(weighting.rawValue)",
      name: isPlain ? "Cohen's kappa" : "Cohen's kappa, \(weighting.rawValue) weights",
      symbol: isPlain ? "κ" : weighting == .linear ? "κ lin" : "κ quad",
      formula: "1 − D / E with D the \(cost), E the same if labels and decisions were independent",
      kind: .correlation,
      undefined: "labels and decisions are all of one class", range: -Double.infinity...1,
      source: isPlain ? "Cohen 1960" : "Cohen 1968",
      aliases: [
        .init(
          "scikit-learn", isPlain ? "cohen_kappa_score" : "cohen_kappa_score(weights='\(weighting.rawValue)')"
        )
      ])
  }

  static let logLoss = ClassText(
    id: "log_loss", name: "Log loss", symbol: "LogL",
    formula:
      "mean of −ln of the score of the true class, scores clipped to [2⁻⁵², 1 − 2⁻⁵²] and not renormalised",
    kind: .loss, direction: .lowerIsBetter, source: "Good 1952",
    aliases: [
      .init("scikit-learn", "log_loss"), .init("TFMA", "categorical_crossentropy"),
      .init("TFMA", "CategoricalCrossEntropy"),
      .init("", "cross-entropy"),
    ])

  static let brier = ClassText(
    id: "brier_score", name: "Brier score", symbol: "Brier",
    formula: "mean over rows of Σ over classes of (score − whether it is the true class)²; 0 to 2",
    kind: .loss,
    direction: .lowerIsBetter, range: 0...2, source: "Brier 1950",
    aliases: [
      .init("scikit-learn", "brier_score_loss"), .init("TFMA", "mean_squared_error"),
    ])

  static let topAccuracy = ClassText(
    id: "top_#_accuracy", name: "Top # accuracy", symbol: "Top #",
    formula: "share of rows whose class is among the # with the highest scores, the first in order on ties",
    kind: .rate,
    aliases: [
      .init("scikit-learn", "top_k_accuracy_score"), .init("TFMA", "recall(top_k=#)"),
      .init("Keras", "top_k_categorical_accuracy"),
    ])

  static let pairwiseAUC = ClassText(
    id: "roc_auc_ovo_macro", name: "ROC AUC, one-versus-one", symbol: "AUC ovo",
    formula:
      "mean over pairs of classes that have rows of how well the score of one tells them apart, ties one half",
    kind: .index, undefined: "fewer than two classes have rows", source: "Hand & Till 2001",
    aliases: [
      .init("scikit-learn", "roc_auc_score(multi_class='ovo')"), .init("scikit-learn", "roc_auc_ovo"),
    ])

  static let calibrationError = ClassText(
    id: "expected_calibration_error", name: "Expected calibration error", symbol: "ECE",
    formula:
      "Σ (n_b / n)·|share right − mean highest score| over right-closed bins of the highest score, of equal width",
    kind: .loss, direction: .lowerIsBetter, range: 0...1, source: "Guo, Pleiss, Sun & Weinberger 2017",
    aliases: [.init("", "ECE"), .init("", "top-label calibration error")], hasInterval: false)

  /// How large the error is by chance alone.
  static let calibratedError = ClassText(
    id: "expected_calibration_error_calibrated", name: "ECE of a calibrated model", symbol: "ECE₀",
    formula:
      "what a calibrated model with these scores is expected to show: Σ √(2/π · Σ w²·s·(1 − s)) / Σw over the bins of "
      + "the ECE, s the highest score",
    kind: .loss, direction: .neutral, range: 0...1, hasInterval: false)

  static let confidence = ClassText(
    id: "mean_confidence", name: "Mean confidence", symbol: "Conf", formula: "mean of the highest score",
    kind: .mean, direction: .neutral)
}

/// What is to be said of the scores of one class or label, and of their averages.
extension ClassTexts {
  static let rocAUC = ClassText(
    id: "roc_auc", name: "ROC AUC", symbol: "AUC",
    formula:
      "share of pairs of a row with and one without the class that its score has in the right order, ties one half",
    kind: .index, undefined: "no rows of the class, or none of other classes", source: "DeLong et al. 1988",
    aliases: [
      .init("scikit-learn", "roc_auc_score"), .init("TFMA", "auc"),
    ])

  static let averagePrecision = ClassText(
    id: "average_precision", name: "Average precision", symbol: "AP",
    formula: "Σ (Rₖ − Rₖ₋₁)·Pₖ over the distinct scores of the class, ties as one threshold", kind: .index,
    denominator: "rows of the class", undefined: "no rows of the class",
    aliases: [
      .init("scikit-learn", "average_precision_score"),
      .init("TFMA", "auc_precision_recall"),
    ])

  static let score = ClassText(
    id: "mean_score", name: "Mean score", symbol: "Score", formula: "mean of the scores of the class",
    kind: .mean, direction: .neutral, aliases: [.init("TFMA", "mean_prediction")])

  static let classBrier = ClassText(
    id: "brier_score", name: "Brier score", symbol: "Brier",
    formula: "mean of (score of the class − whether a row has it)²", kind: .loss, direction: .lowerIsBetter,
    range: 0...1, source: "Brier 1950", aliases: [.init("scikit-learn", "brier_score_loss")])

  static let residual = ClassText(
    id: "calibration_in_the_large", name: "Calibration in the large", symbol: "CITL",
    formula: "prevalence − mean score of the class; 0 is calibrated", kind: .correlation, direction: .neutral)

  static func rocAUC(_ averaging: Averaging) -> ClassText {
    averaged(rocAUC, averaging, id: "roc_auc_ovr", alias: "roc_auc_score(multi_class='ovr', ", tfma: "auc")
  }

  static func averagePrecision(_ averaging: Averaging) -> ClassText {
    averaged(
      averagePrecision, averaging, id: "average_precision", alias: "average_precision_score(",
      tfma: "auc_precision_recall")
  }

  /// What is to be said of an average by given weights of classes.
  static func classWeighted(_ text: ClassText, id: String, tfma: String) -> ClassText {
    var text = text
    text.id = id + ClassMetrics.weightedSuffix
    text.name += ", one-versus-rest, average by class weights"
    text.symbol += " cw"
    text.formula = "mean over the classes where it has a value, by class_weights, of: " + text.formula
    text.denominator = "rows"
    text.undefined = RankingMetric.averageReason(id == "roc_auc_ovr" ? .receiverOperating : .precisionRecall)
    text.aliases = [.init("TFMA", "\(tfma)(aggregate.macro_average, class_weights)")]
    return text
  }

  private static func averaged(
    _ text: ClassText, _ averaging: Averaging, id: String, alias: String, tfma: String
  ) -> ClassText {
    var text = text
    text.id = "\(id)_\(averaging.rawValue)"
    text.name += ", one-versus-rest, \(averaging.rawValue) average"
    text.symbol += " \(averaging.symbol)"
    text.formula =
      averaging == .micro
      ? "\(text.formula.replacing("of the class", with: "of all classes")), over all pairs of a row and a class"
      : "mean over the classes where it has a value\(averaging == .weighted ? ", by their rows," : "") of: "
        + text.formula
    text.denominator = "rows"
    text.undefined = RankingMetric.averageReason(
      id == "roc_auc_ovr" ? .receiverOperating : .precisionRecall, isPooled: averaging == .micro)
    text.aliases = [
      .init("scikit-learn", "\(alias)average='\(averaging.rawValue)')"),
      .init("TFMA", "\(tfma)(\(averaging.tfma))"),
    ]
    return text
  }
}
