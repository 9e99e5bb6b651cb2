import Results

/// What a tool has under a name that is asked for here in vain, with the reason.
package struct LeftOut: Sendable {
  package let tool: String
  package let name: String
  package let why: String
  package let instead: String

  private init(_ tool: String, _ name: String, _ why: String, _ instead: String) {
    (self.tool, self.name, self.why, self.instead) = (tool, name, why, instead)
  }

  package static let all = measures + metrics

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

  private static let measures = [
    LeftOut(
      "AIF360", "SampleDistortionMetric",
      "says how far a pre-processing moved the features of a training set: nothing that a model predicted",
      "compare what is predicted before and after, as candidate and baseline"),
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

  package func failure(_ kind: Failure.Kind) -> Failure {
    Failure(kind, "\(tool)'s \(name) is not here: it \(why)", advice: "There is instead: \(instead).")
  }

  /// The entry of a name, in any case.
  package static func named(_ name: String) -> LeftOut? {
    all.first { $0.name.lowercased() == name.lowercased() }
  }
}
