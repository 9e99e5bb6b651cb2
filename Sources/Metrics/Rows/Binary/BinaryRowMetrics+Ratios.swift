import Results

/// Ratios of counts and rates, from 0 up.
extension BinaryRowMetrics {
  static let ratios: [BinaryFamily] = [
    ratio(
      "positive_likelihood_ratio", "Positive likelihood ratio", "LR+", "TPR / FPR", .higherIsBetter,
      undefined: "no positives, no negatives, or no false positives", source: "Altman & Bland 1994",
      alias("TFMA", "positive_likelihood_ratio") + alias("", "lr_plus")
        + alias("scikit-learn", "class_likelihood_ratios (first)")
    ) { cells throws(BinaryUndefined) in
      try cells.truePositiveRate().over(cells.falsePositiveRate(), "no false positives")
    },
    ratio(
      "negative_likelihood_ratio", "Negative likelihood ratio", "LR−", "FNR / TNR", .lowerIsBetter,
      undefined: "no positives, no negatives, or no true negatives", source: "Altman & Bland 1994",
      alias("TFMA", "negative_likelihood_ratio") + alias("", "lr_minus")
        + alias("scikit-learn", "class_likelihood_ratios (second)")
    ) { cells throws(BinaryUndefined) in
      try cells.falseNegativeRate().over(cells.trueNegativeRate(), "no true negatives")
    },
    ratio(
      "diagnostic_odds_ratio", "Diagnostic odds ratio", "DOR", "(TP·TN) / (FP·FN)", .higherIsBetter,
      undefined: "no positives, no negatives, no false positives or no false negatives",
      source: "Glas et al. 2003", alias("TFMA", "diagnostic_odds_ratio") + alias("", "dor")
    ) { cells throws(BinaryUndefined) in
      guard cells.positives.value > 0 else { throw BinaryUndefined("no positives") }
      guard cells.negatives.value > 0 else { throw BinaryUndefined("no negatives") }
      guard cells.falsePositives.value > 0 else { throw BinaryUndefined("no false positives") }
      return try (cells.truePositives * cells.trueNegatives).over(
        cells.falsePositives * cells.falseNegatives, "no false negatives")
    },
    ratio(
      "treatment_equality", "False negatives per false positive", "FN/FP", "FN / FP", .neutral,
      undefined: "no false positives", source: "Berk et al. 2018",
      alias("", "treatment_equality_ratio")
    ) { cells throws(BinaryUndefined) in
      try cells.falseNegatives.over(cells.falsePositives, "no false positives")
    },
    ratio(
      "conditional_acceptance", "Positives per predicted positive", "P/PP", "(TP + FN) / (TP + FP)", .neutral,
      undefined: "no predicted positives", []
    ) { cells throws(BinaryUndefined) in
      try cells.positives.over(cells.selected, "no predicted positives")
    },
    ratio(
      "conditional_rejection", "Negatives per predicted negative", "N/PN", "(FP + TN) / (FN + TN)", .neutral,
      undefined: "no predicted negatives", []
    ) { cells throws(BinaryUndefined) in
      try cells.negatives.over(cells.unselected, "no predicted negatives")
    },
    ratio(
      "lift", "Lift of the decision", "Lift", "precision / prevalence", .higherIsBetter,
      undefined: "no predicted positives, or no positives", []
    ) { cells throws(BinaryUndefined) in
      try cells.precision().over(cells.positives / cells.all, "no positives")
    },
  ]

  private static func ratio(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ direction: MetricEntry.Direction,
    undefined: String, source: String = "", _ aliases: [MetricDefinition.Alias],
    _ value: @escaping BinaryCellFormula.Value
  ) -> BinaryFamily {
    cells(
      define(
        id, name, symbol, formula, .mean, direction, interval: student,
        Note(range: ratioRange, undefined: undefined, source: source, aliases)), .rows, value)
  }
}
