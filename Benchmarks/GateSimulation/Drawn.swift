import Metrics
import Results
import Statistics

/// An evaluation made from drawn counts and estimates: one feature `g`, and all rows.
struct Drawn {
  /// One slice: its counts, and what does not follow from them.
  struct Slice {
    var counts: OutcomeCounts
    var scores: [BinaryMetric: Estimate] = [:]
    /// Covariance of a score metric's value with that of all rows.
    var covariance: [BinaryMetric: Double] = [:]
    /// Eight joint cells of candidate and baseline; empty without a paired baseline.
    var joint: [Int] = []
    /// The paired baseline's value and the standard error of the change.
    var paired: [BinaryMetric: (value: Double, error: Double)] = [:]

    init(_ counts: OutcomeCounts) { self.counts = counts }

    static func selected(_ k: Int, of n: Int) -> Slice {
      Slice(OutcomeCounts(truePositives: 0, falsePositives: k, falseNegatives: 0, trueNegatives: n - k))
    }

    /// So many of the positives and so many of the negatives selected.
    static func labelled(_ tp: Int, of positives: Int, _ fp: Int, of negatives: Int) -> Slice {
      Slice(
        OutcomeCounts(
          truePositives: tp, falsePositives: fp, falseNegatives: positives - tp, trueNegatives: negatives - fp
        ))
    }
  }

  var metrics: [BinaryMetric]
  var groups: [Slice]
  /// nil: the sum of the groups.
  var overall: Slice?
  /// Further families, whose slices overlap with those of `g`.
  var others: [(features: [String], predicates: [String], slices: [Slice])] = []
  var isWeighted = false
  /// Names the draws of the bootstrap.
  var key = ""
  var replicates = 200

  private var total: Slice {
    overall
      ?? Slice(
        groups.reduce(
          OutcomeCounts(rows: [0, 0, 0, 0], weights: [0, 0, 0, 0], squaredWeights: [0, 0, 0, 0])
        ) {
          sum, slice in
          OutcomeCounts(
            rows: zip(sum.rows, slice.counts.rows).map(+),
            weights: zip(sum.weights, slice.counts.weights).map(+),
            squaredWeights: zip(sum.squaredWeights, slice.counts.squaredWeights).map(+))
        })
  }

  var evaluation: Evaluation {
    let slices = [total] + groups + others.flatMap(\.slices)
    let predicates = ["overall"] + groups.indices.map { "g=\($0)" } + others.flatMap(\.predicates)
    var families = [
      SliceFamily(features: [], name: "", first: 0, count: 1, reference: nil),
      SliceFamily(features: ["g"], name: "g", first: 1, count: groups.count, reference: 1),
    ]
    var family = [0] + groups.map { _ in 1 }
    for other in others {
      families.append(
        SliceFamily(
          features: other.features, name: other.features.joined(separator: "*"), first: family.count,
          count: other.slices.count, reference: nil))
      family += other.slices.map { _ in families.count - 1 }
    }
    let estimator = SliceEstimator(
      level: 0.95, bootstrap: CellBootstrap(replicates: replicates, seed: 1, isWeighted: isWeighted))
    let estimates = zip(slices, predicates).map { slice, predicate in
      zip(
        metrics,
        estimator.estimates(metrics, of: SliceTally(counts: slice.counts), key: predicate + key)
      ).map { slice.scores[$0] ?? $1 }
    }
    let counts = slices.map(\.counts)
    let columns = SliceColumns(
      predicate: predicates, label: predicates, family: family, rows: counts.map(\.rowCount),
      weight: counts.map(\.weight), truePositives: counts.map { $0.rows[0] },
      falsePositives: counts.map { $0.rows[1] }, falseNegatives: counts.map { $0.rows[2] },
      trueNegatives: counts.map { $0.rows[3] }, baselineCells: slices.flatMap(\.joint),
      cellWeights: isWeighted ? counts.flatMap(\.weights) : [],
      cellSquaredWeights: isWeighted ? counts.flatMap(\.squaredWeights) : [],
      covarianceWithOverall: Dictionary(
        uniqueKeysWithValues: metrics.filter { slices[0].covariance[$0] != nil }.map { metric in
          (metric.id, slices.map { $0.covariance[metric] ?? .nan })
        }))
    var result = Evaluation(
      producer: Producer(name: "fairslice", version: ""), title: "", task: .binary, level: 0.95, seed: 0,
      bootstrapReplicates: replicates,
      roles: Roles(
        label: "y", positive: "1", score: nil, scoreIsProbability: false, decision: "d", threshold: nil,
        thresholdIsStrict: false, weight: nil, unit: nil, baseline: nil), inputs: [],
      rejections: Rejections(count: 0, listed: []), configuration: "{}", notes: [],
      metrics: metrics.map(\.entry), families: families, slices: columns,
      estimates: metrics.indices.map { metric in EstimateColumns(estimates.map { $0[metric] }) }, gaps: [],
      curves: nil, calibration: nil)
    let compared = metrics.filter { slices[0].paired[$0] != nil }
    if !compared.isEmpty {
      result.paired = PairedColumns(
        name: "baseline",
        columns: compared.map { metric in
          PairedColumns.Column(
            metric: metric.id, baseline: slices.map { $0.paired[metric]?.value ?? .nan },
            standardError: slices.map { $0.paired[metric]?.error ?? .nan })
        })
    }
    return result
  }
}
