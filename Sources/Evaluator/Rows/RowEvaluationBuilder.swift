import Metrics
import Results

/// Puts what a run of a task that is not binary found into an evaluation.
struct RowEvaluationBuilder {
  let frame: RunFrame
  let task: RowTask
  let counted: RowCounted
  let selection: RowSelection
  let gaps: [Gap]
  let spreads: SpreadTable?

  func build() -> Evaluation {
    let configuration = frame.configuration
    return Evaluation(
      producer: Producer(name: "fairslice", version: EvaluationRun.version), title: frame.title,
      task: task.kind,
      level: configuration.level, seed: configuration.seed,
      bootstrapReplicates: configuration.bootstrapReplicates, roles: roles, inputs: frame.inputs,
      rejections: frame.rejections, configuration: frame.echo, notes: frame.notes(notes, counted.plan),
      metrics: selection.reported.map { task.metrics[$0].definition.entry },
      families: frame.families(
        counted.plan, firstSlice: counted.firstSlice, references: counted.references),
      slices: slices, estimates: selection.reported.map { EstimateColumns(counted.estimates($0)) },
      gaps: gaps, curves: nil, calibration: nil, paired: counted.paired(name: frame.baselineName),
      card: frame.card, details: task.details(counted.rows), spreads: spreads,
      unitCorrelations: counted.correlations)
  }

  private var roles: Roles {
    let configuration = frame.configuration
    return Roles(
      label: configuration.label ?? configuration.task.labelPrefix, positive: "",
      score: configuration.score ?? configuration.task.scorePrefix, scoreIsProbability: false,
      decision: configuration.decision ?? configuration.task.decisionPrefix, threshold: nil,
      thresholdIsStrict: false, weight: configuration.unweighted ? nil : configuration.weight,
      unit: configuration.unit, baseline: frame.baselineName, query: configuration.task.query,
      classes: task.classes)
  }

  private var notes: [String] {
    var notes = task.notes
    if task.weights != nil {
      notes.append(
        "Weights from \(frame.configuration.weight ?? "") are in force: intervals come from how weighted rows "
          + "vary. Of metrics only counts of rows are unweighted.")
    }
    if let what = constantPrediction {
      notes.append(
        "The model predicts \(what) for every row: that groups are predicted alike says nothing about fairness."
      )
    }
    return notes
  }

  /// What is predicted where nothing else is; nil where predictions differ.
  private var constantPrediction: String? {
    switch task.material {
    case .numbers(_, let predictions): Self.only(predictions).map { NumberText.text($0) }
    case .classes(let rows): Self.only(rows.decisions).map { "“\(rows.names[Int($0)])”" }
    case .lists(let rows, _): Self.only(rows.scores).map { _ in "the same score" }
    case .none: nil
    }
  }

  /// The value that several are all of.
  private static func only<Value: Equatable>(_ values: [Value]) -> Value? {
    guard values.count > 1, let first = values.first else { return nil }
    return values.allSatisfy { $0 == first } ? first : nil
  }

  private var slices: SliceColumns {
    let places = frame.places(counted.plan)
    return SliceColumns(
      predicate: counted.names, label: places.map(\.label), family: places.map(\.family),
      rows: counted.rows.map(\.count),
      weight: counted.rows.map { rows in
        task.weights.map { weights in rows.reduce(0) { $0 + weights[Int($1)] } } ?? Double(rows.count)
      },
      truePositives: [], falsePositives: [], falseNegatives: [], trueNegatives: [], baselineCells: [],
      cellWeights: [], cellSquaredWeights: [], covarianceWithOverall: counted.covariances)
  }
}
