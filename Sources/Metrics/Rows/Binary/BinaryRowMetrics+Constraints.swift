import Results

/// The best of one thing while another keeps a bound, over every cut that the scores allow, nobody selected
/// among them. Exact, without interval: how such a value varies depends on the density at its cut.
extension BinaryRowMetrics {
  static let atConstraint: [BinaryFamily] = [
    constrained(
      "sensitivity_at_specificity", "TPR at specificity", "TPR|TNR≥", "the largest TPR with TNR ≥", 0.9,
      aliases: alias("TFMA", "sensitivity_at_specificity") + alias("Keras", "SensitivityAtSpecificity")
    ) { curve, bound throws(BinaryUndefined) in try curve.sensitivity(atSpecificity: bound) },
    constrained(
      "specificity_at_sensitivity", "TNR at sensitivity", "TNR|TPR≥", "the largest TNR with TPR ≥", 0.9,
      basis: .negatives,
      aliases: alias("TFMA", "specificity_at_sensitivity") + alias("Keras", "SpecificityAtSensitivity")
    ) { curve, bound throws(BinaryUndefined) in try curve.specificity(atSensitivity: bound) },
    constrained(
      "precision_at_recall", "Precision at recall", "PPV|TPR≥", "the largest precision with recall ≥", 0.8,
      basis: .rows, undefined: "no positives",
      aliases: alias("TFMA", "precision_at_recall") + alias("Keras", "PrecisionAtRecall")
    ) { curve, bound throws(BinaryUndefined) in try curve.precision(atRecall: bound) },
    constrained(
      "recall_at_precision", "Recall at precision", "TPR|PPV≥", "the largest recall with precision ≥", 0.8,
      undefined: "no positives, or no cut reaches the precision",
      aliases: alias("TFMA", "recall_at_precision") + alias("Keras", "RecallAtPrecision")
    ) { curve, bound throws(BinaryUndefined) in try curve.recall(atPrecision: bound) },
    constrained(
      "recall_at_false_positive_rate", "Recall at false positive rate", "TPR|FPR≤",
      "the largest recall with FPR ≤", 0.1,
      aliases: alias("TFMA", "recall_at_false_positive_rate")
    ) { curve, bound throws(BinaryUndefined) in try curve.recall(atFalsePositiveRate: bound) },
    constrained(
      "threshold_at_recall", "Threshold at recall", "cut|TPR≥", "the highest score with recall ≥", 0.8,
      kind: .mean, undefined: "no positives", aliases: alias("TFMA", "threshold_at_recall")
    ) { curve, bound throws(BinaryUndefined) in try curve.threshold(atRecall: bound) },
    BinaryFamily(
      define(
        "max_recall", "Recall above score 0", "TPR|>0", "share of positives with a score above 10⁻¹²", .rate,
        .higherIsBetter, .positives, interval: "Wilson score",
        Note(undefined: "no positives", alias("TFMA", "max_recall"))), needs: [.label, .probability]
    ) { observations, slice, influence in
      // TFMA selects what is above its lowest threshold, not what is at it.
      BinaryCellFormula(share: BinaryBasis([.truePositive]), of: .positives).measure(
        observations, slice, threshold: (1e-12).nextUp, influence: &influence)
    },
  ]

  private static func constrained(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ value: Double,
    basis: BinaryBasis = .positives, kind: MetricEntry.Kind = .index,
    undefined: String = "no positives, or no negatives", aliases: [MetricDefinition.Alias],
    _ measure: @escaping @Sendable (BinaryCurve, Double) throws(BinaryUndefined) -> BinaryCurveValue
  ) -> BinaryFamily {
    BinaryFamily(
      BinaryParameter(text: "a share from 0 to 1", range: 0...1, defaults: [value]), needs: [.label, .score],
      define: { bound in
        define(
          id, "\(name) \(bound)", "\(symbol)\(bound)", "\(formula) \(bound) over all cuts; ties are one step",
          kind, kind == .mean ? .neutral : .higherIsBetter, basis, interval: nil,
          Note(undefined: undefined, aliases))
      }
    ) { bound in
      let metric = BinaryCurveMetric(basis) { curve throws(BinaryUndefined) in try measure(curve, bound) }
      return { metric.measure($0, $1, influence: &$2) }
    }
  }
}
