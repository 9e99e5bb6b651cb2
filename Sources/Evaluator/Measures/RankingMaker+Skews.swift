import Fairness
import Glibc
import Metrics
import Statistics

extension RankingMaker {
  /// A group's skew.
  private struct Skew {
    let name: String
    let value: MeasureValue
    let ratio: QueryRatio?
  }

  /// Shares among the first k of all queries together, ties shared.
  func addSkews(
    _ family: MeasuredFamily, _ groups: [[UInt32]], _ places: GroupPlaces, to sink: inout MeasureSink
  ) {
    guard sink.asks(for: .skewAtCutoff) else { return }
    let base = MeasureSink.Base(rows: rows.scores.count)
    for k in cutoffs {
      let top = places.expected(top: k)
      let skews = groups.indices.map {
        skew(family.groups[$0].name, places.groups[$0], top[$0], places.sizes, k)
      }
      for group in groups.indices {
        let place = MeasureSink.Place(family: family.index, group: family.slice(group), variant: "k=\(k)")
        sink.add(.skewAtCutoff, place, base) {
          let (value, ratio) = (skews[group].value, skews[group].ratio)
          return MeasureNumber(
            value, ratio?.limits(level: level), QueryRatio.method, test: ratio?.test,
            reason: ratio?.reason ?? Self.none)
        }
      }
      for isLeast in [true, false] { addExtreme(family, skews, isLeast, k, base, to: &sink) }
    }
  }

  private func skew(
    _ name: String, _ entries: [GroupPlaces.Entry], _ top: [Double], _ sizes: [Int], _ k: Int
  ) -> Skew {
    var own = [Double](repeating: 0, count: sizes.count)
    for entry in entries { own[entry.list] = Double(entry.places.count) }
    let (first, all) = (sizes.map { Double(min(k, $0)) }, sizes.map(Double.init))
    func sum(_ parts: [Double]) -> Double { parts.reduce(0, +) }
    guard sum(own) > 0 else { return Skew(name: name, value: .undefined("no rows in \(name)"), ratio: nil) }
    guard sum(top) > 0 else {
      return Skew(name: name, value: .value(-.infinity), ratio: nil)
    }
    let value = log(sum(top) / sum(first) / (sum(own) / sum(all)))
    let ratio = ClusterLogRatio([(top, false), (first, true), (own, true), (all, false)])
    return Skew(
      name: name, value: .value(value), ratio: ratio.map { QueryRatio(ratio: $0, queries: entries.count) })
  }

  /// MinSkew or MaxSkew, with limits that hold for all groups at once.
  private func addExtreme(
    _ family: MeasuredFamily, _ skews: [Skew], _ isLeast: Bool, _ k: Int, _ base: MeasureSink.Base,
    to sink: inout MeasureSink
  ) {
    let word = isLeast ? FairnessMeasure.Variant.minimum : FairnessMeasure.Variant.maximum
    let defined = skews.filter { $0.value.value != nil }
    let best = defined.reduce(nil as Skew?) { best, next in
      guard let old = best?.value.value, let new = next.value.value else { return next }
      return (isLeast ? new < old : new > old) ? next : best
    }
    let left = skews.filter { $0.value.value == nil }.map(\.name)
    let detail = [best?.name, left.isEmpty ? nil : "without \(AggregationMaker.list(left))"].compactMap { $0 }
    let place = MeasureSink.Place(
      family: family.index, variant: "\(word), k=\(k)",
      detail: detail.isEmpty ? nil : detail.joined(separator: "; "))
    sink.add(.skewAtCutoff, place, base) {
      guard let best else { return MeasureNumber(.undefined("no group has a value"), reason: "") }
      guard left.isEmpty else {
        return MeasureNumber(best.value, reason: "a group without a value might be the extreme")
      }
      return extreme(best, of: defined, isLeast)
    }
  }

  private static let none = "none of a group is among the first"

  private func extreme(_ best: Skew, of skews: [Skew], _ isLeast: Bool) -> MeasureNumber {
    let each = pow(level, 1 / Double(skews.count))
    let limits = skews.compactMap { $0.ratio?.limits(level: each) }
    let method = "simultaneous over all groups (Šidák) of log ratios over queries (jackknife, Student's t)"
    guard limits.count == skews.count, let first = limits.first else {
      let reason = skews.compactMap { $0.ratio?.reason }.first
      return MeasureNumber(best.value, reason: reason ?? Self.none)
    }
    let picks: (Double, Double) -> Double = isLeast ? { min($0, $1) } : { max($0, $1) }
    let joint = limits.dropFirst().reduce(first) {
      Interval(lower: picks($0.lower, $1.lower), upper: picks($0.upper, $1.upper))
    }
    return MeasureNumber(best.value, joint, method)
  }
}
