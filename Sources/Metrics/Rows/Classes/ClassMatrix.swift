/// A confusion matrix of a multi-class task.
package struct ClassMatrix: Sendable {
  package let classCount: Int
  /// Weight by true class (rows of the matrix) and predicted class.
  package private(set) var weight: [Double]
  /// Rows, in the same cells.
  package private(set) var rows: [Int]
  /// Sums of squared weights, in the same cells.
  package private(set) var squaredWeight: [Double]
  private(set) var totals = RowTotals()
  /// Weight by true class and by predicted class.
  private(set) var labelled: [Double]
  private(set) var predicted: [Double]
  /// Each class against the rest.
  private(set) var tables: [OutcomeTable] = []

  /// Complexity: O(rows + classes²).
  package init(_ observations: ClassObservations, rows selected: [UInt32]) {
    classCount = observations.classCount
    let cells = classCount * classCount
    rows = [Int](repeating: 0, count: cells)
    weight = [Double](repeating: 0, count: cells)
    squaredWeight = weight
    labelled = [Double](repeating: 0, count: classCount)
    predicted = labelled
    for row in selected {
      let cell = Int(observations.labels[Int(row)]) * classCount + Int(observations.decisions[Int(row)])
      rows[cell] &+= 1
      guard let weights = observations.weights else { continue }
      let w = weights[Int(row)]
      weight[cell] += w
      squaredWeight[cell] += w * w
    }
    if observations.weights == nil {
      weight = rows.map(Double.init)
      squaredWeight = weight
    }
    finish()
  }

  /// The weight of the diagonal.
  var agreeing: Double { (0..<classCount).reduce(0) { $0 + weight[$1 * classCount + $1] } }

  private mutating func finish() {
    tables = [OutcomeTable](repeating: OutcomeTable(), count: classCount)
    for label in 0..<classCount {
      for decision in 0..<classCount {
        let cell = label * classCount + decision
        guard rows[cell] > 0 else { continue }
        totals.rows += rows[cell]
        totals.weight += weight[cell]
        totals.squaredWeight += squaredWeight[cell]
        labelled[label] += weight[cell]
        predicted[decision] += weight[cell]
        if label == decision {
          add(cell, to: label, .truePositive)
        } else {
          add(cell, to: label, .falseNegative)
          add(cell, to: decision, .falsePositive)
        }
      }
    }
    for index in tables.indices { fillTrueNegatives(index) }
  }

  private mutating func add(_ cell: Int, to index: Int, _ outcome: Outcome) {
    tables[index].rows[outcome.rawValue] += rows[cell]
    tables[index].weight[outcome.rawValue] += weight[cell]
    tables[index].squaredWeight[outcome.rawValue] += squaredWeight[cell]
  }

  /// The rest of the rows; without any, exactly 0.
  private mutating func fillTrueNegatives(_ index: Int) {
    let rest = totals.rows - tables[index].rows.wrappedSum()
    guard rest > 0 else { return }
    let outcome = Outcome.trueNegative.rawValue
    tables[index].rows[outcome] = rest
    tables[index].weight[outcome] = max(0, totals.weight - tables[index].weight.sum())
    tables[index].squaredWeight[outcome] = max(0, totals.squaredWeight - tables[index].squaredWeight.sum())
  }
}
