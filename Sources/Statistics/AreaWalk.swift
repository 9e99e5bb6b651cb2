/// One walk up the scores that yields the area under the ROC curve and DeLong's variance of every group, whatever the groups.
struct AreaWalk {
  /// The rows after each run of equal scores.
  private let ends: [Int]
  private let labels: [UInt8]
  /// By group, whatever rows it is given.
  private let positives, negatives: [Double]

  /// - Parameter scores: ascending
  init(scores: [Double], labels: [UInt8], positives: [Double], negatives: [Double]) {
    ends = scores.indices.filter { $0 + 1 == scores.count || scores[$0] != scores[$0 + 1] }.map { $0 + 1 }
    self.labels = labels
    self.positives = positives
    self.negatives = negatives
  }

  /// What a group has seen: its rows below the run, its rows in it, and its sums of the components times the other class's size.
  private struct State {
    var (positivesBelow, negativesBelow, positivesTied, negativesTied) = (0.0, 0.0, 0.0, 0.0)
    var (below, belowSquared, above, aboveSquared) = (0.0, 0.0, 0.0, 0.0)
  }

  /// - Parameter pair: the variance of a single pair of a positive and a negative
  func estimates(
    _ codes: [Int32], live: [Bool], pair: Double
  ) -> [StudentizedPermutation.GroupEstimate] {
    var states = [State](repeating: State(), count: live.count)
    var start = 0
    for end in ends {
      var row = start
      while row < end {
        let group = Int(codes[row])
        if labels[row] == 1 { states[group].positivesTied += 1 } else { states[group].negativesTied += 1 }
        row += 1
      }
      row = start
      while row < end {
        enter(labels[row] == 1, Int(codes[row]), &states)
        row += 1
      }
      while start < end {
        Self.settle(&states[Int(codes[start])])
        start += 1
      }
    }
    return live.indices.filter { live[$0] }.map { group in
      estimate(states[group], positives[group], negatives[group], pair)
    }
  }

  private func enter(_ isPositive: Bool, _ group: Int, _ states: inout [State]) {
    let state = states[group]
    if isPositive {
      let below = state.negativesBelow + state.negativesTied / 2
      states[group].below += below
      states[group].belowSquared += below * below
    } else {
      let above = positives[group] - state.positivesBelow - state.positivesTied / 2
      states[group].above += above
      states[group].aboveSquared += above * above
    }
  }

  private static func settle(_ state: inout State) {
    state.positivesBelow += state.positivesTied
    state.negativesBelow += state.negativesTied
    (state.positivesTied, state.negativesTied) = (0, 0)
  }

  private func estimate(
    _ state: State, _ m: Double, _ n: Double, _ pair: Double
  ) -> StudentizedPermutation.GroupEstimate {
    let area = state.below / (m * n)
    let first = max(0, state.belowSquared / (n * n) - m * area * area)
    let second = max(0, state.aboveSquared / (m * m) - n * area * area)
    let variance = first / (m * max(1, m - 1)) + second / (n * max(1, n - 1))
    return (area, variance + pair / (m * n))
  }
}
