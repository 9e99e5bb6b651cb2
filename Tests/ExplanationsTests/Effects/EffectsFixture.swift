import Explanations
import Metrics
import Models
import Results
import Slicing
import Tables
import TestSupport

/// A model that is a formula of a row's values: a number, or the text of a category; nil where missing.
struct RowScorer: Scorer {
  enum Value {
    case number(Double)
    case text(String?)

    var number: Double { if case .number(let x) = self { x } else { .nan } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
  }

  let features: [ScorerFeature]
  let outputs = ["other", "score"]
  let formula: @Sendable ([Value]) -> Double

  func score(_ columns: [Column]) throws(Failure) -> [[Double]] {
    let rows = 0..<(columns.first?.rowCount ?? 0)
    return [
      rows.map { _ in 0.25 }, rows.map { row in formula(columns.map { Self.value($0, row) }) },
    ]
  }

  static func value(_ column: Column, _ row: Int) -> Value {
    switch column {
    case .numbers(let column): .number(column.values[row])
    case .category(let column):
      .text(column.codes[row] < 0 ? nil : column.categories[Int(column.codes[row])])
    }
  }
}

/// Made tables and the inputs that they make.
enum EffectsFixture {
  static func numbers(_ name: String, _ values: [Double]) -> Column {
    .numbers(NumberColumn(name: name, values: values, missingCount: values.count(where: \.isNaN)))
  }

  static func category(_ name: String, _ values: [String?]) -> Column {
    let categories = Set(values.compactMap { $0 }).sorted()
    return .category(
      CategoryColumn(
        name: name,
        codes: values.map { value in Int32(value.flatMap { categories.firstIndex(of: $0) } ?? -1) },
        categories: categories, missingCount: values.count { $0 == nil }))
  }

  /// - Parameter columns: those the model reads
  /// - Parameter scorer: one that gives the formula's scores faster
  /// - Parameter others: further columns to slice by
  static func input(
    _ columns: [Column], others: [Column] = [], slices: [String] = [], weights: [Double]? = nil,
    units: [Int32]? = nil, cut: Double = 0.5, scorer: (any Scorer)? = nil,
    _ formula: @escaping @Sendable ([RowScorer.Value]) -> Double
  ) throws -> EffectOracle {
    let count = columns.first?.rowCount ?? 0
    let table = Table(
      rowCount: count, columns: columns + others, origin: RowOrigin(source: "made", stretches: []))
    let features = columns.map { column in
      if case .numbers = column {
        ScorerFeature(name: column.name, kind: .number)
      } else {
        ScorerFeature(name: column.name, kind: .category)
      }
    }
    let rescorer = ColumnRescorer(
      scorer ?? RowScorer(features: features, formula: formula), columns)
    let plan = try SlicePlan(slices.map { try SliceSpec(parsing: $0) }, of: table)
    let zeros = [UInt8](repeating: 0, count: count)
    var first = [0]
    for family in plan.families { first.append((first.last ?? 0) + family.shown.count) }
    let input = ExplanationInput(
      rescorer: rescorer, output: 1, columns: columns, table: table,
      observations: Observations(labels: zeros, decisions: zeros, weights: weights), hasLabel: false,
      cut: cut, isStrict: false, plan: plan, units: units, firstSlice: first.dropLast())
    return EffectOracle(input: input, formula: formula)
  }

  static func groups(_ input: ExplanationInput) -> [FeatureGroup] {
    input.columns.indices.map { FeatureGroup(name: input.columns[$0].name, members: [$0]) }
  }

  static func all(_ input: ExplanationInput) -> [(index: Int, group: FeatureGroup)] {
    groups(input).enumerated().map { ($0, $1) }
  }

  /// Random rows of x (ties, missing values), z, c (a category with missing values) and g (a group).
  static func mixed(
    _ count: Int, seed: UInt64, isWeighted: Bool = false, isClustered: Bool = false, distinct: Int = 40
  ) throws -> EffectOracle {
    var random = SplitMix(seed: seed)
    func draw(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }
    let x = (0..<count).map { _ in draw(0..<8) == 0 ? Double.nan : Double(draw(0..<distinct)) / 4 }
    let z = (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
    let c = (0..<count).map { _ in ["red", "green", "blue", nil][draw(0..<4)] }
    let g = (0..<count).map { _ in ["u", "v", "w", nil][draw(0..<20) % 4] }
    return try input(
      [numbers("x", x), numbers("z", z), category("c", c)], others: [category("g", g)],
      slices: ["g", "c", "g*c", "g=v"],
      weights: isWeighted ? (0..<count).map { _ in Double(draw(0..<5)) / 2 } : nil,
      units: isClustered ? (0..<count).map { _ in Int32(draw(0..<count / 3)) } : nil
    ) { row in
      let tints = ["red": 1.0, "green": -2, "blue": 0.5]
      let tint = row[2].text.flatMap { tints[$0] } ?? 4
      let x = row[0].number.isNaN ? 3.3 : row[0].number
      let bent = (x * x / 10 + tint) * row[1].number
      return bent + x / 7 + (tint > 0 ? x : 0)
    }
  }
}
