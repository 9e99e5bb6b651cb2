import Glibc

/// A mean over rows of what the scores of the classes say.
struct ClassMean: RowMetric {
  enum Term: Sendable, Equatable {
    /// −ln of the score of the true class.
    case logLoss
    /// Σ over classes of (score − whether it is the class)² (Brier 1950).
    case brier
    /// Whether fewer than k classes come before the true one, by score, then by order.
    case isInTop(Int)
    /// The highest score.
    case confidence
    /// The score of a class.
    case score(Int)
    /// Its squared distance from whether a row has the class.
    case classBrier(Int)
    /// Whether a row has the class, minus its score.
    case residual(Int)
  }

  let definition: MetricDefinition
  let term: Term
  let observations: ClassObservations

  /// Scores are kept within [ε, 1 − ε], as in binary tasks.
  static let epsilon = 0x1p-52

  /// Complexity: O(rows), times the classes for what needs all scores of a row.
  func measure(_ rows: [UInt32], influence: inout [Double]) -> Measured {
    let (labels, scores) = (observations.labels, observations.scores)
    func mean(_ term: (Int) -> Double) -> Measured {
      RowMean.measure(rows, observations.weights, influence: &influence, term: term)
    }
    switch term {
    case .logLoss:
      return mean { row in
        -log(min(1 - Self.epsilon, max(Self.epsilon, scores[Int(labels[row])][row])))
      }
    case .brier:
      return mean { row in
        var sum = 0.0
        for index in scores.indices {
          let gap = scores[index][row] - (index == Int(labels[row]) ? 1 : 0)
          sum += gap * gap
        }
        return sum
      }
    case .isInTop(let k): return mean { Self.place(of: Int(labels[$0]), $0, scores) < k ? 1 : 0 }
    case .confidence:
      return mean { row in scores.dropFirst().reduce(scores[0][row]) { max($0, $1[row]) } }
    case .score(let index): return mean { scores[index][$0] }
    case .classBrier(let index):
      return mean { row in
        let gap = scores[index][row] - (index == Int(labels[row]) ? 1 : 0)
        return gap * gap
      }
    case .residual(let index): return mean { (index == Int(labels[$0]) ? 1 : 0) - scores[index][$0] }
    }
  }

  /// How many classes come before one in a row: those with a higher score, and earlier ones with the same.
  static func place(of index: Int, _ row: Int, _ scores: [[Double]]) -> Int {
    let own = scores[index][row]
    var before = 0
    for other in scores.indices {
      let score = scores[other][row]
      if score > own || (score == own && other < index) { before += 1 }
    }
    return before
  }
}
