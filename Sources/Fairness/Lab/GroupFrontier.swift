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
    let (first, second) = (CornerRates(groups.map(\.first)), CornerRates(groups.map(\.second)))
    var choices: [[Int]] = []
    var isExact = true
    for bound in bounds {
      var search = CornerSearch(groups, first, second, within: bound, slack: slack, budget: budget)
      search.run()
      if let choice = search.choice { choices.append(choice) }
      if !search.isExact { isExact = false }
    }
    (self.choices, self.isExact) = (choices, isExact)
  }
}

/// One rate of all groups' points, whatever the gap.
private struct CornerRates {
  /// The distinct rates, ascending.
  let corners: [Double]
  /// Group after group; group `g` has places `starts[g] ..< starts[g + 1]`.
  let all: [Double]
  let starts: [Int]

  init(_ rates: [[Double]]) {
    all = rates.flatMap { $0 }
    corners = Set(all).sorted()
    starts = rates.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  }
}

/// One axis of corners: for each lowest rate the points of each group that lie within the gap above it.
private struct CornerAxis {
  /// Corner `c` of group `g` has points `low[c * k + g] ..< high[c * k + g]`; empty where they are not kept.
  private(set) var low: [Int] = []
  private(set) var high: [Int] = []
  /// The best quality were this the only rate; −∞ where a group has no point.
  private(set) var limit: [Double]
  private let rates: CornerRates
  private let bound: Double

  /// - Parameter keepsPoints: whether the points of every corner are kept. Complexity: O(corners · groups).
  init(_ rates: CornerRates, _ groups: [CandidatePoints], within bound: Double, keepsPoints: Bool) {
    (self.rates, self.bound) = (rates, bound)
    limit = [Double](repeating: 0, count: rates.corners.count)
    if keepsPoints {
      low.reserveCapacity(rates.corners.count * groups.count)
      high.reserveCapacity(rates.corners.count * groups.count)
    }
    var cursors = groups.indices.map { Cursor(rates, group: $0) }
    for (index, corner) in rates.corners.enumerated() {
      var total = 0.0
      for group in cursors.indices {
        // From corner to corner the points of few groups change.
        if cursors[group].hasToMove(to: corner, bound) {
          cursors[group].move(to: corner, bound, rates.all)
          cursors[group].quality = cursors[group].quality(in: groups[group])
        }
        total += cursors[group].quality
      }
      limit[index] = total
      guard keepsPoints else { continue }
      for cursor in cursors {
        low.append(cursor.start)
        high.append(cursor.end)
      }
    }
  }

  /// The points of each group at a corner, looked up. Complexity: O(groups · log points).
  func points(at corner: Int) -> [Range<Int>] {
    let lowest = rates.corners[corner]
    return rates.starts.indices.dropLast().map { group in
      let own = rates.all[rates.starts[group]..<rates.starts[group + 1]]
      let start = Self.count(own) { $0 < lowest }
      return start..<max(start, Self.count(own) { $0 - lowest <= bound })
    }
  }

  /// How many of the first rates are so; none of the later ones is.
  private static func count(_ rates: ArraySlice<Double>, _ isSo: (Double) -> Bool) -> Int {
    var (low, high) = (rates.startIndex, rates.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if isSo(rates[middle]) { low = middle + 1 } else { high = middle }
    }
    return low - rates.startIndex
  }

  /// The points of one group at a corner.
  private struct Cursor {
    private(set) var start = 0
    private(set) var end = 0
    var quality = -Double.infinity
    /// The rates at `start` and at `end`; infinite past the last point.
    private var lowest: Double
    private var next: Double
    /// Where the group's rates begin and end among all.
    private let first: Int
    private let last: Int

    init(_ rates: CornerRates, group: Int) {
      (first, last) = (rates.starts[group], rates.starts[group + 1])
      lowest = first < last ? rates.all[first] : .infinity
      next = lowest
    }

    @inline(__always)
    func hasToMove(to corner: Double, _ bound: Double) -> Bool { lowest < corner || next - corner <= bound }

    mutating func move(to corner: Double, _ bound: Double, _ rates: [Double]) {
      while lowest < corner {
        start += 1
        lowest = first + start < last ? rates[first + start] : .infinity
      }
      while next - corner <= bound {
        end += 1
        next = first + end < last ? rates[first + end] : .infinity
      }
    }

    func quality(in group: CandidatePoints) -> Double {
      start < end ? group.quality[group.best(from: start, to: end)] : -.infinity
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
    _ groups: [CandidatePoints], _ first: CornerRates, _ second: CornerRates, within bound: Double,
    slack: Double, budget: Int
  ) {
    (self.groups, self.slack, self.budget) = (groups, slack, budget)
    self.first = CornerAxis(first, groups, within: bound, keepsPoints: false)
    self.second = CornerAxis(second, groups, within: bound, keepsPoints: true)
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
      let own = first.points(at: one)
      for other in second.limit.indices where second.limit[other] > best + slack { look(one, own, other) }
    }
  }

  private mutating func look(_ one: Int, _ own: [Range<Int>], _ other: Int) {
    var total = 0.0
    let b = other * groups.count
    for index in groups.indices {
      let low = max(own[index].lowerBound, second.low[b + index])
      let high = min(own[index].upperBound, second.high[b + index])
      budget -= 1
      guard low < high else { return }
      total += groups[index].quality[groups[index].best(from: low, to: high)]
    }
    if total > best + slack { (best, corner) = (total, (one, other)) }
  }

  /// The threshold of each group; nil where no choice has so small a gap.
  var choice: [Int]? {
    corner.map { one, other in
      let own = first.points(at: one)
      return groups.enumerated().map { index, group in
        let b = other * groups.count + index
        let low = max(own[index].lowerBound, second.low[b])
        return group.threshold[group.best(from: low, to: min(own[index].upperBound, second.high[b]))]
      }
    }
  }
}
