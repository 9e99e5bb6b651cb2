import Results
import Tables

/// The two classes of a binary label, and decisions in terms of them. Without a label, the two values of a
/// decision column.
struct BinaryClasses: Sendable {
  /// 1 where the column is positive.
  let marks: [UInt8]
  /// The positive value as written in the data.
  let positiveText: String
  private let values: [String]
  /// What the values belong to, for messages: `the label`, `“hired”`.
  private let source: String

  /// - Parameter positive: the value that counts as positive; nil to take 1 of 0 and 1 (or −1 and 1),
  ///   or true of false and true.
  /// - Throws: `Failure` of kind `data` when the label has one value, more than two, or two of which
  ///   nobody said which is positive.
  init(label: CategoryColumn, positive: String?) throws(Failure) {
    let seen = Self.list(label.categories)
    let distinct = Set(label.categories.map(Self.canonical))
    guard distinct.count <= 2 else {
      throw Failure(
        .data, "label column “\(label.name)” has \(distinct.count) values: \(seen)",
        advice:
          "a binary label has two; filter the rows, name another column, or say --task multiclass or regression"
      )
    }
    guard distinct.count == 2 else {
      throw Failure(
        .data, "label column “\(label.name)” has one value only: \(seen)",
        advice: "with a single class there is nothing to tell apart; check how the labels were joined")
    }
    try self.init(label, role: "label", wanted: positive ?? Self.usualPositive(distinct))
  }

  /// The values of decisions that no label stands beside. A column that holds nothing but 0, or nothing but
  /// false, has a positive value all the same.
  ///
  /// - Parameter positive: as for a label
  /// - Throws: `Failure` of kind `data` when there are more than two values, or nobody said which is positive.
  init(decision: CategoryColumn, positive: String?) throws(Failure) {
    let distinct = Set(decision.categories.map(Self.canonical))
    guard distinct.count <= 2 else {
      throw Failure(
        .data,
        "decision column “\(decision.name)” has \(distinct.count) values: \(Self.list(decision.categories))",
        advice: "a decision has two; a column of scores belongs in --score")
    }
    if positive == nil, distinct.count == 1, let only = decision.categories.first,
      Self.plainDecision(only) == 0
    {
      self.init(
        marks: decision.codes.map { _ in 0 }, positiveText: Self.canonical(only) == "false" ? "true" : "1",
        values: decision.categories, source: "“\(decision.name)”")
      return
    }
    let plain = distinct.count == 1 ? decision.categories.first { Self.plainDecision($0) == 1 } : nil
    try self.init(decision, role: "decision", wanted: positive ?? Self.usualPositive(distinct) ?? plain)
  }

  private init(marks: [UInt8], positiveText: String, values: [String], source: String) {
    (self.marks, self.positiveText, self.values, self.source) = (marks, positiveText, values, source)
  }

  private init(_ column: CategoryColumn, role: String, wanted: String?) throws(Failure) {
    values = column.categories
    source = role == "label" ? "the label" : "“\(column.name)”"
    let seen = Self.list(values)
    guard let wanted else {
      let question = values.count > 1 ? "which is positive" : "whether that is positive"
      throw Failure(
        .data, "\(role) column “\(column.name)” holds \(seen), and it is not said \(question)",
        advice: "name the positive class, for example --positive “\(values[values.count - 1])”")
    }
    let matches = values.map { Self.means(wanted, $0) }
    guard let first = matches.firstIndex(of: true) else {
      throw Failure(
        .data, "\(role) column “\(column.name)” has no value “\(wanted)”",
        advice: "it holds \(seen); name one of them with --positive")
    }
    positiveText = values[first]
    marks = column.codes.map { matches[Int($0)] ? 1 : 0 }
  }

  /// Decisions as 0 and 1: values of the label, or 0 and 1, or booleans.
  func decisions(_ column: CategoryColumn) throws(Failure) -> [UInt8] {
    var decided: [UInt8] = []
    for value in column.categories {
      if Self.means(positiveText, value) {
        decided.append(1)
      } else if values.contains(where: { Self.means($0, value) }) {
        decided.append(0)
      } else if let plain = Self.plainDecision(value) {
        decided.append(plain)
      } else {
        throw Failure(
          .data, "decision column “\(column.name)” holds “\(value)”, which is no value of \(source)",
          advice: "decisions are written like \(source) (\(Self.list(values))), as 0 and 1, or as booleans; "
            + "a column of scores belongs in --score")
      }
    }
    return column.codes.map { decided[Int($0)] }
  }

  /// The class that each text means as a label: 1, 0, or nil where it is no value of this label.
  func classes(of texts: [String]) -> [UInt8?] {
    texts.map { text in
      if Self.means(positiveText, text) { return 1 }
      return values.contains { Self.means($0, text) } ? 0 : nil
    }
  }

  private static func plainDecision(_ text: String) -> UInt8? {
    switch canonical(text) {
    case "1", "true": 1
    case "0", "false", "-1": 0
    default: nil
    }
  }

  /// Whether a value means what was asked for: the same text, number or boolean.
  private static func means(_ wanted: String, _ value: String) -> Bool {
    wanted == value || canonical(wanted) == canonical(value)
  }

  /// `1`, `1.0` and `+1` alike; `True` and `true` alike; any other text as it is.
  static func canonical(_ text: String) -> String {
    if let number = Double(text), number.isFinite {
      return number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
    let lower = text.lowercased()
    return lower == "true" || lower == "false" ? lower : text
  }

  private static func usualPositive(_ distinct: Set<String>) -> String? {
    if distinct == ["0", "1"] || distinct == ["-1", "1"] { return "1" }
    return distinct == ["false", "true"] ? "true" : nil
  }

  private static func list(_ values: [String]) -> String {
    let shown = values.prefix(8).map { "“\($0)”" }.joined(separator: ", ")
    return values.count > 8 ? shown + ", …" : shown
  }
}
