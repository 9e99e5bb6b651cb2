import Fairness
import Metrics
import Results

extension Check {
  /// The check with the metrics that its names mean in the task of an evaluation: equal opportunity looks at the recall
  /// of every class.
  func meant(in evaluation: Evaluation, isCounted: Bool) -> Check {
    var check = self
    let metrics = evaluation.metrics.map { Metric($0) }
    func own(_ metric: Metric) -> Metric {
      guard metric.binary == nil || !isCounted else { return metric }
      return stored(metric.id) ?? sameInBinary(metric) ?? metric
    }
    /// `recall@0.5` is a metric of the first rows in a ranking and the true positive rate at a cut here, and
    /// `mean_squared_error` is one of regression and the Brier score here.
    func sameInBinary(_ metric: Metric) -> Metric? {
      guard evaluation.task == .binary, let id = BinaryRowMetrics.identifier(metric.id) else { return nil }
      return isCounted ? BinaryMetric(id: id).map { Metric($0) } ?? stored(id) : stored(id)
    }
    func stored(_ id: String) -> Metric? { metrics.first { $0.id == id } }
    switch subject {
    case .measure: break
    case .metric(let metric): check.subject = .metric(own(metric))
    case .gap(let gap):
      let named = isCounted ? nil : TaskGaps(evaluation.task, metrics).definitions(gap.id)?.first
      check.subject = .gap(named ?? gap.replacing(own))
    }
    return check
  }
}

extension GapDefinition {
  /// With other metrics in place of its own; of a single one, under its name.
  fileprivate func replacing(_ other: (Metric) -> Metric) -> GapDefinition {
    let found = components.map(other)
    if found.count == 1, id == components[0].id { return GapDefinition(of: found[0]) }
    return GapDefinition(id: id, name: name, components: found)
  }
}
