import Results

/// Makes sums, and a function of them, of an expression as it is written.
struct CustomMaker {
  let text: String
  private(set) var terms: [CustomTerm] = []

  init(text: String) { self.text = text }

  private static let counts: [String: [Outcome]] = [
    "TP": [.truePositive], "FP": [.falsePositive], "FN": [.falseNegative], "TN": [.trueNegative],
    "P": [.truePositive, .falseNegative], "N": [.falsePositive, .trueNegative],
    "PP": [.truePositive, .falsePositive], "PN": [.falseNegative, .trueNegative],
    "true_positives": [.truePositive], "false_positives": [.falsePositive],
    "false_negatives": [.falseNegative], "true_negatives": [.trueNegative],
    "positives": [.truePositive, .falseNegative], "negatives": [.falsePositive, .trueNegative],
    "predicted_positives": [.truePositive, .falsePositive],
    "predicted_negatives": [.falseNegative, .trueNegative],
    // Not p and n: those are names of columns and of the rows.
    "tp": [.truePositive], "fp": [.falsePositive], "fn": [.falseNegative], "tn": [.trueNegative],
    "pp": [.truePositive, .falsePositive], "pn": [.falseNegative, .trueNegative],
  ]
  private static let rows = ["n", "rows"]
  private static let functions = ["sum", "mean", "abs", "min", "max"]

  /// What the row adds to a count; nil where the word is no count.
  private static func count(_ word: String) -> CustomTerm? {
    if rows.contains(word) { return .number(1) }
    return counts[word].map { .outcomes(BinaryBasis($0).mask) }
  }

  private func failure(_ token: CustomToken, _ message: String, _ advice: String) -> Failure {
    CustomScanner.failure(text, at: token.place, message, advice: advice)
  }

  // MARK: Over sums

  mutating func formula(_ node: CustomNode) throws(Failure) -> CustomFormula {
    switch node {
    case .number(let value): return .number(value)
    case .name(let name): return try count(name)
    case .call(let name, let arguments, let condition): return try call(name, arguments, condition)
    case .prefix(let sign, let inner):
      guard sign.text == "-" else { throw ofRows(sign) }
      return .operation(.subtract, .number(0), try formula(inner))
    case .infix(let sign, let left, let right):
      let operations: [String: CustomFormula.Operation] = [
        "+": .add, "-": .subtract, "*": .multiply, "/": .divide,
      ]
      guard let operation = operations[sign.text] else { throw ofRows(sign) }
      return .operation(operation, try formula(left), try formula(right))
    }
  }

  private func ofRows(_ sign: CustomToken) -> Failure {
    failure(
      sign, "“\(sign.text)” is about one row, and here stand sums",
      "Write it inside a sum: sum(1 where age > 60).")
  }

  private mutating func sum(_ term: CustomTerm) -> CustomFormula {
    if let known = terms.firstIndex(of: term) { return .sum(known) }
    terms.append(term)
    return .sum(terms.count - 1)
  }

  private mutating func count(_ name: CustomToken) throws(Failure) -> CustomFormula {
    if name.kind == .name, let count = Self.count(name.text) { return sum(count) }
    let isKnown = name.kind == .quoted || CustomTerm.Role(rawValue: name.text) != nil
    let near = isKnown ? nil : Suggestion.nearest(to: name.text, among: Self.counts.keys.sorted() + Self.rows)
    throw failure(
      name, isKnown ? "“\(name.text)” is about one row, and here stand sums" : "“\(name.text)” is no count",
      near.map { "Did you mean “\($0)”? A column stands inside a sum: sum(\(name.text))." }
        ?? "A column, a score, a label or a weight stands inside a sum: sum(\(name.text)).")
  }

  private mutating func call(
    _ name: CustomToken, _ arguments: [CustomNode], _ condition: CustomNode?
  ) throws(Failure) -> CustomFormula {
    guard name.text == "sum" || name.text == "mean" else {
      guard Self.functions.contains(name.text) else { throw unknownFunction(name) }
      throw failure(
        name, "“\(name.text)” is about one row, and here stand sums",
        "Write it inside a sum: sum(\(name.text)(…)).")
    }
    guard arguments.count == 1 else {
      throw failure(name, "\(name.text)( ) takes one term, not \(arguments.count)", "Write \(name.text)(…).")
    }
    var added = try term(arguments[0])
    let chosen = try condition.map { node throws(Failure) in try term(node) }
    if let chosen { added = .chosen(added, condition: chosen) }
    let total = sum(added)
    guard name.text == "mean" else { return total }
    return .operation(.divide, total, sum(chosen.map { .chosen(.number(1), condition: $0) } ?? .number(1)))
  }

  private func unknownFunction(_ name: CustomToken) -> Failure {
    failure(
      name, "there is no function “\(name.text)”", Suggestion.phrase(for: name.text, among: Self.functions))
  }

  // MARK: Of one row

  private func term(_ node: CustomNode) throws(Failure) -> CustomTerm {
    switch node {
    case .number(let value): return .number(value)
    case .name(let name):
      if name.kind == .quoted { return .column(name.text) }
      if let role = CustomTerm.Role(rawValue: name.text) { return .role(role) }
      return Self.count(name.text) ?? .column(name.text)
    case .prefix(let sign, let inner):
      return sign.text == "-" ? .negative(try term(inner)) : .not(try term(inner))
    case .infix(let sign, let left, let right):
      return operation(sign.text, try term(left), try term(right))
    case .call(let name, let arguments, let condition):
      guard condition == nil else {
        throw failure(name, "“where” belongs to a sum", "Write sum(… where …).")
      }
      return try function(name, arguments)
    }
  }

  private func operation(_ sign: String, _ a: CustomTerm, _ b: CustomTerm) -> CustomTerm {
    switch sign {
    case "+": .operation(.add, a, b)
    case "-": .operation(.subtract, a, b)
    case "*": .operation(.multiply, a, b)
    case "/": .operation(.divide, a, b)
    case "<": .operation(.less, a, b)
    case "<=": .operation(.atMost, a, b)
    case ">": .operation(.less, b, a)
    case ">=": .operation(.atMost, b, a)
    case "=", "==": .operation(.equal, a, b)
    case "and": .operation(.and, a, b)
    case "or": .operation(.or, a, b)
    default: .operation(.unequal, a, b)
    }
  }

  private func function(_ name: CustomToken, _ arguments: [CustomNode]) throws(Failure) -> CustomTerm {
    guard Self.functions.contains(name.text) else { throw unknownFunction(name) }
    guard name.text != "sum", name.text != "mean" else {
      throw failure(
        name, "\(name.text)( ) stands inside a sum", "Sums are over rows, and a row has no rows: take it out."
      )
    }
    let wanted = name.text == "abs" ? 1 : 2
    guard arguments.count == wanted else {
      throw failure(
        name, "\(name.text)( ) takes \(wanted) terms, not \(arguments.count)",
        "Write \(name.text)(\(wanted == 1 ? "…" : "…, …")).")
    }
    let first = try term(arguments[0])
    if wanted == 1 { return .magnitude(first) }
    return .operation(name.text == "min" ? .smaller : .larger, first, try term(arguments[1]))
  }
}
