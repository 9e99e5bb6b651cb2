/// The exact permutation test of a difference of two means: every way to split the values.
package struct ExactPermutation: Sendable, Equatable {
  /// First less second mean.
  package let observed: Double
  package let permutations: Int
  /// The share of splits whose means are as far apart (to 1e-12), and of those whose difference is as great.
  package let twoSided: Double
  package let greater: Double
  /// The standard deviation of the difference over all splits.
  package let nullDeviation: Double

  /// Nil where a sample is empty or there are more than `limit` splits. Complexity: O(splits · values).
  package init?(_ first: [Double], _ second: [Double], limit: Int = 1_000_000) {
    let values = first + second
    guard !first.isEmpty, !second.isEmpty,
      let splits = Self.splits(values.count, first.count, limit: limit)
    else { return nil }
    let (m, n) = (Double(first.count), Double(second.count))
    let total = values.reduce(0, +)
    let gap = { (sum: Double) in sum / m - (total - sum) / n }
    let observed = gap(first.reduce(0, +))
    var (far, beyond, squares) = (0, 0, 0.0)
    Self.forEachSum(of: first.count, in: values) { sum in
      let value = gap(sum)
      if abs(value) >= abs(observed) - 1e-12 { far += 1 }
      if value >= observed - 1e-12 { beyond += 1 }
      squares += value * value
    }
    self.observed = observed
    permutations = splits
    twoSided = Double(far) / Double(splits)
    greater = Double(beyond) / Double(splits)
    // The mean over all splits is 0.
    nullDeviation = (squares / Double(splits)).squareRoot()
  }

  /// n over k; nil above the limit.
  private static func splits(_ n: Int, _ k: Int, limit: Int) -> Int? {
    var result = 1
    for i in 0..<min(k, n - k) {
      result = result * (n - i) / (i + 1)
      if result > limit { return nil }
    }
    return result
  }

  /// The sums of all subsets of a size, in lexicographic order of their members.
  private static func forEachSum(of size: Int, in values: [Double], _ body: (Double) -> Void) {
    var members = Array(0..<size)
    while true {
      body(members.reduce(0) { $0 + values[$1] })
      guard let place = members.indices.last(where: { members[$0] < values.count - size + $0 }) else {
        return
      }
      members[place] += 1
      for next in members.indices.dropFirst(place + 1) { members[next] = members[next - 1] + 1 }
    }
  }
}
