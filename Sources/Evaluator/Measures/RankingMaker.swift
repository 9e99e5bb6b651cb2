import Fairness
import Glibc
import Metrics
import Results
import Statistics

/// Measures of how ranked lists treat groups. Queries are what is independent; rows of equal scores share exposure.
struct RankingMaker {
  let rows: RankedObservations
  let cutoffs: [Int]
  let level: Double

  private static let ratios: [FairnessMeasure] = [.exposureRatio, .treatmentRatio]

  func add(_ family: MeasuredFamily, _ groups: [[UInt32]], to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: FairnessMeasure.all.filter { $0.family == .ranking }) else { return }
    // Rows of no reported group are a group of their own, which every list has room for.
    var codes = [Int](repeating: groups.count, count: rows.scores.count)
    for (group, list) in groups.enumerated() {
      for row in list { codes[Int(row)] = group }
    }
    let base = MeasureSink.Base(rows: rows.scores.count)
    if sink.asks(forAnyOf: [.rankDivergence, .attentionFairness]) {
      let found = RankingFairness.overQueries(rows, groups: codes, groupCount: groups.count + 1)
      let place = MeasureSink.Place(family: family.index)
      sink.add(.rankDivergence, place, base) { number(found.ndkl, 0...Double.infinity) }
      sink.add(.attentionFairness, place, base) { number(found.awrf, 0...1) }
    }
    addSkews(family, groups, codes, base, to: &sink)
    addExposure(family, groups, codes, to: &sink)
  }

  /// A mean over queries, with Student's limits.
  private func number(_ mean: RankingFairness.QueryMean, _ range: ClosedRange<Double>) -> MeasureNumber {
    guard let value = mean.value else { return MeasureNumber(.undefined("no query has rows"), reason: "") }
    guard let error = mean.standardError, error > 0 else {
      return MeasureNumber(.value(value), reason: "there is one query, or queries do not vary")
    }
    let half = StudentT.criticalValue(level: level, degreesOfFreedom: Double(mean.queries - 1)) * error
    return MeasureNumber(
      .value(value),
      Interval(lower: max(range.lowerBound, value - half), upper: min(range.upperBound, value + half)),
      "mean over queries (Student's t)")
  }

  // MARK: The first k

  /// Shares among the first k of all queries together, ties in row order.
  private func addSkews(
    _ family: MeasuredFamily, _ groups: [[UInt32]], _ codes: [Int], _ base: MeasureSink.Base,
    to sink: inout MeasureSink
  ) {
    guard sink.asks(for: .skewAtCutoff) else { return }
    let places = ranks()
    for k in cutoffs {
      var top = [Double](repeating: 0, count: groups.count)
      var whole = 0.0
      for row in codes.indices where places[row] < k {
        whole += 1
        if codes[row] < groups.count { top[codes[row]] += 1 }
      }
      let skews = groups.indices.map { group in
        skew(top[group] / whole, Double(groups[group].count) / Double(codes.count), family.groups[group].name)
      }
      for group in groups.indices {
        let place = MeasureSink.Place(
          family: family.index, group: family.slice(group), variant: "k=\(k)")
        sink.add(.skewAtCutoff, place, base) { MeasureNumber(skews[group], reason: Self.reasonOfSkews) }
      }
      addExtremes(family, skews, k, base, to: &sink)
    }
  }

  private static let reasonOfSkews = "no interval of a log ratio of shares over queries is made"

  /// MinSkew and MaxSkew.
  private func addExtremes(
    _ family: MeasuredFamily, _ skews: [MeasureValue], _ k: Int, _ base: MeasureSink.Base,
    to sink: inout MeasureSink
  ) {
    let defined = skews.indices.filter { skews[$0].value != nil }
    for (word, picks) in [
      (FairnessMeasure.Variant.minimum, { (a: Double, b: Double) in a < b }),
      (FairnessMeasure.Variant.maximum, { (a: Double, b: Double) in a > b }),
    ] {
      let best = defined.reduce(nil as Int?) { best, next in
        guard let old = best.flatMap({ skews[$0].value }), let new = skews[next].value else { return next }
        return picks(new, old) ? next : best
      }
      let place = MeasureSink.Place(
        family: family.index, variant: "\(word), k=\(k)", detail: best.map { family.groups[$0].name })
      sink.add(.skewAtCutoff, place, base) {
        MeasureNumber(
          best.map { skews[$0] } ?? .undefined("no group has a value"), reason: Self.reasonOfSkews)
      }
    }
  }

  private func skew(_ share: Double, _ desired: Double, _ name: String) -> MeasureValue {
    guard desired > 0 else { return .undefined("no rows in \(name)") }
    guard share > 0 else { return .undefined("none of \(name) is among the first") }
    return .value(log(share / desired))
  }

  /// The place of each row in its query's list, from 0.
  private func ranks() -> [Int] {
    var lists = [[Int]](repeating: [], count: rows.queryCount)
    for (row, query) in rows.queries.enumerated() { lists[Int(query)].append(row) }
    var places = [Int](repeating: 0, count: rows.scores.count)
    for list in lists {
      let order = list.sorted { (rows.scores[$1], $0) < (rows.scores[$0], $1) }
      for (place, row) in order.enumerated() { places[row] = place }
    }
    return places
  }

  // MARK: Exposure

  private func addExposure(
    _ family: MeasuredFamily, _ groups: [[UInt32]], _ codes: [Int], to sink: inout MeasureSink
  ) {
    guard let reference = family.reference, sink.asks(forAnyOf: Self.ratios) else { return }
    let exposures = RankingFairness.exposures(of: rows)
    for group in groups.indices where group != reference {
      let place = MeasureSink.Place(
        family: family.index, group: family.slice(group), reference: family.slice(reference),
        detail: family.rule)
      let base = MeasureSink.Base([groups[group], groups[reference]], weights: nil)
      for (measure, merits) in [(FairnessMeasure.exposureRatio, nil), (.treatmentRatio, rows.relevance)] {
        sink.add(measure, place, base) {
          let value = RankingFairness.exposureRatio(
            exposures: exposures, groups: codes, merits: merits, of: group, to: reference)
          return MeasureNumber(
            value.map { .value($0) } ?? .undefined("a group has no rows, or no relevance"),
            reason: "no interval of a ratio of means over queries is made")
        }
      }
    }
  }
}
