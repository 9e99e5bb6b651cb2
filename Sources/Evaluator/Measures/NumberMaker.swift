import Fairness
import Metrics
import Results
import Statistics

/// Measures of numbers as predictions. Pairs of groups are compared by weight, losses and quantiles by rows.
struct NumberMaker {
  let labels: [Double]
  let predictions: [Double]
  let weights: [Double]?
  let draws: DistanceDraws

  private static let losses: [(String, NumberParity.Loss)] = [
    ("square", .square), ("absolute", .absolute), ("zero_one", .zeroOne),
  ]
  private static let quantiles = [0.5, 0.8, 0.9]
  private static let pairs: [FairnessMeasure] = [
    .wassersteinDistance, .largestDistributionGap, .standardizedMeanDifference,
  ]

  func add(_ family: MeasuredFamily, _ rows: [[UInt32]], to sink: inout MeasureSink) {
    addLargest(family, rows, to: &sink)
    guard let reference = family.reference, sink.asks(forAnyOf: Self.pairs) else { return }
    let sorted = rows.map { rows in
      rows.sorted { (predictions[Int($0)], $0) < (predictions[Int($1)], $1) }
    }
    for group in rows.indices where group != reference {
      addPair(
        (family.groups[group].name, sorted[group]), (family.groups[reference].name, sorted[reference]),
        key: family.key(),
        MeasureSink.Place(
          family: family.index, group: family.slice(group), reference: family.slice(reference),
          detail: family.rule), to: &sink)
    }
  }

  /// Over all groups.
  private func addLargest(_ family: MeasuredFamily, _ rows: [[UInt32]], to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: [.boundedGroupLoss, .quantileRateGap]) else { return }
    let groups = zip(family.groups, rows).map { side, rows in
      NumberParity.Group(
        side.name, labels: rows.map { labels[Int($0)] }, predictions: rows.map { predictions[Int($0)] })
    }
    // Rows count alike in these, whatever they weigh.
    let base = MeasureSink.Base(rows, weights: nil)
    for (variant, loss) in Self.losses {
      let worst = NumberParity.losses(groups, loss).maximum
      let place = MeasureSink.Place(family: family.index, variant: variant, detail: worst?.name)
      sink.add(.boundedGroupLoss, place, base) {
        NumberParity.boundedGroupLoss(groups, loss, level: draws.level)
      }
    }
    for quantile in Self.quantiles {
      let rates = NumberParity.quantileRates(groups, quantile: quantile)
      let gap = rates.difference()
      let detail = gap.low.flatMap { low in gap.high.map { "lowest in \(low), highest in \($0)" } }
      let place = MeasureSink.Place(
        family: family.index, variant: "q=\(NumberText.text(quantile))", detail: detail)
      sink.add(.quantileRateGap, place, base) {
        NumberParity.quantileRateGap(groups, quantile: quantile, level: draws.level, seed: draws.seed)
      }
    }
  }

  private typealias Sorted = (name: String, rows: [UInt32])

  private func addPair(
    _ focal: Sorted, _ reference: Sorted, key: String, _ place: MeasureSink.Place,
    to sink: inout MeasureSink
  ) {
    func sample(_ group: Sorted) -> AreaBetweenCurves.Group {
      AreaBetweenCurves.Group(
        group.name, scores: group.rows.map { predictions[Int($0)] }, labels: [],
        weights: weights.map { all in group.rows.map { all[Int($0)] } })
    }
    let base = MeasureSink.Base([focal.rows, reference.rows], weights: weights)
    let (a, b) = (sample(focal), sample(reference))
    sink.addDistances(a, b, level: draws.level, place, base) {
      PairDistances(a, b, labels: false, key: "\(key): \(a.name): \(b.name)", draws: draws)
    }
  }
}
