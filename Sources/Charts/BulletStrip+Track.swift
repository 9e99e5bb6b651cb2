import Glibc

extension BulletStrip {
  /// A row in the coordinates that are drawn: the bound that matters, and everything so turned that more is worse.
  struct Track {
    let isReversed: Bool
    private let kind: Scale.Kind
    let limit: Double
    /// The other one of two bounds; less than `limit`.
    let otherLimit: Double?
    let reading: Reading
    let reference: Double?
    /// Where the tint begins.
    let least: Double

    /// Nil for a row without a usable bound.
    init?(_ row: Row) {
      let kind = row.kind
      func placed(_ value: Double?, _ isReversed: Bool) -> Double? {
        guard let value, !value.isNaN, kind == .linear || value >= 0 else { return nil }
        let number = kind == .log ? log(value) : value
        return isReversed ? -number : number
      }
      func usable(_ bound: Double?) -> Double? {
        placed(bound, false).flatMap { abs($0) < 1e150 ? $0 : nil }
      }
      guard usable(row.minimum) != nil || usable(row.maximum) != nil else { return nil }
      isReversed = Track.isReversed(
        usable(row.minimum), usable(row.maximum), value: placed(row.reading.drawn, false))
      let isReversed = isReversed
      self.kind = kind
      let bounds = [usable(row.minimum), usable(row.maximum)].compactMap { bound in
        bound.map { isReversed ? -$0 : $0 }
      }
      let limit = bounds.max() ?? 0
      self.limit = limit
      otherLimit = bounds.min().flatMap { $0 < limit ? $0 : nil }
      reading = Reading(
        placed(row.reading.drawn, isReversed), placed(row.reading.lower, isReversed),
        placed(row.reading.upper, isReversed), isUnstable: row.reading.isUnstable, reason: row.reading.reason)
      reference = placed(row.reference, isReversed)
      let end = isReversed ? row.domain.upperBound : row.domain.lowerBound
      least = otherLimit ?? placed(end, isReversed) ?? -Double.infinity
    }

    /// Of two bounds the one that is broken, or nearer, is drawn at the right.
    private static func isReversed(_ minimum: Double?, _ maximum: Double?, value: Double?) -> Bool {
      guard let minimum else { return false }
      guard let maximum else { return true }
      guard let value else { return false }
      return minimum - value > value - maximum
    }

    /// The bound stands at `x`; the rest is scaled so that value, interval and reference fit. An interval is followed
    /// at most as far again as everything else reaches.
    func scale(in plot: Box, limitAt x: Double) -> Scale {
      func isUsable(_ value: Double) -> Bool { value.isFinite && abs(value) < 1e150 }
      let core = [reading.drawn, reference, limit, otherLimit].compactMap { $0 }.filter(isUsable)
      let (low, high) = (core.min() ?? limit, core.max() ?? limit)
      let ends = [reading.interval?.lower, reading.interval?.upper].compactMap { $0 }.filter(isUsable)
      let span = max(high, ends.max() ?? high) - min(low, ends.min() ?? low)
      let fallback = span > 0 ? span : abs(limit) > 0 ? abs(limit) / 4 : 1
      let room = high > low ? high - low : fallback
      let lower = min(low, max(low - room, ends.min() ?? low))
      let upper = max(high, min(high + room, ends.max() ?? high))
      let (left, right) = (x - plot.x, plot.maxX - x)
      let unit = max(max((limit - lower) / left, (upper - limit) / right) * 1.06, fallback / left / 1e6)
      return Scale(from: limit - unit * left, to: limit + unit * right, start: plot.x, end: plot.maxX)
    }
  }
}
