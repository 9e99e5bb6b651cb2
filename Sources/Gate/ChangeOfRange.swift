import Glibc
import Results
import Statistics

/// How much the range between groups (largest − smallest, or smallest / largest) has grown.
struct ChangeOfRange: Sendable {
  /// Every pair is looked at: O(groups²).
  static let mostGroups = 500

  /// Positions of the groups with the largest and smallest value.
  struct Pair: Sendable, Equatable {
    var high: Int
    var low: Int
  }

  let now: Pair
  let before: Pair
  let pairCount: Double
  private let sides: [BaselineNumbers.Sides]
  private let isRatio: Bool

  /// - Parameter sides: at least two groups; on the logarithmic scale for ratios.
  init(_ sides: [BaselineNumbers.Sides], isRatio: Bool) {
    self.sides = sides
    self.isRatio = isRatio
    func pair(_ value: (BaselineNumbers.Sides) -> Double) -> Pair {
      let high = sides.indices.reduce(0) { value(sides[$1]) > value(sides[$0]) ? $1 : $0 }
      let low = sides.indices.reduce(0) { value(sides[$1]) < value(sides[$0]) ? $1 : $0 }
      return Pair(high: high, low: low)
    }
    now = pair { $0.candidate }
    before = pair { $0.baseline }
    pairCount = Double(sides.count * (sides.count - 1) / 2)
  }

  /// Candidate's pair a less baseline's pair b, and the variance of that.
  private func contrast(_ a: Pair, _ b: Pair) -> (value: Double, variance: Double) {
    let value =
      sides[a.high].candidate - sides[a.low].candidate - (sides[b.high].baseline - sides[b.low].baseline)
    var variance = 0.0
    // In one order: sums of floating-point numbers depend on it.
    for group in Set([a.high, a.low, b.high, b.low]).sorted() {
      let x = group == a.high ? 1.0 : group == a.low ? -1.0 : 0
      let y = group == b.high ? -1.0 : group == b.low ? 1.0 : 0
      let side = sides[group]
      variance += x * x * side.candidateVariance + y * y * side.baselineVariance + 2 * x * y * side.covariance
    }
    return (value, max(0, variance))
  }

  private func tails(_ a: Pair, _ b: Pair) -> (@Sendable (Double) -> BoundTails)? {
    let (value, variance) = contrast(a, b)
    guard variance > 0 else { return nil }
    let scale = isRatio ? exp(-size(before: before)) : 1
    return {
      BoundTest.wald(
        estimate: value, standardError: variance.squareRoot(), bound: $0 / scale, degreesOfFreedom: nil)
    }
  }

  private func size(before pair: Pair) -> Double { sides[pair.high].baseline - sides[pair.low].baseline }

  private var pairs: [Pair] {
    sides.indices.flatMap { high in sides.indices.filter { $0 != high }.map { Pair(high: high, low: $0) } }
  }

  /// The widest pair now against the pair then that it exceeds least clearly.
  func clearest(level: Double) -> Quantity {
    let current = sides[now.high].candidate - sides[now.low].candidate
    let then = size(before: before)
    var quantity = ChangeOfMetric.wald(current - then, contrast(now, before).variance, level: level)
    quantity.groupValue = isRatio ? exp(-current) : current
    quantity.referenceValue = isRatio ? exp(-then) : then
    quantity.denominator = min(sides[now.high].denominator, sides[now.low].denominator)
    if isRatio { quantity.value = exp(-then) - exp(-current) }
    if isRatio, let limits = quantity.limits {
      quantity.limits = Interval(lower: limits.lower * exp(-then), upper: limits.upper * exp(-then))
    }
    var weakest: (p: Double, tails: @Sendable (Double) -> BoundTails)?
    for pair in pairs {
      guard let tails = tails(now, pair) else { continue }
      let p = tails(0).greater
      if p > weakest?.p ?? -1 { weakest = (p, tails) }
    }
    quantity.tails = weakest?.tails ?? quantity.tails
    return quantity
  }

  /// The pair now that comes nearest to exceeding the widest pair then.
  func hardest() -> Quantity {
    var hardest: (p: Double, tails: @Sendable (Double) -> BoundTails)?
    for pair in pairs {
      guard let tails = tails(pair, before) else { continue }
      let p = tails(0).less
      if p > hardest?.p ?? -1 { hardest = (p, tails) }
    }
    return Quantity(tails: hardest?.tails, test: "Wald test of the change")
  }
}
