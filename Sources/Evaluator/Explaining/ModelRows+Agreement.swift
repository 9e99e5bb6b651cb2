import Metrics
import Models
import Results
import Tables

extension ModelRows {
  /// Compares the model with the predictions in the data.
  ///
  /// - Throws: `data` where the model does not reproduce them and nobody said that it need not.
  func agreement(
    with input: RunInput, _ table: Table, _ configuration: Configuration
  ) throws(Failure) -> ExplainedModel {
    var record = asked.record(scorer, output: scorer.outputs[output])
    var agreement = ScorerAgreement(tolerance: asked.settings.tolerance)
    if let name = configuration.score, name != asked.scoreName, let column = input.observations.scores {
      record.comparedWith = name
      agreement.predictions = .init(scores, with: column, tolerance: agreement.tolerance)
    } else if let name = configuration.decision {
      let cut = cut(input, configuration)
      let own = scores.map { (configuration.thresholdIsStrict ? $0 > cut : $0 >= cut) ? 1.0 : 0 }
      record.comparedWith = name
      agreement.predictions = .init(own, with: input.observations.decisions.map(Double.init), tolerance: 0)
    }
    guard let name = record.comparedWith, let found = agreement.predictions else {
      return record
    }
    record.comparedRows = found.rowCount
    record.largestDifference = found.largestDifference
    record.differingRows = found.differingRows
    let failure = agreement.mismatch(model: asked.settings.name, column: name) {
      table.origin.place(ofRow: $0)
    }
    if let failure, asked.settings.mismatch == .stop {
      throw Failure(
        failure.kind, failure.message,
        advice: (failure.advice ?? "")
          + (configuration.score == nil
            ? " The model's scores were cut at \(NumberText.text(cut(input, configuration))): check the threshold."
            : " For rounded predictions say --model-tolerance 0.001.")
          + " To go on regardless: --model-mismatch warn.")
    }
    return record
  }

  /// A row's score must depend on the row alone, or every shuffle would measure something else, too. A file that is
  /// evaluated here has no choice.
  ///
  /// - Returns: what is doubtful, where somebody said to go on
  func doubts(_ configuration: Configuration) throws(Failure) -> [String] {
    guard !asked.isNative else { return [] }
    var check = ScorerCheck()
    check.tolerance = asked.settings.tolerance
    check.seed = configuration.seed
    let found = try check.agreement(of: scorer, columns, scores: allScores)
    var doubts = found.doubts(model: asked.settings.name)
    if (scorer as? ProcessScorer)?.isDeterministic == false {
      doubts.append("\(asked.settings.name) says of itself that it does not always give the same scores")
    }
    guard let doubt = doubts.first, asked.settings.mismatch == .stop else { return doubts.map { $0 + "." } }
    throw Failure(
      .data, doubt,
      advice:
        "Make the model's scores depend on the row alone (no dropout, no statistics of the batch, no random "
        + "draws), or say --model-mismatch warn.")
  }
}
