import Results

/// What leads on the page of a task that is not binary: metrics and gaps by their identifiers, as far as the evaluation
/// has them.
struct TaskProfile {
  let kind: TaskKind
  /// Over all rows, on the first screen.
  let tiles: [String]
  /// Metrics of a chapter's dot plots.
  let dots: [[String]]
  /// Gaps that a reader looks at first.
  let chief: [String]
  /// Metrics of a cross's grids.
  let heat: [String]
  /// Metrics of the table of slices, of documents and of the comparison with a baseline.
  let lead: [String]
  let compared: [String]
  /// Gaps of the scatter of slices; none where slices share the units that are independent, as the queries of a ranking.
  let across: [String]
  /// Classes or labels, as far as they are drawn one by one.
  let classes: [String]
  /// The cut-off that is told of metrics at k; nil where there is none.
  let cutoff: Int?

  /// Classes that charts and tables of classes have room for.
  static let drawnClasses = 10

  /// nil for a binary task, whose page is made of outcomes.
  init?(_ evaluation: Evaluation) {
    guard evaluation.task != .binary else { return nil }
    kind = evaluation.task
    let metrics = Set(evaluation.metrics.map(\.id))
    let gaps = Set(evaluation.gaps.map(\.metric))
    cutoff = evaluation.metrics.compactMap(\.k).max()
    let sheet = Self.sheet(kind, cutoff: kind == .ranking ? cutoff : nil)
    tiles = sheet.tiles.filter(metrics.contains)
    dots = sheet.dots.map { $0.filter(metrics.contains) }.filter { !$0.isEmpty }
    chief = sheet.chief.filter(gaps.contains)
    heat = Array(sheet.heat.filter(metrics.contains).prefix(2))
    lead = sheet.lead.filter(metrics.contains)
    compared = sheet.compared.filter(metrics.contains)
    across = sheet.across.filter(gaps.contains)
    classes = Array((evaluation.roles.classes ?? []).prefix(Self.drawnClasses))
  }

  /// The identifier of a metric of one class: `recall[long_term]`.
  static func id(_ base: String, _ name: String) -> String { "\(base)[\(name)]" }

  // MARK: Choices

  private struct Sheet {
    var tiles: [String]
    var dots: [[String]]
    var chief: [String]
    var heat: [String]
    var lead: [String]
    var compared: [String]
    var across: [String] = []
  }

  private static func sheet(_ kind: TaskKind, cutoff: Int?) -> Sheet {
    switch kind {
    case .binary, .multiclass: multiclass
    case .multilabel: multilabel
    case .regression: regression
    case .ranking: ranking(cutoff)
    }
  }

  private static let multiclass = Sheet(
    tiles: [
      "accuracy", "balanced_accuracy", "f1_macro", "mcc", "roc_auc_ovr_macro", "log_loss", "brier_score",
      "expected_calibration_error",
    ],
    dots: [
      ["accuracy", "balanced_accuracy", "f1_macro"], ["roc_auc_ovr_macro", "log_loss", "brier_score"],
    ],
    chief: [
      "demographic_parity", "equal_opportunity", "equalized_odds", "predictive_parity", "accuracy",
      "balanced_accuracy", "f1_macro", "log_loss",
    ],
    heat: ["accuracy", "f1_macro"],
    lead: [
      "accuracy", "balanced_accuracy", "recall_macro", "precision_macro", "f1_macro", "roc_auc_ovr_macro",
      "log_loss",
    ],
    compared: ["accuracy", "balanced_accuracy", "f1_macro", "roc_auc_ovr_macro", "log_loss"],
    across: ["accuracy", "f1_macro", "log_loss"])

  private static let multilabel = Sheet(
    tiles: [
      "exact_match", "hamming_loss", "f1_samples", "f1_macro", "recall_macro", "precision_macro",
      "label_ranking_average_precision", "log_loss",
    ],
    dots: [
      ["exact_match", "hamming_loss", "f1_samples"], ["recall_macro", "precision_macro", "f1_macro"],
    ],
    chief: [
      "demographic_parity", "equal_opportunity", "equalized_odds", "predictive_parity", "exact_match",
      "hamming_loss", "f1_samples", "f1_macro",
    ],
    heat: ["exact_match", "hamming_loss"],
    lead: [
      "exact_match", "hamming_loss", "recall_macro", "precision_macro", "f1_samples", "f1_macro",
      "label_ranking_average_precision",
    ],
    compared: ["exact_match", "hamming_loss", "f1_samples", "f1_macro", "label_ranking_average_precision"],
    across: ["exact_match", "hamming_loss", "f1_samples"])

  private static let regression = Sheet(
    tiles: [
      "mean_label", "mean_prediction", "mean_error", "mean_absolute_error", "root_mean_squared_error",
      "median_absolute_error", "r2", "spearman_correlation",
    ],
    dots: [
      ["mean_prediction", "mean_label", "mean_error"],
      ["mean_absolute_error", "root_mean_squared_error", "r2"],
    ],
    chief: [
      "demographic_parity", "mean_error", "mean_absolute_error", "root_mean_squared_error",
      "median_absolute_error", "r2", "pearson_correlation", "spearman_correlation",
    ],
    heat: ["mean_error", "mean_absolute_error"],
    lead: [
      "mean_label", "mean_prediction", "mean_error", "mean_absolute_error", "root_mean_squared_error", "r2",
      "spearman_correlation",
    ],
    compared: [
      "mean_prediction", "mean_error", "mean_absolute_error", "root_mean_squared_error", "r2",
    ],
    across: ["mean_error", "mean_absolute_error", "demographic_parity"])

  private static func ranking(_ cutoff: Int?) -> Sheet {
    func at(_ base: String) -> String { cutoff.map { "\(base)@\($0)" } ?? base }
    return Sheet(
      tiles: [
        "queries", at("ndcg"), at("map"), at("precision"), at("recall"), "mrr", "mean_exposure",
        "exposure_per_relevance",
      ],
      dots: [
        [at("ndcg"), at("map"), "mrr"], ["mean_exposure", at("selection_rate"), "exposure_per_relevance"],
      ],
      chief: [
        "exposure_parity", at("selection_rate"), at("skew"), "exposure_per_relevance", at("ndcg"),
        at("map"), "mrr", at("precision"),
      ],
      heat: [at("ndcg"), "mean_exposure"],
      lead: [
        at("ndcg"), at("map"), "mrr", "mean_exposure", at("selection_rate"), at("skew"),
        "exposure_per_relevance",
      ],
      compared: [at("ndcg"), at("map"), at("precision"), "mrr", "mean_exposure"])
  }
}
