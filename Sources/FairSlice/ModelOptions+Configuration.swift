import Evaluator
import Results
import Settings

extension ModelOptions {
  /// Overrides what a configuration says of the model and of explanations.
  ///
  /// - Throws: `usage` where a value is wrong, or belongs to a model and none is named.
  func apply(to configuration: inout Configuration) throws(Failure) {
    if let model { try configuration.replaceModel(Setting(.string(model), place: "--model", kind: .usage)) }
    if let program {
      guard !program.isEmpty else {
        throw Failure(
          .usage, "--model-program: expected a program and its arguments, found nothing",
          advice: "Write for example --model-program \"python3 scorer.py model.pkl\".")
      }
      let words = JSONValue.array(program.map { .string($0) })
      try configuration.replaceModel(
        Setting(.object([.init("program", words)]), place: "--model-program", kind: .usage))
    }
    for (key, flag, value) in modelSettings {
      guard let value else { continue }
      try configuration.setModel(key, to: Setting(value, place: flag, kind: .usage))
    }
    for (key, flag, value) in explainSettings {
      guard let value else { continue }
      try configuration.setExplain(key, to: Setting(value, place: flag, kind: .usage))
    }
  }

  private func text(_ value: String?) -> JSONValue? { value.map { .string($0) } }
  private func texts(_ values: [String]?) -> JSONValue? { values.map { .array($0.map { .string($0) }) } }
  /// A whole number as one, anything else as text.
  private func count(_ value: String?) -> JSONValue? {
    value.map { text in Int(text).map { .integer($0) } ?? .string(text) }
  }

  private var modelSettings: [(String, flag: String, value: JSONValue?)] {
    [
      ("encoding", "--encoding", text(encoding)), ("output", "--model-output", text(output)),
      ("rounds", "--model-rounds", count(rounds)), ("features", "--model-feature", texts(features)),
      ("tolerance", "--model-tolerance", tolerance.map { .number($0) }),
      ("mismatch", "--model-mismatch", text(mismatch)),
    ]
  }

  private var explainSettings: [(ExplainSettings.Key, flag: String, value: JSONValue?)] {
    [
      (.repeats, "--repeats", count(repeats)), (.metrics, "--explain-metric", texts(metrics)),
      (.gaps, "--explain-gap", texts(gaps)), (.groups, "--together", groups),
      (.groupAssociation, "--together-above", togetherAbove.map { .number($0) }),
      (.within, "--within", texts(within)), (.conditional, "--conditional", count(conditional)),
      (.rows, "--explain-rows", rows.map { .integer($0) }), (.effects, "--effect", texts(effects)),
      (.listRows, "--list-row", listedRows.map { .array($0.map { .integer($0) }) }),
      (.flips, "--flip", texts(flips)), (.interactions, "--interaction", texts(interactions)),
    ]
  }

  /// `money=gain,loss` as a member; without a name the columns are the name.
  private var groups: JSONValue? {
    guard !together.isEmpty else { return nil }
    return .object(
      together.map { text in
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let columns = (parts.count == 2 ? parts[1] : text).split(separator: ",").map(String.init)
        let name = parts.count == 2 ? parts[0] : columns.joined(separator: " + ")
        return .init(name, .array(columns.map { .string($0) }))
      })
  }
}
