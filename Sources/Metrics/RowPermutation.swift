import Slicing
import Statistics

/// Tests of "all groups alike" that go back to the rows, where counts or standard errors are too few to be trusted: the groups change
/// places among the rows, and the statistic is studentised (`StudentizedPermutation`).
package struct RowPermutation: Sendable {
  private let observations: Observations
  private let seed: UInt64

  package init(_ observations: Observations, seed: UInt64) {
    self.observations = observations
    self.seed = seed
  }

  /// The most rows among which groups are shuffled; the work is at most `rowDraws` rows.
  package static let rowLimit = 10_000
  private static let rowDraws = 1_000_000
  private static let fewest = 199
  private static let most = 1999

  /// The p-value for some groups of a family; nil for a metric that is neither an area, a mean, a rate nor a function of the outcomes,
  /// with more rows than `rowLimit`, and where nothing varies.
  ///
  /// - Parameters:
  ///   - chosen: the groups of `family` that are compared
  ///   - key: names the draws
  package func p(
    _ metric: BinaryMetric, _ plan: SlicePlan, _ family: SlicePlan.Family, chosen: [Int], key: String
  ) -> Double? {
    let codes = FamilyWalk.codes(
      family.features.map { plan.groupings[$0].codes }, radices: family.radices,
      rowCount: observations.rowCount)
    var place: [UInt32: Int32] = [:]
    for (index, group) in chosen.enumerated() { place[UInt32(group)] = Int32(index) }
    let rows = codes.indices.filter { place[codes[$0]] != nil && isIn(metric, $0) }
    guard rows.count > 1, rows.count <= Self.rowLimit else { return nil }
    let groups = rows.map { place[codes[$0]] ?? 0 }
    let replicates = max(Self.fewest, min(Self.most, Self.rowDraws / rows.count))
    let test = StudentizedPermutation(
      replicates: replicates, random: KeyedRandom(seed: seed, key: "rows for \(metric.id) over " + key))
    if metric == .rocAUC {
      guard let scores = observations.scores else { return nil }
      let (own, labels) = (rows.map { scores[$0] }, rows.map { observations.labels[$0] })
      guard let weights = observations.weights else {
        return test.areas(own, labels: labels, groups: groups, groupCount: chosen.count)?.p
      }
      return test.areas(
        own, labels: labels, weights: rows.map { weights[$0] }, groups: groups, groupCount: chosen.count)?.p
    }
    if Composite.contains(metric) { return composite(metric, test, rows, groups, chosen.count) }
    let values = rows.compactMap { value(metric, $0) }
    guard values.count == rows.count else { return nil }
    return test.means(
      values, weights: observations.weights.map { weights in rows.map { weights[$0] } }, groups: groups,
      groupCount: chosen.count)?.p
  }

  /// Of the weights of the four outcomes, half a row of mean weight added to each. Rows come in an order that is that of no file.
  private func composite(
    _ metric: BinaryMetric, _ test: StudentizedPermutation, _ rows: [Int], _ groups: [Int32], _ count: Int
  ) -> Double? {
    func weight(_ row: Int) -> Double { observations.weights?[row] ?? 1 }
    let order = rows.indices.sorted { a, b in
      (groups[a], outcome(rows[a]).rawValue, weight(rows[a]))
        < (groups[b], outcome(rows[b]).rawValue, weight(rows[b]))
    }
    let cells = order.map { outcome(rows[$0]).rawValue }
    let weights = order.map { weight(rows[$0]) }
    let size = Double(rows.count)
    let mean = weights.reduce(0, +) / size
    let square = weights.reduce(0) { $0 + $1 * $1 } / size
    return test.test(groups: order.map { groups[$0] }) { codes in
      var (sums, squares) = (
        [Double](repeating: 0, count: 4 * count), [Double](repeating: 0, count: 4 * count)
      )
      for row in codes.indices {
        let place = 4 * Int(codes[row]) + cells[row]
        sums[place] += weights[row]
        squares[place] += weights[row] * weights[row]
      }
      let found = (0..<count).compactMap { group in
        let range = 4 * group..<4 * group + 4
        return CellStatistic(
          metric,
          OutcomeCounts(
            rows: [0, 0, 0, 0], weights: Array(sums[range]), squaredWeights: Array(squares[range])))?
          .smoothed(meanWeight: mean, meanSquare: square)
      }
      return found.count == count ? found : nil
    }?.p
  }

  private func outcome(_ row: Int) -> Outcome {
    switch (observations.labels[row], observations.decisions[row]) {
    case (1, 1): .truePositive
    case (0, 1): .falsePositive
    case (1, _): .falseNegative
    default: .trueNegative
    }
  }

  private func isIn(_ metric: BinaryMetric, _ row: Int) -> Bool { metric.rate?.isTrial(outcome(row)) ?? true }

  /// What a row contributes to a mean.
  private func value(_ metric: BinaryMetric, _ row: Int) -> Double? {
    if let rate = metric.rate { return rate.isSuccess(outcome(row)) ? 1 : 0 }
    guard let score = observations.scores?[row] else { return nil }
    let label = Double(observations.labels[row])
    switch metric {
    case .meanScore: return score
    case .brierScore: return (label - score) * (label - score)
    case .calibrationInTheLarge: return label - score
    case .logLoss: return RankedRows.loss(score, label: observations.labels[row])
    default: return nil
    }
  }
}
