import Fairness
import Metrics
import Results

extension Check {
  /// The check with the metrics that its names mean in the task of an evaluation: equal opportunity looks at the recall
  /// of every class.
  func meant(in evaluation: Evaluation, isCounted: Bool) -> Check {
    guard !isCounted else { return self }
    var check = self
    let metrics = evaluation.metrics.map { Metric($0) }
    func own(_ metric: Metric) -> Metric { metrics.first { $0.id == metric.id } ?? metric }
    switch subject {
    case .measure: break
    case .metric(let metric): check.subject = .metric(own(metric))
    case .gap(let gap):
      let named = TaskGaps(evaluation.task, metrics).definitions(gap.id)?.first
      check.subject = .gap(
        named ?? GapDefinition(id: gap.id, name: gap.name, components: gap.components.map(own)))
    }
    return check
  }
}
