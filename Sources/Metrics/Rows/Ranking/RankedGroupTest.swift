/// FA*IR's test whether a list has enough rows of a group in each of its first k prefixes (Zehlike et al. 2017), with the
/// significance adjusted to k tests exactly.
///
/// Under the null every place is the group's with the chance `share`, independently. A prefix of i rows fails that has so
/// few, c, that F(c; i, share) ≤ α_c, F being the binomial distribution function. α_c is the largest for which a list
/// drawn under the null fails anywhere with a probability of at most `level`: of the finitely many tables of minimum
/// targets that significances make, the strictest one that holds the level. (The paper's regression, and the nearest
/// table of FairSearch, may exceed it.)
package struct RankedGroupTest: Sendable, Equatable {
  package static let defaultLevel = 0.1

  package let share: Double
  /// m(i), how many rows of the group the first i must have, for i from 1.
  package let targets: [Int]
  /// α_c: the smallest significance with these targets; 0 where no list can fail.
  package let significance: Double
  /// The chance that a list drawn under the null fails.
  package let failProbability: Double

  /// Whether any list can fail: k rows without the group must be rarer than `level`.
  package var canFail: Bool { (targets.last ?? 0) > 0 }

  /// Requires 0 < share < 1 and 0 < level < 1. Complexity: O(k² log k).
  package init(length: Int, share: Double, level: Double = defaultLevel) {
    let tails = Self.tails(length, share, level)
    let steps = Set(tails.joined()).sorted()
    var (low, high) = (0, steps.count)
    var best = (targets: [Int](repeating: 0, count: length), fails: 0.0)
    while low < high {
      let middle = (low + high) / 2
      let targets = Self.targets(tails, steps[middle])
      let fails = Self.failProbability(targets, share: share)
      if fails <= level {
        best = (targets, fails)
        low = middle + 1
      } else {
        high = middle
      }
    }
    self.share = share
    significance = low > 0 ? steps[low - 1] : 0
    (targets, failProbability) = best
  }

  /// - Parameter places: of the group's rows in the list, from 0, ascending
  package func passes(_ places: [Int]) -> Bool {
    var seen = 0
    for (last, target) in targets.enumerated() {
      while seen < places.count, places[seen] <= last { seen += 1 }
      if seen < target { return false }
    }
    return true
  }

  /// m(i) for i from 1: the least count whose F exceeds the significance, which is not adjusted.
  package static func targets(length: Int, share: Double, significance: Double) -> [Int] {
    targets(tails(length, share, significance), significance)
  }

  /// The chance that a list, whose places are the group's with the chance `share`, misses a target; targets never fall.
  /// Complexity: O(k · largest target).
  package static func failProbability(_ targets: [Int], share: Double) -> Double {
    let top = targets.last ?? 0
    guard top > 0 else { return 0 }
    // By how many of the group there are so far, the last being so many or more; without lists that failed.
    var chances = [Double](repeating: 0, count: top + 1)
    chances[0] = 1
    var failed = 0.0
    for target in targets {
      chances[top] += chances[top - 1] * share
      for count in stride(from: top - 1, to: 0, by: -1) {
        chances[count] = chances[count] * (1 - share) + chances[count - 1] * share
      }
      chances[0] *= 1 - share
      for count in 0..<target {
        failed += chances[count]
        chances[count] = 0
      }
    }
    return failed
  }

  private static func targets(_ tails: [[Double]], _ significance: Double) -> [Int] {
    tails.map { tail in tail.count { $0 <= significance } }
  }

  /// F(0; i), F(1; i), … as far as they are at most `level`, for i from 1.
  private static func tails(_ length: Int, _ share: Double, _ level: Double) -> [[Double]] {
    var masses = [1.0]
    var tails: [[Double]] = []
    for _ in 0..<length {
      var next = masses.map { $0 * (1 - share) } + [0]
      for (count, mass) in masses.enumerated() { next[count + 1] += mass * share }
      masses = next
      var (tail, sum) = ([Double](), 0.0)
      for mass in masses {
        sum += mass
        guard sum <= level else { break }
        tail.append(sum)
      }
      tails.append(tail)
    }
    return tails
  }
}
