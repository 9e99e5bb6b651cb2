/// The best quality that thresholds by group reach within each of some gaps.
///
/// Every choice lies in a box of rates: its corner are the lowest rates (one for each component of the gap), its side
/// at most the gap. A lowest rate is one that some group can have, so all corners worth looking at are known, and
/// in a box each group takes its best point by itself. For one rate (demographic parity, equal opportunity) that is
/// exact in O(m · k) a gap, m the distinct rates of all k groups, at most k times the number of thresholds. For two
/// rates (equalized odds) the best that is possible when either is ignored bounds what a corner can give: corners are
/// tried by falling bound until none can be better, O(m² · k) at worst. Beyond a budget the search stops: its choice can be
/// reached, but a better one may be missed.
struct GroupFrontier {
  /// Places of the groups' thresholds, a list for each gap within which there is a choice.
  let choices: [[Int]]
  /// Whether every search came to its end.
  let isExact: Bool

  /// Corners times groups tried for one gap with two rates, at most.
  static let budget = 200_000

  /// - Parameters:
  ///   - bounds: the largest gaps.
  ///   - slack: qualities that differ by less are alike.
  init(_ groups: [CandidatePoints], within bounds: [Double], slack: Double, budget: Int = Self.budget) {
    guard !groups.isEmpty, groups.allSatisfy({ $0.count > 0 }) else {
      (choices, isExact) = ([], true)
      return
    }
    let axes = [\CandidatePoints.first, \.second].map { rates in
      Set(groups.flatMap { $0[keyPath: rates] }).sorted()
    }
    var choices: [[Int]] = []
    var isExact = true
    for bound in bounds {
      var search = CornerSearch(groups, axes, within: bound, slack: slack, budget: budget)
      search.run()
      if let choice = search.choice { choices.append(choice) }
      if !search.isExact { isExact = false }
    }
    (self.choices, self.isExact) = (choices, isExact)
  }
}

/// One axis of corners: for each lowest rate the points of each group that lie within the gap above it.
private struct CornerAxis {
  /// Corner `c` of group `g` has points `low[c * k + g] ..< high[c * k + g]`.
  private(set) var low: [Int] = []
  private(set) var high: [Int] = []
  /// The best quality were this the only rate; −∞ where a group has no point.
  private(set) var limit: [Double] = []

  /// Complexity: O(corners · groups).
  init(
    _ corners: [Double], _ groups: [CandidatePoints], _ rates: KeyPath<CandidatePoints, [Double]>,
    within bound: Double
  ) {
    var starts = [Int](repeating: 0, count: groups.count)
    var ends = starts
    low.reserveCapacity(corners.count * groups.count)
    high.reserveCapacity(corners.count * groups.count)
    let all = groups.map { $0[keyPath: rates] }
    for corner in corners {
      var total = 0.0
      // By index: a copy of a group would count references all day.
      for index in groups.indices {
        var (start, end) = (starts[index], ends[index])
        while start < all[index].count, all[index][start] < corner { start += 1 }
        while end < all[index].count, all[index][end] - corner <= bound { end += 1 }
        total += start < end ? groups[index].quality[groups[index].best(from: start, to: end)] : -.infinity
        (starts[index], ends[index]) = (start, end)
        low.append(start)
        high.append(end)
      }
      limit.append(total)
    }
  }
}

/// The search for the best choice within one gap.
private struct CornerSearch {
  private let groups: [CandidatePoints]
  private let first: CornerAxis
  private let second: CornerAxis
  private let slack: Double
  private var budget: Int
  private var best = -Double.infinity
  private var corner: (first: Int, second: Int)?
  private(set) var isExact = true

  init(
    _ groups: [CandidatePoints], _ axes: [[Double]], within bound: Double, slack: Double, budget: Int
  ) {
    (self.groups, self.slack, self.budget) = (groups, slack, budget)
    first = CornerAxis(axes[0], groups, \.first, within: bound)
    second = CornerAxis(axes[1], groups, \.second, within: bound)
  }

  mutating func run() {
    let order = first.limit.indices.sorted {
      (-first.limit[$0], $0) < (-first.limit[$1], $1)
    }
    for one in order {
      guard first.limit[one] > best + slack else { return }
      if second.limit.count > 1, budget <= 0 {
        isExact = false
        return
      }
      for other in second.limit.indices where second.limit[other] > best + slack { look(one, other) }
    }
  }

  private mutating func look(_ one: Int, _ other: Int) {
    var total = 0.0
    let (a, b) = (one * groups.count, other * groups.count)
    for index in groups.indices {
      let low = max(first.low[a + index], second.low[b + index])
      let high = min(first.high[a + index], second.high[b + index])
      budget -= 1
      guard low < high else { return }
      total += groups[index].quality[groups[index].best(from: low, to: high)]
    }
    if total > best + slack { (best, corner) = (total, (one, other)) }
  }

  /// The threshold of each group; nil where no choice has so small a gap.
  var choice: [Int]? {
    corner.map { one, other in
      groups.enumerated().map { index, group in
        let (a, b) = (one * groups.count + index, other * groups.count + index)
        let low = max(first.low[a], second.low[b])
        return group.threshold[group.best(from: low, to: min(first.high[a], second.high[b]))]
      }
    }
  }
}
