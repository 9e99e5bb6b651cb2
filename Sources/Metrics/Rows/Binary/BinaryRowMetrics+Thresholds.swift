import Results

/// Metrics at a cut of the scores: a row is selected where its score is at least the cut.
extension BinaryRowMetrics {
  private static let threshold = BinaryParameter(
    text: "a threshold", range: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, isCut: true)

  static let atThreshold: [BinaryFamily] =
    rates.compactMap(at) + [
      negativeRate, f1,
      countAt("true_positives", "True positives", "TP", [.truePositive]),
      countAt("false_positives", "False positives", "FP", [.falsePositive]),
      countAt("false_negatives", "False negatives", "FN", [.falseNegative]),
      countAt("true_negatives", "True negatives", "TN", [.trueNegative]),
    ]

  /// Rates with what they are called at a threshold; Fairness Indicators has all but NPV and accuracy.
  private static let rates: [(BinaryMetric, [MetricDefinition.Alias])] = [
    (
      .truePositiveRate,
      alias("Fairness Indicators", "true_positive_rate", "recall") + alias("", "tpr", "sensitivity")
    ),
    (.falsePositiveRate, alias("Fairness Indicators", "false_positive_rate") + alias("", "fpr", "fall_out")),
    (.trueNegativeRate, alias("Fairness Indicators", "true_negative_rate") + alias("", "tnr", "specificity")),
    (.falseNegativeRate, alias("Fairness Indicators", "false_negative_rate") + alias("", "fnr", "miss_rate")),
    (.precision, alias("Fairness Indicators", "precision") + alias("", "ppv")),
    (.negativePredictiveValue, alias("", "npv")),
    (.falseDiscoveryRate, alias("Fairness Indicators", "false_discovery_rate") + alias("", "fdr")),
    (.falseOmissionRate, alias("Fairness Indicators", "false_omission_rate") + alias("", "for")),
    (
      .selectionRate,
      alias("Fairness Indicators", "positive_rate") + alias("", "predicted_positive_rate", "pprev")
    ),
    (.accuracy, alias("", "acc", "binary_accuracy")),
  ]

  private static func at(_ metric: BinaryMetric, _ aliases: [MetricDefinition.Alias]) -> BinaryFamily? {
    let entry = metric.entry
    guard let rate = metric.rate else { return nil }
    let basis = BinaryBasis(mask: rate.denominatorMask)
    return atThreshold(
      needs: metric.needsLabel ? [.label, .score] : .score,
      BinaryCellFormula(share: BinaryBasis(mask: rate.numerator), of: basis)
    ) { cut in
      define(
        entry.id, "\(entry.name) at \(cut)", "\(entry.symbol)@\(cut)", "\(entry.formula), score ≥ \(cut)",
        .rate, entry.direction, basis, interval: "Wilson score", Note(undefined: basis.emptyReason, aliases))
    }
  }

  private static let negativeRate = atThreshold(
    needs: .score, BinaryCellFormula(share: .unselected, of: .rows)
  ) { cut in
    define(
      "predicted_negative_rate", "Predicted negative rate at \(cut)", "PNR@\(cut)",
      "(FN + TN) / n, score ≥ \(cut)", .rate, .neutral, interval: "Wilson score",
      Note(undefined: "no rows", alias("Fairness Indicators", "negative_rate")))
  }

  private static let f1 = atThreshold(
    needs: [.label, .score],
    BinaryCellFormula(.either) { cells throws(BinaryUndefined) in try fBeta(cells, 1) }
  ) { cut in
    define(
      "f1", "F1 score at \(cut)", "F1@\(cut)", "2·TP / (2·TP + FP + FN), score ≥ \(cut)", .index,
      .higherIsBetter, .either, interval: logit,
      Note(undefined: "no positives and no predicted positives", alias("", "f1_score")))
  }

  private static func atThreshold(
    needs: BinaryNeeds, _ formula: BinaryCellFormula,
    define: @escaping @Sendable (String) -> MetricDefinition
  ) -> BinaryFamily {
    BinaryFamily(threshold, needs: needs, define: define) { cut in
      { formula.measure($0, $1, threshold: cut, influence: &$2) }
    }
  }

  /// The confusion matrix at a cut, a count at a time.
  private static func countAt(
    _ id: String, _ name: String, _ symbol: String, _ outcomes: [Outcome]
  ) -> BinaryFamily {
    let basis = BinaryBasis(outcomes)
    return BinaryFamily(threshold, needs: [.label, .score]) { cut in
      define(
        id, "\(name) at \(cut)", "\(symbol)@\(cut)", "\(name.lowercased()), score ≥ \(cut)", .count, .neutral,
        interval: nil,
        Note(alias("TFMA", "confusion_matrix_at_thresholds: \(id)", "confusion_matrix_at_thresholds")))
    } measure: { cut in
      { observations, slice, _ in
        let counts = BinaryCounts(observations, slice, threshold: cut)
        return counts.measured(counts.total(counts.weights, basis), .rows, hasInfluence: false)
      }
    }
  }
}
