import Results

/// The numerator or denominator of a custom metric: a function of sums over the rows of a slice.
///
/// Counts of outcomes are sums of what each row is: `FN` is `sum(fn)`. Every sum is one of weighted rows where weights
/// are in force.
package struct CustomExpression: Sendable, Equatable {
  /// As it was written.
  package let text: String
  let formula: CustomFormula
  /// What a row adds to each of the sums.
  let terms: [CustomTerm]

  /// - Throws: `data` with what is wrong, at which character, and what is expected there.
  package init(parsing text: String) throws(Failure) {
    self.text = text
    var parser = try CustomParser(text)
    var maker = CustomMaker(text: text)
    formula = try maker.formula(try parser.expression())
    terms = maker.terms
  }

  /// Whether it is one count, number or sum, which needs no parentheses.
  var isOnePart: Bool {
    switch formula {
    case .sum: true
    case .number(let value): value >= 0
    case .operation: text.hasPrefix("mean(") && text.firstIndex(of: ")") == text.indices.last
    }
  }

  /// Names of the columns that it reads, each once, in the order in which they stand.
  package var columns: [String] {
    var names: [String] = []
    for case .column(let name) in terms.flatMap(\.leaves) where !names.contains(name) { names.append(name) }
    return names
  }

  /// Whether it is a function of the four counts of a binary task alone, and tells of nothing else.
  package var isOfCounts: Bool {
    terms.flatMap(\.leaves).allSatisfy { leaf in
      switch leaf {
      case .column, .role(.score), .role(.weight): false
      default: true
      }
    }
  }
}
