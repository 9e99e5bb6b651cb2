/// The keys of a configuration file, in the order in which they take effect.
package enum ConfigurationKey: String, Sendable, CaseIterable {
  case title, data, format, delimiter, missing
  case badRows = "bad_rows"
  case types, task, label, positive, score
  case scoreKind = "score_kind"
  case decision, threshold
  // Before `threshold_rule`, which has the last word.
  case compat
  case thresholdRule = "threshold_rule"
  case weight, unweighted, unit, query
  case scorePrefix = "score_prefix"
  case labelPrefix = "label_prefix"
  case decisionPrefix = "decision_prefix"
  case cutoffs, quantiles
  case relevantAt = "relevant_at"
  case baselineData = "baseline_data"
  case baselineScore = "baseline_score"
  case baselineDecision = "baseline_decision"
  case slices, references, metrics, gaps, comparisons, level, seed
  case measures, controls, favourable
  case neighbourFeatures = "neighbour_features"
  case customMetrics = "custom_metrics"
  case atThresholds = "at_thresholds"
  case classWeights = "class_weights"
  case bootstrapReplicates = "bootstrap_replicates"
  case calibrationBins = "calibration_bins"
  case model, explain, gate, card, threads, out, report, charts, documents, history
  case runLabel = "run_label"
  case suppressBelow = "suppress_below"
  case assets
  case preset
}
