import Fairness
import Metrics
import Results
import Statistics

/// The audit of an attribute's groups as Aequitas makes it. Metrics are those of the run's own positive class.
struct AuditMaker {
  let input: BinaryMeasureInput

  private static let measures: [FairnessMeasure] = [
    .shareOfSelected, .disparity, .disparityFromMinimum, .statisticalParityDisparity, .impactParityDisparity,
    .parityLoss,
    .parityDetermination,
  ]

  /// The audits of all families, for what holds of all of them together.
  func add(_ families: [MeasuredFamily], to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: Self.measures) else { return }
    var audits: [Audit] = []
    for family in families where family.reference != nil {
      let audit = audit(family, sink.tool)
      addDisparities(audit, family, to: &sink)
      addDisparitiesFromMinimum(family, to: &sink)
      addDeterminations(audit, family, to: &sink)
      if family.features.count == 1 { audits.append(audit) }
    }
    guard input.hasLabel, !audits.isEmpty else { return }
    let verdict = Audit.overall(audits)
    let base = MeasureSink.Base(families[0].overall.tally?.counts ?? BinaryMeasureInput.empty)
    for (variant, found) in [
      (AuditParity.unsupervised.rawValue, verdict.unsupervised),
      (AuditParity.supervised.rawValue, verdict.supervised), (Audit.overallFairness, verdict.overall),
    ] {
      let place = MeasureSink.Place(variant: variant, detail: "of all attributes")
      sink.add(.parityDetermination, place, base) { found.number }
    }
  }

  private func audit(_ family: MeasuredFamily, _ tool: Compatibility?) -> Audit {
    let groups = groups(family)
    return Audit(groups, reference: .named(groups[family.reference ?? 0].name), as: tool)
  }

  func groups(_ family: MeasuredFamily) -> [GroupCounts] {
    family.groups.map { GroupCounts($0.name, $0.tally?.counts ?? BinaryMeasureInput.empty) }
  }

  /// What is known without a label, and with one.
  var metrics: [AuditMetric] {
    AuditMetric.allCases.filter { input.hasLabel || $0 == .ppr || $0 == .pprev }
  }

  private var parities: [AuditParity] {
    AuditParity.allCases.filter { parity in
      input.hasLabel || [.statistical, .impact, .unsupervised].contains(parity)
    }
  }

  // MARK: Disparities

  private func addDisparities(_ audit: Audit, _ family: MeasuredFamily, to sink: inout MeasureSink) {
    guard let reference = family.reference else { return }
    for (position, group) in audit.groups.enumerated() {
      var place = MeasureSink.Place(
        family: family.index, group: family.slice(position), reference: family.slice(reference),
        detail: family.rule)
      let base = MeasureSink.Base(group.counts)
      var alone = place
      (alone.reference, alone.detail) = (nil, nil)
      sink.add(.shareOfSelected, alone, base) { share(audit, group) }
      for metric in metrics {
        let measure: FairnessMeasure =
          metric == .ppr
          ? .statisticalParityDisparity : metric == .pprev ? .impactParityDisparity : .disparity
        place.metric = metric == .ppr || metric == .pprev ? nil : metric.metricID
        sink.add(measure, place, base) {
          disparity(audit, metric, group, audit.groups[reference], isReference: position == reference)
        }
      }
    }
    for metric in metrics where metric != .ppr {
      let place = MeasureSink.Place(
        family: family.index, reference: family.slice(reference), metric: metric.metricID,
        detail: family.rule)
      sink.add(.parityLoss, place, MeasureSink.Base(family.overall.tally?.counts ?? BinaryMeasureInput.empty))
      {
        MeasureNumber(audit.parityLoss(metric), reason: "a sum of distances lies above 0 by chance alone")
      }
    }
  }

  /// The share of all selected rows, with Wilson's interval.
  private func share(_ audit: Audit, _ group: GroupCounts) -> MeasureNumber {
    let value = audit.value(.ppr, group)
    let selected = GroupCounts.total(audit.groups).counts
    let squares =
      selected.squaredWeights[Outcome.truePositive.rawValue]
      + selected.squaredWeights[Outcome.falsePositive.rawValue]
    guard let share = value.value, squares > 0 else {
      return MeasureNumber(value, reason: "nothing is selected")
    }
    let size = audit.selected * audit.selected / squares
    return MeasureNumber(
      value, ProportionInterval.wilson(successes: share * size, trials: size, level: input.level),
      "Wilson score")
  }

  private func disparity(
    _ audit: Audit, _ metric: AuditMetric, _ group: GroupCounts, _ reference: GroupCounts,
    isReference: Bool
  ) -> MeasureNumber {
    let value = audit.disparity(metric, group)
    if isReference { return MeasureNumber(value, reason: "the reference group against itself") }
    if let id = metric.metricID, let rate = BinaryMetric(id: id) {
      let pair = GroupPair(focal: group, reference: reference, as: audit.compatibility)
      return pair.rateRatio(rate, value, level: input.level)
    }
    return Self.countRatio(value, group, reference, level: input.level)
  }

  /// Of two groups' selected rows: given their sum, one is binomial.
  private static func countRatio(
    _ value: MeasureValue, _ group: GroupCounts, _ reference: GroupCounts, level: Double
  ) -> MeasureNumber {
    let both = GroupCounts.total([group, reference])
    let squares =
      both.counts.squaredWeights[Outcome.truePositive.rawValue]
      + both.counts.squaredWeights[Outcome.falsePositive.rawValue]
    guard reference.selected > 0, squares > 0 else {
      return MeasureNumber(value, reason: "nothing is selected in the reference group")
    }
    let size = both.selected * both.selected / squares
    let share = group.selected / both.selected
    let limits = ProportionInterval.wilson(successes: share * size, trials: size, level: level)
    func odds(_ share: Double) -> Double { share >= 1 ? .infinity : share / (1 - share) }
    return MeasureNumber(
      value, Interval(lower: odds(limits.lower), upper: odds(limits.upper)), "Wilson score, conditional")
  }

  // MARK: Determinations

  private func addDeterminations(_ audit: Audit, _ family: MeasuredFamily, to sink: inout MeasureSink) {
    guard sink.asks(for: .parityDetermination), let reference = family.reference else { return }
    for parity in parities {
      for (position, group) in audit.groups.enumerated() {
        let place = MeasureSink.Place(
          family: family.index, group: family.slice(position), reference: family.slice(reference),
          variant: parity.rawValue, detail: family.rule)
        sink.add(.parityDetermination, place, MeasureSink.Base(group.counts)) {
          audit.verdict(parity, group).number
        }
      }
      let place = MeasureSink.Place(
        family: family.index, reference: family.slice(reference), variant: parity.rawValue,
        detail: "every group; \(family.rule)")
      sink.add(
        .parityDetermination, place,
        MeasureSink.Base(family.overall.tally?.counts ?? BinaryMeasureInput.empty)
      ) { audit.verdict(parity).number }
    }
  }
}

extension Audit.Verdict {
  /// 1 where it is fair, 0 where it is not: a comparison of point values.
  fileprivate var number: MeasureNumber {
    switch self {
    case .fair: MeasureNumber(.value(1), reason: "compares point values with τ")
    case .unfair: MeasureNumber(.value(0), reason: "compares point values with τ")
    case .undefined(let reason): MeasureNumber(.undefined(reason), reason: "")
    }
  }
}
