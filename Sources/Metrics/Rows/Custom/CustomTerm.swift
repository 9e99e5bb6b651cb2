/// What one row adds to a sum. Yes is 1 and no is 0; what is not 0 is yes.
indirect enum CustomTerm: Sendable, Equatable {
  enum Role: String, Sendable, CaseIterable { case score, label, decision, weight }

  enum Operation: Sendable, Equatable {
    case add, subtract, multiply, divide
    case less, atMost, equal, unequal
    case and, or
    case smaller, larger
  }

  case number(Double)
  /// Whether the row's outcome is among some, by their bits.
  case outcomes(UInt8)
  case role(Role)
  case column(String)
  case negative(CustomTerm)
  case not(CustomTerm)
  case magnitude(CustomTerm)
  case operation(Operation, CustomTerm, CustomTerm)
  /// 0 where the condition does not hold, whatever the term is there.
  case chosen(CustomTerm, condition: CustomTerm)

  /// What it is made of: outcomes, roles and columns.
  var leaves: [CustomTerm] {
    switch self {
    case .number: []
    case .outcomes, .role, .column: [self]
    case .negative(let term), .not(let term), .magnitude(let term): term.leaves
    case .operation(_, let a, let b), .chosen(let a, condition: let b): a.leaves + b.leaves
    }
  }
}

extension CustomTerm {
  /// The term of every row. Complexity: O(rows) for each of its parts.
  func values(_ rows: CustomRows) -> [Double] {
    switch self {
    case .number(let value): return [Double](repeating: value, count: rows.rowCount)
    case .outcomes(let mask): return rows.outcomes.map { mask & (1 << $0) != 0 ? 1 : 0 }
    case .role(let role): return rows.values(role) ?? [Double](repeating: .nan, count: rows.rowCount)
    case .column(let name):
      return rows.columns[name] ?? [Double](repeating: .nan, count: rows.rowCount)
    case .negative(let term): return term.values(rows).map { -$0 }
    case .not(let term): return term.values(rows).map { $0 == 0 ? 1 : 0 }
    case .magnitude(let term): return term.values(rows).map { abs($0) }
    case .operation(let operation, let a, let b):
      return zip(a.values(rows), b.values(rows)).map { operation.value($0, $1) }
    case .chosen(let term, condition: let condition):
      return zip(term.values(rows), condition.values(rows)).map { $1 == 0 ? 0 : $0 }
    }
  }
}

extension CustomTerm.Operation {
  func value(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .less: a < b ? 1 : 0
    case .atMost: a <= b ? 1 : 0
    case .equal: a == b ? 1 : 0
    case .unequal: a != b ? 1 : 0
    case .and: a != 0 && b != 0 ? 1 : 0
    case .or: a != 0 || b != 0 ? 1 : 0
    case .smaller: min(a, b)
    case .larger: max(a, b)
    }
  }
}
