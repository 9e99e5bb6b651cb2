import Glibc

extension HomogeneityTest {
  /// The exact permutation p-value of the range: the multivariate hypergeometric probability of rates that lie as far apart (to 1e-12)
  /// as the observed ones. No table is visited: for each possible smallest rate the groups are convolved, with a mark for whether the
  /// smallest and a large enough rate have occurred.
  ///
  /// Groups without trials are left out; fewer than two leave p = 1.
  /// - Returns: nil where more than `limit` steps are needed; they grow with the cube of the number of trials.
  package static func exactRange(successes: [Int], trials: [Int], limit: Int = 20_000_000) -> Double? {
    let groups = zip(successes, trials).filter { $0.1 > 0 }
    let (hits, total) = groups.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    guard groups.count > 1, hits > 0, hits < total else { return 1 }
    // There are at least as many rates as the largest group can have.
    let fewest = (groups.map(\.1).max() ?? 0) + 1
    guard Double(fewest) * Double(total) * Double(hits) * 4 <= Double(limit) else { return nil }
    let rates = Set(groups.flatMap { group in (0...group.1).map { Double($0) / Double(group.1) } }).sorted()
    guard Double(rates.count) * Double(total) * Double(hits) * 4 <= Double(limit) else { return nil }
    let observed = groups.map { Double($0.0) / Double($0.1) }
    let range = (observed.max() ?? 0) - (observed.min() ?? 0)
    let mean = Double(hits) / Double(total)
    let terms = groups.map { group in
      (0...group.1).map { k in
        exp(SaddlePoint.logBinomial(Double(k), Double(group.1), mean, 1 - mean))
      }
    }
    var sum = 0.0
    for least in rates {
      let most = least + range - 1e-12
      sum += chance(terms, hits: hits, least: least, most: most)
    }
    return min(1, sum / exp(SaddlePoint.logBinomial(Double(hits), Double(total), mean, 1 - mean)))
  }

  /// The probability, among independent binomial groups, of `hits` in all with the smallest rate `least` and one of at least `most`.
  private static func chance(_ groups: [[Double]], hits: Int, least: Double, most: Double) -> Double {
    // By marks (1: the smallest rate occurred, 2: a large enough one) and successes so far.
    var sums = [[Double]](repeating: [Double](repeating: 0, count: hits + 1), count: 4)
    sums[0][0] = 1
    for terms in groups {
      var next = [[Double]](repeating: [Double](repeating: 0, count: hits + 1), count: 4)
      for (k, term) in terms.enumerated() where k <= hits {
        let rate = Double(k) / Double(terms.count - 1)
        guard rate >= least else { continue }
        let mark = (rate == least ? 1 : 0) | (rate >= most ? 2 : 0)
        for state in 0..<4 {
          for sum in 0...(hits - k) { next[state | mark][sum + k] += sums[state][sum] * term }
        }
      }
      sums = next
    }
    return sums[3][hits]
  }
}
