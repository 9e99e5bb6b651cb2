import Metrics
import Models
import Results
import Tables

extension ModelRows {
  /// Compares the model with the predictions in the data.
  ///
  /// - Throws: `data` where they differ and nobody said that they may.
  func agreement(
    with input: RunInput, _ table: Table, _ configuration: Configuration
  ) throws(Failure) -> ExplainedModel {
    var record = asked.record(output: scorer.outputs[output])
    if let name = configuration.score, name != asked.scoreName, let column = input.observations.scores {
      let scale = asked.settings.tolerance
      let differing = scores.indices.filter {
        abs(scores[$0] - column[$0]) > scale * max(1, abs(column[$0]))
      }
      record.comparedWith = name
      record.largestDifference = zip(scores, column).reduce(0) { max($0, abs($1.0 - $1.1)) }
      record.differingRows = differing.count
      try refuse(differing, table, name) { row in
        ("\(NumberText.text(scores[row]))", "\(NumberText.text(column[row]))")
      }
    } else if let name = configuration.decision {
      let cut = cut(input, configuration)
      let own = scores.map { configuration.thresholdIsStrict ? $0 > cut : $0 >= cut }
      let column = input.observations.decisions
      let differing = own.indices.filter { own[$0] != (column[$0] == 1) }
      record.comparedWith = name
      record.differingRows = differing.count
      try refuse(differing, table, name) { row in
        (
          "\(NumberText.text(scores[row])), \(own[row] ? "positive" : "negative")",
          column[row] == 1 ? "positive" : "negative"
        )
      }
    }
    record.comparedRows = record.comparedWith == nil ? 0 : scores.count
    return record
  }

  private func refuse(
    _ rows: [Int], _ table: Table, _ name: String, _ texts: (Int) -> (model: String, column: String)
  ) throws(Failure) {
    guard let first = rows.first, asked.settings.mismatch == .stop else { return }
    let (own, other) = texts(first)
    throw Failure(
      .data,
      "\(table.origin.place(ofRow: first)): model ≠ predictions: \(asked.settings.name) gives \(own), column “\(name)” "
        + "holds \(other); \(rows.count) of \(table.rowCount) rows differ",
      advice:
        "Check the model's version, the encoding (columns and order of categories), the rounds that count and the "
        + "output. If predictions were rounded, say --model-tolerance 0.001; to go on regardless, "
        + "--model-mismatch warn.")
  }
}
