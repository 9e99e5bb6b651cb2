import Results

/// A metric that a configuration defines: one function of sums over rows, divided by another.
package struct CustomMetricSpec: Sendable, Equatable {
  /// What the numbers are, which decides how they are judged.
  package enum Kind: String, Sendable, CaseIterable {
    /// A share of rows, each of which counts in the numerator or not.
    case rate
    /// A cost or the like, never negative.
    case loss
    case mean
  }

  package var name: String
  /// For people; the name where nothing is said.
  package var title: String?
  /// For the head of a column.
  package var symbol: String?
  package var description: String?
  package var numerator: CustomExpression
  package var denominator: CustomExpression
  /// nil: as the expressions show.
  package var kind: Kind?
  package var direction: MetricEntry.Direction

  package init(
    name: String, title: String? = nil, symbol: String? = nil, description: String? = nil,
    numerator: CustomExpression, denominator: CustomExpression, kind: Kind? = nil,
    direction: MetricEntry.Direction = .neutral
  ) {
    self.name = name
    (self.title, self.symbol, self.description) = (title, symbol, description)
    (self.numerator, self.denominator) = (numerator, denominator)
    (self.kind, self.direction) = (kind, direction)
  }

  /// Names of the columns that it reads, each once.
  package var columns: [String] {
    numerator.columns + denominator.columns.filter { !numerator.columns.contains($0) }
  }

  /// Whether it tells of nothing but the four counts of a binary task.
  package var isOfCounts: Bool { numerator.isOfCounts && denominator.isOfCounts }

  /// `(5 * FN + FP) / n`
  package var formula: String {
    func part(_ expression: CustomExpression) -> String {
      expression.isOnePart ? expression.text : "(\(expression.text))"
    }
    return "\(part(numerator)) / \(part(denominator))"
  }

  /// Whether it is known, before any data are, to be no share of rows.
  package var isSurelyNoRate: Bool { isOfCounts && !CustomQuotient(self, .ofOutcomes).isShare }

  /// As far as it is known before any data are.
  package var entry: MetricEntry {
    let isShare = isOfCounts && CustomQuotient(self, .ofOutcomes).isShare
    let isLoss = isOfCounts && CustomQuotient(self, .ofOutcomes).isNonnegative
    let known: MetricEntry.Kind? = kind.map { $0 == .rate ? .rate : $0 == .loss ? .loss : .mean }
    return definition(
      kind: known ?? (isShare ? .rate : isLoss ? .loss : .mean), range: MetricEntry.Kind.mean.range,
      interval: "", task: .binary
    ).entry
  }

  func definition(
    kind: MetricEntry.Kind, range: ClosedRange<Double>, interval: String, task: TaskKind
  ) -> MetricDefinition {
    MetricDefinition(
      MetricEntry(
        id: name, name: title ?? name, symbol: symbol ?? title ?? name,
        formula: description.map { "\(formula): \($0)" } ?? formula, kind: kind,
        direction: direction, denominator: denominatorText, interval: interval), tasks: [task], range: range,
      undefined: "\(denominator.text) is 0", source: "configuration")
  }

  /// What the denominator counts, in the words of the catalogue where it has any.
  var denominatorText: String {
    guard case .sum(0) = denominator.formula, denominator.terms.count == 1 else { return denominator.text }
    switch denominator.terms[0] {
    case .number(1): return BinaryBasis.rows.text
    case .outcomes(let mask):
      let basis = BinaryBasis(mask: mask)
      return basis.text == BinaryBasis.rows.text ? denominator.text : basis.text
    default: return denominator.text
    }
  }
}
