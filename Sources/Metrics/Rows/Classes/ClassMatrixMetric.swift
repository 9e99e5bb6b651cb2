/// A metric of the confusion matrix.
struct ClassMatrixMetric: RowMetric {
  let definition: MetricDefinition
  let formula: ClassFormula
  let source: ClassMatrices
  let zeroDivision: ZeroDivision

  /// Complexity: O(rows + classes²).
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    let matrix = source.matrix(rows)
    let result = formula.result(matrix, zeroDivision)
    guard !result.gradient.isEmpty else { return result.measured }
    let observations = source.observations
    let count = matrix.classCount
    for (place, row) in rows.enumerated() {
      let cell = Int(observations.labels[Int(row)]) * count + Int(observations.decisions[Int(row)])
      influence[place] = result.gradient[cell]
    }
    guard let weights = observations.weights else { return result.measured }
    for (place, row) in rows.enumerated() { influence[place] *= weights[Int(row)] }
    return result.measured
  }
}
