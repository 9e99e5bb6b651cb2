import Fairness
import Metrics
import Results

/// Measures of two groups' counts: each group against the reference group, or against what a tool compares it with.
struct PairMaker {
  let input: BinaryMeasureInput
  /// Whether metrics are compared by their counts.
  var isOfMetrics = true

  /// Two groups, and where they stand.
  struct Pair {
    let focal: GroupCounts
    let reference: GroupCounts
    let place: MeasureSink.Place
  }

  private static let measures: [FairnessMeasure] = FairnessMeasure.all.filter { measure in
    measure.family == .pair && measure != .differenceToReference && measure != .ratioToReference
  }
  private static let distributions: [FairnessMeasure] = [
    .kullbackLeibler, .jensenShannon, .distributionNorm, .totalVariation, .largestShareGap,
  ]

  func add(_ family: MeasuredFamily, to sink: inout MeasureSink) {
    let wanted = (Self.measures + [.equalizedOddsDifference]).filter(sink.asks)
    let isAsked = !wanted.isEmpty || sink.asks(forAnyOf: Self.distributions + Self.ofMetrics)
    guard isAsked else { return }
    for pair in pairs(family, sink.tool) {
      let counts = GroupPair(focal: pair.focal, reference: pair.reference, as: sink.tool)
      let base = MeasureSink.Base(GroupCounts.total([pair.focal, pair.reference]).counts)
      for measure in wanted where measure != .equalizedOddsDifference || sink.tool == .aif360 {
        sink.add(measure, pair.place, base) {
          counts.number(measure, level: input.level)
            ?? MeasureNumber(.undefined("not known of a pair"), reason: "")
        }
      }
      addDistributions(pair, family, base, to: &sink)
      if isOfMetrics { addMetrics(pair, base, to: &sink) }
    }
    // What is no rate has no convention of a tool.
    guard isOfMetrics, sink.tool == nil else { return }
    EstimatePairs(input.metrics.filter { $0.rate == nil }.map { Metric($0) }, level: input.level)
      .add(family, to: &sink)
  }

  // MARK: Who is compared

  /// Own: each group against the reference. AIF360: the rows outside the reference group, and each group, against
  /// it. Clarify: each group against the rows outside it.
  func pairs(_ family: MeasuredFamily, _ tool: Compatibility?) -> [Pair] {
    if tool == .clarify { return family.groups.indices.map { outsidePair($0, family) } }
    guard let reference = family.reference else { return [] }
    var pairs: [Pair] = []
    let privileged = family.groups[reference]
    if tool == .aif360, family.groups.count > 2 {
      let place = MeasureSink.Place(
        family: family.index, reference: family.slice(reference),
        detail: "rows outside \(privileged.name) against it; \(family.rule)")
      pairs.append(
        Pair(
          focal: input.outside(privileged, of: family), reference: input.counts(privileged), place: place))
    }
    for group in family.groups.indices where group != reference {
      let place = MeasureSink.Place(
        family: family.index, group: family.slice(group), reference: family.slice(reference),
        detail: family.rule)
      pairs.append(
        Pair(
          focal: input.counts(family.groups[group]), reference: input.counts(privileged), place: place))
    }
    return pairs
  }

  /// A group against the rows outside it.
  func outsidePair(_ group: Int, _ family: MeasuredFamily) -> Pair {
    let side = family.groups[group]
    let other = family.groups.count == 2 ? family.slice(1 - group) : nil
    return Pair(
      focal: input.counts(side), reference: input.outside(side, of: family),
      place: MeasureSink.Place(
        family: family.index, group: family.slice(group), reference: other,
        detail: other == nil ? "against the rows outside the group" : nil))
  }

  // MARK: More

  /// Of two classes most distances are what the difference of one class's share makes of itself.
  private func addDistributions(
    _ pair: Pair, _ family: MeasuredFamily, _ base: MeasureSink.Base, to sink: inout MeasureSink
  ) {
    guard sink.asks(forAnyOf: Self.distributions) else { return }
    let groups = [pair.reference, pair.focal]
    for variant in [FairnessMeasure.Variant.labels, FairnessMeasure.Variant.predictions] {
      let isOfLabels = variant == FairnessMeasure.Variant.labels
      guard !isOfLabels || input.hasLabel else { continue }
      let counts = groups.map { group in
        isOfLabels ? [group.negatives, group.positives] : [group.unselected, group.selected]
      }
      let outcomes = OutcomeDistributions(reference: counts[0], focal: counts[1])
      let difference = GroupPair(focal: pair.focal, reference: pair.reference)
        .rateDifference(isOfLabels ? .prevalence : .selectionRate, level: input.level)
      let divergences = ShareDistances(
        counts, sizes: input.observations.weights == nil ? nil : groups.map(\.effectiveSize),
        key: variant + " of " + family.key(pair.focal.name, pair.reference.name),
        draws: DistanceDraws(input.configuration))
      var place = pair.place
      place.variant = variant
      for measure in Self.distributions {
        sink.add(measure, place, base) {
          if let number = outcomes.number(measure, from: difference) { return number }
          var number = divergences.number(measure, of: outcomes)
          // Both shares are alike or not, by whatever distance: one test for all.
          if number.p != nil, difference.p != nil {
            (number.p, number.test) = (difference.p, difference.test)
          }
          return number
        }
      }
    }
  }

  static let ofMetrics: [FairnessMeasure] = [.differenceToReference, .ratioToReference]

  /// Any metric of counts. Metrics are those of the run's own positive class, whichever is favourable.
  private func addMetrics(_ pair: Pair, _ base: MeasureSink.Base, to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: Self.ofMetrics) else { return }
    for metric in input.metrics where metric.rate != nil {
      guard let (pair, own) = oriented(pair, metric, sink.tool) else { continue }
      let counts = GroupPair(focal: pair.focal, reference: pair.reference, as: sink.tool)
      var place = pair.place
      // A tool's name is of the favourable class; the metric as this run names it is told beside it.
      place.metric = own.id
      sink.add(.differenceToReference, place, base, told: metric.id) {
        counts.rateDifference(own, level: input.level)
      }
      sink.add(.ratioToReference, place, base, told: metric.id) {
        counts.rateRatio(own, level: input.level)
      }
    }
  }

  /// The metric as a tool sees it, in whose eyes the favourable class is the positive one; nil where it has none.
  private func oriented(
    _ pair: Pair, _ metric: BinaryMetric, _ tool: Compatibility?
  ) -> (Pair, BinaryMetric)? {
    guard input.isExchanged else { return (pair, metric) }
    guard tool == nil else { return metric.exchanged.map { (pair, $0) } }
    let own = Pair(
      focal: pair.focal.withClassesExchanged, reference: pair.reference.withClassesExchanged,
      place: pair.place)
    return (own, metric)
  }
}

extension MeasureSink {
  /// A value whose metric a tool calls otherwise than this run does.
  mutating func add(
    _ measure: FairnessMeasure, _ place: Place, _ base: Base, told metric: String,
    _ number: () -> MeasureNumber
  ) {
    let count = results.count
    add(measure, place, base, number)
    if results.count > count { rename(metric) }
  }
}
