/// A mean over rows of how well the labels of a row were told.
struct LabelSetMean: RowMetric {
  enum Term: Sendable {
    /// Whether all labels are right.
    case exactMatch
    /// The share of labels that are wrong.
    case hamming
    /// A quotient of the outcomes of the row's labels.
    case samples(OneVersusRest)
    /// A label's score.
    case score(Int)
    /// Its squared distance from whether the row has the label.
    case labelBrier(Int)
    /// Whether the row has a label, minus its score.
    case residual(Int)
    case ranking(LabelRanking)
  }

  let definition: MetricDefinition
  let term: Term
  let source: LabelOutcomes
  let zeroDivision: ZeroDivision

  /// Complexity: O(rows × labels), × labels again for `ranking`.
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    let observations = source.observations
    let (labels, scores) = (observations.labels, observations.scores)
    func mean(_ empty: String = "no rows", _ term: (Int) -> Double?) -> Measured {
      RowMean.measure(rows, observations.weights, influence: &influence, empty: empty, term: term)
    }
    switch term {
    case .exactMatch:
      return mean { row in
        let outcomes = source.outcomes(row)
        return outcomes[1] + outcomes[2] == 0 ? 1 : 0
      }
    case .hamming:
      return mean { row in
        let outcomes = source.outcomes(row)
        return (outcomes[1] + outcomes[2]) / outcomes.sum()
      }
    case .samples(let quotient):
      return mean(Self.emptyReason(quotient)) { row in
        quotient.value(source.outcomes(row))?.value ?? zeroDivision.replacement
      }
    case .score(let index): return mean { scores[index][$0] }
    case .labelBrier(let index):
      return mean { row in
        let gap = scores[index][row] - Double(labels[index][row])
        return gap * gap
      }
    case .residual(let index): return mean { Double(labels[index][$0]) - scores[index][$0] }
    case .ranking(let ranking):
      return mean(ranking.emptyReason) { ranking.value($0, observations, zeroDivision) }
    }
  }

  static func emptyReason(_ quotient: OneVersusRest) -> String {
    switch quotient {
    case .recall: "no row has a label"
    case .precision: "no row is predicted to have a label"
    default: "no row has a label or is predicted to"
    }
  }
}
