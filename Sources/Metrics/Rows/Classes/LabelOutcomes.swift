/// Multi-label observations with the outcome tables that were last asked for.
final class LabelOutcomes: Sendable {
  let observations: LabelSetObservations
  private let cache = RowCache<[OutcomeTable]>()

  init(_ observations: LabelSetObservations) { self.observations = observations }

  /// Each label's outcomes.
  ///
  /// Complexity: O(rows × labels).
  func tables(_ rows: [UInt32]) -> [OutcomeTable] {
    cache.value(for: rows) { observations.names.indices.map { table(rows, $0) } }
  }

  private func table(_ rows: [UInt32], _ index: Int) -> OutcomeTable {
    let (labels, decisions) = (observations.labels[index], observations.decisions[index])
    var table = OutcomeTable()
    for row in rows {
      let outcome = OutcomeTable.outcome(
        isClass: labels[Int(row)] == 1, isPredicted: decisions[Int(row)] == 1)
      table.rows[outcome] &+= 1
      guard let weights = observations.weights else { continue }
      let w = weights[Int(row)]
      table.weight[outcome] += w
      table.squaredWeight[outcome] += w * w
    }
    if observations.weights == nil {
      table.weight = SIMD4<Double>(table.rows)
      table.squaredWeight = table.weight
    }
    return table
  }

  /// How many labels of a row have each outcome.
  func outcomes(_ row: Int) -> SIMD4<Double> {
    var sum = SIMD4<Double>.zero
    for index in observations.names.indices {
      let outcome = OutcomeTable.outcome(
        isClass: observations.labels[index][row] == 1, isPredicted: observations.decisions[index][row] == 1)
      sum[outcome] += 1
    }
    return sum
  }
}
