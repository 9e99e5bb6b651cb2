import Metrics
import Results
import TestSupport

/// An evaluation of two attributes and their cross, as large as wanted, of 20 metrics: counts are drawn, rates and their
/// limits are the engine's own, areas and composites are plausible numbers with limits of full precision.
struct LargeEvaluation {
  static let bins = 20
  static let metrics: [BinaryMetric] = [
    .count, .prevalence, .truePositives, .falsePositives, .falseNegatives, .trueNegatives, .accuracy,
    .precision, .truePositiveRate, .trueNegativeRate, .falsePositiveRate, .falseNegativeRate,
    .negativePredictiveValue, .falseDiscoveryRate, .falseOmissionRate, .selectionRate, .f1, .mcc,
    .brierScore, .rocAUC,
  ]

  /// Rows of a slice by label and score bin.
  struct Cell {
    var positives = [Int](repeating: 0, count: LargeEvaluation.bins)
    var negatives = [Int](repeating: 0, count: LargeEvaluation.bins)

    mutating func add(_ other: Cell) {
      for bin in positives.indices {
        positives[bin] += other.positives[bin]
        negatives[bin] += other.negatives[bin]
      }
    }

    var counts: OutcomeCounts {
      let half = LargeEvaluation.bins / 2
      return OutcomeCounts(
        truePositives: positives[half...].reduce(0, +), falsePositives: negatives[half...].reduce(0, +),
        falseNegatives: positives[..<half].reduce(0, +), trueNegatives: negatives[..<half].reduce(0, +))
    }
  }

  private var predicates: [String] = ["overall"]
  private var labels = ["Overall"]
  private var familyOf = [0]
  private var families = [SliceFamily(features: [], name: "", first: 0, count: 1, reference: nil)]
  private var cells: [Cell] = [Cell()]

  /// - Parameters:
  ///   - regions: groups of the first attribute
  ///   - jobs: groups of the second; there are `1 + regions + jobs + regions · jobs` slices
  static func make(regions: Int, jobs: Int) -> Evaluation {
    var random = SplitMix(seed: 7)
    let inner = (0..<(regions * jobs)).map { index in draw(&random, isSmall: index % 17 == 0) }
    var rows = [Cell](repeating: Cell(), count: regions)
    var columns = [Cell](repeating: Cell(), count: jobs)
    var large = LargeEvaluation()
    for index in inner.indices {
      rows[index / jobs].add(inner[index])
      columns[index % jobs].add(inner[index])
      large.cells[0].add(inner[index])
    }
    let region = (0..<regions).map { "Region \($0)" }
    let job = (0..<jobs).map { "Job \($0)" }
    large.append(["region"], region.map { ("region=\($0)", $0) }, rows)
    large.append(["job"], job.map { ("job=\($0)", $0) }, columns)
    let names = region.flatMap { a in job.map { b in ("region=\(a) & job=\(b)", "\(a) & \(b)") } }
    large.append(["region", "job"], names, inner)
    return large.evaluation()
  }

  private static func draw(_ random: inout SplitMix, isSmall: Bool) -> Cell {
    var cell = Cell()
    let share = Double(random.next() % 1000) / 1000
    for bin in 0..<bins {
      let bits = random.next()
      let size = isSmall ? (bits % 16 == 0 ? 1 : 0) : Double(bits % 8)
      let positives = size * (0.1 + 0.5 * share) * Double(bin + 1) * 2 / Double(bins)
      cell.positives[bin] = Int(min(size, positives + Double((bits >> 8) % 100) / 100))
      cell.negatives[bin] = Int(size) - cell.positives[bin]
    }
    return cell
  }

  private mutating func append(_ features: [String], _ names: [(String, String)], _ groups: [Cell]) {
    families.append(
      SliceFamily(
        features: features, name: features.joined(separator: "*"), first: cells.count, count: groups.count,
        reference: nil))
    familyOf += groups.map { _ in families.count - 1 }
    predicates += names.map(\.0)
    labels += names.map(\.1)
    cells += groups
  }

  // MARK: Estimates

  private func evaluation() -> Evaluation {
    let counts = cells.map(\.counts)
    var random = SplitMix(seed: 8)
    let estimator = SliceEstimator(level: 0.95, bootstrap: .init(replicates: 0, seed: 1, isWeighted: false))
    let estimates = Self.metrics.map { metric in
      EstimateColumns(counts.map { Self.estimate(metric, $0, estimator, &random) })
    }
    var evaluation = Evaluation(
      producer: Producer(name: "fairslice", version: "0.1.0"), title: "Large", task: .binary, level: 0.95,
      seed: 42, bootstrapReplicates: 1000,
      roles: Roles(
        label: "y", positive: "1", score: "score", scoreIsProbability: true, decision: nil, threshold: 0.5,
        thresholdIsStrict: false, weight: nil, unit: nil, baseline: nil),
      inputs: [
        InputRecord(
          name: "large.csv", format: "CSV", sha256: String(repeating: "0a", count: 32), bytes: 1,
          rowsRead: counts[0].rowCount, rowsRejected: 0)
      ], rejections: Rejections(count: 0, listed: []), configuration: "{}", notes: [],
      metrics: Self.metrics.map(\.entry), families: families, slices: columns(counts), estimates: estimates,
      gaps: [], curves: curves, calibration: calibration)
    evaluation.gaps = [1, 2, 3].flatMap { family in
      ["selection_rate", "true_positive_rate"].map { gap($0, family, evaluation) }
    }
    return evaluation
  }

  private func columns(_ counts: [OutcomeCounts]) -> SliceColumns {
    SliceColumns(
      predicate: predicates, label: labels, family: familyOf, rows: counts.map(\.rowCount),
      weight: counts.map(\.weight), truePositives: counts.map { $0.rows[0] },
      falsePositives: counts.map { $0.rows[1] }, falseNegatives: counts.map { $0.rows[2] },
      trueNegatives: counts.map { $0.rows[3] }, baselineCells: [], cellWeights: [], cellSquaredWeights: [],
      covarianceWithOverall: [:])
  }

  private static func estimate(
    _ metric: BinaryMetric, _ counts: OutcomeCounts, _ estimator: SliceEstimator, _ random: inout SplitMix
  ) -> Estimate {
    if let rate = metric.rate { return estimator.rate(rate, counts) }
    var result = Estimate(
      value: nil, denominator: counts.rowCount, weight: counts.weight, effectiveCount: counts.weight,
      status: counts.rowCount == 0 ? .empty : .ok, reason: counts.rowCount == 0 ? "no rows" : nil)
    if let counted = metric.countedOutcomes {
      result.value = counted.reduce(0) { $0 + counts[$1] }
    } else if metric == .count {
      result.value = counts.weight
    } else if counts.rows[0] + counts.rows[2] == 0 || counts.rows[1] + counts.rows[3] == 0 {
      (result.status, result.reason) = (counts.rowCount == 0 ? .empty : .undefined, "no positives")
    } else {
      let value = Composite.value(metric, counts.weights) ?? Double.random(in: 0.3..<0.9, using: &random)
      let half = 1 / counts.weight.squareRoot()
      result.value = value
      result.lower = value - half * Double.random(in: 0.3..<0.6, using: &random)
      result.upper = value + half * Double.random(in: 0.3..<0.6, using: &random)
    }
    return result
  }

  /// The two groups that are furthest apart.
  private func gap(_ metric: String, _ family: Int, _ evaluation: Evaluation) -> Gap {
    let known = evaluation.families[family].slices.filter {
      evaluation.slices.rows[$0] > 30 && evaluation.estimate(metric, slice: $0)?.value != nil
    }
    let value = { (slice: Int) in evaluation.estimate(metric, slice: slice)?.value ?? 0 }
    let most = known.max { value($0) < value($1) } ?? 0
    let least = known.min { value($0) < value($1) } ?? 0
    let difference = value(most) - value(least)
    return Gap(
      family: family, metric: metric, component: metric, kind: .difference, comparison: .betweenGroups,
      group: most, reference: least,
      estimate: Estimate(
        value: difference, lower: difference - 0.1, upper: difference + 0.1, standardError: 0.05,
        denominator: evaluation.slices.rows[most], weight: 1, effectiveCount: 1, status: .ok), pValue: 0.001,
      test: "score test", interval: "Newcombe hybrid score")
  }

  // MARK: Scores

  private var curves: ThresholdCurves {
    var curves = ThresholdCurves(
      thresholds: (0...200).map { Double($0) / 200 }, offsets: [0], bin: [], positives: [], negatives: [])
    for cell in cells {
      for bin in 0..<Self.bins where cell.positives[bin] + cell.negatives[bin] > 0 {
        curves.bin.append(bin * 10 + 3)
        curves.positives.append(Double(cell.positives[bin]))
        curves.negatives.append(Double(cell.negatives[bin]))
      }
      curves.offsets.append(curves.bin.count)
    }
    return curves
  }

  private var calibration: CalibrationColumns {
    var columns = CalibrationColumns(
      binCount: 10, rows: [], weight: [], scoreSum: [], positiveSum: [], expectedECE: [], expectedECE95: [])
    for cell in cells {
      for bin in stride(from: 0, to: Self.bins, by: 2) {
        let positives = cell.positives[bin] + cell.positives[bin + 1]
        let rows = positives + cell.negatives[bin] + cell.negatives[bin + 1]
        columns.rows.append(rows)
        columns.weight.append(Double(rows))
        columns.scoreSum.append(Double(rows) * (Double(bin) + 1) / Double(Self.bins))
        columns.positiveSum.append(Double(positives))
      }
      let count = Double(cell.counts.rowCount)
      columns.expectedECE.append(count == 0 ? .nan : 0.25 / count.squareRoot())
      columns.expectedECE95.append(count == 0 ? .nan : 0.45 / count.squareRoot())
    }
    return columns
  }
}
