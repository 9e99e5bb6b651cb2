import Results

extension BinaryRowMetrics {
  /// What other tools call the metrics of the counting engine.
  static let engineAliases: [BinaryMetric: [MetricDefinition.Alias]] = {
    typealias Alias = MetricDefinition.Alias
    func names(
      sklearn: [String] = [], fairlearn: [String] = [], aequitas: [String] = [], aif360: [String] = [],
      tfma: [String] = [], fairmodels: [String] = []
    ) -> [Alias] {
      let tools = [
        ("scikit-learn", sklearn), ("Fairlearn", fairlearn), ("Aequitas", aequitas), ("AIF360", aif360),
        ("TFMA", tfma), ("fairmodels", fairmodels),
      ]
      return tools.flatMap { tool, names in names.map { Alias(tool, $0) } }
    }
    return [
      .count: names(
        fairlearn: ["count"], aequitas: ["group_size", "total_entities"], aif360: ["num_instances"],
        tfma: ["example_count"]),
      .weight: names(tfma: ["weighted_example_count"]),
      .prevalence: names(aequitas: ["prev"], aif360: ["base_rate"], tfma: ["mean_label"]),
      .truePositives: names(aequitas: ["tp"], aif360: ["num_true_positives", "power"], tfma: ["tp"]),
      .falsePositives: names(aequitas: ["fp"], aif360: ["num_false_positives"], tfma: ["fp"]),
      .falseNegatives: names(aequitas: ["fn"], aif360: ["num_false_negatives"], tfma: ["fn"]),
      .trueNegatives: names(aequitas: ["tn"], aif360: ["num_true_negatives"], tfma: ["tn"]),
      .predictedPositives: names(aequitas: ["pp", "k"], aif360: ["num_pred_positives"]),
      .accuracy: names(sklearn: ["accuracy_score"], tfma: ["binary_accuracy"]),
      .balancedAccuracy: names(sklearn: ["balanced_accuracy_score"]),
      .precision: names(
        sklearn: ["precision_score"], aif360: ["positive_predictive_value"], tfma: ["ppv"]),
      .truePositiveRate: names(
        sklearn: ["recall_score"], fairlearn: ["true_positive_rate"], aequitas: ["tpr"],
        aif360: ["sensitivity", "sensitivity_score"], tfma: ["recall"]),
      .trueNegativeRate: names(
        fairlearn: ["true_negative_rate"], aequitas: ["tnr"], aif360: ["specificity_score"],
        tfma: ["specificity"]),
      .falsePositiveRate: names(aequitas: ["fpr"], tfma: ["fall_out"]),
      .falseNegativeRate: names(aequitas: ["fnr"], tfma: ["miss_rate"]),
      .negativePredictiveValue: names(aequitas: ["npv"], tfma: ["npv"]),
      .falseDiscoveryRate: names(aequitas: ["fdr"]),
      .falseOmissionRate: names(aequitas: ["for"]),
      .selectionRate: names(
        fairlearn: ["selection_rate"], aequitas: ["pprev"], tfma: ["predicted_positive_rate"],
        fairmodels: ["STP"]),
      .f1: names(sklearn: ["f1_score"], tfma: ["f1_score"]),
      .mcc: names(sklearn: ["matthews_corrcoef"], tfma: ["matthews_correlation_coefficient"]),
      .logLoss: names(sklearn: ["log_loss"], tfma: ["binary_crossentropy", "BinaryCrossEntropy"]),
      .brierScore: names(sklearn: ["brier_score_loss"], tfma: ["mean_squared_error"]),
      .rocAUC: names(sklearn: ["roc_auc_score"], tfma: ["auc"]),
      .averagePrecision: names(sklearn: ["average_precision_score"]),
      .meanScore: names(fairlearn: ["mean_prediction"], tfma: ["mean_prediction"]),
    ]
  }()
}
