import Results

/// Reads an expression: `or` binds least, then `and`, `not`, comparisons, sums, products, signs.
struct CustomParser {
  private let text: String
  private var tokens: ArraySlice<CustomToken>
  private var depth = 0

  private static let deepest = 60

  init(_ text: String) throws(Failure) {
    self.text = text
    tokens = try CustomScanner(text: text).tokens()[...]
  }

  /// - Throws: `data` with the character at which the expression goes wrong, and what is expected there.
  mutating func expression() throws(Failure) -> CustomNode {
    guard next.kind != .end else { throw Failure(.data, "the expression is empty", advice: Self.advice) }
    let node = try disjunction()
    guard next.kind == .end else {
      throw unexpected("an operator or the end")
    }
    return node
  }

  static let advice =
    "An expression is made of counts (TP, FP, FN, TN, P, N, PP, PN, n), numbers, + - * / ( ) and "
    + "sum(…) over rows, as “5 * FN + FP” or “sum(loan where FN)”."

  // MARK: words

  private var next: CustomToken { tokens[tokens.startIndex] }

  private mutating func take() -> CustomToken {
    let token = next
    if token.kind != .end { tokens.removeFirst() }
    return token
  }

  /// The next word where it is one of these.
  private mutating func take(_ kind: CustomToken.Kind, _ texts: String...) -> CustomToken? {
    guard next.kind == kind, texts.contains(next.text) else { return nil }
    return take()
  }

  private func unexpected(_ expected: String) -> Failure {
    let found = next.kind == .end ? "it ends" : "“\(next.text)” stands"
    return CustomScanner.failure(
      text, at: next.place, "\(found) where \(expected) is expected", advice: Self.advice)
  }

  // MARK: operators

  private mutating func disjunction() throws(Failure) -> CustomNode {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else {
      throw CustomScanner.failure(text, at: next.place, "parentheses are nested too deeply")
    }
    var node = try conjunction()
    while let sign = take(.name, "or") { node = .infix(sign, node, try conjunction()) }
    return node
  }

  private mutating func conjunction() throws(Failure) -> CustomNode {
    var node = try negation()
    while let sign = take(.name, "and") { node = .infix(sign, node, try negation()) }
    return node
  }

  private mutating func negation() throws(Failure) -> CustomNode {
    var signs: [CustomToken] = []
    while let sign = take(.name, "not") { signs.append(sign) }
    return signs.reduce(try comparison()) { node, sign in .prefix(sign, node) }
  }

  private mutating func comparison() throws(Failure) -> CustomNode {
    let node = try sum()
    guard let sign = take(.symbol, "<", "<=", ">", ">=", "=", "==", "!=", "<>") else { return node }
    return .infix(sign, node, try sum())
  }

  private mutating func sum() throws(Failure) -> CustomNode {
    var node = try product()
    while let sign = take(.symbol, "+", "-") { node = .infix(sign, node, try product()) }
    return node
  }

  private mutating func product() throws(Failure) -> CustomNode {
    var node = try signed()
    while let sign = take(.symbol, "*", "/") { node = .infix(sign, node, try signed()) }
    return node
  }

  private mutating func signed() throws(Failure) -> CustomNode {
    var signs: [CustomToken] = []
    while let sign = take(.symbol, "-", "+") { signs.append(sign) }
    let minus = signs.filter { $0.text == "-" }
    let node = try primary()
    guard minus.count % 2 == 1 else { return node }
    return .prefix(minus[0], node)
  }

  private static let words = ["or", "and", "not", "where"]

  private mutating func primary() throws(Failure) -> CustomNode {
    switch next.kind {
    case .number(let value):
      _ = take()
      return .number(value)
    case .quoted: return .name(take())
    case .name where !Self.words.contains(next.text):
      let name = take()
      return take(.symbol, "(") == nil ? .name(name) : try call(name)
    case .symbol where next.text == "(":
      _ = take()
      let node = try disjunction()
      guard take(.symbol, ")") != nil else { throw unexpected("“)”") }
      return node
    default: throw unexpected("a count, a number, sum(…) or “(”")
    }
  }

  private mutating func call(_ name: CustomToken) throws(Failure) -> CustomNode {
    var arguments = [try disjunction()]
    while take(.symbol, ",") != nil { arguments.append(try disjunction()) }
    let condition = take(.name, "where") == nil ? nil : try disjunction()
    guard take(.symbol, ")") != nil else { throw unexpected("“)”") }
    return .call(name, arguments, condition: condition)
  }
}
