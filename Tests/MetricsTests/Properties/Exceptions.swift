/// Metrics of which a property cannot hold, by identifier without parameter, and why.
enum Exceptions {
  /// Counts of rows or queries, not of weight.
  static let rowCounts = ofOneQuery.union(["count", "queries"])
  /// Of one query's rows: as many where every query is there twice.
  static let ofOneQuery: Set<String> = ["fewest_rows_of_query", "most_rows_of_query"]
  /// What a cut of scores makes of classes has a table of its own (`ClassValueTests`).
  static let ofCuts: Set<String> = ["coverage", "accuracy_of_predicted", "confusion"]

  /// Where all rows twice give another value.
  static let ofSize: [String: String] = [
    "top_k_recall": "k is a number of rows", "top_k_precision": "k is a number of rows",
    "debiased_squared_calibration_error": "the bias that is taken off shrinks with rows",
    "debiased_calibration_error": "the bias that is taken off shrinks with rows",
    "debiased_squared_calibration_error_left_closed": "the bias that is taken off shrinks with rows",
    "debiased_calibration_error_left_closed": "the bias that is taken off shrinks with rows",
    "debiased_squared_calibration_error_equal_mass": "the bias that is taken off shrinks with rows",
    "debiased_calibration_error_equal_mass": "the bias that is taken off shrinks with rows",
    "expected_calibration_error_equal_mass": "bins end at whole rows, which are others of twice as many",
    "maximum_calibration_error_equal_mass": "bins end at whole rows, which are others of twice as many",
    "average_calibration_error_equal_mass": "bins end at whole rows, which are others of twice as many",
    "rms_calibration_error_equal_mass": "bins end at whole rows, which are others of twice as many",
    "expected_calibration_error_calibrated": "what chance adds shrinks with rows",
    "ece_sweep": "the number of bins grows with rows", "rms_ce_sweep": "the number of bins grows with rows",
  ]

  /// Where all rows twice do not halve the variance.
  static let ofVariance: [String: String] = [
    "lift": "the share of positives at the edge is taken over n^⅔ rows",
    "gain": "the share of positives at the edge is taken over n^⅔ rows",
    "precision_at_top": "the share of positives at the edge is taken over n^⅔ rows",
    "median_absolute_error": "the density at the median is taken over a window that narrows with n",
  ]

  /// Where a row of weight 2 is not the row twice, beside those of `ofSize`.
  static let repeated: [String: String] = ofSize.merging([
    "quantile_rate": "the quantile is interpolated between rows where there are no weights"
  ]) { first, _ in first }

  /// Where the order of classes or labels matters.
  static let ofClassOrder: [String: String] = [
    "kappa_linear": "classes are taken to be ordered", "kappa_quadratic": "classes are taken to be ordered",
    "top_1_accuracy": "of equal scores the first class counts",
    "top_2_accuracy": "of equal scores the first class counts",
    "expected_calibration_error": "of equal scores the first class counts",
    "top_1_precision": "of equal scores the first label counts",
    "top_2_precision": "of equal scores the first label counts",
    "top_1_recall": "of equal scores the first label counts",
    "top_2_recall": "of equal scores the first label counts",
  ]

  /// Every name in these lists is one of an entry that there is.
  static var names: Set<String> {
    Set([ofSize, ofVariance, repeated, ofClassOrder].flatMap(\.keys)).union(rowCounts)
  }
}
