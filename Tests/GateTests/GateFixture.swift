import Metrics
import Results
import Testing

@testable import Gate

/// Evaluations made from counts alone.
enum GateFixture {
  struct Group {
    var predicate: String
    var tp: Int
    var fp: Int
    var fn: Int
    var tn: Int

    init(_ predicate: String, tp: Int = 0, fp: Int = 0, fn: Int = 0, tn: Int = 0) {
      (self.predicate, self.tp, self.fp, self.fn, self.tn) = (predicate, tp, fp, fn, tn)
    }

    /// So many of so many selected.
    static func selected(_ predicate: String, _ k: Int, of n: Int) -> Group {
      Group(predicate, fp: k, tn: n - k)
    }
  }

  /// One family a list of groups; overall is the sum of the first.
  static func evaluation(
    _ families: [(features: [String], groups: [Group])], level: Double = 0.95,
    reference: [String: String] = [:], weights: Double? = nil
  ) -> Evaluation {
    let first = families.first?.groups ?? []
    let overall = first.reduce(Group("overall")) {
      Group("overall", tp: $0.tp + $1.tp, fp: $0.fp + $1.fp, fn: $0.fn + $1.fn, tn: $0.tn + $1.tn)
    }
    var slices = [overall]
    var columns = [SliceFamily(features: [], name: "", first: 0, count: 1, reference: nil)]
    var family = [0]
    for (index, one) in families.enumerated() {
      let named = reference[one.features.joined(separator: "*")]
      columns.append(
        SliceFamily(
          features: one.features, name: one.features.joined(separator: "*"), first: slices.count,
          count: one.groups.count,
          reference: named.flatMap { name in one.groups.firstIndex { $0.predicate == name } }
            .map { slices.count + $0 }))
      slices += one.groups
      family += one.groups.map { _ in index + 1 }
    }
    return evaluation(slices, columns, family, level)
  }

  private static func evaluation(
    _ slices: [Group], _ families: [SliceFamily], _ family: [Int], _ level: Double
  ) -> Evaluation {
    let estimator = SliceEstimator(
      level: level, bootstrap: CellBootstrap(replicates: 200, seed: 1, isWeighted: false))
    let metrics = BinaryMetric.allCases.filter { !$0.needsScore }
    let tallies = slices.map {
      SliceTally(
        counts: OutcomeCounts(
          truePositives: $0.tp, falsePositives: $0.fp, falseNegatives: $0.fn, trueNegatives: $0.tn))
    }
    let estimates = zip(tallies, slices).map { estimator.estimates(metrics, of: $0, key: $1.predicate) }
    let rows = slices.map { $0.tp + $0.fp + $0.fn + $0.tn }
    return Evaluation(
      producer: Producer(name: "fairslice", version: "test"), title: "fixture", task: .binary, level: level,
      seed: 1, bootstrapReplicates: 200,
      roles: Roles(
        label: "y", positive: "1", score: nil, scoreIsProbability: false, decision: "d", threshold: nil,
        thresholdIsStrict: false, weight: nil, unit: nil, baseline: nil), inputs: [],
      rejections: Rejections(count: 0, listed: []), configuration: "{}", notes: [],
      metrics: metrics.map(\.entry), families: families,
      slices: SliceColumns(
        predicate: slices.map(\.predicate),
        label: slices.map { $0.predicate.split(separator: "=").last.map(String.init) ?? $0.predicate },
        family: family, rows: rows, weight: rows.map(Double.init), truePositives: slices.map(\.tp),
        falsePositives: slices.map(\.fp), falseNegatives: slices.map(\.fn), trueNegatives: slices.map(\.tn),
        baselineCells: [], cellWeights: [], cellSquaredWeights: [], covarianceWithOverall: [:]),
      estimates: metrics.indices.map { metric in EstimateColumns(estimates.map { $0[metric] }) }, gaps: [],
      curves: nil, calibration: nil)
  }

  /// Groups of one feature `g` with so many selected of so many.
  static func selection(_ groups: (name: String, k: Int, n: Int)...) -> Evaluation {
    evaluation([(["g"], groups.map { .selected("g=\($0.name)", $0.k, of: $0.n) })])
  }

  /// Adds a score metric with values and standard errors given by slice.
  static func adding(
    _ metric: BinaryMetric, _ values: [(value: Double?, error: Double?)], to evaluation: Evaluation
  ) -> Evaluation {
    var result = evaluation
    result.metrics.append(metric.entry)
    result.estimates.append(
      EstimateColumns(
        values.enumerated().map { slice, one in
          let rows = evaluation.slices.rows[slice]
          return Estimate(
            value: one.value, lower: one.error.flatMap { e in one.value.map { $0 - 1.96 * e } },
            upper: one.error.flatMap { e in one.value.map { $0 + 1.96 * e } }, standardError: one.error,
            denominator: rows, weight: Double(rows), effectiveCount: Double(rows),
            status: one.value == nil ? .undefined : .ok, reason: one.value == nil ? "one class only" : nil)
        }))
    return result
  }

  static func judge(
    _ evaluation: Evaluation, _ policy: String, baseline: Evaluation? = nil,
    folding: Judgement.Folding? = nil, waivers: String? = nil, asOf: String = "2026-03-01"
  ) throws -> Judgement {
    let read = try PolicyTests.policy(policy)
    var gate = Judge(policy: read)
    gate.folding = folding
    if let baseline {
      gate.baseline = Judge.BaselineRun(
        evaluation: baseline, source: Judgement.Source(name: "baseline.json", sha256: "b"))
    }
    if let waivers {
      gate.waivers = try WaiverBook(
        text: Array(waivers.utf8), name: "waivers.json5",
        source: Judgement.Source(name: "waivers.json5", sha256: "w"),
        asOf: try #require(Day(asOf)), maximumDays: read.maximumWaiverDays)
    }
    return try gate.judge(evaluation)
  }
}
