import Results
import Slicing

extension Configuration {
  /// Checks what no single key can be wrong about: what is missing, and what does not go together.
  ///
  /// - Parameter hasFile: whether a configuration file was given; without one, what is missing is missing
  ///   from the command line.
  /// - Throws: `usage` or, with a file, `data`.
  package func validate(hasFile: Bool) throws(Failure) {
    let kind: Failure.Kind = hasFile ? .data : .usage
    guard data != nil else {
      throw Failure(
        kind, "no data: there is nothing to evaluate",
        advice: "Name the file with the predictions: fairslice evaluate DATA …")
    }
    try validatePreset(kind)
    if let task = task.said, task != .binary {
      try validate(task, kind)
      try refuseIdleBaseline(task, kind)
      try validateBaseline(kind)
      try refuseDoubleRoles()
      try refuseIdleReferences()
      return
    }
    guard label != nil || score != nil || decision != nil || model != nil else {
      throw Failure(
        kind, "no label, score or decision: which columns hold the true outcome and what the model said?",
        advice:
          "Say --label COLUMN and --score COLUMN or --decision COLUMN, or the same keys in a configuration "
          + "(“fairslice init DATA” writes one). A decision or score alone is compared by how often groups are selected."
      )
    }
    guard score != nil || decision != nil || model != nil else {
      throw Failure(
        kind, "neither a score nor a decision: which column holds what the model said?",
        advice:
          "Say --score COLUMN or --decision COLUMN, or “score” or “decision” in a configuration; or give the "
          + "model itself with --model FILE.")
    }
    try validateBaseline(kind)
    try refuseDoubleRoles()
    try refuseIdleSettings(kind)
    if suppressBelow != nil { try refuseRevealing() }
    try refuseIdleReferences()
  }

  /// What a task that is not binary needs.
  private func validate(_ kind: TaskKind, _ failure: Failure.Kind) throws(Failure) {
    func need(_ isThere: Bool, _ what: String, _ flag: String) throws(Failure) {
      guard !isThere else { return }
      throw Failure(
        failure, "\(kind.rawValue) needs \(what)", advice: "Say \(flag), or the same key in a configuration.")
    }
    switch kind {
    case .binary: break
    case .regression, .ranking:
      try need(label != nil, "the column of the true values", "--label COLUMN")
      try need(score != nil, "the column of what the model said", "--score COLUMN")
      try need(
        kind == .regression || task.query != nil, "the column of what rows are ranked for", "--query COLUMN")
    case .multiclass:
      try need(label != nil, "the column of the true class", "--label COLUMN")
      try need(
        decision != nil || task.scorePrefix != nil, "the predicted class or a score of each class",
        "--decision COLUMN or --score-prefix TEXT")
    case .multilabel:
      try need(task.labelPrefix != nil, "a column for each label", "--label-prefix TEXT")
      try need(
        task.decisionPrefix != nil || task.scorePrefix != nil, "a decision or score of each label",
        "--decision-prefix TEXT or --score-prefix TEXT")
    }
  }

  /// A second model that the task would not look at is refused, not passed over.
  private func refuseIdleBaseline(_ task: TaskKind, _ kind: Failure.Kind) throws(Failure) {
    let isThere = baselineData != nil || baselineScore != nil || baselineDecision != nil
    switch task {
    case .multiclass where isThere && baselineDecision == nil && (baselineData == nil || decision == nil):
      throw Failure(
        kind, "of a second model in a task of several classes the predicted class is needed",
        advice: "Name its column: --baseline-decision COLUMN.")
    case .regression where isThere && baselineScore == nil && baselineData == nil,
      .ranking where isThere && baselineScore == nil && baselineData == nil:
      throw Failure(
        kind, "of a second model in a \(task.rawValue) task the score is needed",
        advice: "Name its column: --baseline-score COLUMN.")
    default: break
    }
  }

  private func validateBaseline(_ kind: Failure.Kind) throws(Failure) {
    guard let baselineData else { return }
    guard unit != nil else {
      throw Failure(
        kind, "no unit: by which column are the rows of \(baselineData) to be found?",
        advice: "Name the column of both files that tells rows apart: --unit COLUMN, or “unit” in a "
          + "configuration.")
    }
    if baselineData == "-", data == "-" {
      throw Failure(
        kind, "standard input cannot be both the data and the baseline's data",
        advice: "Give one of them as a file.")
    }
  }

  private func refuseDoubleRoles() throws(Failure) {
    let roles =
      [
        ("label", label), ("score", score), ("decision", decision), ("weight", weight), ("query", task.query),
      ]
      + (baselineData == nil
        ? [("baseline score", baselineScore), ("baseline decision", baselineDecision)] : [])
    var taken: [String: String] = [:]
    for case (let role, let column?) in roles {
      if let other = taken.updateValue(role, forKey: column) {
        throw Failure(
          .data, "column “\(column)” is both \(other) and \(role)", advice: "Give each role its own column.")
      }
    }
  }

  /// What is said about columns that are not there.
  private func refuseIdleSettings(_ kind: Failure.Kind) throws(Failure) {
    if positive != nil, label == nil, decision == nil, baselineDecision == nil {
      throw Failure(
        kind, "a positive value is named, but neither a label nor a decision column",
        advice: "Name the column that holds it: --label COLUMN or --decision COLUMN.")
    }
    guard let cut = threshold.ofScores else { return }
    if score == nil, model == nil {
      throw Failure(
        kind, "the threshold is \(cut), but no score column is named",
        advice: "Name it: --score COLUMN.")
    }
    if let decision, baselineScore == nil {
      throw Failure(
        kind,
        "the threshold is \(cut), but decisions come from the column “\(decision)”",
        advice:
          "Leave out the decision column, so that the threshold decides, or the threshold. To look at both, run twice."
      )
    }
  }

  private func refuseIdleReferences() throws(Failure) {
    let features = slices.flatMap { $0.features.map(\.name) }
    for feature in references.keys.sorted() where !features.contains(feature) {
      let distinct = features.enumerated().filter { features.firstIndex(of: $1) == $0 }.map(\.element)
      throw Failure(
        .data, "there is a reference for “\(feature)”, but no slice uses it",
        advice: distinct.isEmpty
          ? "Add the slice: --slice \(feature)"
          : "Sliced by feature; \(Suggestion.phrase(for: feature, among: distinct))")
    }
  }
}
