import Results

/// Metrics of the order in which scores put the rows.
extension BinaryRowMetrics {
  static let ranking: [BinaryFamily] = [
    curve(
      define(
        "gini", "Gini coefficient", "Gini", "2·AUC − 1", .correlation, .higherIsBetter, interval: student,
        Note(
          undefined: "no positives, or no negatives", source: "Somers 1962",
          alias("", "somers_d", "accuracy_ratio")))
    ) { curve throws(BinaryUndefined) in try curve.gini() },
    curve(
      define(
        "pr_auc", "PR AUC (trapezoid)", "PR AUC", "∫ precision d recall by trapezoids, beginning at (0, 1)",
        .index, .higherIsBetter, .positives, interval: logit,
        Note(undefined: "no positives", alias("scikit-learn", "auc(recall, precision)"))), .positives
    ) { curve throws(BinaryUndefined) in try curve.precisionRecallTrapezoid() },
    curve(
      define(
        "pr_auc_interpolated", "PR AUC (interpolated)", "PR AUC*",
        "∫ precision d recall, both counts linear between cuts", .index, .higherIsBetter, .positives,
        interval: logit,
        Note(
          undefined: "no positives", source: "Davis & Goadrich 2006",
          alias("TFMA", "auc_precision_recall") + alias("Keras", "AUC(curve='PR')"))), .positives
    ) { curve throws(BinaryUndefined) in try curve.precisionRecallInterpolated() },
    BinaryFamily(
      BinaryParameter(
        text: "a share above 0, at most 1", range: 0...1, defaults: [0.2], isOpenBelow: true),
      needs: [.label, .score],
      define: { limit in
        define(
          "partial_auc", "Partial AUC, FPR ≤ \(limit)", "pAUC",
          "area under the ROC curve where FPR ≤ \(limit), rescaled so that chance is ½ and perfection 1",
          .index, .higherIsBetter, interval: logit,
          Note(
            undefined: "no positives, or no negatives", source: "McClish 1989",
            alias("scikit-learn", "roc_auc_score(max_fpr)")))
      }
    ) { limit in
      let metric = BinaryCurveMetric(.rows) { curve throws(BinaryUndefined) in
        try curve.partialArea(upTo: limit)
      }
      return { metric.measure($0, $1, influence: &$2) }
    },
    curve(
      define(
        "ks", "Kolmogorov–Smirnov distance", "KS",
        "largest |TPR − FPR| over all cuts: of positives' scores against negatives'", .index, .higherIsBetter,
        interval: logit,
        Note(
          undefined: "no positives, or no negatives", source: "Smirnov 1939",
          alias("SciPy", "ks_2samp") + alias("", "kolmogorov_smirnov", "ks_statistic")))
    ) { curve throws(BinaryUndefined) in try curve.largestDistance() },
  ]

  /// The rows with the highest scores.
  static let top: [BinaryFamily] = [
    onTop("lift", .lift, "Lift", "precision on top / prevalence", .mean, .rows, aliases: []),
    onTop(
      "gain", .gain, "Gain (capture rate)", "share of positives on top", .index, .positives,
      aliases: alias("", "capture", "capture_rate", "cumulative_gain", "recall_at_top")),
    onTop(
      "precision_at_top", .precision, "Precision on top", "share of rows on top that are positive", .index,
      .rows, aliases: alias("", "response_rate")),
    topRows("top_k_recall", "Recall among the top", isRecall: true, alias("", "recall_at_k")),
    topRows("top_k_precision", "Precision among the top", isRecall: false, alias("", "precision_at_k")),
  ]

  private static func onTop(
    _ id: String, _ quantity: BinaryTop.Quantity, _ name: String, _ formula: String, _ kind: MetricEntry.Kind,
    _ basis: BinaryBasis, aliases: [MetricDefinition.Alias]
  ) -> BinaryFamily {
    BinaryFamily(
      BinaryParameter(
        text: "a share above 0, at most 1", range: 0...1, isCut: true, defaults: [0.1], isOpenBelow: true),
      needs: [.label, .score],
      define: { share in
        define(
          id, "\(name), top \(share)", "\(name.prefix(4))@\(share)",
          "\(formula): the highest scores with \(share) of the weight; ties at the edge count in part", kind,
          .higherIsBetter, basis, interval: kind == .mean ? student : logit,
          Note(
            range: kind == .mean ? ratioRange : nil,
            undefined: quantity == .precision ? "no rows" : "no positives", aliases))
      }
    ) { share in
      { BinaryTop.measure(quantity, fraction: share, $0, $1, influence: &$2) }
    }
  }

  private static func topRows(
    _ id: String, _ name: String, isRecall: Bool, _ aliases: [MetricDefinition.Alias]
  ) -> BinaryFamily {
    BinaryFamily(
      BinaryParameter(
        text: "a whole number of rows from 1", range: 1...2_147_483_647, isWhole: true),
      needs: [.label, .score],
      define: { k in
        var definition = define(
          id, "\(name) \(k)", isRecall ? "R@\(k)" : "P@\(k)",
          "of the \(k) rows with the highest scores of the slice; ties at the edge count in part", .index,
          .higherIsBetter, isRecall ? .positives : .rows, interval: nil,
          Note(
            undefined: isRecall ? "no positives, or fewer than k rows" : "fewer than k rows",
            aliases + alias("TFMA", isRecall ? "recall (top_k)" : "precision (top_k)")))
        definition.entry.k = Int(k)
        return definition
      }
    ) { k in
      let count = Int(k)
      return { observations, slice, _ in
        BinaryTop.measure(top: count, isRecall: isRecall, observations, slice)
      }
    }
  }
}
