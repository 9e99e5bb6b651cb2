import Metrics

extension FairnessMeasure {
  private static func pair(
    _ id: String, _ name: String, _ formula: String, source: String = "AIF360 (Bellamy et al. 2019)",
    range: ClosedRange<Double> = signed, fair: Double = 0, meaning: String, undefined: String,
    aliases: [MetricDefinition.Alias]
  ) -> FairnessMeasure {
    FairnessMeasure(
      id: id, name: name, family: .pair, formula: formula, source: source, range: range, fair: fair,
      meaning: meaning, undefined: undefined, aliases: aliases)
  }

  private static let noRows = "a group has no rows"
  private static let noClass = "a group has no positives or no negatives"

  package static let differenceToReference = pair(
    "difference_to_reference", "Difference from the reference group", "m_f − m_r", range: anything,
    meaning: "0: the metric is the same in both groups", undefined: "a group has no value",
    aliases: [
      .init("AIF360", "difference"), .init("AIF360", "<metric>_difference"), .init("", "rate difference"),
    ])

  package static let ratioToReference = pair(
    "ratio_to_reference", "Ratio to the reference group", "m_f / m_r", range: ratio, fair: 1,
    meaning: "1: the metric is the same in both groups",
    undefined: "a group has no value, or the metric is 0 in both",
    aliases: [.init("AIF360", "ratio"), .init("AIF360", "<metric>_ratio"), .init("", "rate ratio")])

  package static let statisticalParityDifference = pair(
    "statistical_parity_difference", "Statistical parity difference", "P(ŷ=1|f) − P(ŷ=1|r)",
    source: "Dwork et al. 2012; Calders & Verwer 2010",
    meaning: "0: equal shares are selected; negative: fewer of the focal group", undefined: noRows,
    aliases: [
      .init("AIF360", "statistical_parity_difference"),
      .init("Clarify", "DPPL"), .init("Fairlearn", "demographic_parity_difference"),
      .init("holisticai", "statistical_parity"),
    ])

  package static let disparateImpact = pair(
    "disparate_impact", "Disparate impact", "P(ŷ=1|f) / P(ŷ=1|r)", source: "Feldman et al. 2015",
    range: ratio, fair: 1, meaning: "1: equal shares are selected; below 1: fewer of the focal group",
    undefined: noRows + ", or none of both is selected",
    aliases: [
      .init("AIF360", "disparate_impact"), .init("AIF360", "disparate_impact_ratio"),
      .init("Clarify", "DI"), .init("Fairlearn", "demographic_parity_ratio"),
      .init("holisticai", "disparate_impact"),
    ])

  package static let labelParityDifference = pair(
    "label_parity_difference", "Difference in proportions of labels", "P(y=1|f) − P(y=1|r)",
    meaning: "0: equal shares are labelled positive; negative: fewer of the focal group",
    undefined: noRows, aliases: [.init("AIF360", "mean_difference"), .init("Clarify", "DPL")])

  package static let averageOddsDifference = pair(
    "average_odds_difference", "Average odds difference", "½[(FPR_f − FPR_r) + (TPR_f − TPR_r)]",
    meaning: "0: equal odds, or differences that cancel; negative: the focal group is selected less",
    undefined: noClass,
    aliases: [
      .init("AIF360", "average_odds_difference"), .init("holisticai", "average_odds_diff"),
    ])

  package static let averageAbsoluteOddsDifference = pair(
    "average_abs_odds_difference", "Average absolute odds difference",
    "½[|FPR_f − FPR_r| + |TPR_f − TPR_r|]", range: share, meaning: "0: equal odds", undefined: noClass,
    aliases: [.init("AIF360", "average_abs_odds_difference"), .init("AIF360", "average_odds_error")])

  package static let averagePredictiveValueDifference = pair(
    "average_predictive_value_difference", "Average predictive value difference",
    "½[(PPV_f − PPV_r) + (FOR_f − FOR_r)]",
    meaning: "0: a decision means the same in both groups, or differences cancel",
    undefined: "a group has no predicted positives or no predicted negatives",
    aliases: [.init("AIF360", "average_predictive_value_difference")])

  package static let equalOpportunityDifference = pair(
    "equal_opportunity_difference", "Equal opportunity difference", "TPR_f − TPR_r",
    source: "Hardt, Price & Srebro 2016", meaning: "0: equal true positive rates",
    undefined: "a group has no positives",
    aliases: [
      .init("AIF360", "equal_opportunity_difference"), .init("AIF360", "true_positive_rate_difference"),
      .init("holisticai", "equal_opportunity_diff"),
    ])

  package static let errorRateDifference = pair(
    "error_rate_difference", "Error rate difference", "ERR_f − ERR_r",
    meaning: "0: decisions are wrong equally often; positive: more often for the focal group",
    undefined: noRows, aliases: [.init("AIF360", "error_rate_difference")])

  package static let errorRateRatio = pair(
    "error_rate_ratio", "Error rate ratio", "ERR_f / ERR_r", range: ratio, fair: 1,
    meaning: "1: decisions are wrong equally often", undefined: noRows + ", or no errors in both",
    aliases: [.init("AIF360", "error_rate_ratio")])
}
