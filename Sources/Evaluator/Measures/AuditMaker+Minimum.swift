import Fairness

extension AuditMaker {
  /// Each metric's disparities from the group with its smallest value.
  func addDisparitiesFromMinimum(_ family: MeasuredFamily, to sink: inout MeasureSink) {
    guard sink.asks(for: .disparityFromMinimum) else { return }
    let audit = Audit(groups(family), reference: .minimum, as: sink.tool)
    for metric in metrics {
      let reference = audit.reference(for: metric)
      for (position, group) in audit.groups.enumerated() {
        let place = MeasureSink.Place(
          family: family.index, group: family.slice(position),
          reference: family.slice(named: reference?.name),
          metric: metric.metricID, variant: metric.metricID == nil ? metric.rawValue : nil,
          detail: reference.map { "smallest in \($0.name)" })
        sink.add(.disparityFromMinimum, place, MeasureSink.Base(group.counts)) {
          MeasureNumber(
            audit.disparity(metric, group),
            reason: "the reference is chosen by its value; see ratio_between_groups")
        }
      }
    }
  }
}
