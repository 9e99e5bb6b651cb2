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
    guard label != nil else {
      throw Failure(
        kind, "no label: which column holds the true outcome?",
        advice: "Say --label COLUMN, or “label” in a configuration (“fairslice init DATA” writes one).")
    }
    guard score != nil || decision != nil else {
      throw Failure(
        kind, "neither a score nor a decision: which column holds what the model said?",
        advice: "Say --score COLUMN or --decision COLUMN, or “score” or “decision” in a configuration.")
    }
    try validateBaseline(kind)
    try refuseDoubleRoles()
    try refuseIdleReferences()
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
        ("label", label), ("score", score), ("decision", decision), ("weight", weight),
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
