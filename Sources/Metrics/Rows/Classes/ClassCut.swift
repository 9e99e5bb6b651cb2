import Results

/// What is told of multi-class predictions that only count where the highest score is high enough: a row whose
/// highest score is not above the cut is predicted as no class.
///
/// With `score ≥ cut` where the rule of thresholds says so.
struct ClassCut: RowMetric {
  enum Quantity: Sendable {
    /// Weight of the rows of a class that are predicted as another, or as none.
    case cell(label: UInt16, decision: UInt16?)
    /// Share of rows that are predicted at all.
    case coverage
    /// Share of those that are predicted right.
    case accuracy
  }

  let definition: MetricDefinition
  let quantity: Quantity
  let cut: Double
  let isStrict: Bool
  let observations: ClassObservations

  private func isPredicted(_ row: Int) -> Bool {
    let score = observations.scores[Int(observations.decisions[row])][row]
    return isStrict ? score > cut : score >= cut
  }

  /// Complexity: O(rows).
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    switch quantity {
    case .cell(let label, let decision):
      var totals = RowTotals(rows, observations.weights)
      var sum = 0.0
      for row in rows where observations.labels[Int(row)] == label {
        let predicted = isPredicted(Int(row)) ? observations.decisions[Int(row)] : nil
        if predicted == decision { sum += observations.weights?[Int(row)] ?? 1 }
      }
      totals.rows = rows.count
      return rows.isEmpty ? totals.undefined("no rows") : totals.measured(sum, hasInfluence: false)
    case .coverage:
      return RowMean.measure(rows, observations.weights, influence: &influence) { isPredicted($0) ? 1 : 0 }
    case .accuracy:
      return RowMean.measure(
        rows, observations.weights, influence: &influence, empty: "no row is predicted"
      ) { row in
        guard isPredicted(row) else { return nil }
        return observations.labels[row] == observations.decisions[row] ? 1 : 0
      }
    }
  }
}

extension ClassMetrics {
  /// Confusion matrices at cuts of the highest score, and how much is predicted there and right.
  ///
  /// - Parameter isStrict: whether the score must be above the cut, and not at least it.
  package static func atCuts(
    _ observations: ClassObservations, _ cuts: [Double], isStrict: Bool
  ) -> [any RowMetric] {
    guard observations.hasScores else { return [] }
    return cuts.flatMap { cut -> [any RowMetric] in
      func metric(_ definition: MetricDefinition, _ quantity: ClassCut.Quantity) -> ClassCut {
        ClassCut(
          definition: definition, quantity: quantity, cut: cut, isStrict: isStrict, observations: observations
        )
      }
      let text = NumberText.text(cut)
      let sign = isStrict ? ">" : "≥"
      let names = observations.names
      let cells = names.indices.flatMap { label in
        names.indices.map { UInt16($0) as UInt16? }.appending(nil).map { decision in
          metric(
            cell(names[label], decision.map { names[Int($0)] } ?? noClass, text, sign),
            .cell(label: UInt16(label), decision: decision))
        }
      }
      return [metric(coverage(text, sign), .coverage), metric(cutAccuracy(text, sign), .accuracy)] + cells
    }
  }

  /// For the catalogue, with `t` for the cut.
  static var cutDefinitions: [MetricDefinition] {
    [coverage("t", "≥"), cutAccuracy("t", "≥"), cell(ClassText.anyClass, "DECISION", "t", "≥")]
  }

  /// What a row is predicted as whose highest score is too low.
  private static let noClass = "(none)"

  private static func coverage(_ cut: String, _ sign: String) -> MetricDefinition {
    rate(
      "coverage", "Coverage at \(cut)", "Cov@\(cut)", cut,
      "share of rows whose highest score is \(sign) \(cut)", .neutral)
  }

  private static func cutAccuracy(_ cut: String, _ sign: String) -> MetricDefinition {
    rate(
      "accuracy_of_predicted", "Accuracy of what is predicted at \(cut)", "Acc@\(cut)", cut,
      "share of the rows whose highest score is \(sign) \(cut) that are predicted as their class",
      .higherIsBetter, denominator: "rows with so high a score", undefined: "no row is predicted")
  }

  private static func rate(
    _ id: String, _ name: String, _ symbol: String, _ cut: String, _ formula: String,
    _ direction: MetricEntry.Direction, denominator: String = "rows", undefined: String = "no rows"
  ) -> MetricDefinition {
    MetricDefinition(
      MetricEntry(
        id: "\(id)@\(cut)", name: name, symbol: symbol, formula: formula, kind: .rate, direction: direction,
        denominator: denominator, interval: "Wilson score"), tasks: [.multiclass], undefined: undefined)
  }

  private static func cell(_ label: String, _ decision: String, _ cut: String, _ sign: String)
    -> MetricDefinition
  {
    MetricDefinition(
      MetricEntry(
        id: "confusion[\(label), \(decision)]@\(cut)", name: "\(label) as \(decision) at \(cut)",
        symbol: "\(label)→\(decision)@\(cut)",
        formula:
          "rows of \(label) that are predicted as \(decision); where the highest score is not \(sign) \(cut), as none",
        kind: .count, direction: .neutral, denominator: "rows", interval: nil), tasks: [.multiclass],
      aliases: [.init("TFMA", "multi_class_confusion_matrix_at_thresholds")])
  }
}

extension Array {
  fileprivate func appending(_ element: Element) -> [Element] { self + [element] }
}
