import Glibc

/// The outcomes of two binomial samples whose pooled score statistic is as far from 0 as the observed one.
struct BarnardRegion {
  private let n1, n2: Int
  /// For each count of the first sample, the counts of the second up to `low` and from `high` on.
  private let tails: [(low: Int, high: Int)]

  init(_ k1: Int, _ n1: Int, _ k2: Int, _ n2: Int) {
    self.n1 = n1
    self.n2 = n2
    let squared = { (a: Int, b: Int) -> Double in
      let (hits, total) = (Double(a + b), Double(n1 + n2))
      let gap = Double(a) * Double(n2) - Double(b) * Double(n1)
      return gap == 0 ? 0 : gap * gap / (hits * (total - hits))
    }
    let observed = squared(k1, k2) * (1 - 1e-12)
    tails = (0...n1).map { a in
      // Along b the statistic falls to 0 at the first sample's rate and rises again.
      let middle = Int(Double(a) * Double(n2) / Double(n1))
      var low = min(middle, n2)
      while low >= 0, squared(a, low) < observed { low -= 1 }
      var high = max(low + 1, min(middle + 1, n2 + 1))
      while high <= n2, squared(a, high) < observed { high += 1 }
      return (low, high)
    }
  }

  /// The maximum over the nuisance rate: a grid, then golden sections about its best points.
  func largestProbability() -> Double {
    let steps = 128
    let grid = (0...steps).map { probability(Double($0) / Double(steps)) }
    let best = (1..<steps).sorted { grid[$0] > grid[$1] }.prefix(3)
    return best.reduce(grid.max() ?? 1) { top, index in
      max(top, summit(Double(index - 1) / Double(steps), Double(index + 1) / Double(steps)))
    }
  }

  private func summit(_ low: Double, _ high: Double) -> Double {
    let golden = 0.6180339887498949
    var (a, b) = (low, high)
    var (c, d) = (b - golden * (b - a), a + golden * (b - a))
    var (fc, fd) = (probability(c), probability(d))
    for _ in 0..<34 {
      if fc > fd {
        (b, d, fd) = (d, c, fc)
        c = b - golden * (b - a)
        fc = probability(c)
      } else {
        (a, c, fc) = (c, d, fd)
        d = a + golden * (b - a)
        fd = probability(d)
      }
    }
    return max(fc, fd)
  }

  private func probability(_ rate: Double) -> Double {
    let first = (0...n1).map { exp(SaddlePoint.logBinomial(Double($0), Double(n1), rate, 1 - rate)) }
    var cumulative = [0.0]
    for b in 0...n2 {
      let term = exp(SaddlePoint.logBinomial(Double(b), Double(n2), rate, 1 - rate))
      cumulative.append(cumulative[b] + term)
    }
    var sum = 0.0
    for (chance, tail) in zip(first, tails) {
      sum += chance * (cumulative[tail.low + 1] + max(0, cumulative[n2 + 1] - cumulative[tail.high]))
    }
    return min(1, sum)
  }
}
