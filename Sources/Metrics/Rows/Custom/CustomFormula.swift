/// A function of sums over rows.
indirect enum CustomFormula: Sendable, Equatable {
  enum Operation: Sendable, Equatable { case add, subtract, multiply, divide }

  case number(Double)
  /// By its place among the sums of the expression.
  case sum(Int)
  case operation(Operation, CustomFormula, CustomFormula)

  /// The value and its derivatives by the sums; nil where it divides by 0.
  struct Value {
    var value: Double
    var slope: [Double]
  }

  /// nil where it divides by 0.
  func value(_ sums: [Double]) -> Double? {
    switch self {
    case .number(let value): return value
    case .sum(let place): return sums[place]
    case .operation(let operation, let left, let right):
      guard let a = left.value(sums), let b = right.value(sums) else { return nil }
      switch operation {
      case .add: return a + b
      case .subtract: return a - b
      case .multiply: return a * b
      case .divide: return b == 0 ? nil : a / b
      }
    }
  }

  /// Complexity: O(operations × sums).
  func derived(_ sums: [Double]) -> Value? {
    switch self {
    case .number(let value): return Value(value: value, slope: sums.map { _ in 0 })
    case .sum(let place):
      return Value(value: sums[place], slope: sums.indices.map { $0 == place ? 1 : 0 })
    case .operation(let operation, let left, let right):
      guard let a = left.derived(sums), let b = right.derived(sums) else { return nil }
      return operation.derived(a, b)
    }
  }

  /// What each sum counts for and what is added, where the formula is as simple as that.
  struct Linear: Equatable {
    var constant: Double
    var factors: [Double]
  }

  func linear(_ count: Int) -> Linear? {
    switch self {
    case .number(let value): return Linear(constant: value, factors: [Double](repeating: 0, count: count))
    case .sum(let place): return Linear(constant: 0, factors: (0..<count).map { $0 == place ? 1 : 0 })
    case .operation(let operation, let left, let right):
      guard let a = left.linear(count), let b = right.linear(count) else { return nil }
      return operation.linear(a, b)
    }
  }

  /// Whether it cannot be negative where the sums that are told are not.
  func isNonnegative(_ sums: [Bool]) -> Bool {
    switch self {
    case .number(let value): value >= 0
    case .sum(let place): sums[place]
    case .operation(.subtract, _, _): false
    case .operation(_, let a, let b): a.isNonnegative(sums) && b.isNonnegative(sums)
    }
  }

  /// The same of sums that stand so many places later.
  func shifted(_ places: Int) -> CustomFormula {
    switch self {
    case .number: self
    case .sum(let place): .sum(place + places)
    case .operation(let operation, let a, let b):
      .operation(operation, a.shifted(places), b.shifted(places))
    }
  }
}

extension CustomFormula.Operation {
  fileprivate func derived(_ a: CustomFormula.Value, _ b: CustomFormula.Value) -> CustomFormula.Value? {
    func combined(_ value: Double, _ slope: (Double, Double) -> Double) -> CustomFormula.Value {
      CustomFormula.Value(value: value, slope: zip(a.slope, b.slope).map(slope))
    }
    switch self {
    case .add: return combined(a.value + b.value) { $0 + $1 }
    case .subtract: return combined(a.value - b.value) { $0 - $1 }
    case .multiply: return combined(a.value * b.value) { $0 * b.value + $1 * a.value }
    case .divide:
      guard b.value != 0 else { return nil }
      let value = a.value / b.value
      return combined(value) { ($0 - $1 * value) / b.value }
    }
  }

  fileprivate func linear(_ a: CustomFormula.Linear, _ b: CustomFormula.Linear) -> CustomFormula.Linear? {
    func isConstant(_ side: CustomFormula.Linear) -> Bool { side.factors.allSatisfy { $0 == 0 } }
    func scaled(_ side: CustomFormula.Linear, _ factor: Double) -> CustomFormula.Linear {
      CustomFormula.Linear(constant: side.constant * factor, factors: side.factors.map { $0 * factor })
    }
    func added(_ sign: Double) -> CustomFormula.Linear {
      CustomFormula.Linear(
        constant: a.constant + sign * b.constant, factors: zip(a.factors, b.factors).map { $0 + sign * $1 })
    }
    switch self {
    case .add: return added(1)
    case .subtract: return added(-1)
    case .multiply:
      if isConstant(a) { return scaled(b, a.constant) }
      return isConstant(b) ? scaled(a, b.constant) : nil
    case .divide: return isConstant(b) && b.constant != 0 ? scaled(a, 1 / b.constant) : nil
    }
  }
}
