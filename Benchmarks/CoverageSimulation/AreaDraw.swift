import Fairness
import Metrics
import Results
import Slicing
import Statistics
import Tables

/// Groups of known areas under the ROC curve: normal scores, the positives' shifted.
struct AreaDraw {
  struct Found {
    var area = Tally()
    /// With the score interval in the draws that have none.
    var completed = Tally()
    var difference = Tally()
    var range = Tally()

    mutating func add(_ other: Found) {
      area.add(other.area)
      completed.add(other.completed)
      difference.add(other.difference)
      range.add(other.range)
    }
  }

  let setting: Setting
  /// The middle of the groups' areas.
  let middle: Double
  let runs: Int
  private let metric = BinaryMetric.rocAUC
  private let pairs = PairComparer(knownLevel: RateDraw.level)
  private let estimator = SliceEstimator(
    level: RateDraw.level, bootstrap: CellBootstrap(replicates: 1, seed: 0, isWeighted: false))
  private let everything: SlicePlan.Family

  init(setting: Setting, middle: Double, runs: Int) throws {
    self.setting = setting
    self.middle = middle
    self.runs = runs
    let table = Table(
      rowCount: setting.size, columns: [], origin: RowOrigin(source: "simulation", stretches: []))
    everything = try SlicePlan([], of: table).families[0]
  }

  /// Over all base rates, with at least 10 rows of each class in every group.
  func run() -> Found {
    var all = Found()
    for base in RateDraw.baseRates {
      let positives = min(setting.size - 10, max(10, Int((Double(setting.size) * base).rounded())))
      all.add(run(positives: positives, key: "\(setting.name), area \(middle), base rate \(base)"))
    }
    return all
  }

  private func run(positives: Int, key: String) -> Found {
    var found = Found()
    let random = KeyedRandom(seed: 6, key: key)
    let truth = setting.values(about: middle)
    // The area of two normal distributions with unit variance is Φ(shift/√2).
    let shifts = truth.map { Normal.quantile($0) * 2.0.squareRoot() }
    let (most, least) = (truth.max() ?? 0, truth.min() ?? 0)
    let ranges = RangeComparer(pairs: pairs, seed: 0)
    for run in 0..<runs {
      var stream = random.stream(UInt64(run))
      let sides = shifts.map { side(positives, shift: $0, &stream) }
      for (side, value) in zip(sides, truth) {
        let estimate = side.estimate(metric)
        found.area.enter(value, estimate?.lower, estimate?.upper)
        let score = AUCInterval.score(
          auc: estimate?.value ?? .nan, positives: Double(positives),
          negatives: Double(setting.size - positives), level: RateDraw.level)
        found.completed.enter(value, estimate?.lower ?? score?.lower, estimate?.upper ?? score?.upper)
      }
      let last = sides.count - 1
      let pair = pairs.compare(
        Metric(metric), sides[0], sides[last], kind: .difference, level: RateDraw.level)
      found.difference.enter(truth[0] - truth[last], pair.limits?.lower, pair.limits?.upper)
      let range = ranges.compare(Metric(metric), sides, kind: .difference, level: RateDraw.level, test: nil)
        .comparison
      found.range.enter(most - least, range.limits?.lower, range.limits?.upper)
    }
    return found
  }

  private func side(_ positives: Int, shift: Double, _ random: inout KeyedRandom) -> Side {
    let labels = (0..<setting.size).map { UInt8($0 < positives ? 1 : 0) }
    let scores = labels.map { random.normal() + ($0 == 1 ? shift : 0) }
    let observations = Observations(
      labels: labels, decisions: labels, scores: scores, scoresAreProbabilities: false)
    let tallier = Tallier(observations, groupings: [], calibrationBins: 0, hasCurves: false)
    let tally = tallier.tally(everything).slice(0)
    return Side(name: "g", slice: nil, tally: tally, metrics: [metric], estimator: estimator, key: "g")
  }
}
