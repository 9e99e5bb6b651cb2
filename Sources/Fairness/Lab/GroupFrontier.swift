/// The best quality that thresholds by group reach within each gap.
///
/// Every choice lies in a box of rates: its corner are the lowest rates (one for each component of the gap), its side
/// the largest difference. A lowest rate is one that some group can have, so all corners worth looking at are
/// known. From a corner the box grows until the best choice without a limit fits; each group goes from its first point
/// inside to the next better one, and the next. For one rate (demographic parity, equal opportunity) that is exact in
/// O(m · k · r), m the distinct rates of all k groups (at most k times the number of thresholds) and r the improvements
/// on the groups' ways; for two rates (equalized odds) in O(m² · k · r). Beyond a budget only every s-th rate is tried
/// for a corner: each choice is real, but a better one may be missed.
struct GroupFrontier {
  struct Corner {
    var first: Double
    var second: Double
  }

  /// Places of the groups' thresholds, a list for each choice, ascending in gap and in quality.
  let choices: [[Int]]
  /// Whether every corner was tried.
  let isExact: Bool

  /// Corners times groups tried, at most.
  static let budget = 3_000_000

  /// - Parameter slack: qualities that differ by less are alike.
  init(_ groups: [CandidatePoints], slack: Double, budget: Int = Self.budget) {
    guard !groups.isEmpty, groups.allSatisfy({ $0.count > 0 }) else {
      (choices, isExact) = ([], true)
      return
    }
    let axes = [Set(groups.flatMap(\.first)).sorted(), Set(groups.flatMap(\.second)).sorted()]
    func thinned(_ step: Int) -> [[Double]] {
      axes.map { axis in stride(from: 0, to: axis.count, by: step).map { axis[$0] } }
    }
    var step = 1
    while thinned(step).reduce(groups.count, { $0 * $1.count }) > budget { step += 1 }
    isExact = step == 1
    var search = CornerSearch(groups, axes: thinned(step), slack: slack)
    search.run()
    choices = search.choices()
  }
}

/// The walk over the corners.
private struct CornerSearch {
  private let groups: [CandidatePoints]
  private let axes: [[Double]]
  /// The gap of the best choice without a limit: no larger one is worth anything.
  private let limit: Double
  private var stairs: Staircase
  /// The point that each group has reached, and how large the box must be for the next.
  private var at: [Int]
  private var next: [Double]

  init(_ groups: [CandidatePoints], axes: [[Double]], slack: Double) {
    (self.groups, self.axes) = (groups, axes)
    func range(_ rates: [Double]) -> Double { (rates.max() ?? 0) - (rates.min() ?? 0) }
    limit = max(range(groups.map { $0.first[$0.best] }), range(groups.map { $0.second[$0.best] }))
    stairs = Staircase(slack: slack)
    at = groups.map { _ in 0 }
    next = groups.map { _ in 0 }
  }

  mutating func run() {
    var outer = [Int](repeating: 0, count: groups.count)
    for (i, first) in axes[0].enumerated() {
      guard advance(&outer, { $0.first[$1] < first }) else { return }
      var inner = outer
      for (j, second) in axes[1].enumerated() {
        guard advance(&inner, { $0.second[$1] < second }) else { break }
        // From here on some group lies too far off in the first rate, and ever farther.
        guard groups.indices.allSatisfy({ groups[$0].first[inner[$0]] - first <= limit }) else { break }
        grow(GroupFrontier.Corner(first: first, second: second), i * axes[1].count + j, from: inner)
      }
    }
  }

  /// Moves each group on to its first point that is not short of a rate; false where a group has none.
  private func advance(_ points: inout [Int], _ isShort: (CandidatePoints, Int) -> Bool) -> Bool {
    for index in groups.indices {
      while points[index] < groups[index].count, isShort(groups[index], points[index]) { points[index] += 1 }
      if points[index] == groups[index].count { return false }
    }
    return true
  }

  private mutating func grow(_ corner: GroupFrontier.Corner, _ name: Int, from start: [Int]) {
    var side = 0.0
    for index in groups.indices { side = max(side, groups[index].distance(start[index], corner)) }
    guard side <= limit else { return }
    var total = 0.0
    for index in groups.indices {
      at[index] = start[index]
      total += groups[index].quality[start[index]]
      look(index, corner)
    }
    while side <= limit {
      var nearest = Double.infinity
      for index in groups.indices {
        while next[index] <= side {
          total -= groups[index].quality[at[index]]
          at[index] = groups[index].better[at[index]]
          total += groups[index].quality[at[index]]
          look(index, corner)
        }
        nearest = min(nearest, next[index])
      }
      stairs.enter(side, total, name)
      side = nearest
    }
  }

  private mutating func look(_ index: Int, _ corner: GroupFrontier.Corner) {
    let better = groups[index].better[at[index]]
    next[index] = better < groups[index].count ? groups[index].distance(better, corner) : .infinity
  }

  /// The steps as thresholds: for each group the best point of the box, the first of equals.
  func choices() -> [[Int]] {
    stairs.steps.map { step in
      let (i, j) = step.corner.quotientAndRemainder(dividingBy: axes[1].count)
      let corner = GroupFrontier.Corner(first: axes[0][i], second: axes[1][j])
      return groups.map { group in
        var best: Int?
        for point in 0..<group.count
        where group.first[point] >= corner.first && group.second[point] >= corner.second
          && group.distance(point, corner) <= step.gap
          && group.quality[point] > best.map({ group.quality[$0] }) ?? -.infinity
        {
          best = point
        }
        return group.threshold[best ?? 0]
      }
    }
  }
}
