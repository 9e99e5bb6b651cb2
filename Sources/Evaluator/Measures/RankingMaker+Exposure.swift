import Fairness
import Glibc
import Metrics
import Statistics

extension RankingMaker {
  private static let ratios: [FairnessMeasure] = [.exposureRatio, .treatmentRatio]

  /// Each group's mean exposure by the reference group's, as it is and by mean relevance.
  func addExposure(
    _ family: MeasuredFamily, _ groups: [[UInt32]], _ codes: [Int], to sink: inout MeasureSink
  ) {
    guard let reference = family.reference, sink.asks(forAnyOf: Self.ratios) else { return }
    let exposures = RankingFairness.exposures(of: rows)
    let other = totals(groups[reference], exposures)
    for group in groups.indices where group != reference {
      let place = MeasureSink.Place(
        family: family.index, group: family.slice(group), reference: family.slice(reference),
        detail: family.rule)
      let base = MeasureSink.Base([groups[group], groups[reference]], weights: rows.weights)
      let own = totals(groups[group], exposures)
      for (measure, merits) in [(FairnessMeasure.exposureRatio, nil), (.treatmentRatio, rows.relevance)] {
        sink.add(measure, place, base) {
          let value = RankingFairness.exposureRatio(
            exposures: exposures, groups: codes, merits: merits, weights: rows.weights, of: group,
            to: reference)
          return number(value, ratio(own, other, byRelevance: merits != nil))
        }
      }
    }
  }

  private func number(_ value: Double?, _ ratio: QueryRatio?) -> MeasureNumber {
    guard let value else {
      return MeasureNumber(.undefined("a group has no rows, or no relevance"), reason: "")
    }
    let limits = ratio?.limits(level: level).map { Interval(lower: exp($0.lower), upper: exp($0.upper)) }
    return MeasureNumber(
      .value(value), limits, QueryRatio.method, test: ratio?.test,
      reason: ratio?.reason ?? "a ratio of 0 has no logarithm")
  }

  /// A group's rows of each query, by weight.
  private struct Totals {
    var exposure: [Double]
    var relevance: [Double]
    var weight: [Double]
    var queries: Int { weight.count { $0 > 0 } }
  }

  private func totals(_ group: [UInt32], _ exposures: [Double]) -> Totals {
    let none = [Double](repeating: 0, count: rows.queryCount)
    var totals = Totals(exposure: none, relevance: none, weight: none)
    for row in group.map(Int.init) {
      let (query, weight) = (Int(rows.queries[row]), rows.weights?[row] ?? 1)
      totals.exposure[query] += weight * exposures[row]
      totals.relevance[query] += weight * rows.relevance[row]
      totals.weight[query] += weight
    }
    return totals
  }

  private func ratio(_ own: Totals, _ other: Totals, byRelevance: Bool) -> QueryRatio? {
    // Queries with rows of neither group say nothing.
    let present = own.weight.indices.filter { own.weight[$0] + other.weight[$0] > 0 }
    func parts(_ all: [Double]) -> [Double] { present.map { all[$0] } }
    return ClusterLogRatio([
      (parts(own.exposure), false), (parts(byRelevance ? own.relevance : own.weight), true),
      (parts(other.exposure), true), (parts(byRelevance ? other.relevance : other.weight), false),
    ]).map { QueryRatio(ratio: $0, queries: min(own.queries, other.queries)) }
  }
}
