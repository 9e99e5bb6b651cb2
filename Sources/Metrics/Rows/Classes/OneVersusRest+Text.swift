import Results

extension OneVersusRest {
  /// What is to be said of it for one class.
  var text: ClassText {
    let isShare = ![.f1, .f2, .jaccard].contains(self)
    return ClassText(
      id: rawValue, name: words.name, symbol: words.symbol, formula: words.formula,
      kind: isShare ? .rate : .index, direction: direction, denominator: denominatorText,
      undefined: emptyReason, source: source, aliases: aliases)
  }

  private var direction: MetricEntry.Direction {
    switch self {
    case .prevalence, .selectionRate: .neutral
    case .falsePositiveRate, .falseNegativeRate, .falseDiscoveryRate, .falseOmissionRate: .lowerIsBetter
    default: .higherIsBetter
    }
  }

  private var denominatorText: String {
    switch self {
    case .prevalence, .selectionRate: "rows"
    case .recall, .falseNegativeRate: "rows of the class"
    case .precision, .falseDiscoveryRate: "rows predicted as the class"
    case .falsePositiveRate, .trueNegativeRate: "rows of other classes"
    case .falseOmissionRate, .negativePredictiveValue: "rows not predicted as the class"
    case .f1, .f2, .jaccard: "rows of the class or predicted as it"
    }
  }

  /// Outcomes are those of the class against all others.
  private var words: (name: String, symbol: String, formula: String) {
    switch self {
    case .prevalence: ("Prevalence", "Prev", "share of rows that have the class: (TP + FN) / n")
    case .selectionRate:
      ("Selection rate", "SR", "share of rows that are predicted as the class: (TP + FP) / n")
    case .recall: ("Recall", "TPR", "rows of the class that are predicted as it: TP / (TP + FN)")
    case .precision: ("Precision", "PPV", "rows predicted as the class that have it: TP / (TP + FP)")
    case .falsePositiveRate:
      ("False positive rate", "FPR", "rows of other classes that are predicted as the class: FP / (FP + TN)")
    case .falseNegativeRate:
      ("False negative rate", "FNR", "rows of the class that are not predicted as it: FN / (FN + TP)")
    case .trueNegativeRate:
      (
        "True negative rate", "TNR",
        "rows of other classes that are not predicted as the class: TN / (TN + FP)"
      )
    case .falseDiscoveryRate:
      ("False discovery rate", "FDR", "rows predicted as the class that do not have it: FP / (FP + TP)")
    case .falseOmissionRate:
      ("False omission rate", "FOR", "rows not predicted as the class that have it: FN / (FN + TN)")
    case .negativePredictiveValue:
      (
        "Negative predictive value", "NPV",
        "rows not predicted as the class that do not have it: TN / (TN + FN)"
      )
    case .f1: ("F1 score", "F1", "2·TP / (2·TP + FP + FN)")
    case .f2: ("F2 score", "F2", "5·TP / (5·TP + 4·FN + FP): recall counts four times as much as precision")
    case .jaccard: ("Jaccard index", "Jac", "TP / (TP + FP + FN)")
    }
  }

  private var source: String {
    switch self {
    case .f1, .f2: "van Rijsbergen 1979"
    case .jaccard: "Jaccard 1901"
    default: ""
    }
  }

  private var aliases: [MetricDefinition.Alias] {
    let pairs: [(tool: String, name: String)]
    switch self {
    case .prevalence: pairs = [("TFMA", "prevalence"), ("Aequitas", "prev")]
    case .selectionRate:
      pairs = [
        ("TFMA", "predicted_positive_rate"), ("Fairlearn", "selection_rate"),
        ("Aequitas", "pprev"),
      ]
    case .recall:
      pairs = [
        ("scikit-learn", "recall_score"), ("TFMA", "recall"),
        ("TFMA", "tpr"),
        ("Fairlearn", "true_positive_rate"), ("Aequitas", "tpr"), ("", "sensitivity"),
      ]
    case .precision:
      pairs = [
        ("scikit-learn", "precision_score"), ("TFMA", "precision"),
        ("TFMA", "ppv"), ("Aequitas", "precision"), ("", "positive predictive value"),
      ]
    case .falsePositiveRate:
      pairs = [
        ("TFMA", "fpr"), ("TFMA", "fall_out"),
        ("Fairlearn", "false_positive_rate"), ("Aequitas", "fpr"),
      ]
    case .falseNegativeRate:
      pairs = [
        ("TFMA", "fnr"), ("TFMA", "miss_rate"),
        ("Fairlearn", "false_negative_rate"), ("Aequitas", "fnr"),
      ]
    default: pairs = furtherAliases
    }
    return pairs.map { MetricDefinition.Alias($0.tool, $0.name) }
  }

  private var furtherAliases: [(tool: String, name: String)] {
    switch self {
    case .trueNegativeRate:
      [
        ("TFMA", "tnr"), ("TFMA", "specificity"),
        ("Fairlearn", "true_negative_rate"), ("Aequitas", "tnr"), ("", "specificity"),
      ]
    case .falseDiscoveryRate: [("TFMA", "false_discovery_rate"), ("Aequitas", "fdr")]
    case .falseOmissionRate: [("TFMA", "false_omission_rate"), ("Aequitas", "for")]
    case .negativePredictiveValue:
      [("TFMA", "negative_predictive_value"), ("TFMA", "npv"), ("Aequitas", "npv")]
    case .f1: [("scikit-learn", "f1_score"), ("TFMA", "f1_score")]
    case .f2: [("scikit-learn", "fbeta_score(beta=2)")]
    case .jaccard: [("scikit-learn", "jaccard_score"), ("TFMA", "threat_score")]
    default: []
    }
  }
}

extension OneVersusRest {
  /// What is to be said of its average over classes.
  func text(_ averaging: Averaging) -> ClassText {
    let words = text
    return ClassText(
      id: "\(rawValue)_\(averaging.rawValue)", name: "\(words.name), \(averaging.rawValue) average",
      symbol: "\(words.symbol) \(averaging.symbol)", formula: averaging.formula(words.formula),
      kind: .index, undefined: OutcomeFormula.emptyReason(self, averaging), source: words.source,
      aliases: averagedAliases(averaging))
  }

  /// What is to be said of its average by given weights of classes.
  var classWeightedText: ClassText {
    let words = text
    return ClassText(
      id: rawValue + ClassMetrics.weightedSuffix, name: "\(words.name), average by class weights",
      symbol: "\(words.symbol) cw",
      formula:
        "mean over the classes where it has a value, by class_weights, of \(words.formula.formulaPart)",
      kind: .index, undefined: OutcomeFormula.emptyReason(self, .macro), source: words.source,
      aliases: averagedAliases(.macro).filter { $0.tool == "TFMA" }.map {
        .init($0.tool, $0.name.replacing("macro_average", with: "macro_average, class_weights"))
      })
  }

  private func averagedAliases(_ averaging: Averaging) -> [MetricDefinition.Alias] {
    let names: (scikit: String, tfma: String)
    switch self {
    case .precision: names = ("precision_score(", "precision")
    case .recall: names = ("recall_score(", "recall")
    case .f1: names = ("f1_score(", "f1_score")
    case .f2: names = ("fbeta_score(beta=2, ", "")
    case .jaccard: names = ("jaccard_score(", "threat_score")
    default: return []
    }
    let scikit = MetricDefinition.Alias("scikit-learn", "\(names.scikit)average='\(averaging.rawValue)')")
    guard !names.tfma.isEmpty else { return [scikit] }
    return [scikit, MetricDefinition.Alias("TFMA", "\(names.tfma)(\(averaging.tfma))")]
  }

  /// What is to be said of its mean over the rows of a multi-label task.
  var samplesText: ClassText {
    let words = text
    let scikit = averagedAliases(.macro).first { $0.tool == "scikit-learn" }
    return ClassText(
      id: "\(rawValue)_samples", name: "\(words.name), sample average", symbol: "\(words.symbol) samples",
      formula: "mean over rows, outcomes counted over the labels of the row, of \(words.formula.formulaPart)",
      kind: .index, denominator: "rows where it has a value", undefined: LabelSetMean.emptyReason(self),
      source: words.source,
      aliases: scikit.map { [.init($0.tool, $0.name.replacing("'macro'", with: "'samples'"))] } ?? [])
  }
}

extension Averaging {
  var symbol: String {
    switch self {
    case .micro: "micro"
    case .macro: "macro"
    case .weighted: "wtd"
    }
  }

  /// The option of TFMA's that asks for it.
  var tfma: String {
    switch self {
    case .micro: "aggregate.micro_average"
    case .macro: "aggregate.macro_average"
    case .weighted: "aggregate.weighted_macro_average"
    }
  }

  func formula(_ ofClass: String) -> String {
    let formula = ofClass.formulaPart
    return switch self {
    case .micro: "\(formula), outcomes summed over classes"
    case .macro: "mean over the classes where it has a value of \(formula)"
    case .weighted: "mean over the classes where it has a value, by their rows, of \(formula)"
    }
  }
}

extension String {
  /// What follows the words before a colon, or precedes those after it: the part with signs.
  fileprivate var formulaPart: String {
    let parts = split(separator: ": ").map(String.init)
    return parts.first { $0.contains("/") } ?? self
  }
}
