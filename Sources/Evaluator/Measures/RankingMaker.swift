import Fairness
import Metrics
import Results
import Statistics

/// Measures of how ranked lists treat groups. Queries are what is independent; rows of equal scores share exposure and
/// selection, and their groups are mixed evenly in what looks at places.
struct RankingMaker {
  let rows: RankedObservations
  let cutoffs: [Int]
  let level: Double

  func add(_ family: MeasuredFamily, _ groups: [[UInt32]], to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: FairnessMeasure.all.filter { $0.family == .ranking }) else { return }
    // Rows of no reported group are a group of their own, which every list has room for.
    var codes = [Int](repeating: groups.count, count: rows.scores.count)
    for (group, list) in groups.enumerated() {
      for row in list { codes[Int(row)] = group }
    }
    addMeans(family, codes, groupCount: groups.count + 1, to: &sink)
    let places = GroupPlaces(rows, groups: codes, groupCount: groups.count + 1)
    addSkews(family, groups, places, to: &sink)
    addExposure(family, groups, codes, to: &sink)
    addPrefixes(family, places, to: &sink)
    addInfeasible(family, places, to: &sink)
    addGroupTests(family, places, to: &sink)
  }

  /// NDKL and AWRF.
  private func addMeans(
    _ family: MeasuredFamily, _ codes: [Int], groupCount: Int, to sink: inout MeasureSink
  ) {
    guard sink.asks(forAnyOf: [.rankDivergence, .attentionFairness]) else { return }
    let found = RankingFairness.overQueries(rows, groups: codes, groupCount: groupCount)
    let divergence = ListMean(found.ndkl.values, chances: found.ndkl.chances)
    let unfairness = ListMean(found.unfairness.values, chances: found.unfairness.chances)
    func place(_ chance: String?) -> MeasureSink.Place {
      MeasureSink.Place(family: family.index, detail: chance)
    }
    let base = MeasureSink.Base(rows: rows.scores.count)
    sink.add(.rankDivergence, place(divergence.detail), base) {
      divergence.number(level: level, upTo: .infinity, reason: Self.noRows)
    }
    let chance = unfairness.chance.map { "random orders: at least \(ListMean.text(1 - $0))" }
    sink.add(.attentionFairness, place(chance), base) {
      unfairness.number(level: level, upTo: 1, reason: Self.noRows).complement
    }
  }

  private static let noRows = "no query has rows"

  /// A ratio of totals over queries whose logarithm is known.
  struct QueryRatio {
    let ratio: ClusterLogRatio
    /// In how many queries the rarest of the compared groups has rows: what its total rests on.
    let queries: Int

    static let method = "log ratio of totals over queries (jackknife, Student's t)"
    static let test = "Student's t over queries"

    private var freedom: Double { Double(queries - 1) }

    /// Why there are no limits; nil where there are.
    var reason: String? {
      if queries < 2 { return "rows are of one query" }
      guard let error = ratio.standardError else { return "a total rests on one query" }
      return error > 1e-14 ? nil : "queries do not vary"
    }

    /// Of the logarithm.
    func limits(level: Double) -> Interval? {
      guard reason == nil, let error = ratio.standardError else { return nil }
      let half = StudentT.criticalValue(level: level, degreesOfFreedom: freedom) * error
      return Interval(lower: ratio.value - half, upper: ratio.value + half)
    }

    /// Two-sided p-value of a ratio of 1.
    var test: (p: Double, name: String)? {
      guard reason == nil, let error = ratio.standardError else { return nil }
      return (min(1, 2 * StudentT.survival(abs(ratio.value) / error, degreesOfFreedom: freedom)), Self.test)
    }
  }
}
