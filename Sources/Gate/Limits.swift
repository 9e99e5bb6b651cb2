import Glibc
import Metrics
import Results
import Statistics

/// What stands behind a verdict: the confidence limit that decided it, or what would have decided it.
struct Limits {
  private let draft: Draft
  private let check: Check

  init(_ draft: Draft, _ check: Check) {
    self.draft = draft
    self.check = check
  }

  static let power = 0.8

  func fill(_ item: inout CheckItem) {
    let failAlpha = adjustedAlpha(item)
    switch item.verdict {
    case .fail:
      item.limitAlpha = failAlpha / draft.multiplicity
      item.limit = draft.clearest.flatMap { $0.limitTails ?? $0.tails }.map {
        beyondLimit($0, failAlpha / draft.multiplicity)
      }
    case .pass where !check.isRatchet:
      item.limitAlpha = check.alphaWithin
      item.limit = draft.hardest?.tails.map { withinLimit($0) }
    default: break
    }
    item.detectable = detectable(item, failAlpha)
    if item.verdict == .inconclusive, let growth = growth(item, failAlpha) {
      (item.needed, item.neededIn) = needed(item, growth)
    }
  }

  /// The size at which this group's own p-value had to lie, so that the adjusted one is α.
  private func adjustedAlpha(_ item: CheckItem) -> Double {
    guard let p = item.pBeyond, let adjusted = item.pBeyondAdjusted, p > 0, adjusted > 0 else {
      return check.alpha
    }
    return min(check.alpha, check.alpha * p / adjusted)
  }

  /// The nearest number to the bounds that is not ruled out at `alpha`, on the side of the breach.
  private func beyondLimit(_ tails: (Double) -> BoundTails, _ alpha: Double) -> Double {
    let (low, high) = range
    let lower = BoundTest.lowerLimit(alpha: alpha, low: low, high: high, tails)
    let upper = BoundTest.upperLimit(alpha: alpha, low: low, high: high, tails)
    let isAbove =
      draft.bounds.maximum.map { tails($0).greater } ?? 1 <= draft.bounds.minimum.map { tails($0).less } ?? 1
    return draft.isSize ? (isAbove ? lower : -upper) : isAbove ? lower : upper
  }

  /// The number furthest out that is not ruled out at α.
  private func withinLimit(_ tails: (Double) -> BoundTails) -> Double {
    let (low, high) = range
    let bounds = draft.hardestBounds ?? draft.bounds
    let hasBoth = bounds.minimum != nil && bounds.maximum != nil
    let lower = BoundTest.lowerLimit(alpha: check.alphaWithin, low: low, high: high, tails)
    let upper = BoundTest.upperLimit(alpha: check.alphaWithin, low: low, high: high, tails)
    if draft.isSize, hasBoth { return max(abs(lower), abs(upper)) }
    guard hasBoth else {
      let isAbove = bounds.maximum != nil
      // A group that is ahead of the best by itself falls short by nothing.
      return draft.isSize ? max(0, isAbove ? upper : -lower) : isAbove ? upper : lower
    }
    let toUpper = (bounds.maximum ?? .infinity) - upper
    let toLower = lower - (bounds.minimum ?? -.infinity)
    return toUpper < toLower ? upper : lower
  }

  /// Where limits are sought.
  private var range: (Double, Double) {
    if draft.clearest?.isRatio == true { return (1e-6, 1e6) }
    let value = abs(draft.item.value ?? 1)
    let spread = abs((draft.item.upper ?? 1) - (draft.item.lower ?? 0))
    let reach = 10 * (value + (spread.isFinite ? spread : 1) + 1)
    return (-reach, reach)
  }

  /// By how much all groups would have to grow: errors shrink with the square root of the rows, and the value's
  /// distance from the bound says how far they have to.
  private func growth(_ item: CheckItem, _ failAlpha: Double) -> Double? {
    guard let value = item.value, value.isFinite, let error = standardError(item),
      let bound = nearestBound(value)
    else { return nil }
    let isRatio = draft.clearest?.isRatio == true
    guard !isRatio || value > 0 && bound > 0 else { return nil }
    let distance = isRatio ? abs(log(value / bound)) : abs(value - bound)
    let alpha = shownBounds.contains(value) ? check.alphaWithin : failAlpha / draft.multiplicity
    return Power.factorToDecide(z: distance / error, alpha: alpha, power: Self.power)
  }

  /// Rows in the smaller of the two sides, which is what holds the comparison up, and that side where it is the
  /// reference.
  private func needed(_ item: CheckItem, _ growth: Double) -> (Int?, String?) {
    let reference = check.isChange ? nil : item.referenceDenominator
    let isReference = reference.map { $0 < item.denominator } ?? false
    let now = isReference ? reference ?? 0 : item.denominator
    let rows = Double(now) * growth
    guard now > 0, rows.isFinite, rows < 1e9 else { return (nil, nil) }
    let least = draft.isTooSmallToPass ? Draft.tooFewToPass + 1 : 0
    return (max(now + 1, least, Int(rows.rounded(.up))), isReference ? item.reference : nil)
  }

  /// The bound and (z_α + z_β) standard errors beyond it.
  private func detectable(_ item: CheckItem, _ failAlpha: Double) -> Double? {
    guard let value = item.value, let error = standardError(item), let bound = nearestBound(value) else {
      return nil
    }
    let excess = Power.detectableExcess(
      standardError: error, alpha: failAlpha / draft.multiplicity, power: Self.power)
    let isAbove = bound == shownBounds.maximum
    if draft.clearest?.isRatio == true { return bound * exp(isAbove ? excess : -excess) }
    let found = isAbove ? bound + excess : bound - excess
    return isPossible(found) ? found : nil
  }

  /// Rates lie between 0 and 1, and differ by no more than 1.
  private func isPossible(_ number: Double) -> Bool {
    guard check.subject.components.contains(where: { $0.id == draft.item.component && $0.isRate }),
      check.kind != .relativeChange
    else {
      return true
    }
    return check.kind == .value ? (0...1).contains(number) : abs(number) <= 1
  }

  /// From the interval, on the scale on which it is symmetric. A size's interval that was cut at 0 is as wide
  /// above.
  private func standardError(_ item: CheckItem) -> Double? {
    guard let lower = item.lower, let upper = item.upper, let value = item.value, lower < upper else {
      return nil
    }
    let z = Normal.criticalValue(level: check.level)
    if draft.clearest?.isRatio == true {
      guard lower > 0, upper.isFinite else { return nil }
      return log(upper / lower) / (2 * z)
    }
    let width = draft.isSize && lower == 0 ? upper - value : (upper - lower) / 2
    return width.isFinite && width > 0 ? width / z : nil
  }

  /// The bounds as the policy has them.
  private var shownBounds: Bounds {
    draft.isSize ? Bounds(maximum: draft.bounds.maximum ?? draft.bounds.minimum.map { -$0 }) : draft.bounds
  }

  private func nearestBound(_ value: Double) -> Double? {
    guard let low = shownBounds.minimum else { return shownBounds.maximum }
    guard let high = shownBounds.maximum else { return low }
    return abs(value - low) < abs(value - high) ? low : high
  }
}
