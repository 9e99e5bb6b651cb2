/// Rows of one slice by outcome, with their weights.
package struct OutcomeCounts: Sendable, Equatable {
  /// Rows in the order of `Outcome`: TP, FP, FN, TN.
  package var rows: [Int]
  /// Σw by outcome; equal to `rows` without weights.
  package var weights: [Double]
  /// Σw² by outcome; equal to `rows` without weights.
  package var squaredWeights: [Double]

  package init(rows: [Int], weights: [Double], squaredWeights: [Double]) {
    self.rows = rows
    self.weights = weights
    self.squaredWeights = squaredWeights
  }

  /// Unweighted counts.
  package init(truePositives: Int, falsePositives: Int, falseNegatives: Int, trueNegatives: Int) {
    rows = [truePositives, falsePositives, falseNegatives, trueNegatives]
    weights = rows.map(Double.init)
    squaredWeights = weights
  }

  /// Whether every row counts 1.
  package var isUnweighted: Bool {
    (0..<4).allSatisfy { weights[$0] == Double(rows[$0]) && squaredWeights[$0] == weights[$0] }
  }

  package var rowCount: Int { rows.reduce(0, +) }
  package var weight: Double { weights.reduce(0, +) }
  package var squaredWeight: Double { squaredWeights.reduce(0, +) }

  package subscript(outcome: Outcome) -> Double { weights[outcome.rawValue] }

  /// The rows outside this slice, of which `whole` has all. Differences that rounding left below zero
  /// are zero.
  package func complement(in whole: OutcomeCounts) -> OutcomeCounts {
    let rows = zip(whole.rows, self.rows).map(-)
    func rest(_ all: [Double], _ part: [Double]) -> [Double] {
      (0..<4).map { rows[$0] == 0 ? 0 : max(0, all[$0] - part[$0]) }
    }
    return OutcomeCounts(
      rows: rows, weights: rest(whole.weights, weights),
      squaredWeights: rest(whole.squaredWeights, squaredWeights))
  }
}
