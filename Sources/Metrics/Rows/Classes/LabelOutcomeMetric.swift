/// A quotient of outcomes of one label, or averaged over labels.
struct LabelOutcomeMetric: RowMetric {
  let definition: MetricDefinition
  let formula: OutcomeFormula
  let source: LabelOutcomes
  let zeroDivision: ZeroDivision

  /// Complexity: O(rows × labels).
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    let observations = source.observations
    let totals = RowTotals(rows, observations.weights)
    guard totals.weight > 0 else { return totals.undefined("no rows") }
    let result = formula.result(source.tables(rows), totals, zeroDivision)
    guard !result.gradient.isEmpty else { return result.measured }
    if case .single(let index) = formula.scope {
      add(index, result.gradient[0], rows, &influence)
    } else {
      for (index, gradient) in result.gradient.enumerated() { add(index, gradient, rows, &influence) }
    }
    guard let weights = observations.weights else { return result.measured }
    for (place, row) in rows.enumerated() { influence[place] *= weights[Int(row)] }
    return result.measured
  }

  private func add(
    _ index: Int, _ gradient: SIMD4<Double>, _ rows: [UInt32], _ influence: inout [Double]
  ) {
    let (labels, decisions) = (source.observations.labels[index], source.observations.decisions[index])
    for (place, row) in rows.enumerated() {
      let outcome = OutcomeTable.outcome(
        isClass: labels[Int(row)] == 1, isPredicted: decisions[Int(row)] == 1)
      influence[place] += gradient[outcome]
    }
  }
}
