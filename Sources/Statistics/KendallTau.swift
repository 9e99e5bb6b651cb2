import Glibc

/// Kendall's rank correlation (1938, 1945) from the counts of concordant, discordant and tied pairs.
package struct KendallTau: Sendable, Equatable {
  package let count: Int
  /// Concordant less discordant pairs.
  package let excess: Int
  package let discordant: Int
  /// Pairs that are tied in x, and in y.
  package let ties: (x: Int, y: Int)
  private let runs: (x: Runs, y: Runs)

  /// What the tied values of one variable add up to.
  private struct Runs: Equatable {
    var distinct = 0
    /// Σt(t − 1)/2, Σt(t − 1)(t − 2) and Σt(t − 1)(2t + 5) over the runs of t equal values.
    var pairs = 0
    var triples = 0.0
    var spread = 0.0

    mutating func enter(_ length: Int) {
      let t = Double(length)
      distinct += 1
      pairs += length * (length - 1) / 2
      triples += t * (t - 1) * (t - 2)
      spread += t * (t - 1) * (2 * t + 5)
    }
  }

  /// Nil with fewer than two pairs. Values are without NaN. Complexity: O(n log n) (Knight 1966).
  package init?(_ x: [Double], _ y: [Double]) {
    guard x.count == y.count, x.count > 1 else { return nil }
    let pairs = zip(x, y).sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    var values = pairs.map(\.1)
    let runsX = Self.runs(pairs.count) { pairs[$0].0 == pairs[$1].0 }
    let both = Self.runs(pairs.count) { pairs[$0] == pairs[$1] }
    let swaps = Self.sortCounting(&values)
    let runsY = Self.runs(values.count) { values[$0] == values[$1] }
    count = x.count
    discordant = swaps
    ties = (runsX.pairs, runsY.pairs)
    runs = (runsX, runsY)
    excess = count * (count - 1) / 2 - runsX.pairs - runsY.pairs + both.pairs - 2 * swaps
  }

  package static func == (a: KendallTau, b: KendallTau) -> Bool {
    a.count == b.count && a.excess == b.excess && a.discordant == b.discordant && a.runs == b.runs
  }

  private var allPairs: Int { count * (count - 1) / 2 }

  /// τ-b, which allows for ties; NaN where either variable is constant.
  package var tauB: Double {
    let (x, y) = (Double(allPairs - ties.x), Double(allPairs - ties.y))
    guard x > 0, y > 0 else { return .nan }
    return min(1, max(-1, Double(excess) / (x * y).squareRoot()))
  }

  /// Stuart's (1953) τ-c, for tables with more rows than columns; NaN where either variable is constant.
  package var tauC: Double {
    let classes = Double(min(runs.x.distinct, runs.y.distinct))
    guard classes > 1 else { return .nan }
    let n = Double(count)
    return min(1, max(-1, 2 * Double(excess) / (n * n * (classes - 1) / classes)))
  }

  /// The two-sided p-value of "no association": exact without ties where there are at most 33 values or at most one pair is out of
  /// order, otherwise asymptotic. Nil where either variable is constant.
  package var pValue: Double? {
    let rare = min(discordant, allPairs - discordant)
    if ties == (0, 0), count <= 33 || rare <= 1 { return exactP }
    return asymptoticP
  }

  /// Normal with the variance that ties leave (Kendall 1970, chapter 4); nil where either variable is constant.
  package var asymptoticP: Double? {
    guard !tauB.isNaN else { return nil }
    let n = Double(count)
    let m = n * (n - 1)
    var variance = (m * (2 * n + 5) - runs.x.spread - runs.y.spread) / 18
    variance += 2 * Double(ties.x) * Double(ties.y) / m
    if count > 2 { variance += runs.x.triples * runs.y.triples / (9 * m * (n - 2)) }
    guard variance > 0 else { return nil }
    return min(1, 2 * Normal.survival(abs(Double(excess)) / variance.squareRoot()))
  }

  /// The exact null distribution of the number of discordant pairs, twice its smaller tail; nil with ties. Complexity: O(n · pairs).
  package var exactP: Double? {
    guard ties == (0, 0) else { return nil }
    let rare = min(discordant, allPairs - discordant)
    if 2 * rare == allPairs { return 1 }
    var chances = [1.0] + [Double](repeating: 0, count: rare)
    for value in 2...max(2, count) {
      // A further value is placed with 0 ..< value pairs out of order, each as likely.
      var sum = 0.0
      var next = chances
      for k in chances.indices {
        sum += chances[k]
        if k >= value { sum -= chances[k - value] }
        next[k] = max(0, sum) / Double(value)
      }
      chances = next
    }
    return min(1, 2 * chances.reduce(0, +))
  }

  /// Normal with variance 0.437/(n − 4) on the scale of artanh τ (Fieller, Hartley & Pearson 1957); nil with fewer than five values or
  /// where either is constant.
  package func interval(level: Double) -> Interval? {
    guard count > 4 else { return nil }
    return RankCorrelation.fisherInterval(
      tauB, variance: 0.437 / Double(count - 4), count: count, level: level)
  }

  private static func runs(_ count: Int, _ same: (Int, Int) -> Bool) -> Runs {
    var found = Runs()
    var start = 0
    for index in 1...count where index == count || !same(index - 1, index) {
      found.enter(index - start)
      start = index
    }
    return found
  }

  /// Merge sort; returns how many pairs stood in descending order.
  private static func sortCounting(_ values: inout [Double]) -> Int {
    var buffer = values
    var swaps = 0
    var width = 1
    while width < values.count {
      for low in stride(from: 0, to: values.count, by: 2 * width) {
        let middle = min(low + width, values.count)
        let high = min(low + 2 * width, values.count)
        var (left, right) = (low, middle)
        for position in low..<high {
          if right >= high || (left < middle && values[left] <= values[right]) {
            buffer[position] = values[left]
            left += 1
          } else {
            buffer[position] = values[right]
            right += 1
            swaps += middle - left
          }
        }
      }
      swap(&values, &buffer)
      width *= 2
    }
    return swaps
  }
}
