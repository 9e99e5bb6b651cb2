import Metrics
import Results
import Statistics
import TestSupport

@testable import Gate

/// Evaluations from counts (TP, FP, FN, TN) of the groups of one feature `g`, without a bootstrap.
enum NumbersFixture {
  static let rates = BinaryMetric.allCases.filter { $0.rate != nil }

  private static func total(_ values: [[Double]]) -> [Double] {
    (0..<4).map { cell in values.reduce(0) { $0 + $1[cell] } }
  }

  static func evaluation(
    _ groups: [[Int]], weights: [[Double]] = [], squares: [[Double]] = [], reference: Int? = 0
  ) -> Evaluation {
    let all = (0..<4).map { cell in groups.reduce(0) { $0 + $1[cell] } }
    let rows = [all] + groups
    let isWeighted = !weights.isEmpty
    let counts = rows.indices.map { index in
      let plain = rows[index].map(Double.init)
      return OutcomeCounts(
        rows: rows[index],
        weights: isWeighted ? (index == 0 ? total(weights) : weights[index - 1]) : plain,
        squaredWeights: isWeighted ? (index == 0 ? total(squares) : squares[index - 1]) : plain)
    }
    let estimator = SliceEstimator(
      level: 0.95, bootstrap: CellBootstrap(replicates: 1, seed: 0, isWeighted: isWeighted))
    let names = ["overall"] + groups.indices.map { "g=\($0)" }
    return Evaluation(
      producer: Producer(name: "fairslice", version: "test"), title: "", task: .binary, level: 0.95, seed: 0,
      bootstrapReplicates: 1,
      roles: Roles(
        label: "y", positive: "1", score: nil, scoreIsProbability: false, decision: "d", threshold: nil,
        thresholdIsStrict: false, weight: nil, unit: nil, baseline: nil), inputs: [],
      rejections: Rejections(count: 0, listed: []), configuration: "{}", notes: [],
      metrics: rates.map(\.entry),
      families: [
        SliceFamily(features: [], name: "", first: 0, count: 1, reference: nil),
        SliceFamily(
          features: ["g"], name: "g", first: 1, count: groups.count, reference: reference.map { $0 + 1 }),
      ],
      slices: SliceColumns(
        predicate: names, label: names, family: [0] + groups.map { _ in 1 }, rows: counts.map(\.rowCount),
        weight: counts.map(\.weight), truePositives: rows.map { $0[0] }, falsePositives: rows.map { $0[1] },
        falseNegatives: rows.map { $0[2] }, trueNegatives: rows.map { $0[3] }, baselineCells: [],
        cellWeights: isWeighted ? counts.flatMap(\.weights) : [],
        cellSquaredWeights: isWeighted ? counts.flatMap(\.squaredWeights) : [], covarianceWithOverall: [:]),
      estimates: rates.map { metric in
        EstimateColumns(counts.compactMap { count in metric.rate.map { estimator.rate($0, count) } })
      }, gaps: [], curves: nil, calibration: nil)
  }

  /// So many selected of so many.
  static func selection(_ groups: [(k: Int, n: Int)]) -> Evaluation {
    evaluation(groups.map { [0, $0.k, 0, $0.n - $0.k] })
  }

  static func draw(_ n: Int, _ p: Double, _ random: inout SplitMix) -> Int {
    var keyed = KeyedRandom(seed: random.next(), key: "draws of a test")
    return BinomialSampler(trials: n, probability: p).draw(using: &keyed)
  }

  /// Groups with rates at random.
  static func drawn(_ rates: [Double], of n: Int, _ random: inout SplitMix) -> Evaluation {
    selection(rates.map { (draw(n, $0, &random), n) })
  }

  static func judge(_ evaluation: Evaluation, _ check: String, baseline: Evaluation? = nil) throws
    -> Judgement
  {
    try GateFixture.judge(evaluation, "{ checks: [{ id: 'x', slices: 'g', \(check) }] }", baseline: baseline)
  }
}
