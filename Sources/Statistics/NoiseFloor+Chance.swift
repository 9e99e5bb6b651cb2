import Glibc

extension NoiseFloor {
  /// How often the smallest observed rate lies below `bound` times the largest although all groups share one rate: how often a fair model
  /// breaks the four-fifths rule. Among the draws in which a group has a success; groups without trials are left out.
  ///
  /// Exact. Complexity: O(v·groups), v the number of different rates within 9 standard deviations.
  package static func chance(ofRatioBelow bound: Double, rate: Double, trials: [Int]) -> Double {
    let sizes = trials.filter { $0 > 0 }
    guard sizes.count > 1, rate > 0, rate <= 1, bound > 0 else { return 0 }
    let none = sizes.reduce(1.0) { $0 * pow(1 - rate, Double($1)) }
    guard none < 1 else { return 0 }
    // With the smallest rate 0 and another above it the ratio is 0.
    let within = windows(rate, sizes) { $0 > 0 ? $0 / bound : nil }
    return min(1, max(0, 1 - within / (1 - none)))
  }

  /// How often the largest observed rate exceeds the smallest by more than `bound` although all groups share one rate. Exact.
  package static func chance(ofRangeAbove bound: Double, rate: Double, trials: [Int]) -> Double {
    let sizes = trials.filter { $0 > 0 }
    guard sizes.count > 1, rate > 0, rate < 1 else { return 0 }
    return min(1, max(0, 1 - windows(rate, sizes) { $0 + bound }))
  }

  /// The probability that all rates lie between the smallest, v, and `highest(v)`: for each v that of all rates being at least v, less that
  /// of all being above it.
  private static func windows(
    _ rate: Double, _ sizes: [Int], highest: (Double) -> Double?
  ) -> Double {
    let groups = sizes.map { BinomialSteps(trials: $0, rate: rate) }
    return Set(groups.flatMap(\.rates)).sorted().reduce(0) { sum, least in
      guard let most = highest(least) else { return sum }
      var (from, above) = (1.0, 1.0)
      for group in groups {
        let upper = group.share(atMost: most + 1e-12)
        from *= max(0, upper - group.share(below: least))
        above *= max(0, upper - group.share(atMost: least))
      }
      return sum + (from - above)
    }
  }
}

/// The distribution function of an observed rate, but for what lies beyond 9 standard deviations.
private struct BinomialSteps {
  let trials: Int
  private let first: Int
  /// P(count < first + i).
  private let cumulative: [Double]

  init(trials: Int, rate: Double) {
    self.trials = trials
    let n = Double(trials)
    let reach = 9 * (n * rate * (1 - rate)).squareRoot() + 12
    first = max(0, Int(n * rate - reach))
    let last = min(trials, Int(n * rate + reach) + 1)
    var sums = [0.0]
    for k in first...last {
      sums.append(sums[k - first] + exp(SaddlePoint.logBinomial(Double(k), n, rate, 1 - rate)))
    }
    cumulative = sums
  }

  var rates: [Double] { (0..<(cumulative.count - 1)).map { Double(first + $0) / Double(trials) } }

  func share(below rate: Double) -> Double { share(counts: Double(trials) * rate, isBelow: true) }

  func share(atMost rate: Double) -> Double { share(counts: Double(trials) * rate, isBelow: false) }

  /// Counts are whole but for rounding.
  private func share(counts: Double, isBelow: Bool) -> Double {
    let slack = 1e-9 * max(1, counts)
    let count = isBelow ? (counts - slack).rounded(.up) : (counts + slack).rounded(.down) + 1
    let index = min(Double(cumulative.count - 1), max(0, count - Double(first)))
    return cumulative[Int(index)]
  }
}
