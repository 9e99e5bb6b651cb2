import Results

/// What computes a metric over some rows.
typealias BinaryMeasure =
  @Sendable (_ observations: BinaryRowObservations, _ slice: [UInt32], _ influence: inout [Double]) ->
  Measured

/// A metric with its observations.
struct BinaryRowMetric: RowMetric {
  let definition: MetricDefinition
  let observations: BinaryRowObservations
  let compute: BinaryMeasure

  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    compute(observations, rows, &influence)
  }
}

/// The parameter of a metric: what stands in the brackets of `f_beta[2]` or behind the sign of `precision@0.3`.
struct BinaryParameter: Sendable {
  /// What it is, for a message: `a threshold`.
  let text: String
  let range: ClosedRange<Double>
  var isWhole = false
  /// Whether it stands behind `@`, not in brackets.
  var isCut = false
  /// Values that are reported unless others are asked for, the first where none is given.
  var defaults: [Double] = []

  /// Whether the range's lower limit is itself no value.
  var isOpenBelow = false

  func allows(_ value: Double) -> Bool {
    range.contains(value) && !(isOpenBelow && value == range.lowerBound)
      && (!isWhole || value == value.rounded())
  }

  func id(_ base: String, _ text: String) -> String { isCut ? "\(base)@\(text)" : "\(base)[\(text)]" }
}

/// One metric, or the metrics that differ by a parameter only: all that is said of it and what computes it.
struct BinaryFamily: Sendable {
  let id: String
  let needs: BinaryNeeds
  let parameter: BinaryParameter?
  /// Names with a value of the parameter that they stand for.
  var bound: [String: Double] = [:]
  /// The definition, from the parameter as text; empty where there is none.
  let define: @Sendable (_ parameter: String) -> MetricDefinition
  let measure: @Sendable (_ parameter: Double) -> BinaryMeasure

  init(
    _ definition: MetricDefinition, needs: BinaryNeeds, measure: @escaping BinaryMeasure
  ) {
    id = definition.entry.id
    self.needs = needs
    parameter = nil
    define = { _ in definition }
    self.measure = { _ in measure }
  }

  /// - Parameter define: the definition under the family's name; the parameter is added to its identifier.
  init(
    _ parameter: BinaryParameter, needs: BinaryNeeds, bound: [String: Double] = [:],
    define: @escaping @Sendable (_ parameter: String) -> MetricDefinition,
    measure: @escaping @Sendable (_ parameter: Double) -> BinaryMeasure
  ) {
    let base = define("").entry.id
    id = base
    self.needs = needs
    self.parameter = parameter
    self.bound = bound
    self.define = { text in
      var definition = define(text)
      definition.entry.id = parameter.id(base, text)
      return definition
    }
    self.measure = measure
  }

  /// The definitions under which it is listed: one for each value that is reported by default; where none is,
  /// one with `t` for a threshold or `n` for a number.
  var definitions: [MetricDefinition] {
    guard let parameter else { return [define("")] }
    guard !parameter.defaults.isEmpty else { return [define(parameter.isCut ? "t" : "n")] }
    return parameter.defaults.map { define(NumberText.text($0)) }
  }

  /// What it is called: identifier and aliases.
  var names: [String] { [id] + define("").aliases.map(\.name) }

  func metric(_ observations: BinaryRowObservations, _ value: Double?) -> BinaryRowMetric {
    var definition = define(value.map(NumberText.text) ?? "")
    if observations.thresholdIsStrict, parameter?.isCut == true {
      definition.entry.formula = definition.entry.formula.replacing("score ≥ ", with: "score > ")
    }
    return BinaryRowMetric(
      definition: definition, observations: observations, compute: measure(value ?? 0))
  }
}
