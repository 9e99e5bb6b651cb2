import Fairness
import Metrics
import Results
import Statistics

/// Measures of numbers as predictions.
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
    .wassersteinDistance, .largestDistributionGap, .standardizedMeanDifference, .thresholdParityArea,
    .noDisparateImpactLevel,
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
        side.name, labels: rows.map { labels[Int($0)] }, predictions: rows.map { predictions[Int($0)] },
        weights: weights.map { all in rows.map { all[Int($0)] } })
    }
    let base = MeasureSink.Base(rows, weights: weights)
    for (variant, loss) in Self.losses {
      let worst = NumberParity.losses(groups, loss).maximum
      let place = MeasureSink.Place(family: family.index, variant: variant, detail: worst?.name)
      sink.add(.boundedGroupLoss, place, base) {
        NumberParity.boundedGroupLoss(groups, loss, level: draws.level)
      }
    }
    guard sink.asks(for: .quantileRateGap) else { return }
    let quantiles = PredictionQuantiles(predictions, weights: weights)
    for quantile in Self.quantiles {
      let threshold = quantiles.value(at: quantile)
      let gap = NumberParity.quantileRates(groups, atLeast: threshold).difference()
      let detail = gap.low.flatMap { low in gap.high.map { "lowest in \(low), highest in \($0)" } }
      let place = MeasureSink.Place(
        family: family.index, variant: "q=\(NumberText.text(quantile))", detail: detail)
      sink.add(.quantileRateGap, place, base) {
        NumberParity.quantileRateGap(groups, atLeast: threshold, level: draws.level, seed: draws.seed)
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
    lazy var drawn = PairDistances(
      a, b, labels: false, key: "\(key): \(a.name): \(b.name)", draws: draws)
    sink.addDistances(a, b, level: draws.level, place, base) { drawn }
    guard sink.asks(forAnyOf: [.thresholdParityArea, .noDisparateImpactLevel]) else { return }
    let parity = ThresholdParity(a, b)
    let empty = MeasureValue.undefined("a group has no rows")
    sink.add(.thresholdParityArea, place, base) {
      guard let parity, let drawn else { return MeasureNumber(empty, reason: "") }
      return drawn.betweenShares(.value(parity.area))
    }
    sink.add(.noDisparateImpactLevel, place, base) {
      MeasureNumber(
        parity?.level.map { .value($0) } ?? empty, reason: "the level jumps where the ratio crosses a bound")
    }
  }
}
