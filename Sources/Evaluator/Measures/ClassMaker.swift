import Fairness
import Metrics
import Results

/// Measures of classes as predictions.
struct ClassMaker {
  let rows: ClassObservations
  let draws: DistanceDraws

  private static let distances: [FairnessMeasure] = [
    .kullbackLeibler, .jensenShannon, .distributionNorm, .totalVariation, .largestShareGap,
  ]

  func add(_ family: MeasuredFamily, _ groups: [[UInt32]], to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: Self.distances + [.classParity]) else { return }
    let decided = groups.map { counts($0, rows.decisions) }
    addParity(family, groups, decided, to: &sink)
    guard let reference = family.reference, sink.asks(forAnyOf: Self.distances) else { return }
    let labelled = groups.map { counts($0, rows.labels) }
    for group in groups.indices {
      // Clarify compares a group with all rows outside it.
      let isClarify = sink.tool == .clarify
      guard isClarify || group != reference else { continue }
      for (variant, found) in [
        (FairnessMeasure.Variant.labels, labelled), (FairnessMeasure.Variant.predictions, decided),
      ] {
        let other =
          isClarify
          ? outside(groups[group], ofLabels: variant == FairnessMeasure.Variant.labels) : found[reference]
        let shares = OutcomeDistributions(reference: other, focal: found[group])
        let sizes =
          isClarify
          ? [outsideSize(groups[group]), size(groups[group])]
          : [size(groups[reference]), size(groups[group])]
        let drawn = ShareDistances(
          [other, found[group]], sizes: rows.weights == nil ? nil : sizes,
          key: variant + " of "
            + family.key(family.groups[group].name, isClarify ? nil : family.groups[reference].name),
          draws: draws)
        let place = MeasureSink.Place(
          family: family.index, group: family.slice(group),
          reference: isClarify ? nil : family.slice(reference), variant: variant,
          detail: isClarify ? "against the rows outside the group" : family.rule)
        let base = MeasureSink.Base(
          isClarify ? [groups[group]] : [groups[group], groups[reference]], weights: rows.weights)
        for measure in Self.distances { sink.add(measure, place, base) { drawn.number(measure, of: shares) } }
      }
    }
  }

  private func addParity(
    _ family: MeasuredFamily, _ groups: [[UInt32]], _ decided: [[Double]], to sink: inout MeasureSink
  ) {
    guard sink.asks(for: .classParity) else { return }
    let shares = zip(family.groups, decided).map { ClassParity.Group($0.name, $1) }
    let base = MeasureSink.Base(groups, weights: rows.weights)
    let worst = ClassParity.pairs(shares).reduce(nil as ClassParity.Pair?) { best, next in
      best.map { next.distance > $0.distance ? next : $0 } ?? next
    }
    let drawn = ShareDistances(
      decided, sizes: rows.weights == nil ? nil : groups.map(size), key: "decisions of " + family.key(),
      draws: draws)
    let classes = rows.names.count
    sink.add(
      .classParity,
      MeasureSink.Place(
        family: family.index, variant: FairnessMeasure.Variant.maximum,
        detail: worst.map { "\($0.first) against \($0.second)" }), base
    ) { drawn.number(ClassParity.largest(shares), atMost: 1) { ClassParity.distances($0, classes).largest } }
    sink.add(
      .classParity, MeasureSink.Place(family: family.index, variant: FairnessMeasure.Variant.mean), base
    ) { drawn.number(ClassParity.mean(shares), atMost: 1) { ClassParity.distances($0, classes).mean } }
  }

  /// Rows, or weight, of each class.
  private func counts(_ group: [UInt32], _ classes: [UInt16]) -> [Double] {
    var counts = [Double](repeating: 0, count: rows.names.count)
    for row in group { counts[Int(classes[Int(row)])] += rows.weights?[Int(row)] ?? 1 }
    return counts
  }

  /// Effective rows.
  private func size(_ group: [UInt32]) -> Double {
    MeasureSink.Base([group], weights: rows.weights).effectiveCount
  }

  private func outsideSize(_ group: [UInt32]) -> Double {
    guard rows.weights != nil else { return 0 }
    return size(SliceRows.outside(group, rowCount: rows.decisions.count))
  }

  private func outside(_ group: [UInt32], ofLabels: Bool) -> [Double] {
    let classes = ofLabels ? rows.labels : rows.decisions
    var inside = [Bool](repeating: false, count: classes.count)
    for row in group { inside[Int(row)] = true }
    var counts = [Double](repeating: 0, count: rows.names.count)
    for (row, code) in classes.enumerated() where !inside[row] {
      counts[Int(code)] += rows.weights?[row] ?? 1
    }
    return counts
  }
}
