import Glibc
import Statistics

extension ShareDistances {
  /// A distance of two groups' outcomes, the reference group's first.
  ///
  /// Of two classes the distances are what the difference of one class's share makes of itself; see `OutcomeDistributions.number`.
  package func number(_ measure: FairnessMeasure, of outcomes: OutcomeDistributions) -> MeasureNumber {
    let value = outcomes.value(measure)
    return switch measure.id {
    case FairnessMeasure.kullbackLeibler.id: number(value, Self.kullbackLeibler)
    case FairnessMeasure.jensenShannon.id: number(value, atMost: log(2), Self.jensenShannon)
    case FairnessMeasure.distributionNorm.id:
      number(value, atMost: 2.0.squareRoot()) { shares in
        Self.gaps(shares) { $0 * $0 }.squareRoot()
      }
    case FairnessMeasure.totalVariation.id:
      number(value, atMost: 1) { shares in Self.gaps(shares) { abs($0) } / 2 }
    default: number(value, atMost: 1, Self.largestGap)
    }
  }

  private static func gaps(_ shares: [Double], _ term: (Double) -> Double) -> Double {
    let classes = shares.count / 2
    var sum = 0.0
    for place in 0..<classes { sum += term(shares[place] - shares[classes + place]) }
    return sum
  }

  private static func largestGap(_ shares: [Double]) -> Double {
    let classes = shares.count / 2
    var largest = 0.0
    for place in 0..<classes { largest = max(largest, abs(shares[place] - shares[classes + place])) }
    return largest
  }

  private static func kullbackLeibler(_ shares: [Double]) -> Double {
    let classes = shares.count / 2
    var sum = 0.0
    for place in 0..<classes where shares[place] > 0 {
      sum += shares[place] * log(shares[place] / shares[classes + place])
    }
    return max(0, sum)
  }

  private static func jensenShannon(_ shares: [Double]) -> Double {
    let classes = shares.count / 2
    var sum = 0.0
    for place in 0..<classes {
      let (a, b) = (shares[place], shares[classes + place])
      let middle = (a + b) / 2
      if a > 0 { sum += a * log(a / middle) }
      if b > 0 { sum += b * log(b / middle) }
    }
    return max(0, sum / 2)
  }
}

extension OutcomeDistributions {
  /// One of the distances.
  package func value(_ measure: FairnessMeasure) -> MeasureValue {
    switch measure.id {
    case FairnessMeasure.kullbackLeibler.id: kullbackLeibler
    case FairnessMeasure.jensenShannon.id: jensenShannon
    case FairnessMeasure.distributionNorm.id: norm()
    case FairnessMeasure.totalVariation.id: totalVariation
    default: largestGap
    }
  }

  /// A distance of two classes' shares from the difference of one share: |d|, or √2 |d| for the norm of p = 2; nil for the divergences,
  /// which depend on both shares.
  package func number(_ measure: FairnessMeasure, from difference: MeasureNumber) -> MeasureNumber? {
    guard measure != .kullbackLeibler, measure != .jensenShannon else { return nil }
    let value = value(measure)
    guard let limits = difference.limits?.magnitude, let interval = difference.interval else {
      return MeasureNumber(value, reason: difference.reason ?? "the shares' difference has no interval")
    }
    let factor = measure == .distributionNorm ? 2.0.squareRoot() : 1
    var test: (p: Double, name: String)?
    if let p = difference.p, let name = difference.test { test = (p, name) }
    return MeasureNumber(
      value, Interval(lower: factor * limits.lower, upper: factor * limits.upper),
      "\(interval), of the difference of one class's shares", test: test)
  }
}
