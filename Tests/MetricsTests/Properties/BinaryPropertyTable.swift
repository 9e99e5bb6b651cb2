import Results
import Slicing
import Tables

@testable import Metrics

/// Rows of a binary task as metrics of rows see them: all that row by row can be measured.
struct BinaryPropertyTable: PropertyTable {
  var labels: [UInt8]
  var decisions: [UInt8]
  var scores: [Double]
  var weights: [Double]?
  var baselineDecisions: [UInt8]
  var baselineScores: [Double]

  /// No score lies on one of them, and with each its complement is there.
  static let thresholds = [17.0 / 128, 63.0 / 128, 65.0 / 128, 111.0 / 128]

  static func random(seed: UInt64, shape: TableShape) -> Self {
    var dice = TableDice(seed: seed, shape: shape)
    let count = dice.count(40...60)
    let scores = dice.scores(count)
    let (positive, selected, before) = (dice.chance(), dice.chance(), dice.chance())
    let labels: [UInt8] = scores.map {
      dice.flag(shape == .ordinary ? 0.15 + 0.7 * $0 : positive) ? 1 : 0
    }
    let cuts = shape == .ordinary || dice.flag(0.5)
    let decisions: [UInt8] = scores.map { (cuts ? $0 >= 0.5 : dice.flag(selected)) ? 1 : 0 }
    return BinaryPropertyTable(
      labels: labels, decisions: decisions, scores: scores, weights: dice.weights(count),
      baselineDecisions: scores.map { _ in dice.flag(before) ? 1 : 0 }, baselineScores: dice.scores(count))
  }

  var rowCount: Int { labels.count }

  func taking(_ rows: [Int]) -> Self {
    func pick<T>(_ values: [T]) -> [T] { rows.map { values[$0] } }
    return BinaryPropertyTable(
      labels: pick(labels), decisions: pick(decisions), scores: pick(scores), weights: weights.map(pick),
      baselineDecisions: pick(baselineDecisions), baselineScores: pick(baselineScores))
  }

  /// What was positive is negative, and the other way round.
  var exchanged: Self {
    BinaryPropertyTable(
      labels: labels.map { 1 - $0 }, decisions: decisions.map { 1 - $0 }, scores: scores.map { 1 - $0 },
      weights: weights, baselineDecisions: baselineDecisions.map { 1 - $0 },
      baselineScores: baselineScores.map { 1 - $0 })
  }

  /// With decisions made by a cut of the scores.
  func deciding(at threshold: Double) -> Self {
    var table = self
    table.decisions = scores.map { $0 >= threshold ? 1 : 0 }
    return table
  }

  var observations: BinaryRowObservations {
    BinaryRowObservations(
      labels: labels, decisions: decisions, scores: scores, scoresAreProbabilities: true, weights: weights,
      baselineDecisions: baselineDecisions, baselineScores: baselineScores, hasLabel: true)
  }

  func answers() -> [PropertyAnswer] {
    var metrics = BinaryRowMetrics.all(observations, thresholds: Self.thresholds)
    // Families with a parameter at other values than those that are reported.
    for family in BinaryRowMetrics.families {
      guard let parameter = family.parameter, !parameter.isCut else { continue }
      let values = [4.0, 10].filter { parameter.allows($0) && !parameter.defaults.contains($0) }
      metrics += values.map { family.metric(observations, $0) }
    }
    let rows = (0..<UInt32(rowCount)).map { $0 }
    return metrics.map { PropertyAnswer($0, rows) }
  }
}

/// The same rows as the counting engine sees them.
struct CountedPropertyTable: PropertyTable {
  var rows: BinaryPropertyTable

  static func random(seed: UInt64, shape: TableShape) -> Self {
    CountedPropertyTable(rows: .random(seed: seed, shape: shape))
  }

  var rowCount: Int { rows.rowCount }
  var weights: [Double]? {
    get { rows.weights }
    set { rows.weights = newValue }
  }

  func taking(_ rows: [Int]) -> Self { CountedPropertyTable(rows: self.rows.taking(rows)) }

  func answers() -> [PropertyAnswer] {
    let observations = Observations(
      labels: rows.labels, decisions: rows.decisions, scores: rows.scores, scoresAreProbabilities: true,
      weights: rows.weights)
    let table = Table(
      rowCount: rowCount, columns: [], origin: RowOrigin(source: "table", stretches: []))
    guard let plan = try? SlicePlan([], of: table) else { return [] }
    let tally = Tallier(observations, groupings: [], calibrationBins: 10).tally(plan.families[0]).slice(0)
    let estimator = SliceEstimator(
      level: 0.95, bootstrap: CellBootstrap(replicates: 20, seed: 1, isWeighted: weights != nil))
    let all = BinaryMetric.allCases
    return zip(all, estimator.estimates(all, of: tally, key: "table")).map { metric, estimate in
      // Of composites the bootstrap tells the error, which is another at every draw.
      let error = Composite.contains(metric) ? nil : estimate.standardError
      return PropertyAnswer(
        metric.definition, estimate.value, reason: estimate.reason, variance: error.map { $0 * $0 })
    }
  }
}
