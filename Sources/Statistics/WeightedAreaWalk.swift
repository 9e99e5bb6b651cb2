/// One walk up the scores that yields the weighted area under the ROC curve and its variance (DeLong's components, linearised) of every
/// group, whatever the groups.
struct WeightedAreaWalk {
  /// The rows after each run of equal scores.
  private let ends: [Int]
  private let labels: [UInt8]
  private let weights: [Double]

  /// - Parameter scores: ascending
  init(scores: [Double], labels: [UInt8], weights: [Double]) {
    ends = scores.indices.filter { $0 + 1 == scores.count || scores[$0] != scores[$0 + 1] }.map { $0 + 1 }
    (self.labels, self.weights) = (labels, weights)
  }

  /// Of a group: its weight by class in all, below the run and in it, and Σw·V, Σw²·V, Σw²·V² of each class, V times the other class's
  /// weight.
  private struct State {
    var (positives, negatives, squaredPositives, squaredNegatives) = (0.0, 0.0, 0.0, 0.0)
    var (positivesBelow, negativesBelow, positivesTied, negativesTied) = (0.0, 0.0, 0.0, 0.0)
    var area = 0.0
    var (below, belowSquared, above, aboveSquared) = (0.0, 0.0, 0.0, 0.0)
  }

  /// - Parameter pair: the variance of a single pair of a positive and a negative
  /// - Returns: nil where a group lacks weight in a class.
  func estimates(
    _ codes: [Int32], live: [Bool], pair: Double
  ) -> [StudentizedPermutation.GroupEstimate]? {
    var states = totals(codes, groups: live.count)
    var start = 0
    for end in ends {
      for row in start..<end {
        let group = Int(codes[row])
        if labels[row] == 1 {
          states[group].positivesTied += weights[row]
        } else {
          states[group].negativesTied += weights[row]
        }
      }
      for row in start..<end { Self.enter(labels[row] == 1, weights[row], &states[Int(codes[row])]) }
      while start < end {
        Self.settle(&states[Int(codes[start])])
        start += 1
      }
    }
    var result: [StudentizedPermutation.GroupEstimate] = []
    for group in live.indices where live[group] {
      guard let estimate = Self.estimate(states[group], pair) else { return nil }
      result.append(estimate)
    }
    return result
  }

  private func totals(_ codes: [Int32], groups: Int) -> [State] {
    var states = [State](repeating: State(), count: groups)
    for row in codes.indices {
      let (group, weight) = (Int(codes[row]), weights[row])
      if labels[row] == 1 {
        states[group].positives += weight
        states[group].squaredPositives += weight * weight
      } else {
        states[group].negatives += weight
        states[group].squaredNegatives += weight * weight
      }
    }
    return states
  }

  private static func enter(_ isPositive: Bool, _ weight: Double, _ state: inout State) {
    if isPositive {
      let below = state.negativesBelow + state.negativesTied / 2
      state.area += weight * below
      state.below += weight * weight * below
      state.belowSquared += weight * weight * below * below
    } else {
      let above = state.positives - state.positivesBelow - state.positivesTied / 2
      state.above += weight * weight * above
      state.aboveSquared += weight * weight * above * above
    }
  }

  private static func settle(_ state: inout State) {
    state.positivesBelow += state.positivesTied
    state.negativesBelow += state.negativesTied
    (state.positivesTied, state.negativesTied) = (0, 0)
  }

  private static func estimate(_ state: State, _ pair: Double) -> StudentizedPermutation.GroupEstimate? {
    let (m, n) = (state.positives, state.negatives)
    guard m > 0, n > 0 else { return nil }
    let area = state.area / (m * n)
    func spread(_ squared: Double, _ linear: Double, _ squares: Double, _ other: Double) -> Double {
      max(0, squared / (other * other) - 2 * area * linear / other + area * area * squares)
    }
    let first = spread(state.belowSquared, state.below, state.squaredPositives, n) / (m * m)
    let second = spread(state.aboveSquared, state.above, state.squaredNegatives, m) / (n * n)
    let size = m * m / state.squaredPositives * (n * n / state.squaredNegatives)
    return (area, first + second + pair / size)
  }
}
