import Metrics
import Models
import Results
import Synchronization
import Tables

/// The whole explanation: what moves together, importances, effects, attributions, and what to beware of.
package struct Explainer: Sendable {
  private let input: ExplanationInput
  private let settings: ExplanationSettings

  package init(_ input: ExplanationInput, _ settings: ExplanationSettings) {
    self.input = input
    self.settings = settings
  }

  /// - Parameters:
  ///   - model: what is known of the model
  ///   - rowCount: rows of the evaluation, of which the input may be a sample
  ///   - unit: the column that names units
  ///   - progress: told the share of the work that is done, never two at a time
  /// - Throws: `data` where a setting names what does not exist, `unavailable` where the model cannot be reached.
  package func explanation(
    model: ExplainedModel, rowCount: Int, unit: String?, progress: @escaping @Sendable (Double) -> Void
  ) throws(Failure) -> Explanation {
    let diagnostics = try Diagnostics(input, settings)
    let groups = diagnostics.groups
    // Before hours of work: a name that does not exist is a mistake.
    let choice = try FeatureChoice(settings, groups)
    let engine = EffectsEngine(input, settings)
    try engine.checkFlips(groups: groups)
    if let row = settings.listedRows.first(where: { $0 > input.rowCount }) {
      throw Failure(
        .data, "list_rows: there is no row \(row) among \(input.rowCount)",
        advice: "Rows are counted from 1, without the header and without rejected ones.")
    }
    let stages = Stages(progress)
    let importances = try PermutationImportance(
      input, settings, groups: groups, pools: diagnostics.donors.pools
    ).columns { stages.report(.importance, $0) }
    let ranking = FeatureChoice.ranking(importances, count: groups.count)
    let effects = try engine.effects(of: choice.effects(ranking, groups)) { done, count in
      stages.report(.effects, Double(done) / Double(count))
    }
    let interactions = try engine.interactions(
      choice.interactions(ranking, diagnostics.features), groups: groups
    ) { done, count in stages.report(.interactions, Double(done) / Double(count)) }
    let flips = try engine.flips(groups: groups) { done, count in
      stages.report(.flips, Double(done) / Double(count))
    }
    stages.report(.attributions, 0)
    let attributed =
      settings.attributionRows > 0 || !settings.listedRows.isEmpty
      ? try AttributionExplainer(input, groups, settings).run { stages.report(.attributions, $0) } : nil
    stages.report(.attributions, 1)
    let scores = try input.rescorer.scores()[input.output]
    return Explanation(
      model: model, sampling: sampling(rowCount: rowCount, unit: unit), features: diagnostics.features,
      importances: importances, effects: effects.values, attributions: attributed?.attributions,
      decompositions: attributed?.decompositions ?? [], interactions: interactions, flips: flips.values,
      warnings: differing(model)
        + diagnostics.warnings(scores: scores, importances: importances, partition: partition),
      notes: diagnostics.skillNotes(scores) + diagnostics.notes + input.groupNotes
        + effects.notes.map(\.message)
        + flips.notes.map(\.message))
  }

  /// The column that says which part of the data a row belongs to.
  private var partition: CategoryColumn? {
    for column in input.table.columns where Diagnostics.partitionNames.contains(column.name) {
      if case .category(let category) = column { return category }
    }
    return nil
  }

  private func sampling(rowCount: Int, unit: String?) -> ExplanationSampling {
    let (repeats, limit): (ExplanationSampling.Repeats, Int) =
      switch settings.repeats {
      case .fixed(let count): (.fixed, count)
      case .automatic(let limit): (.automatic, limit)
      case .exact: (.exact, 0)
      }
    let (conditioning, strata): (ExplanationSampling.Conditioning, [String]) =
      switch settings.conditioning {
      case .none: (.none, [])
      case .strata(let columns): (.strata, columns)
      case .leaves: (.leaves, [])
      }
    return ExplanationSampling(
      rows: input.rowCount, rowCount: rowCount, repeats: repeats, repeatLimit: limit,
      conditioning: conditioning,
      strata: strata, unit: input.units == nil ? nil : unit, isWeighted: input.observations.weights != nil,
      level: settings.level, seed: settings.seed)
  }

  private func differing(_ model: ExplainedModel) -> [ExplanationWarning] {
    guard model.differingRows > 0, let column = model.comparedWith else { return [] }
    let rows = model.differingRows == 1 ? "1 row" : "\(model.differingRows) rows"
    return [
      ExplanationWarning(
        kind: .modelDiffers,
        message:
          "\(model.name) does not reproduce “\(column)” on \(rows) of \(model.comparedRows): what is explained is "
          + "the model as it is here.")
    ]
  }
}

/// The parts of the work, and how much of it each is taken to be.
private final class Stages: Sendable {
  enum Stage: Int {
    case importance, effects, interactions, flips, attributions

    var range: ClosedRange<Double> {
      switch self {
      case .importance: 0...0.6
      case .effects: 0.6...0.72
      case .interactions: 0.72...0.8
      case .flips: 0.8...0.82
      case .attributions: 0.82...1
      }
    }
  }

  private let progress: @Sendable (Double) -> Void
  private let furthest = Mutex(0.0)

  init(_ progress: @escaping @Sendable (Double) -> Void) { self.progress = progress }

  func report(_ stage: Stage, _ share: Double) {
    let total = stage.range.lowerBound + share * (stage.range.upperBound - stage.range.lowerBound)
    furthest.withLock { furthest in
      guard total >= furthest else { return }
      furthest = total
      progress(total)
    }
  }
}
