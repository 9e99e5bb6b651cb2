import Metrics

extension FairnessMeasure {
  private static let frame = "Fairlearn MetricFrame (Bird et al. 2020)"
  private static let fewer = "fewer than two groups have a value"

  package static let differenceBetweenGroups = FairnessMeasure(
    id: "difference_between_groups", name: "Largest difference between groups", family: .aggregation,
    formula: "max_g m_g − min_g m_g", source: frame, range: ratio, fair: 0,
    meaning: "0: the metric is the same in every group", undefined: fewer,
    aliases: [.init("Fairlearn", "MetricFrame.difference(method='between_groups')")])

  package static let differenceToOverall = FairnessMeasure(
    id: "difference_to_overall", name: "Largest difference from overall", family: .aggregation,
    formula: "max_g |m_g − m_overall|", source: frame, range: ratio, fair: 0,
    meaning: "0: the metric is the same in every group", undefined: "no group, or overall has no value",
    aliases: [.init("Fairlearn", "MetricFrame.difference(method='to_overall')")])

  package static let ratioBetweenGroups = FairnessMeasure(
    id: "ratio_between_groups", name: "Smallest ratio between groups", family: .aggregation,
    formula: "min_g m_g / max_g m_g", source: frame, range: share, fair: 1,
    meaning: "1: the metric is the same in every group",
    undefined: fewer + "; the metric is 0 in every group, or negative in one",
    aliases: [.init("Fairlearn", "MetricFrame.ratio(method='between_groups')")])

  package static let ratioToOverall = FairnessMeasure(
    id: "ratio_to_overall", name: "Smallest ratio to overall", family: .aggregation,
    formula: "min_g min(m_g / m_overall, m_overall / m_g)", source: frame, range: share, fair: 1,
    meaning: "1: the metric is the same in every group",
    undefined: "no group has a value; the metric is 0 overall, or negative in a group",
    aliases: [.init("Fairlearn", "MetricFrame.ratio(method='to_overall')")])

  package static let groupMinimum = FairnessMeasure(
    id: "group_min", name: "Smallest group value", family: .aggregation, formula: "min_g m_g", source: frame,
    range: anything, fair: nil, meaning: "what the worst-off group gets, where larger is better",
    undefined: "no group has a value", aliases: [.init("Fairlearn", "MetricFrame.group_min")])

  package static let groupMaximum = FairnessMeasure(
    id: "group_max", name: "Largest group value", family: .aggregation, formula: "max_g m_g", source: frame,
    range: anything, fair: nil, meaning: "what the worst-off group gets, where smaller is better",
    undefined: "no group has a value", aliases: [.init("Fairlearn", "MetricFrame.group_max")])
}
