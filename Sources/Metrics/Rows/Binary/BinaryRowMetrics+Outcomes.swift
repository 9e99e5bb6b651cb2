import Results

/// Metrics of the confusion matrix at the decisions as they are.
extension BinaryRowMetrics {
  /// Counts and plain shares.
  static let outcomes: [BinaryFamily] = [
    counted(
      "positives", "Positives", "P", "label positive: TP + FN", .positives, .label,
      alias("AIF360", "num_positives") + alias("Aequitas", "group_label_pos")),
    counted(
      "negatives", "Negatives", "N", "label negative: FP + TN", .negatives, .label,
      alias("AIF360", "num_negatives") + alias("Aequitas", "group_label_neg")),
    counted(
      "predicted_negatives", "Predicted negatives", "PN", "decision negative: FN + TN", .unselected, [],
      alias("Aequitas", "pn") + alias("AIF360", "num_pred_negatives")),
    share(
      "error_rate", "Error rate", "ERR", "(FP + FN) / n", .lowerIsBetter, [.falsePositive, .falseNegative],
      of: .rows,
      alias("scikit-learn", "zero_one_loss", "hamming_loss") + alias("AIF360", "error_rate")
        + alias("", "err", "misclassification_rate")),
    share(
      "predicted_negative_rate", "Predicted negative rate", "PNR", "(FN + TN) / n", .neutral,
      [.falseNegative, .trueNegative], of: .rows, needs: [],
      alias("Fairness Indicators", "negative_rate") + alias("", "rejection_rate")),
    share(
      "negative_prevalence", "Share of negatives", "1−Prev", "(FP + TN) / n", .neutral,
      [.falsePositive, .trueNegative], of: .rows),
  ]

  private static func counted(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ basis: BinaryBasis,
    _ needs: BinaryNeeds, _ aliases: [MetricDefinition.Alias]
  ) -> BinaryFamily {
    BinaryFamily(
      define(id, name, symbol, formula, .count, .neutral, interval: nil, Note(aliases)), needs: needs,
      measure: count(basis))
  }

  /// Scores made of several rates.
  static let agreement: [BinaryFamily] =
    [
      BinaryFamily(
        BinaryParameter(
          text: "a number above 0", range: 0...1000, defaults: [0.5, 2], isOpenBelow: true),
        needs: .label, bound: ["f2": 2, "f2_score": 2, "f0.5": 0.5, "f0.5_score": 0.5],
        define: { beta in
          define(
            "f_beta", "F\(beta) score", "F\(beta)", "(1 + β²)·TP / ((1 + β²)·TP + β²·FN + FP), β = \(beta)",
            .index, .higherIsBetter, .either, interval: logit,
            Note(
              undefined: "no positives and no predicted positives", source: "van Rijsbergen 1979",
              alias("scikit-learn", "fbeta_score")))
        }
      ) { beta in
        let formula = BinaryCellFormula(.either) { cells throws(BinaryUndefined) in try fBeta(cells, beta) }
        return { formula.measure($0, $1, threshold: nil, influence: &$2) }
      },
      cells(
        define(
          "threat_score", "Threat score (Jaccard)", "TS", "TP / (TP + FP + FN)", .index, .higherIsBetter,
          .either, interval: logit,
          Note(
            undefined: "no positives and no predicted positives", source: "Gilbert 1884; Jaccard 1901",
            alias("TFMA", "threat_score") + alias("scikit-learn", "jaccard_score")
              + alias("", "jaccard", "critical_success_index"))), .either
      ) { cells throws(BinaryUndefined) in
        try cells.truePositives.over(cells.sum(.either), "no positives and no predicted positives")
      },
      cells(
        define(
          "fowlkes_mallows", "Fowlkes–Mallows index", "FM", "√(PPV·TPR)", .index, .higherIsBetter,
          interval: logit,
          Note(
            undefined: "no positives, or no predicted positives", source: "Fowlkes & Mallows 1983",
            alias("TFMA", "fowlkes_mallows_index")))
      ) { cells throws(BinaryUndefined) in
        try (cells.truePositiveRate() * cells.precision()).squareRoot()
      },
      cells(
        define(
          "balanced_error_rate", "Balanced error rate", "BER", "(FNR + FPR) / 2", .index, .lowerIsBetter,
          interval: logit, Note(undefined: "no positives, or no negatives", alias("", "ber")))
      ) { cells throws(BinaryUndefined) in
        try (cells.falseNegativeRate() + cells.falsePositiveRate()) / 2
      },
      cells(
        define(
          "geometric_mean", "Geometric mean of TPR and TNR", "G", "√(TPR·TNR)", .index, .higherIsBetter,
          interval: logit,
          Note(
            undefined: "no positives, or no negatives", source: "Kubat & Matwin 1997",
            alias("imbalanced-learn", "geometric_mean_score")))
      ) { cells throws(BinaryUndefined) in
        try (cells.truePositiveRate() * cells.trueNegativeRate()).squareRoot()
      },
      cells(
        define(
          "prevalence_threshold", "Prevalence threshold", "PT", "(√(TPR·FPR) − FPR) / (TPR − FPR)", .index,
          .lowerIsBetter, interval: logit,
          Note(
            undefined: "no positives, no negatives, or TPR = FPR", source: "Balayla 2020",
            alias("TFMA", "prevalence_threshold"))), .rows, prevalenceThreshold),
    ] + correlations

  /// √FPR / (√TPR + √FPR), which is the same and loses no digits where the rates are near each other.
  private static let prevalenceThreshold: BinaryCellFormula.Value = { cells throws(BinaryUndefined) in
    let hits = try cells.truePositiveRate()
    let alarms = try cells.falsePositiveRate()
    guard hits.value != alarms.value else { throw BinaryUndefined("TPR and FPR are equal") }
    let root = alarms.squareRoot()
    return root / (hits.squareRoot() + root)
  }

  private static let correlations: [BinaryFamily] = [
    cells(
      define(
        "informedness", "Informedness (Youden's J)", "J", "TPR + TNR − 1", .correlation, .higherIsBetter,
        interval: student,
        Note(
          undefined: "no positives, or no negatives", source: "Youden 1950; Powers 2011",
          alias("TFMA", "informedness")
            + alias("", "youden_j", "bookmaker_informedness", "peirce_skill_score")))
    ) { cells throws(BinaryUndefined) in
      try cells.truePositiveRate() - cells.falsePositiveRate()
    },
    cells(
      define(
        "markedness", "Markedness", "MK", "PPV + NPV − 1", .correlation, .higherIsBetter, interval: student,
        Note(
          undefined: "no predicted positives, or no predicted negatives", source: "Powers 2011",
          alias("TFMA", "markedness")))
    ) { cells throws(BinaryUndefined) in
      try cells.precision() + cells.negativePredictiveValue() - 1
    },
    cells(
      define(
        "cohens_kappa", "Cohen's kappa", "κ",
        "(Acc − Eₓ) / (1 − Eₓ), Eₓ the agreement of independent margins",
        .correlation, .higherIsBetter, interval: student,
        Note(
          undefined: "labels and decisions are all of one class", source: "Cohen 1960",
          alias("scikit-learn", "cohen_kappa_score") + alias("", "kappa")))
    ) { cells throws(BinaryUndefined) in
      let square = cells.all * cells.all
      let expected = cells.positives * cells.selected + cells.negatives * cells.unselected
      let agreed = (cells.truePositives + cells.trueNegatives) * cells.all
      return try (agreed - expected).over(square - expected, "labels and decisions are all of one class")
    },
  ]
}
