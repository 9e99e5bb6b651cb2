import Fairness
import Results
import Slicing
import TableIngest

/// The text of a commented configuration.
struct ConfigurationDraft {
  let survey: Survey
  let guess: ColumnGuess
  let data: String

  func text() -> String {
    var lines = [
      "// What fairslice evaluates, and how. Guessed from the first \(survey.sampledRows) rows; check every line.",
      "// JSON5: comments are allowed. All keys: “fairslice help evaluate”, Documentation/Configuration.md.",
      "{",
    ]
    lines +=
      data == "-"
      ? ["  // data: the file, relative to this one"]
      : ["  // Relative to this file.", "  data: \(quoted(data)),"]
    lines +=
      [""] + roles() + [""] + slices() + [
        "", "  // Confidence level of every interval, and the seed of all random draws.",
      ]
    lines += ["  level: 0.95,", "  seed: 42,"] + presets() + ["}", ""]
    return lines.joined(separator: "\n")
  }

  private func presets() -> [String] {
    let width = RulePreset.allCases.map(\.rawValue.count).max() ?? 0
    return ["", "  // A rule or tool whose choices and indicators to take over (Documentation/Presets.md):"]
      + RulePreset.allCases.map { preset in
        let name = preset.rawValue + String(repeating: " ", count: width - preset.rawValue.count)
        return "  //   \(name)  \(preset.summary)"
      } + ["  // preset: \"four-fifths\","]
  }

  private func roles() -> [String] {
    var lines = role(
      "label", missing: "the column with the true outcome; without it, only selection and scores are compared"
    )
    if guess.role("label") != nil { lines.append(positive(of: "label")) }
    lines += [""]
    if guess.role("decision") != nil {
      lines += role("decision", missing: "")
      if guess.role("label") == nil { lines.append(positive(of: "decision")) }
      if guess.role("score") != nil {
        lines += role("score", missing: "")
        if guess.isRanking { lines.append("  score_kind: \"ranking\", // no probabilities") }
      }
    } else {
      lines += role("score", missing: "the column with the model's score; or decision: its decision")
      if guess.isRanking {
        lines.append("  score_kind: \"ranking\", // no probabilities: metrics of probabilities are left out")
        lines.append(
          "  // threshold: …, // a score of at least this much is a positive decision; 0.5 unless said")
      } else {
        lines.append("  threshold: 0.5, // a score of at least this much is a positive decision")
      }
    }
    for key in ["baseline_score", "weight", "unit"] where guess.role(key) != nil {
      lines += role(key, missing: "")
    }
    return lines
  }

  private func positive(of key: String) -> String {
    guard let positive = guess.positive else {
      return "  // positive: …, // which of its values counts as positive: \(values(key))"
    }
    return "  positive: \(quoted(positive)), // its values: \(values(key))"
  }

  private func role(_ key: String, missing: String) -> [String] {
    guard let role = guess.role(key) else { return ["  // \(key): …, // not found: \(missing)"] }
    return ["  \(key): \(quoted(role.column)), // guessed: \(comment(role.why))"]
  }

  private func slices() -> [String] {
    var lines = ["  // Whom to compare: a feature, bins of a number (age:quantiles=4), a cross (sex*race)."]
    lines.append("  slices: [")
    for feature in guess.features { lines.append("    \(quoted(feature.spec)), // \(comment(feature.why))") }
    if guess.features.isEmpty {
      lines.append("    // No column's name says that it is about people's groups.")
    }
    for other in guess.others.prefix(20) { lines.append("    // \(quoted(SliceName.escape(other))),") }
    lines.append("  ],")
    lines.append("  // The groups that others are compared with; without them, the best and the worst group.")
    lines.append("  // references: { sex: \"Male\" },")
    return lines
  }

  private func values(_ key: String) -> String {
    guard let name = guess.role(key)?.column, let column = survey.columns.first(where: { $0.name == name })
    else { return "" }
    return comment(column.values.map { "“\($0.text)” \($0.count) times" }.joined(separator: ", "))
  }

  /// Text of the data in a comment must not end the comment's line.
  private func comment(_ text: String) -> String { printable(text) }

  private func quoted(_ text: String) -> String { JSONValue.string(text).canonicalText }
}
