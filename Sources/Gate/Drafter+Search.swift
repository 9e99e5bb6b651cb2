import Fairness
import Glibc
import Metrics
import Results
import Statistics

/// Comparisons in which the data say which groups are compared. The choice is paid for: "beyond" is asked of
/// every pair at once (Bonferroni), "within" must hold for every pair.
extension Drafter {
  /// Beyond so many groups, a group is compared only with so many of those that could matter most: those
  /// whose limits lie furthest out. It still pays for all.
  static let rivals = 40

  // MARK: Against the best

  func toBest(_ check: Check, _ metric: Metric, _ usable: [Int], _ groups: [Int]) -> [Draft] {
    let sides = usable.map { numbers.side($0, metric) }
    let isLowBest = metric.direction == .lowerIsBetter
    func value(_ side: Side) -> Double { side.estimate(metric)?.value ?? .nan }
    guard let first = sides.first, sides.count > 1 else {
      return groups.map { Draft.blocked(item($0, metric), "there is no other group to compare with") }
    }
    let best = sides.reduce(first) { (isLowBest ? value($1) < value($0) : value($1) > value($0)) ? $1 : $0 }
    let bounds = bestBounds(check, isLowBest)
    let (loud, hard) = rivals(sides, metric, isLowBest)
    let drafts = groups.map { slice in
      let side = numbers.side(slice, metric)
      var item = item(slice, metric)
      refer(&item, to: best.slice ?? slice)
      var quantity = numbers.pair(metric, side, best, check.base, level: check.level)
      if slice == best.slice {
        quantity.value = check.base == .ratio ? (value(best) == 0 ? nil : 1) : 0
        quantity.limits = nil
        if quantity.value == nil { quantity.reason = "0 / 0" }
      }
      var draft = draft(check, item, quantity, bounds, isSize: check.kind == .difference && !check.isSigned)
      guard !draft.isBlocked else { return draft }
      if check.evidence == .significance, slice != best.slice { practise(&draft, metric, side, best) }
      guard check.evidence == .interval else { return draft }
      func pairs(_ others: [Side]) -> [(Side, Side)] {
        others.filter { $0.slice != side.slice }.map { (side, $0) }
      }
      draft.clearest = clearest(pairs(loud), bounds, metric, check).map {
        Self.eitherWay($0, isRatio: check.base == .ratio)
      }
      draft.hardest = hardest(pairs(hard), bounds, metric, check)
      return draft
    }
    return check.evidence == .point ? drafts : Self.priced(drafts, groups: sides.count)
  }

  /// Of two groups either may be the one that falls short: the chance of the other way round is added, so
  /// that a pair is paid for once.
  private static func eitherWay(_ quantity: Quantity, isRatio: Bool) -> Quantity {
    guard let tails = quantity.tails else { return quantity }
    var result = quantity
    result.limitTails = tails
    result.tails = { bound in
      let (here, there) = (tails(bound), tails(isRatio ? 1 / bound : -bound))
      return BoundTails(less: min(1, here.less + there.less), greater: min(1, here.greater + there.greater))
    }
    return result
  }

  /// What each group pays for having been compared with all others. While s groups are still in question,
  /// s(2G − s − 1)/2 pairs touch them; Holm's rule asks for s times the p-value, so that (2G − s − 1)/2 is
  /// left to each. (Closed testing with Bonferroni's rule over pairs.)
  private static func priced(_ drafts: [Draft], groups: Int) -> [Draft] {
    var result = drafts
    let open = drafts.indices.filter { !drafts[$0].isBlocked }
    func p(_ index: Int) -> Double {
      drafts[index].clearest?.tails.map { drafts[index].bounds.beyond($0) } ?? 1
    }
    let ranked = open.map { ($0, p($0)) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    for (rank, entry) in ranked.enumerated() {
      result[entry.0].multiplicity = Double(2 * groups - (ranked.count - rank) - 1) / 2
    }
    return result
  }

  /// Only falling short of the best is a breach.
  private func bestBounds(_ check: Check, _ isLowBest: Bool) -> Bounds {
    let isSize = check.kind == .difference && !check.isSigned
    if isLowBest { return Bounds(maximum: check.bounds.maximum) }
    return Bounds(minimum: isSize ? check.bounds.maximum.map { -$0 } : check.bounds.minimum)
  }

  /// Of pairs of groups the one that speaks loudest for "beyond".
  private func clearest(
    _ pairs: [(Side, Side)], _ bounds: Bounds, _ metric: Metric, _ check: Check
  ) -> Quantity? {
    extreme(pairs, metric, check) { -bounds.beyond($0) }
  }

  /// The one that stands most in the way of "within".
  private func hardest(
    _ pairs: [(Side, Side)], _ bounds: Bounds, _ metric: Metric, _ check: Check
  ) -> Quantity? {
    extreme(pairs, metric, check) { bounds.within($0) }
  }

  /// The pair with the highest score; nil where one cannot be tested.
  private func extreme(
    _ pairs: [(Side, Side)], _ metric: Metric, _ check: Check,
    _ score: (@Sendable (Double) -> BoundTails) -> Double
  ) -> Quantity? {
    var found: (score: Double, tails: @Sendable (Double) -> BoundTails)?
    for (side, other) in pairs {
      guard let tails = numbers.tails(metric, side, other, check.base) else { return nil }
      let score = score(tails)
      if let found, !(score > found.score) { continue }
      found = (score, tails)
    }
    return found.map {
      Quantity(tails: $0.tails, test: numbers.testName(metric, check.base), isRatio: check.base == .ratio)
    }
  }

  /// Of many groups those that speak loudest against another one, and those that are hardest to keep up with.
  private func rivals(_ sides: [Side], _ metric: Metric, _ isLowBest: Bool) -> (
    loud: [Side], hard: [Side]
  ) {
    guard sides.count > Self.rivals else { return (sides, sides) }
    func ranked(_ key: (Estimate) -> Double) -> [Side] {
      let keyed = sides.map { side in (side, side.estimate(metric).map(key) ?? -.infinity) }
      return keyed.sorted { ($0.1, $1.0.slice ?? 0) > ($1.1, $0.0.slice ?? 0) }.map(\.0)
    }
    let loud = ranked { isLowBest ? -($0.upper ?? .infinity) : $0.lower ?? -.infinity }
    let hard = ranked { isLowBest ? -($0.lower ?? -.infinity) : $0.upper ?? .infinity }
    // Against a group that is itself uncertain, a far value is harder to keep up with than a far limit.
    let far = ranked { ($0.value ?? .nan) * (isLowBest ? -1 : 1) }.prefix(Self.rivals / 2)
    let taken = Set(far.compactMap(\.slice))
    let others = hard.filter { !taken.contains($0.slice ?? -1) }.prefix(Self.rivals - far.count)
    return (Array(loud.prefix(Self.rivals)), far + Array(others))
  }

  // MARK: Between groups

  func between(_ check: Check, _ family: SliceFamily, _ usable: [Int]) throws(Failure) -> [Draft] {
    let metrics = check.subject.components
    if check.isChange { return [rangeChange(check, usable)] }
    guard usable.count > 1 else {
      guard let only = usable.first else { return [] }
      return [Draft.blocked(item(only, metrics[0]), "there is no second group to compare with")]
    }
    return [Self.worst(metrics.map { range(check, $0, usable) })]
  }

  private func range(_ check: Check, _ metric: Metric, _ usable: [Int]) -> Draft {
    let sides = usable.map { numbers.side($0, metric) }
    let found = RangeComparer(pairs: numbers.pairs, seed: evaluation.seed)
      .compare(metric, sides, kind: check.base, level: check.level, test: nil)
    var quantity = Quantity(
      value: found.comparison.value, limits: found.comparison.limits, reason: found.comparison.reason)
    let (group, reference) = told(
      found.largest.map { sides[$0] }, found.smallest.map { sides[$0] }, metric, check.base)
    numbers.fill(&quantity, group?.estimate(metric), reference?.estimate(metric))
    quantity.isRatio = check.base == .ratio
    var item = item(group?.slice ?? usable[0], metric)
    if let slice = reference?.slice { refer(&item, to: slice) }
    let bounds =
      check.base == .ratio
      ? Bounds(minimum: check.bounds.minimum, maximum: check.bounds.minimum.map { 1 / $0 })
      : check.bounds.ofSize
    var draft = draft(check, item, quantity, bounds, isSize: check.base == .difference)
    guard !draft.isBlocked, check.evidence != .point else { return draft }
    if check.evidence == .significance, let group, let reference {
      practise(&draft, metric, group, reference)
    }
    draft.multiplicity *= Double(sides.count * (sides.count - 1) / 2)
    guard check.evidence == .interval else { return draft }
    draft.smallestDenominator = sides.compactMap { $0.estimate(metric)?.denominator }.min()
    let high = rivals(sides, metric, false)
    let low = rivals(sides, metric, true)
    let areAll = sides.count <= Self.rivals
    draft.clearest = clearest(couples(high.loud, low.loud, areAll), bounds, metric, check)
    draft.hardest = hardest(couples(high.hard, low.hard, areAll), bounds, metric, check)
    return draft
  }

  /// Where both lists hold all groups, each pair is taken once.
  private func couples(_ high: [Side], _ low: [Side], _ areAll: Bool) -> [(Side, Side)] {
    high.flatMap { a in
      low.filter { b in a.slice != b.slice && !(areAll && (a.slice ?? 0) > (b.slice ?? 0)) }.map { (a, $0) }
    }
  }

  /// The group to tell about and the one it is held against: the worse-off group first, as far as the metric
  /// knows; a ratio has the smaller value above.
  func told<Group>(_ largest: Group, _ smallest: Group, _ metric: Metric, _ kind: Gap.Kind)
    -> (group: Group, reference: Group)
  {
    kind == .difference && metric.direction == .lowerIsBetter ? (largest, smallest) : (smallest, largest)
  }
}
