import Models
import Results
import Tables

/// A model that is a formula of numeric columns, in the order of their names here.
struct FormulaScorer: Scorer {
  let names: [String]
  let outputs = ["score"]
  let formula: @Sendable ([Double]) -> Double

  init(_ names: [String], _ formula: @escaping @Sendable ([Double]) -> Double) {
    self.names = names
    self.formula = formula
  }

  var features: [ScorerFeature] { names.map { ScorerFeature(name: $0, kind: .number) } }

  func score(_ columns: [Column]) throws(Failure) -> [[Double]] {
    let values = columns.map { column -> [Double] in
      if case .numbers(let numbers) = column { numbers.values } else { [] }
    }
    return [(values.first ?? []).indices.map { row in formula(values.map { $0[row] }) }]
  }

  /// Numeric columns of these names.
  static func columns(_ names: [String], _ values: [[Double]]) -> [Column] {
    zip(names, values).map { name, values in
      .numbers(
        NumberColumn(name: name, values: values, missingCount: values.count(where: \.isNaN)))
    }
  }
}
