import Fairness
import Metrics
import Results
import Statistics

/// Groups of known rates: draws, and the intervals that an evaluation gives.
struct RateDraw {
  struct Found {
    var rate = Tally()
    var difference = Tally()
    var ratio = Tally()
    var range = Tally()
    var rangeRatio = Tally()

    mutating func add(_ other: Found) {
      rate.add(other.rate)
      difference.add(other.difference)
      ratio.add(other.ratio)
      range.add(other.range)
      rangeRatio.add(other.rangeRatio)
    }
  }

  static let level = 0.95
  static let baseRates = (1...9).map { Double($0) / 10 }

  let setting: Setting
  let runs: Int
  private let metric = BinaryMetric.selectionRate
  private let pairs = PairComparer(knownLevel: level)
  private let estimator = SliceEstimator(
    level: level, bootstrap: CellBootstrap(replicates: 1, seed: 0, isWeighted: false))

  /// Over all base rates.
  func run() -> Found {
    var all = Found()
    for base in Self.baseRates {
      all.add(run(setting.values(about: base), key: "\(setting.name), rate \(base)"))
    }
    return all
  }

  private func run(_ truth: [Double], key: String) -> Found {
    var found = Found()
    let random = KeyedRandom(seed: 6, key: key)
    let samplers = truth.map { BinomialSampler(trials: setting.size, probability: $0) }
    let (most, least) = (truth.max() ?? 0, truth.min() ?? 0)
    let ranges = RangeComparer(pairs: pairs, seed: 0)
    for run in 0..<runs {
      var stream = random.stream(UInt64(run))
      let sides = samplers.map { side($0.draw(using: &stream)) }
      for (side, value) in zip(sides, truth) {
        let estimate = side.estimate(metric)
        found.rate.enter(value, estimate?.lower, estimate?.upper)
      }
      let (first, last) = (sides[0], sides[sides.count - 1])
      let (a, b) = (truth[0], truth[truth.count - 1])
      let difference = pairs.compare(Metric(metric), first, last, kind: .difference, level: Self.level)
      found.difference.enter(a - b, difference.limits?.lower, difference.limits?.upper)
      let ratio = pairs.compare(Metric(metric), first, last, kind: .ratio, level: Self.level)
      found.ratio.enter(a / b, ratio.limits?.lower, ratio.limits?.upper)
      let range = ranges.compare(Metric(metric), sides, kind: .difference, level: Self.level, test: nil)
        .comparison
      found.range.enter(most - least, range.limits?.lower, range.limits?.upper)
      let worst = ranges.compare(Metric(metric), sides, kind: .ratio, level: Self.level, test: nil).comparison
      found.rangeRatio.enter(least / most, worst.limits?.lower, worst.limits?.upper)
    }
    return found
  }

  private func side(_ selected: Int) -> Side {
    let counts = OutcomeCounts(
      truePositives: 0, falsePositives: selected, falseNegatives: 0, trueNegatives: setting.size - selected)
    return Side(
      name: "g", slice: nil, tally: SliceTally(counts: counts), metrics: [metric], estimator: estimator,
      key: "g")
  }
}
