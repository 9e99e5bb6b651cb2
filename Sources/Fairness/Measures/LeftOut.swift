import Results

/// What a tool has and this project has not, with the reason: a name that is asked for in vain, or an output that is wrong.
package struct LeftOut: Sendable {
  package let tool: String
  package let name: String
  package let why: String
  package let instead: String

  init(_ tool: String, _ name: String, _ why: String, _ instead: String) {
    (self.tool, self.name, self.why, self.instead) = (tool, name, why, instead)
  }

  /// Names.
  package static let names = distortions + measures + metrics + choices + significances + sums

  private static let metrics =
    [
      ("CalibrationPlot", "calibration, of every group with a limit each"),
      ("ConfusionMatrixPlot", "the ROC and precision–recall curves, and the lab of thresholds"),
      ("ScoreDistributionPlot", "the distribution of scores by group"),
      ("MultiClassConfusionMatrixPlot", "the grid of classes and decisions"),
      ("MultiLabelConfusionMatrixPlot", "metrics of each label (`precision[LABEL]`)"),
    ].map { name, chart in
      LeftOut("TFMA", name, "is a chart of every report that has what it shows", chart)
    }
    + ["TotalAttributions", "TotalAbsoluteAttributions", "MeanAttributions", "MeanAbsoluteAttributions"].map {
      LeftOut("TFMA", $0, "adds up attributions that a run has from elsewhere", "“fairslice explain”")
    }
    + ["FalsePositiveFeatureSampler", "FalseNegativeFeatureSampler", "FixedSizeSample"].map {
      LeftOut("TFMA", $0, "shows single rows, which no report does", "slices by the features that matter")
    }
    + [
      LeftOut(
        "TFMA", "Mean", "is of a column",
        "a custom metric, custom_metrics: [{ name: \"mean_loan\", numerator: \"sum(loan)\", denominator: \"n\" }]"
      ),
      LeftOut(
        "TFMA", "ModelCosineSimilarity", "compares vectors, as those of embeddings",
        "`symmetric_prediction_difference` of two models' scores"),
    ]

  /// What is said of a run and is no metric.
  private static let choices = [
    LeftOut(
      "Aequitas", "rank_abs", "is where scores are cut, not a metric", "--threshold top:100, so many rows"),
    LeftOut("Aequitas", "rank_pct", "is where scores are cut, not a metric", "--threshold top:10%"),
    LeftOut(
      "Aequitas", "get_disparity_predefined_groups", "is a choice of the reference group, not a measure",
      "--reference race=Caucasian with `--measure aequitas`"),
    LeftOut(
      "Aequitas", "get_disparity_major_group", "is a choice of the reference group, not a measure",
      "`--measure aequitas`, where the largest group is the reference unless one is named"),
    LeftOut(
      "Fairlearn", "MetricFrame", "is all that a run tells: every metric of every group",
      "--metric and --slice"),
    LeftOut("AIF360", "intersection", "is a choice of groups, not a measure", "--slice sex*race"),
    LeftOut(
      "AIF360", "one_vs_rest", "is a choice of what a group is compared with, not a measure",
      "--comparison to_complement"),
  ]

  private static let significances = AuditMetric.allCases.filter { $0 != .ppr }.map {
    LeftOut(
      "Aequitas", $0.rawValue + "_significance",
      "compares rows by decision, which for half of these columns is another rate than the name says",
      "the p-value beside `\($0.rawValue)_disparity`, of the right denominators")
  }

  /// Several numbers under one name, and sums that others say better.
  private static let sums = [
    LeftOut(
      "AIF360", "binary_confusion_matrix", "is four numbers",
      "`true_positives`, `false_positives`, `false_negatives` and `true_negatives`"),
    LeftOut(
      "AIF360", "generalized_binary_confusion_matrix", "is four numbers",
      "`generalized_true_positives`, `generalized_false_positives`, `generalized_false_negatives` and "
        + "`generalized_true_negatives`"),
    LeftOut(
      "AIF360", "performance_measures", "is many numbers", "`default`: every metric that is told unasked"),
    LeftOut(
      "AIF360", "smoothed_base_rate", smoothing,
      "`prevalence` with its interval, and differential fairness, "
        + "which smooths as AIF360 does"),
    LeftOut(
      "AIF360", "smoothed_selection_rate", smoothing,
      "`selection_rate` with its interval, and differential "
        + "fairness, which smooths as AIF360 does"),
    LeftOut(
      "AIF360", "discounted_cum_gain", "is of the order of a data set's own scores, as one list",
      "`dcg_linear` and `ndcg_linear` of a ranking (--task ranking)"),
    LeftOut(
      "Fairness Indicators", "lift@23",
      "was taken out of TFMA; it told the mean score less that of all rows with labels as the slice has them",
      "`generalized_true_positive_rate` and `generalized_false_positive_rate`, the mean score at each label, with their gaps "
        + "(`lift@0.1` is the lift of the top tenth)"),
  ]
  private static let smoothing =
    "moves a rate towards one half by rows that are not there, more the fewer rows there are"

  private static let measures = [
    LeftOut(
      "AIF360", "ot_distance",
      "takes values for masses, and compares labels with predictions within a group: it says nothing of two groups",
      "`wasserstein_distance`, of two groups' scores"),
    LeftOut(
      "AIF360", "rich_subgroup",
      "looks at subgroups that a linear rule cuts out, found by a search that may stop short",
      "`subgroup_false_positive`: every conjunction of the attributes that are sliced by"),
    LeftOut(
      "AIF360", "mdss_bias_scan",
      "is a search for the subset with the largest bias score, with a penalty to be chosen",
      "the score of each group (`bias_score_overpredicted`, `bias_score_underpredicted`) with its test"),
    LeftOut(
      "AIF360", "FACTS", "asks a model about changed rows, and what a change costs a person",
      "`flip_test`, and flips of a model that is asked (“fairslice explain”)"),
  ]

  private static let distortions = [
    "SampleDistortionMetric", "euclidean_distance", "manhattan_distance", "mahalanobis_distance",
  ].map {
    LeftOut(
      "AIF360", $0,
      "says how far a pre-processing moved the features of a training set: nothing that a model predicted",
      "compare what is predicted before and after, as candidate and baseline")
  }

  package func failure(_ kind: Failure.Kind) -> Failure {
    let owner = tool.hasSuffix("s") ? "\(tool)'" : "\(tool)'s"
    return Failure(kind, "\(owner) \(name) is not here: it \(why)", advice: "There is instead: \(instead).")
  }

  /// The entry of a name, in any case.
  package static func named(_ name: String) -> LeftOut? {
    names.first { $0.name.lowercased() == name.lowercased() }
  }
}
