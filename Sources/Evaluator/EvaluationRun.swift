import Fairness
import Metrics
import Results
import Slicing
import Statistics
import TableIngest
import Tables

/// The whole run: configuration → rows → slices → tallies → estimates → gaps → `Evaluation`.
package enum EvaluationRun {
  package static let version = "0.1.0"

  /// Called with a word for the stage and the share of the work that is done.
  package typealias Progress = @Sendable (String, Double) -> Void

  /// - Throws: `Failure` for anything that keeps the run from an answer.
  package static func evaluate(
    _ configuration: Configuration, progress: Progress? = nil
  ) throws(Failure) -> Evaluation {
    let given = configuration.resolvingPreset
    let asked = try AskedModel(given)
    let configuration = asked?.scoring(given) ?? given
    if let kind = given.task.said, kind != .binary {
      return try evaluate(given, as: kind, progress: progress)
    }
    progress?("reading", 0)
    var outcome = try RowReader(given, model: asked).read()
    let baseline = try BaselineRows(given, joinedTo: &outcome)
    if let kind = TaskGuess(given, outcome.table).kind {
      return try evaluate(given, outcome, baseline, as: kind, progress: progress)
    }
    try configuration.refuseIdle(in: .binary)
    let selection = try Selection(configuration)
    let measures = try MeasureSelection(configuration, task: .binary)
    let model = try asked.map { asked throws(Failure) in
      try ModelRows(asked, &outcome, configuration)
    }
    let input = try RunInput(outcome, baseline, configuration)
    progress?("counting", 0.4)
    let plan = try SlicePlan(configuration.slices, of: outcome.table)
    let counted = try Counted(input, plan, selection, configuration)
    progress?("comparing", 0.7)
    let custom = try CustomColumns(outcome, configuration)
    let rows = try BinaryRows(
      input, plan, selection, custom, configuration, measured: measures?.rowMetrics(configuration) ?? [],
      bootstrap: counted.bootstrap)
    let gaps = (rows?.hasAll == true ? [] : counted.gaps(selection, configuration)) + (rows?.gaps ?? [])
    let spreads =
      rows?.hasAll == true
      ? rows?.counted.spreads(configuration)
      : SpreadTable.joined(
        counted.spreads(selection, configuration), rows?.counted.spreads(configuration))
    progress?("writing", 0.9)
    var evaluation = try EvaluationBuilder(
      frame: RunFrame(
        configuration: configuration, echo: given.echo, outcome: outcome, baseline: baseline), input: input,
      counted: counted, rows: rows, gaps: gaps, spreads: spreads
    ).build()
    evaluation.lab = ThresholdLab.make(evaluation)
    evaluation.notes += selection.notes
    try measures?.add(to: &evaluation) { measures throws(Failure) in
      try BinaryMeasures(measures, input, counted, rows, selection, outcome.table, configuration).measured()
    }
    evaluation.addIndicators(given, scoringCut: input.scoringCut)
    evaluation.explanation = try model?.explanation(
      of: outcome.table, input, plan, configuration, progress: progress)
    return evaluation
  }

  private static func evaluate(
    _ configuration: Configuration, as kind: TaskKind, progress: Progress?
  ) throws(Failure) -> Evaluation {
    progress?("reading", 0)
    var outcome = try RowReader(configuration).read()
    let baseline = try BaselineRows(configuration, joinedTo: &outcome)
    return try evaluate(configuration, outcome, baseline, as: kind, progress: progress)
  }

  /// A run whose task is not binary.
  private static func evaluate(
    _ configuration: Configuration, _ outcome: ReadOutcome, _ baseline: BaselineRows?, as kind: TaskKind,
    progress: Progress?
  ) throws(Failure) -> Evaluation {
    if configuration.model != nil { try refuseExplanation(of: kind) }
    try configuration.refuseIdle(in: kind)
    if let preset = configuration.preset?.preset { try Configuration.refuse(preset, of: kind, .data) }
    let measures = try MeasureSelection(configuration, task: kind)
    let task = try RowTaskMaker(outcome, baseline, configuration).make(kind)
    progress?("counting", 0.4)
    let plan = try SlicePlan(configuration.slices, of: outcome.table)
    let selection = try RowSelection(
      task, configuration, rates: ClassGapMaker.rates(measures?.wishes ?? []))
    let counted = try RowCounted(task, plan, selection, configuration)
    progress?("comparing", 0.7)
    let gaps = counted.gaps(configuration)
    progress?("writing", 0.9)
    let frame = RunFrame(
      configuration: configuration, echo: configuration.echo, outcome: outcome, baseline: baseline)
    var evaluation = RowEvaluationBuilder(
      frame: frame, task: task, counted: counted, selection: selection, gaps: gaps,
      spreads: counted.spreads(configuration)
    ).build()
    evaluation.notes += selection.notes
    try measures?.add(to: &evaluation) { measures throws(Failure) in
      try RowMeasures(measures, task, counted, selection, outcome.table, configuration).measured()
    }
    evaluation.addIndicators(configuration)
    return evaluation
  }

  /// Adds an explanation to a stored evaluation, from the same data.
  ///
  /// - Parameter configuration: that of the evaluation, with where the data are and which model to ask
  /// - Throws: `Failure`, of kind `data` where the data are not those of the evaluation.
  package static func explain(
    _ evaluation: Evaluation, _ configuration: Configuration, progress: Progress? = nil
  ) throws(Failure) -> Evaluation {
    guard let asked = try AskedModel(configuration) else {
      throw Failure(.usage, "no model is named", advice: "Give its file: --model FILE.")
    }
    try refuseExplanation(of: evaluation.task)
    var alone = configuration
    (alone.baselineData, alone.baselineScore, alone.baselineDecision) = (nil, nil, nil)
    progress?("reading", 0)
    var outcome = try RowReader(alone, model: asked).read()
    try checkIdentity(outcome, evaluation)
    let scoring = asked.scoring(alone)
    let model = try ModelRows(asked, &outcome, scoring)
    let plan = try SlicePlan(scoring.slices, of: outcome.table)
    var result = evaluation
    result.explanation = try model.explanation(
      of: outcome.table, RunInput(outcome, nil, scoring), plan, scoring, progress: progress)
    result.configuration = configuration.echo
    return result
  }

  /// - Throws: `data` where the task is not binary.
  private static func refuseExplanation(of task: TaskKind) throws(Failure) {
    guard task != .binary else { return }
    throw Failure(
      .data, "explanations are there for binary tasks, and this one is \(task.rawValue)",
      advice: "Leave out --model and evaluate the scores that the data have.")
  }

  /// - Throws: `data` where the rows are not those of the evaluation.
  private static func checkIdentity(_ outcome: ReadOutcome, _ evaluation: Evaluation) throws(Failure) {
    guard outcome.sha256 == evaluation.inputs.first?.sha256 else {
      throw Failure(
        .data,
        "\(outcome.table.origin.source): is not the file that was evaluated (\(evaluation.inputs.first?.name ?? ""))",
        advice: "Give the same data, or evaluate these with “fairslice evaluate … --model …”.")
    }
    guard outcome.table.rowCount == evaluation.slices.rows.first else {
      throw Failure(
        .data,
        "\(outcome.table.rowCount) rows can be read with the model's columns, the evaluation has "
          + "\(evaluation.slices.rows.first ?? 0)",
        advice: "Evaluate and explain in one run: “fairslice evaluate … --model …”.")
    }
  }
}
