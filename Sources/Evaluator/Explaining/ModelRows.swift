import Explanations
import Metrics
import Models
import Results
import Slicing
import TableIngest
import Tables

/// The rows of a run as its model sees and scores them.
struct ModelRows: Sendable {
  let asked: AskedModel
  let scorer: any Scorer
  let columns: [Column]
  let output: Int
  /// By output.
  let allScores: [[Double]]

  /// Of the output that is explained.
  var scores: [Double] { allScores[output] }

  /// Scores the rows. Where the data hold no predictions, the scores become a column of the table.
  ///
  /// - Throws: `data` or `unavailable` where the model cannot score them.
  init(_ asked: AskedModel, _ outcome: inout ReadOutcome, _ configuration: Configuration) throws(Failure) {
    self.asked = asked
    let table = outcome.table
    scorer = try asked.scorer(for: table)
    columns = try scorer.columns(of: table)
    output = try asked.output(scorer, positive: configuration.positive)
    allScores = try scorer.score(columns)
    if configuration.score == asked.scoreName {
      outcome = outcome.adding(
        .numbers(NumberColumn(name: asked.scoreName, values: scores, missingCount: 0)))
    }
  }

  /// - Throws: `data` where the model does not reproduce the predictions, or a feature does not exist.
  func explanation(
    of table: Table, _ input: RunInput, _ plan: SlicePlan, _ configuration: Configuration,
    progress: EvaluationRun.Progress?
  ) throws(Failure) -> Explanation {
    let doubts = try doubts(configuration)
    let record = try agreement(with: input, table, configuration)
    progress?("explaining", 0)
    var settings = configuration.explain.settings
    settings.attributionRows = configuration.explain.attributionRows ?? asked.attributionRows
    settings.level = configuration.level
    settings.seed = configuration.seed
    settings.threads = configuration.threadCount
    let rows = try ExplainedRows(
      self.columns, table, input, plan, limit: configuration.explain.rows ?? asked.rowLimit,
      listed: settings.listedRows, seed: configuration.seed)
    let explainer = Explainer(
      ExplanationInput(
        rescorer: try asked.rescorer(scorer, rows.columns), output: output, columns: rows.columns,
        table: rows.table, observations: rows.observations, hasLabel: configuration.label != nil,
        cut: cut(input, configuration), isStrict: configuration.thresholdIsStrict, plan: rows.plan,
        units: try rows.units(configuration.unit), firstSlice: Self.firstSlices(plan),
        references: try Self.references(plan, configuration)),
      settings)
    var explanation = try explainer.explanation(
      model: record, rowCount: table.rowCount, unit: configuration.unit
    ) { progress?("explaining", $0) }
    explanation.warnings += doubts.map { ExplanationWarning(kind: .modelDiffers, message: $0) }
    return explanation
  }

  /// Where the model's scores become decisions: as the run's do, also where a column holds those.
  func cut(_ input: RunInput, _ configuration: Configuration) -> Double {
    input.threshold ?? configuration.cut(scores)
  }

  /// The named reference group of each family, by position among those shown.
  private static func references(
    _ plan: SlicePlan, _ configuration: Configuration
  ) throws(Failure) -> [Int?] {
    try plan.families.map { family throws(Failure) in
      try plan.reference(family, configuration.references).flatMap { group in
        family.shown.firstIndex(of: group)
      }
    }
  }

  /// The evaluation's index of the first slice of each family.
  private static func firstSlices(_ plan: SlicePlan) -> [Int] {
    var first = 0
    return plan.families.map { family in
      defer { first += family.shown.count }
      return first
    }
  }
}
