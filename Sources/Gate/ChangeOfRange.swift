import Glibc
import Results
import Statistics

/// How much a gap has grown whose groups the data choose: the range between groups (largest − smallest, or
/// smallest / largest), or how far a group falls short of the best.
struct ChangeOfRange: Sendable {
  /// Every pair is looked at: O(groups²).
  static let mostGroups = 500

  /// Positions of two groups; the same one twice is a gap of 0.
  struct Pair: Sendable, Equatable {
    var high: Int
    var low: Int
  }

  let now: Pair
  let before: Pair
  /// How many pairs the one now was chosen among.
  let pairCount: Double
  private let sides: [BaselineNumbers.Sides]
  private let isRatio: Bool
  /// Whether units have rows in several groups: how much of a change these share is not known, and their errors add up at worst.
  private let areShared: Bool
  /// Whether a pair counts in either order.
  private let isFolded: Bool
  private let pairsNow: [Pair]
  private let pairsBefore: [Pair]

  /// Of the range. Every pair may be the widest now, and must be wider than every pair was.
  ///
  /// - Parameter sides: at least two groups; on the logarithmic scale for ratios.
  init(_ sides: [BaselineNumbers.Sides], isRatio: Bool, areShared: Bool = false) {
    let pairs = sides.indices.flatMap { high in
      sides.indices.filter { $0 != high }.map { Pair(high: high, low: $0) }
    }
    self.init(sides, isRatio: isRatio, pairs, pairs, isFolded: true, areShared: areShared)
  }

  /// Of the distance of one group from the best, which is 0 where it is the best itself.
  init(
    _ sides: [BaselineNumbers.Sides], isRatio: Bool, of group: Int, isLowBest: Bool, areShared: Bool = false
  ) {
    func pair(_ other: Int) -> Pair {
      isLowBest ? Pair(high: group, low: other) : Pair(high: other, low: group)
    }
    let own = Pair(high: group, low: group)
    let others = sides.indices.filter { $0 != group }.map(pair)
    self.init(sides, isRatio: isRatio, others, [own] + others, isFolded: false, areShared: areShared)
  }

  private init(
    _ sides: [BaselineNumbers.Sides], isRatio: Bool, _ pairsNow: [Pair], _ pairsBefore: [Pair],
    isFolded: Bool, areShared: Bool
  ) {
    (self.sides, self.isRatio, self.isFolded, self.areShared) = (sides, isRatio, isFolded, areShared)
    (self.pairsNow, self.pairsBefore) = (pairsNow, pairsBefore)
    func widest(_ pairs: [Pair], _ value: (BaselineNumbers.Sides) -> Double) -> Pair {
      func size(_ pair: Pair) -> Double { value(sides[pair.high]) - value(sides[pair.low]) }
      return pairs.reduce(pairs[0]) { size($1) > size($0) ? $1 : $0 }
    }
    now = widest(pairsNow) { $0.candidate }
    before = widest(pairsBefore) { $0.baseline }
    pairCount = Double(isFolded ? pairsNow.count / 2 : pairsNow.count)
  }

  private func size(now pair: Pair) -> Double { sides[pair.high].candidate - sides[pair.low].candidate }
  private func size(before pair: Pair) -> Double { sides[pair.high].baseline - sides[pair.low].baseline }

  /// Candidate's pair a less baseline's pair b, with its variance; for ratios the fall of the ratio itself,
  /// by the delta method.
  private func contrast(_ a: Pair, _ b: Pair) -> (value: Double, variance: Double) {
    let (sizeNow, sizeBefore) = (size(now: a), size(before: b))
    let slopes = isRatio ? (exp(-sizeNow), exp(-sizeBefore)) : (1, 1)
    let value = isRatio ? slopes.1 - slopes.0 : sizeNow - sizeBefore
    return (value, variance(a, b, slopes: slopes))
  }

  private func variance(_ a: Pair, _ b: Pair, slopes: (Double, Double)) -> Double {
    func sign(_ group: Int, _ pair: Pair) -> Double {
      (group == pair.high ? 1 : 0) - (group == pair.low ? 1 : 0)
    }
    var sum = 0.0
    // In one order: sums of floating-point numbers depend on it.
    for group in Set([a.high, a.low, b.high, b.low]).sorted() {
      let x = slopes.0 * sign(group, a)
      let y = -slopes.1 * sign(group, b)
      let side = sides[group]
      let own = x * x * side.candidateVariance + y * y * side.baselineVariance + 2 * x * y * side.covariance
      sum += areShared ? max(0, own).squareRoot() : own
    }
    return areShared ? sum * sum : max(0, sum)
  }

  private func tails(_ a: Pair, _ b: Pair) -> (@Sendable (Double) -> BoundTails)? {
    let (value, variance) = contrast(a, b)
    guard variance > 0 else { return nil }
    let plain: @Sendable (Double) -> BoundTails = {
      BoundTest.wald(estimate: value, standardError: variance.squareRoot(), bound: $0)
    }
    guard isRatio else { return plain }
    let (sizeNow, before) = (size(now: a), exp(-size(before: b)))
    return { bound in
      // The ratio now may be as low as `least`: compared on the logarithmic scale as well, as either alone
      // errs where the ratio then is uncertain.
      let least = before - bound
      guard least > 0 else { return plain(bound) }
      let curved = BoundTest.wald(
        estimate: sizeNow + log(least),
        standardError: self.variance(a, b, slopes: (1, before / least)).squareRoot(), bound: 0)
      return plain(bound).weaker(curved)
    }
  }

  /// The widest pair now against the pair then that it exceeds least clearly.
  func clearest(_ bound: Double, level: Double) -> Quantity {
    let (current, then) = (max(0, size(now: now)), max(0, size(before: before)))
    let (value, variance) = contrast(now, before)
    var quantity = ChangeOfMetric.wald(value, variance, level: level)
    quantity.value = isRatio ? exp(-then) - exp(-current) : current - then
    quantity.groupValue = isRatio ? exp(-current) : current
    quantity.referenceValue = isRatio ? exp(-then) : then
    quantity.denominator = min(sides[now.high].denominator, sides[now.low].denominator)
    var weakest: (p: Double, pair: Pair, tails: @Sendable (Double) -> BoundTails)?
    for pair in pairsBefore {
      guard let tails = tails(now, pair) else { continue }
      let p = tails(bound).greater
      if p > weakest?.p ?? -1 { weakest = (p, pair, tails) }
    }
    guard let weakest else { return quantity }
    quantity.limitTails = weakest.tails
    quantity.tails = isFolded ? eitherWay(weakest.pair, weakest.tails) : weakest.tails
    return quantity
  }

  /// Of the widest pair either group may be the higher in truth: the chance of the other way is added, so that
  /// two orders are paid for once.
  private func eitherWay(
    _ pair: Pair, _ tails: @escaping @Sendable (Double) -> BoundTails
  ) -> @Sendable (Double) -> BoundTails {
    guard let other = self.tails(Pair(high: now.low, low: now.high), pair) else { return tails }
    // A gap cannot shrink by more than it was.
    let then = max(0, size(before: pair))
    let least = isRatio ? exp(-then) - 1 : -then
    return { bound in
      let here = tails(bound)
      return BoundTails(less: here.less, greater: min(1, here.greater + other(max(least, bound)).less))
    }
  }

  /// The pair now that comes nearest to exceeding the widest pair then. That one was chosen among all, any of
  /// which would have served, so that its p-value is multiplied by their number.
  func hardest(_ bound: Double) -> Quantity {
    let choices = Double(pairsBefore.count)
    var hardest: (p: Double, tails: @Sendable (Double) -> BoundTails)?
    // A gap now of 0 may still be more than is allowed where it must have shrunk.
    let own = Pair(high: now.low, low: now.low)
    for pair in pairsNow + (bound < 0 && !isFolded ? [own] : []) {
      guard let tails = tails(pair, before) else { continue }
      let p = tails(bound).less
      if p > hardest?.p ?? -1 { hardest = (p, tails) }
    }
    var quantity = Quantity(test: "Wald test of the change")
    guard let plain = hardest?.tails else { return quantity }
    quantity.tails = { bound in
      let tails = plain(bound)
      return BoundTails(less: min(1, choices * tails.less), greater: tails.greater)
    }
    return quantity
  }
}
