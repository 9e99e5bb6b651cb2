import Fairness
import Metrics
import Results
import Slicing
import TableIngest
import Tables

/// Puts what a run found into the one value that every output is made from.
struct EvaluationBuilder {
  let frame: RunFrame
  let input: RunInput
  let counted: Counted
  /// What the engine of rows found; nil where it was not needed.
  let rows: BinaryRows?
  let gaps: [Gap]
  let spreads: SpreadTable?

  func build() throws(Failure) -> Evaluation {
    let selection = try Selection(configuration)
    let entries =
      selection.metrics.map { metric in
        rows?.hasAll == true ? rows?.entry(metric.id) ?? metric.entry : metric.entry
      } + others(selection)
    return Evaluation(
      producer: Producer(name: "fairslice", version: EvaluationRun.version), title: frame.title,
      task: .binary,
      level: configuration.level, seed: configuration.seed,
      bootstrapReplicates: configuration.bootstrapReplicates, roles: roles, inputs: frame.inputs,
      rejections: frame.rejections, configuration: frame.echo,
      notes: frame.notes(input.notes, counted.plan),
      metrics: entries,
      families: frame.families(counted.plan, firstSlice: counted.firstSlice, references: counted.references),
      slices: slices, estimates: entries.map(column),
      gaps: gaps, curves: curves, calibration: calibration,
      paired: paired(selection),
      card: frame.card, spreads: spreads, unitCorrelations: rows?.counted.correlations ?? .none)
  }

  /// Metrics that were asked for and that the counting engine does not have.
  private func others(_ selection: Selection) -> [MetricEntry] {
    guard let rows else { return [] }
    let own = Set(selection.metrics.map(\.id))
    return rows.reported(selection).map { rows.entries[$0] }.filter { !own.contains($0.id) }
  }

  private func column(_ entry: MetricEntry) -> EstimateColumns {
    if let estimates = rows?.estimates(entry.id) { return EstimateColumns(estimates) }
    return EstimateColumns(
      counted.slices.map { side in
        BinaryMetric(id: entry.id).flatMap { side.estimate($0) } ?? Self.absent
      })
  }

  private func paired(_ selection: Selection) -> PairedColumns? {
    let own = counted.paired(selection, name: frame.baselineName)
    guard let more = rows?.counted.paired(name: frame.baselineName) else { return own }
    let known = Set(more.columns.map(\.metric))
    return PairedColumns(
      name: more.name, columns: (own?.columns.filter { !known.contains($0.metric) } ?? []) + more.columns)
  }

  private static let absent = Estimate(
    value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .undefined, reason: "not computed")

  private var configuration: Configuration { frame.configuration }

  private var roles: Roles {
    Roles(
      label: configuration.label, positive: input.positive, score: configuration.score,
      scoreIsProbability: configuration.score != nil && configuration.scoreKind == .probability,
      decision: configuration.decision,
      threshold: input.threshold,
      thresholdIsStrict: configuration.thresholdIsStrict,
      weight: configuration.unweighted ? nil : configuration.weight, unit: configuration.unit,
      baseline: frame.baselineName, units: input.units.map { Set($0).count })
  }

  private var slices: SliceColumns {
    let plan = counted.plan
    let tallies = counted.slices.compactMap(\.tally?.counts)
    let places = frame.places(plan)
    let isWeighted = input.observations.weights != nil
    return SliceColumns(
      predicate: counted.slices.map(\.name),
      label: places.map(\.label),
      family: places.map(\.family), rows: tallies.map(\.rowCount), weight: tallies.map(\.weight),
      truePositives: tallies.map { $0.rows[0] }, falsePositives: tallies.map { $0.rows[1] },
      falseNegatives: tallies.map { $0.rows[2] }, trueNegatives: tallies.map { $0.rows[3] },
      baselineCells: places.flatMap { place in
        let cells = counted.families[place.family].baselineCells
        return cells.isEmpty ? [] : Array(cells[place.group * 8..<place.group * 8 + 8])
      },
      cellWeights: isWeighted ? tallies.flatMap(\.weights) : [],
      cellSquaredWeights: isWeighted ? tallies.flatMap(\.squaredWeights) : [],
      covarianceWithOverall: covariances)
  }

  private var covariances: [String: [Double]] {
    var result: [String: [Double]] = [:]
    let metrics: [BinaryMetric] = [.rocAUC, .logLoss, .brierScore, .meanScore, .calibrationInTheLarge]
    for metric in metrics where counted.metrics.contains(metric) {
      result[metric.id] = counted.slices.map {
        Counted.covariance(metric, $0, counted.slices[0]) ?? .nan
      }
    }
    return result.merging(rows?.counted.covariances ?? [:]) { $1 }
  }

  private var curves: ThresholdCurves? {
    guard !counted.thresholds.isEmpty else { return nil }
    var curves = ThresholdCurves(
      thresholds: counted.thresholds, offsets: [0], bin: [], positives: [], negatives: [])
    for (index, family) in counted.plan.families.enumerated() {
      for group in family.shown {
        for entry in counted.families[index].curve.bins(group) {
          curves.bin.append(entry.bin)
          curves.positives.append(entry.positives)
          curves.negatives.append(entry.negatives)
        }
        curves.offsets.append(curves.bin.count)
      }
    }
    return curves
  }

  private var calibration: CalibrationColumns? {
    guard configuration.label != nil else { return nil }
    let sums = counted.slices.compactMap(\.tally?.calibration)
    guard sums.count == counted.slices.count else { return nil }
    let expected = sums.map(\.underCalibration)
    return CalibrationColumns(
      binCount: configuration.calibrationBins, rows: sums.flatMap(\.rows),
      weight: sums.flatMap(\.weight), scoreSum: sums.flatMap(\.scoreSum),
      positiveSum: sums.flatMap(\.positiveSum), expectedECE: expected.map { $0?.mean ?? .nan },
      expectedECE95: expected.map { $0?.upper ?? .nan })
  }
}
