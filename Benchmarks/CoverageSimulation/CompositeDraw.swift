import Fairness
import Metrics
import Results
import Statistics

/// Groups of known prevalence, true and false positive rate: functions of the whole confusion matrix.
struct CompositeDraw {
  struct Found {
    /// By metric: F1, Matthews correlation, balanced accuracy.
    var values = [Tally(), Tally(), Tally()]
    /// The first group less all rows, F1.
    var overall = Tally()
    /// max − min of F1.
    var range = Tally()

    mutating func add(_ other: Found) {
      for index in values.indices { values[index].add(other.values[index]) }
      overall.add(other.overall)
      range.add(other.range)
    }
  }

  static let metrics: [BinaryMetric] = [.f1, .mcc, .balancedAccuracy]

  let size: Int
  let groups: Int
  /// By how much the last group's true positive rate is lower.
  let gap: Double
  let runs: Int
  private let pairs = PairComparer(knownLevel: RateDraw.level)

  /// Over prevalences, true and false positive rates, with at least 10 rows of each class expected in a group.
  func run() -> Found {
    var all = Found()
    for prevalence in [0.1, 0.3, 0.5, 0.7, 0.9]
    where min(prevalence, 1 - prevalence) * Double(size) >= 9 {
      for (truePositive, falsePositive) in [(0.6, 0.3), (0.8, 0.2), (0.9, 0.05)] {
        let truth = (0..<groups).map { group in
          Self.cells(prevalence, truePositive - (group == groups - 1 ? gap : 0), falsePositive)
        }
        let key = "\(size), \(groups), \(gap), \(prevalence), \(truePositive)"
        all.add(run(truth, random: KeyedRandom(seed: 6, key: key)))
      }
    }
    return all
  }

  private static func cells(_ prevalence: Double, _ hit: Double, _ alarm: Double) -> [Double] {
    [
      prevalence * hit, (1 - prevalence) * alarm, prevalence * (1 - hit), (1 - prevalence) * (1 - alarm),
    ]
  }

  private func run(_ truth: [[Double]], random: KeyedRandom) -> Found {
    var found = Found()
    let samplers = truth.map { MultinomialSampler(probabilities: $0) }
    let mixture = (0..<4).map { cell in truth.reduce(0) { $0 + $1[cell] } }
    for run in 0..<runs {
      var stream = random.stream(UInt64(run))
      let bootstrap = CellBootstrap(replicates: 1000, seed: UInt64(run), isWeighted: false)
      let estimator = SliceEstimator(level: RateDraw.level, bootstrap: bootstrap)
      let counts = samplers.map { sampler in
        var draw = [Int](repeating: 0, count: 4)
        sampler.draw(trials: size, into: &draw, using: &stream)
        return draw
      }
      let sides = counts.enumerated().map { side("g\($0)", $1, estimator) }
      for (index, metric) in Self.metrics.enumerated() {
        let estimate = sides[0].estimate(metric)
        found.values[index].enter(
          Composite.value(metric, truth[0]) ?? .nan, estimate?.lower, estimate?.upper)
      }
      guard groups > 1 else { continue }
      compare(sides, counts, truth, mixture, estimator, &found)
    }
    return found
  }

  private func compare(
    _ sides: [Side], _ counts: [[Int]], _ truth: [[Double]], _ mixture: [Double],
    _ estimator: SliceEstimator, _ found: inout Found
  ) {
    let total = (0..<4).map { cell in counts.reduce(0) { $0 + $1[cell] } }
    let values = truth.compactMap { Composite.value(.f1, $0) }
    let overall = OverallComparer(pairs: pairs, bootstrap: estimator.bootstrap) { _, _ in nil }.compare(
      Metric(.f1), sides[groups - 1], side("overall", total, estimator), kind: .difference,
      level: RateDraw.level)
    found.overall.enter(
      values[groups - 1] - (Composite.value(.f1, mixture) ?? .nan), overall.limits?.lower,
      overall.limits?.upper)
    let range = RangeComparer(pairs: pairs, seed: 0).compare(
      Metric(.f1), sides, kind: .difference, level: RateDraw.level, test: nil
    ).comparison
    found.range.enter(
      (values.max() ?? 0) - (values.min() ?? 0), range.limits?.lower, range.limits?.upper)
  }

  private func side(_ name: String, _ cells: [Int], _ estimator: SliceEstimator) -> Side {
    let counts = OutcomeCounts(
      truePositives: cells[0], falsePositives: cells[1], falseNegatives: cells[2], trueNegatives: cells[3])
    return Side(
      name: name, slice: nil, tally: SliceTally(counts: counts), metrics: Self.metrics,
      estimator: estimator, key: name)
  }
}
