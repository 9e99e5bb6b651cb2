/// What is drawn of a task that is not binary, slice by slice, beside its metrics. What a task does not have is empty.
package struct TaskDetails: Sendable, Equatable {
  /// Multi-class: weight of rows by label and decision, classes × classes a slice, label by label.
  package var confusion: [Double] = []
  /// Regression: quantiles of prediction − label, one a level and slice.
  package var quantileLevels: [Double] = []
  package var residualQuantiles: [Double] = []
  /// Regression: inner edges of bins of the prediction (right-closed), one bin more than edges; and by slice and bin the
  /// weight of rows and its sums of predictions and labels.
  package var binEdges: [Double] = []
  package var binWeight: [Double] = []
  package var binPredictionSum: [Double] = []
  package var binLabelSum: [Double] = []
  /// Ranking: each slice's share of all exposure, of all relevance and of all rows.
  package var exposureShare: [Double] = []
  package var relevanceShare: [Double] = []
  package var rowShare: [Double] = []

  package init() {}

  package var binCount: Int { binEdges.isEmpty ? 0 : binEdges.count + 1 }
}

extension TaskDetails {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      for (name, column) in columns where !column.isEmpty { object.member(name) { $0.numbers(column) } }
    }
  }

  private var columns: [(String, [Double])] {
    [
      ("confusion", confusion), ("quantile_levels", quantileLevels),
      ("residual_quantiles", residualQuantiles), ("bin_edges", binEdges), ("bin_weight", binWeight),
      ("bin_prediction_sum", binPredictionSum), ("bin_label_sum", binLabelSum),
      ("exposure_share", exposureShare), ("relevance_share", relevanceShare), ("row_share", rowShare),
    ]
  }
}

/// The stored form of `TaskDetails` as it is decoded.
struct TaskDetailsDocument: Decodable {
  var confusion: Numbers?
  var quantileLevels: Numbers?
  var residualQuantiles: Numbers?
  var binEdges: Numbers?
  var binWeight: Numbers?
  var binPredictionSum: Numbers?
  var binLabelSum: Numbers?
  var exposureShare: Numbers?
  var relevanceShare: Numbers?
  var rowShare: Numbers?

  /// - Parameter classes: how many classes the task has.
  func details(_ check: DocumentCheck, classes: Int) throws(Failure) -> TaskDetails {
    var details = TaskDetails()
    details.quantileLevels = quantileLevels?.values ?? []
    details.binEdges = binEdges?.values ?? []
    func column(_ numbers: Numbers?, _ width: Int, _ name: String) throws(Failure) -> [Double] {
      guard let values = numbers?.values else { return [] }
      try check.length(values.count, check.sliceCount * width, "details.\(name)")
      return values
    }
    details.confusion = try column(confusion, classes * classes, "confusion")
    details.residualQuantiles = try column(
      residualQuantiles, details.quantileLevels.count, "residual_quantiles")
    details.binWeight = try column(binWeight, details.binCount, "bin_weight")
    details.binPredictionSum = try column(binPredictionSum, details.binCount, "bin_prediction_sum")
    details.binLabelSum = try column(binLabelSum, details.binCount, "bin_label_sum")
    details.exposureShare = try column(exposureShare, 1, "exposure_share")
    details.relevanceShare = try column(relevanceShare, 1, "relevance_share")
    details.rowShare = try column(rowShare, 1, "row_share")
    return details
  }
}
