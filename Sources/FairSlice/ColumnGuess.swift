import Results
import Slicing
import TableIngest

/// Which column plays which part, guessed from names and contents.
struct ColumnGuess {
  struct Role {
    let key: String
    let column: String
    let why: String
  }

  struct Feature {
    let column: String
    let spec: String
    let why: String
  }

  private(set) var roles: [Role] = []
  private(set) var positive: String?
  /// Scores that are no probabilities.
  private(set) var isRanking = false
  /// Sensitive attributes, by name.
  private(set) var features: [Feature] = []
  /// Other columns with a few groups.
  private(set) var others: [String] = []

  private let survey: Survey

  init(_ survey: Survey) {
    self.survey = survey
    guessScore()
    guessLabel()
    guessDecision()
    guessSecondModel()
    guessWeightAndUnit()
    guessFeatures()
  }

  func role(_ key: String) -> Role? { roles.first { $0.key == key } }

  private func isFree(_ column: Survey.ColumnSurvey) -> Bool { !roles.contains { $0.column == column.name } }

  private mutating func add(_ key: String, _ column: Survey.ColumnSurvey, _ why: String) {
    roles.append(Role(key: key, column: column.name, why: why))
  }

  // MARK: the model

  private static let scoreWords: Set<String> = [
    "score", "scores", "prob", "probability", "proba", "risk", "p",
  ]
  private static let secondWords: Set<String> = [
    "baseline", "base", "old", "previous", "reference", "champion", "logistic", "lr", "benchmark",
  ]
  private static let decisionWords: Set<String> = [
    "pred", "prediction", "predicted", "decision", "decided", "yhat", "approved", "selection", "selected",
    "hired",
  ]
  private static let labelNames: [String] = [
    "label", "target", "y_true", "ytrue", "y", "truth", "ground_truth", "outcome", "actual", "label_value",
    "labels", "class", "two_year_recid", "income", "default", "churn", "response",
  ]

  private func isScore(_ column: Survey.ColumnSurvey) -> Bool {
    column.isNumber && column.distinctCount > 2 && !Self.words(column.name).isDisjoint(with: Self.scoreWords)
  }

  private func isUnit(_ column: Survey.ColumnSurvey) -> Bool {
    (column.minimum ?? -1) >= 0 && (column.maximum ?? 2) <= 1
  }

  private mutating func guessScore() {
    let scores = survey.columns.filter(isScore)
    let first = scores.filter { Self.words($0.name).isDisjoint(with: Self.secondWords) }
    if let column = first.first(where: isUnit) ?? scores.first(where: isUnit) {
      add("score", column, "its name, and numbers between 0 and 1")
    } else if let column = first.first ?? scores.first {
      isRanking = true
      add("score", column, "its name; its numbers leave [0, 1], so that it only ranks")
    }
  }

  private mutating func guessLabel() {
    let binary = survey.columns.filter { $0.distinctCount == 2 && isFree($0) }
    var found: (column: Survey.ColumnSurvey, why: String)?
    for name in Self.labelNames where found == nil {
      if let column = binary.first(where: { $0.name.lowercased() == name }) {
        found = (column, "its name, and two different values")
      }
    }
    if found == nil, let column = binary.first(where: { Self.words($0.name).contains("label") }) {
      found = (column, "“label” in its name, and two different values")
    }
    guard let found else { return }
    add("label", found.column, found.why)
    positive = Self.positive(found.column.values.map(\.text))
  }

  private mutating func guessDecision() {
    let isDecision = { (column: Survey.ColumnSurvey) in
      column.distinctCount <= 2 && !Self.words(column.name).isDisjoint(with: Self.decisionWords)
    }
    // Beside a label, a score says more; without one, what was decided is all there is to compare.
    guard role("score") == nil || role("label") == nil,
      let column = survey.columns.first(where: { isDecision($0) && isFree($0) })
    else { return }
    add("decision", column, "its name, and at most two different values")
    if role("label") == nil { positive = Self.positive(column.values.map(\.text)) }
  }

  private mutating func guessSecondModel() {
    guard role("score") != nil,
      let column = survey.columns.first(where: { isScore($0) && isFree($0) && isUnit($0) == !isRanking })
    else { return }
    add("baseline_score", column, "a second column of scores")
  }

  private mutating func guessWeightAndUnit() {
    let weights: Set<String> = ["weight", "weights", "wt", "fnlwgt"]
    if let column = survey.columns.first(where: {
      isFree($0) && $0.isNumber && ($0.minimum ?? -1) >= 0 && !Self.words($0.name).isDisjoint(with: weights)
    }) {
      add("weight", column, "its name, and no negative number")
    }
    let all = min(survey.sampledRows, Survey.distinctLimit)
    if let column = survey.columns.first(where: {
      isFree($0) && $0.distinctCount >= all && !Self.words($0.name).isDisjoint(with: ["id", "uuid", "key"])
    }) {
      add("unit", column, "its name, and a different value in every row seen")
    }
  }

  /// The value that is usually meant by “positive”.
  private static func positive(_ values: [String]) -> String? {
    let usual = ["1", "1.0", "true", "yes", "y", "t", "positive", "pos", "approved", "accepted", "good"]
    for word in usual { if let value = values.first(where: { $0.lowercased() == word }) { return value } }
    return values.first { $0.hasPrefix(">") }
  }

  // MARK: groups

  private static let sensitive: Set<String> = [
    "sex", "gender", "race", "ethnicity", "ethnic", "age", "religion", "nationality", "country", "disability",
    "disabled", "marital", "language", "citizenship", "citizen", "foreign", "veteran", "orientation", "caste",
    "pregnant", "native", "region",
  ]

  private static let crossedFirst = ["sex", "gender", "race", "ethnicity", "ethnic", "nationality"]

  private mutating func guessFeatures() {
    for column in survey.columns where isFree(column) && column.distinctCount > 1 {
      let hits = Self.words(column.name).intersection(Self.sensitive)
      if let word = hits.sorted().first, let spec = Self.spec(column) {
        features.append(Feature(column: column.name, spec: spec, why: "“\(word)” in its name"))
      } else if hits.isEmpty, column.distinctCount <= 20, !column.isNumber {
        others.append(column.name)
      }
    }
    let crossed = Self.crossedFirst.compactMap { word in
      features.first { Self.words($0.column).contains(word) && !$0.spec.contains(":") }
    }.prefix(2)
    if crossed.count == 2 {
      let name = SliceName.family(crossed.map(\.column))
      features.append(Feature(column: name, spec: name, why: "the cross of two of them"))
    }
  }

  private static func spec(_ column: Survey.ColumnSurvey) -> String? {
    let name = SliceName.escape(column.name)
    guard column.isNumber, column.distinctCount > 20 else {
      return column.distinctCount <= 200 ? name : nil
    }
    let edges = [25.0, 45, 65].filter { $0 > column.minimum ?? 0 && $0 < column.maximum ?? 0 }
    guard words(column.name).contains("age"), !edges.isEmpty else { return name + ":quantiles=4" }
    return name + ":edges=" + edges.map(NumberText.text).joined(separator: ",")
  }

  /// The lower-case words of a name: `y_trueScore` has y, true and score.
  static func words(_ name: String) -> Set<String> {
    var words: [String] = [""]
    var isLower = false
    for character in name {
      if !character.isLetter {
        words.append("")
      } else if character.isUppercase, isLower {
        words.append(character.lowercased())
      } else {
        words[words.count - 1] += character.lowercased()
      }
      isLower = character.isLowercase
    }
    return Set(words.filter { !$0.isEmpty })
  }
}
