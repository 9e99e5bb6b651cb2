import Metrics
import TestSupport

@testable import Fairness

/// Rows of one group, of which every form of input can be made.
struct SampleGroup: Sendable {
  var name: String
  var labels: [UInt8]
  var decisions: [UInt8]
  /// Multiples of 1/32.
  var scores: [Double]
  var weights: [Double]

  static func random(_ name: String, _ random: inout SplitMix, isOdd: Bool) -> SampleGroup {
    let count = isOdd ? Int.random(in: 1...4, using: &random) : Int.random(in: 20...40, using: &random)
    let scores = (0..<count).map { _ in Double(Int.random(in: 1...31, using: &random)) / 32 }
    let chances: [Double] = [0, 0.5, 1]
    let chance = isOdd ? chances.randomElement(using: &random) ?? 0 : 0.5
    return SampleGroup(
      name: name,
      labels: scores.map { _ in Double.random(in: 0..<1, using: &random) < chance ? 1 : 0 },
      decisions: scores.map { $0 >= 0.5 ? 1 : 0 }, scores: scores,
      weights: scores.map { _ in Double(Int.random(in: 1...16, using: &random)) / 8 })
  }

  func taking(_ rows: [Int]) -> SampleGroup {
    SampleGroup(
      name: name, labels: rows.map { labels[$0] }, decisions: rows.map { decisions[$0] },
      scores: rows.map { scores[$0] }, weights: rows.map { weights[$0] })
  }

  func scaling(_ factor: Double) -> SampleGroup {
    var group = self
    group.weights = weights.map { $0 * factor }
    return group
  }

  func named(_ name: String) -> SampleGroup {
    var group = self
    group.name = name
    return group
  }

  var unweighted: SampleGroup {
    var group = self
    group.weights = weights.map { _ in 1 }
    return group
  }

  var byScore: SampleGroup { taking(labels.indices.sorted { scores[$0] < scores[$1] }) }

  var counts: GroupCounts {
    var (rows, sums, squares) = ([0, 0, 0, 0], [0.0, 0, 0, 0], [0.0, 0, 0, 0])
    for row in labels.indices {
      let cell = labels[row] == 1 ? (decisions[row] == 1 ? 0 : 2) : (decisions[row] == 1 ? 1 : 3)
      rows[cell] += 1
      sums[cell] += weights[row]
      squares[cell] += weights[row] * weights[row]
    }
    return GroupCounts(name, OutcomeCounts(rows: rows, weights: sums, squaredWeights: squares))
  }

  var curve: AreaBetweenCurves.Group { .init(name, scores: scores, labels: labels, weights: weights) }
  var generalized: GeneralizedCounts { .init(name, scores: scores, labels: labels, weights: weights) }
  var numbers: NumberParity.Group {
    .init(name, labels: labels.map(Double.init), predictions: scores, weights: weights)
  }
  /// Selected and not.
  var shares: [Double] { [counts.selected, counts.unselected] }
}

/// How a measure is computed from groups: the first is the focal group, the second the reference.
struct MeasureForm: Sendable {
  /// What the order of groups does to the value.
  enum Exchange: Sendable {
    /// It is about all groups, in whatever order.
    case none
    /// The first two change places: the same, −1 × the value, 1 / the value, or another.
    case same, negated, inverted, another
  }

  let exchange: Exchange
  let value: @Sendable ([SampleGroup]) -> MeasureValue

  /// The groups as they stand for all but the first: pairs within strata.
  private static func strata(_ groups: [SampleGroup]) -> [StratifiedComparison.Stratum] {
    [
      .init("one", focal: groups[0].counts, reference: groups[1].counts),
      .init("two", focal: groups[2].counts, reference: groups[3].counts),
    ]
  }

  private static func all(
    _ exchange: Exchange = .none, _ value: @escaping @Sendable ([GroupCounts]) -> MeasureValue
  )
    -> MeasureForm
  {
    MeasureForm(exchange: exchange) { value($0.map(\.counts)) }
  }

  private static func pair(_ exchange: Exchange, _ value: @escaping @Sendable (GroupPair) -> MeasureValue)
    -> MeasureForm
  {
    MeasureForm(exchange: exchange) { value(GroupPair(focal: $0[0].counts, reference: $0[1].counts)) }
  }

  private static func shares(
    _ exchange: Exchange, _ value: @escaping @Sendable (OutcomeDistributions) -> MeasureValue
  ) -> MeasureForm {
    MeasureForm(exchange: exchange) {
      value(OutcomeDistributions(reference: $0[1].shares, focal: $0[0].shares))
    }
  }

  private static func inequality(_ value: @escaping @Sendable (Inequality) -> MeasureValue) -> MeasureForm {
    all { value(Inequality($0.map { .init($0) })) }
  }

  private static func stratified(
    _ exchange: Exchange, _ value: @escaping @Sendable (StratifiedComparison) -> MeasureValue
  ) -> MeasureForm {
    MeasureForm(exchange: exchange) { value(StratifiedComparison(strata($0))) }
  }

  private static func subgroup(_ rate: SubgroupFairness.Rate) -> MeasureForm {
    all { SubgroupFairness.worst($0.map { .init([$0.name], $0.counts) }, rate) }
  }

  private static func audit(
    _ metric: AuditMetric, _ exchange: Exchange,
    _ value: @escaping @Sendable (Audit, AuditMetric, GroupCounts) -> MeasureValue
  ) -> MeasureForm {
    MeasureForm(exchange: exchange) { groups in
      let counts = groups.map(\.counts)
      return value(Audit(counts, reference: .named(counts[1].name)), metric, counts[0])
    }
  }

  private static func extreme(_ value: (name: String, value: Double)?) -> MeasureValue {
    value.map { .value($0.value) } ?? .undefined("no group has a value")
  }

  private static func selection(_ groups: [GroupCounts]) -> GroupAggregate {
    GroupAggregate(of: .selectionRate, in: groups)
  }

  static let forms: [String: MeasureForm] = aggregations.merging(pairs) { one, _ in one }
    .merging(others) { one, _ in one }.merging(ofScores) { one, _ in one }

  private static let aggregations: [String: MeasureForm] = [
    "difference_between_groups": all { selection($0).difference().value },
    "difference_to_overall": all { selection($0).difference(.toOverall).value },
    "ratio_between_groups": all { selection($0).ratio().value },
    "ratio_to_overall": all { selection($0).ratio(.toOverall).value },
    "group_min": all { extreme(selection($0).minimum) },
    "group_max": all { extreme(selection($0).maximum) },
    "equalized_odds_difference": all { EqualizedOdds($0).difference() },
    "equalized_odds_ratio": all { EqualizedOdds($0).ratio() },
    "demographic_disparity_across_groups": all { ConditionalDisparity.acrossGroups($0) },
    "smoothed_empirical_differential_fairness": all { DifferentialFairness.ofDecisions($0) },
    "differential_fairness_bias_amplification": all { DifferentialFairness.biasAmplification($0) },
    "subgroup_selection": subgroup(.selection), "subgroup_false_positive": subgroup(.falsePositive),
    "subgroup_true_positive": subgroup(.truePositive),
    "generalized_entropy_index": inequality { $0.entropyIndex() },
    "theil_index": inequality(\.theilIndex), "coefficient_of_variation": inequality(\.coefficientOfVariation),
    "between_group_generalized_entropy_index": inequality { $0.betweenGroups() },
    "within_group_generalized_entropy_index": inequality { $0.withinGroups() },
    "class_equal_opportunity": MeasureForm(exchange: .none) { classGaps($0, .truePositiveRate).mean.value },
    "multilabel_parity": MeasureForm(exchange: .none) { classGaps($0, .selectionRate).maximum.value },
    "multiclass_parity": MeasureForm(exchange: .none) {
      ClassParity.largest($0.map { .init($0.name, $0.shares) })
    },
  ]

  private static let pairs: [String: MeasureForm] = [
    "difference_to_reference": pair(.negated) { $0.difference(.falsePositiveRate) },
    "ratio_to_reference": pair(.inverted) { $0.ratio(.falsePositiveRate) },
    "statistical_parity_difference": pair(.negated, \.statisticalParityDifference),
    "disparate_impact": pair(.inverted, \.disparateImpact),
    "label_parity_difference": pair(.negated, \.labelParityDifference),
    "average_odds_difference": pair(.negated, \.averageOddsDifference),
    "average_abs_odds_difference": pair(.same, \.averageAbsoluteOddsDifference),
    "average_predictive_value_difference": pair(.negated, \.averagePredictiveValueDifference),
    "equal_opportunity_difference": pair(.negated, \.equalOpportunityDifference),
    "error_rate_difference": pair(.negated, \.errorRateDifference),
    "error_rate_ratio": pair(.inverted, \.errorRateRatio),
    "class_imbalance": pair(.negated, \.classImbalance),
    "difference_in_conditional_acceptance": pair(.negated, \.conditionalAcceptance),
    "difference_in_conditional_rejection": pair(.negated, \.conditionalRejection),
    "recall_difference": pair(.negated, \.recallDifference),
    "specificity_difference": pair(.negated, \.specificityDifference),
    "difference_in_acceptance_rates": pair(.negated, \.acceptanceRateDifference),
    "difference_in_rejection_rates": pair(.negated, \.rejectionRateDifference),
    "accuracy_difference": pair(.negated, \.accuracyDifference),
    "treatment_equality": pair(.negated, \.treatmentEquality),
    "kl_divergence": shares(.another, \.kullbackLeibler), "js_divergence": shares(.same, \.jensenShannon),
    "lp_norm": shares(.same) { $0.norm() }, "total_variation_distance": shares(.same, \.totalVariation),
    "largest_share_gap": shares(.same, \.largestGap),
  ]

  private static let others: [String: MeasureForm] = [
    "share_of_selected": audit(.ppr, .another) { $0.value($1, $2) },
    "disparity": audit(.fpr, .inverted) { $0.disparity($1, $2) },
    "disparity_from_minimum": all(.another) { counts in
      Audit(counts, reference: .minimum).disparity(.fpr, counts[0])
    },
    "ppr_disparity": audit(.ppr, .inverted) { $0.disparity($1, $2) },
    "pprev_disparity": audit(.pprev, .inverted) { $0.disparity($1, $2) },
    "parity_loss": audit(.fpr, .another) { audit, metric, _ in audit.parityLoss(metric) },
    "conditional_demographic_disparity": MeasureForm(exchange: .another) { groups in
      ConditionalDisparity.conditional(
        strata(groups).map { .init($0.name, focal: $0.focal, others: $0.reference, ofLabels: false) }
      ).value
    },
    "mantel_haenszel_difference": stratified(.another, \.pooledDifference),
    "mantel_haenszel_ratio": stratified(.another, \.pooledRatio),
    "mantel_haenszel_odds_ratio": stratified(.another, \.pooledOddsRatio),
    "standardized_difference": stratified(.another, \.standardizedDifference),
    "difference_homogeneity": stratified(.another, \.differenceHomogeneity.value),
    "odds_ratio_homogeneity": MeasureForm(exchange: .another) { groups in
      StratifiedComparison(strata(groups.map(\.unweighted))).homogeneity.value
    },
    "parity_determination": MeasureForm(exchange: .same) { groups in
      let counts = groups.map(\.counts)
      switch Audit(counts, reference: .named(counts[1].name)).verdict(.falsePositive, counts[0]) {
      case .fair: return .value(1)
      case .unfair: return .value(0)
      default: return .undefined("no verdict")
      }
    },
  ]

  private static let ofScores: [String: MeasureForm] = [
    "generalized_true_positive_rate_difference": MeasureForm(exchange: .negated) {
      $0[0].generalized.truePositiveRateDifference(from: $0[1].generalized)
    },
    "generalized_false_positive_rate_difference": MeasureForm(exchange: .negated) {
      $0[0].generalized.falsePositiveRateDifference(from: $0[1].generalized)
    },
    "generalized_equalized_odds_difference": MeasureForm(exchange: .same) {
      $0[0].generalized.equalizedOddsDifference(from: $0[1].generalized)
    },
    "abroca": MeasureForm(exchange: .same) { AreaBetweenCurves.area($0[0].curve, $0[1].curve) },
    "xauc_difference": MeasureForm(exchange: .negated) {
      ScoreDistance.crossGroupAreaDifference(focal: $0[0].curve, reference: $0[1].curve)
    },
    "wasserstein_distance": MeasureForm(exchange: .same) {
      ScoreDistance.wasserstein($0[0].scores, $0[1].scores)
    },
    "distribution_gap": MeasureForm(exchange: .same) {
      let (a, b) = ($0[0].byScore, $0[1].byScore)
      let gap = DistributionGap(a.scores, weights: a.weights, b.scores, weights: b.weights)
      return gap.map { .value($0.largest) } ?? .undefined("a group has no rows")
    },
    "standardized_mean_difference": MeasureForm(exchange: .negated) {
      guard let a = MeanGap.Group($0[0].scores, weights: $0[0].weights),
        let b = MeanGap.Group($0[1].scores, weights: $0[1].weights)
      else { return .undefined("a group has no rows") }
      return MeanGap(a, b).standardized(level: 0.95).value
    },
    "bias_score_overpredicted": bias(.overpredicted), "bias_score_underpredicted": bias(.underpredicted),
    "bounded_group_loss": MeasureForm(exchange: .none) { NumberParity.boundedGroupLoss($0.map(\.numbers)) },
    "quantile_rate_difference": MeasureForm(exchange: .none) {
      let quantiles = PredictionQuantiles($0.flatMap(\.scores), weights: $0.flatMap(\.weights))
      return NumberParity.quantileRates($0.map(\.numbers), atLeast: quantiles.value(at: 0.5)).difference()
        .value
    },
    "statistical_parity_area": MeasureForm(exchange: .same) { parity($0).map { .value($0.area) } ?? noRows },
    // The bounds 0.8 and 1.2 are hardly another interval the other way round; against a third group the second is another.
    "no_disparate_impact_level": MeasureForm(exchange: .another) {
      parity([$0[0], $0[2]])?.level.map { .value($0) } ?? noRows
    },
    "calibration_within_groups_max": calibration { $0.maximum() },
    "calibration_within_groups_mean": calibration { $0.mean },
  ]

  private static let noRows = MeasureValue.undefined("a group has no rows")

  private static func parity(_ groups: [SampleGroup]) -> ThresholdParity? {
    ThresholdParity(groups[0].byScore.curve, groups[1].byScore.curve)
  }

  private static func bias(_ direction: BiasScore.Direction) -> MeasureForm {
    MeasureForm(exchange: .another) {
      BiasScore(scores: $0[0].scores, labels: $0[0].labels, weights: $0[0].weights).value(direction)
    }
  }

  private static func calibration(_ value: @escaping @Sendable (GroupCalibration) -> MeasureValue)
    -> MeasureForm
  {
    MeasureForm(exchange: .none) { groups in
      value(
        GroupCalibration(
          scores: groups.flatMap(\.scores), labels: groups.flatMap(\.labels),
          groups: groups.enumerated().flatMap { index, group in group.labels.map { _ in index } },
          groupCount: groups.count, weights: groups.flatMap(\.weights)))
    }
  }

  /// Both classes' gaps of a rate.
  private static func classGaps(_ groups: [SampleGroup], _ rate: BinaryMetric) -> ClassGaps {
    let exchanged = groups.map(\.counts.withClassesExchanged)
    return ClassGaps(
      [groups.map(\.counts), exchanged].enumerated().map { index, counts in
        let gap = GroupAggregate(of: rate, in: counts).difference().value
        return ClassGaps.Gap("\(index)", MeasureNumber(gap, reason: "none"), weight: 1)
      })
  }

  private static let ranked = "ranked lists: RankingFairnessTests, TaskMeasureTests"
  private static let prefixes = "ranked lists: PrefixTests, RankingMeasureTests"

  /// Measures whose input is no rows of groups, and where they are tested.
  static let elsewhere: [String: String] = [
    "ndkl": ranked, "awrf": ranked, "skew_at_k": ranked, "exposure_ratio": ranked,
    "disparate_treatment_ratio": ranked, "rnd": prefixes, "rkl": prefixes, "rrd": prefixes,
    "infeasible_index": prefixes, "infeasible_count": prefixes,
    "ranked_group_fairness": "ranked lists: RankedGroupTestTests, RankingMeasureTests",
    "value_within_stratum": "a metric's own value: StratifiedTaskTests",
    "consistency": "rows with features and neighbours: AIF360MeasureTests",
    "flip_test": "rows with features and neighbours: ClarifyMeasureTests",
    "lipschitz_violation_rate": "pairs of rows with a distance: ScoreMeasureTests",
  ]
}
