import Results
import Statistics
import TestSupport
import Testing

@testable import Metrics

/// Custom metrics against what a walk over the rows gives.
@Suite struct CustomMetricTests {
  private static func spec(
    _ numerator: String, _ denominator: String, kind: CustomMetricSpec.Kind? = nil
  ) throws -> CustomMetricSpec {
    CustomMetricSpec(
      name: "own", numerator: try CustomExpression(parsing: numerator),
      denominator: try CustomExpression(parsing: denominator), kind: kind)
  }

  private static func metric(
    _ numerator: String, _ denominator: String, _ rows: CustomRows, kind: CustomMetricSpec.Kind? = nil
  ) throws -> CustomMetric {
    try CustomMetric(try spec(numerator, denominator, kind: kind), rows, hasUnits: false)
  }

  private struct Sample {
    let rows: CustomRows
    let labels: [UInt8]
    let decisions: [UInt8]
    let loans: [Double]
    let weights: [Double]

    init(_ count: Int, isWeighted: Bool) {
      var random = SplitMix(seed: 5)
      labels = (0..<count).map { _ in Double.random(in: 0..<1, using: &random) < 0.4 ? 1 : 0 }
      decisions = labels.map { label in Double.random(in: 0..<1, using: &random) < 0.3 ? 1 - label : label }
      loans = (0..<count).map { _ in Double.random(in: 100..<5000, using: &random) }
      weights = (0..<count).map { _ in isWeighted ? Double.random(in: 0.2..<3, using: &random) : 1 }
      rows = CustomRows(
        labels: labels, decisions: decisions, hasLabel: true, scores: nil,
        weights: isWeighted ? weights : nil, givenWeights: nil, columns: ["loan": loans])
    }

    /// Weighted sums over some rows of what a closure says.
    func sum(_ slice: [UInt32], _ term: (Int) -> Double) -> Double {
      slice.reduce(0) { $0 + weights[Int($1)] * term(Int($1)) }
    }
  }

  private static func measured(_ metric: any RowMetric, _ slice: [UInt32]) -> (Measured, [Double]) {
    var influence = [Double](repeating: 0, count: slice.count)
    let measured = metric.measure(slice, influence: &influence)
    return (measured, influence)
  }

  /// Masks rows and applies the definition.
  @Test(arguments: [false, true]) func values(isWeighted: Bool) throws {
    let sample = Sample(400, isWeighted: isWeighted)
    let slice = (0..<400).filter { $0 % 3 != 0 }.map(UInt32.init)
    func isMissed(_ row: Int) -> Double { sample.labels[row] == 1 && sample.decisions[row] == 0 ? 1 : 0 }
    func isFalseAlarm(_ row: Int) -> Double { sample.labels[row] == 0 && sample.decisions[row] == 1 ? 1 : 0 }
    let rows = sample.sum(slice) { _ in 1 }
    let cost = 5 * sample.sum(slice, isMissed) + sample.sum(slice, isFalseAlarm)
    let missedLoans = sample.sum(slice) { isMissed($0) * sample.loans[$0] }
    let alarmedLoans = sample.sum(slice) { isFalseAlarm($0) * sample.loans[$0] }
    let largeMissed = sample.sum(slice) { isMissed($0) * (sample.loans[$0] > 1000 ? sample.loans[$0] : 0) }
    let loans = sample.sum(slice) { sample.loans[$0] }
    let (missed, alarms) = (sample.sum(slice, isMissed), sample.sum(slice, isFalseAlarm))
    let positives = sample.sum(slice) { Double(sample.labels[$0]) }
    let cases: [(String, String, Double)] = [
      ("5 * FN + 1 * FP", "n", cost / rows), ("sum(loan where FN)", "sum(loan)", missedLoans / loans),
      ("sum(loan where FN and loan > 1000) - 200 * FP", "P", (largeMissed - 200 * alarms) / positives),
      (
        "mean(loan where FN) - mean(loan where FP)", "mean(loan)",
        (missedLoans / missed - alarmedLoans / alarms) / (loans / rows)
      ), ("FN", "1", missed),
    ]
    for (numerator, denominator, expected) in cases {
      let (found, influence) = Self.measured(try Self.metric(numerator, denominator, sample.rows), slice)
      #expect(isClose(found.value ?? .nan, expected, within: 1e-12), "\(numerator)")
      #expect(abs(influence.reduce(0, +)) < 1e-9 * max(1, abs(expected)))
    }
  }

  /// The influence is the change to first order that a little more weight of a row makes; where the value is no
  /// ratio of like sums, of the row in the place of an average one.
  @Test(arguments: [
    ("5 * FN + FP", "n"), ("sum(loan where FN)", "sum(loan)"), ("FN * FP", "TP * TN"),
    ("mean(loan where FN) * FP", "sum(loan)"),
  ])
  func influence(numerator: String, denominator: String) throws {
    let sample = Sample(60, isWeighted: true)
    let slice = (0..<60).map(UInt32.init)
    let (found, influence) = Self.measured(try Self.metric(numerator, denominator, sample.rows), slice)
    let value = try #require(found.value)
    for row in [0, 7, 31] {
      var weights = sample.weights
      let step = 1e-6
      weights[row] += step
      let moved = CustomRows(
        labels: sample.labels, decisions: sample.decisions, hasLabel: true, scores: nil, weights: weights,
        givenWeights: nil, columns: ["loan": sample.loans])
      let after = Self.measured(try Self.metric(numerator, denominator, moved), slice).0.value ?? .nan
      #expect(isClose((after - value) / step * sample.weights[row], influence[row], within: 1e-4))
    }
  }

  /// A quotient that is a known rate is judged like it, and equals it.
  @Test func aRateIsKnown() throws {
    let sample = Sample(300, isWeighted: true)
    let slice = (0..<300).map(UInt32.init)
    let own = try Self.metric("FP", "N", sample.rows)
    #expect(own.definition.entry.kind == .rate && own.definition.entry.denominator == "negatives")
    let known = try #require(
      try BinaryRowMetrics.metric(
        named: "false_positive_rate",
        BinaryRowObservations(
          labels: sample.labels, decisions: sample.decisions, scores: nil, scoresAreProbabilities: false,
          weights: sample.weights, baselineDecisions: nil, baselineScores: nil, hasLabel: true)))
    let estimator = RowEstimator(
      level: 0.95, units: nil, bootstrap: CellBootstrap(replicates: 200, seed: 1, isWeighted: true))
    let (mine, theirs) = (estimator.result(own, rows: slice), estimator.result(known, rows: slice))
    #expect(isClose(mine.estimate.value ?? .nan, theirs.estimate.value ?? 0, within: 1e-12))
    #expect(isClose(mine.estimate.lower ?? .nan, theirs.estimate.lower ?? 0, within: 1e-12))
    #expect(mine.estimate.denominator == theirs.estimate.denominator)
  }

  @Test func kindsFollowFromExpressions() throws {
    let rows = Sample(50, isWeighted: false).rows
    func entry(_ numerator: String, _ denominator: String) throws -> MetricDefinition {
      try Self.metric(numerator, denominator, rows).definition
    }
    #expect(try entry("5 * FN + FP", "n").entry.kind == .loss)
    #expect(try entry("TP - FP", "n").entry.kind == .mean && entry("TP - FP", "n").range.lowerBound < 0)
    #expect(try entry("TP + TN", "rows").entry.kind == .rate)
    #expect(try entry("sum(1 where loan > 1000 and FN)", "FN").entry.kind == .rate)
    #expect(try entry("sum(loan)", "n").entry.kind == .mean && entry("sum(loan)", "n").range.lowerBound == 0)
    #expect(try entry("5 * FN", "n").entry.interval == RowEstimator.cellInterval)
    #expect(try entry("sum(loan)", "n").entry.interval?.hasPrefix("influence function") == true)
    #expect(throws: Failure.self) { try Self.metric("2 * FN", "n", rows, kind: .rate) }
    #expect(try Self.spec("FN", "P", kind: .rate).isSurelyNoRate == false)
    #expect(try Self.spec("FN + 1", "P", kind: .rate).isSurelyNoRate)
  }

  /// The interval is that of replicates of the four cells, drawn under the slice's name.
  @Test(arguments: [false, true]) func cellsAreBootstrapped(isWeighted: Bool) throws {
    let sample = Sample(200, isWeighted: isWeighted)
    let slice = (0..<200).filter { $0 % 2 == 0 }.map(UInt32.init)
    let metric = try Self.metric("5 * FN + FP", "n", sample.rows)
    let bootstrap = CellBootstrap(replicates: 500, seed: 9, isWeighted: isWeighted)
    let found = RowEstimator(level: 0.9, units: nil, bootstrap: bootstrap).result(
      metric, rows: slice, key: "g=x"
    ).estimate
    let counts = try #require(metric.counts(slice))
    let draws = bootstrap.draw(counts, key: "g=x")
    let expected = try #require(
      bootstrap.interval(draws, of: counts, around: found.value ?? .nan, level: 0.9) { tp, fp, fn, tn in
        (5 * fn + fp) / (tp + fp + fn + tn)
      })
    #expect(
      isClose(found.lower ?? .nan, expected.limits.lower)
        && isClose(found.upper ?? .nan, expected.limits.upper))
    #expect(isClose(found.standardError ?? .nan, expected.standardError))
  }

  /// 100 rows without a miss are no proof that there are none.
  @Test func anEmptyCellHasWidth() throws {
    let rows = CustomRows(
      labels: [UInt8](repeating: 0, count: 100), decisions: [UInt8](repeating: 0, count: 100), hasLabel: true,
      scores: nil, weights: nil, givenWeights: nil, columns: [:])
    let metric = try Self.metric("5 * FN + FP", "n", rows)
    let estimator = RowEstimator(
      level: 0.95, units: nil, bootstrap: CellBootstrap(replicates: 1000, seed: 3, isWeighted: false))
    let found = estimator.result(metric, rows: (0..<100).map(UInt32.init), key: "overall").estimate
    #expect(found.value == 0 && found.lower == 0 && found.upper ?? 0 > 0.02)
  }

  @Test func whatIsUndefinedSaysWhy() throws {
    let rows = CustomRows(
      labels: [0, 0, 0], decisions: [0, 0, 1], hasLabel: true, scores: [1, 2, 3], weights: nil,
      givenWeights: nil, columns: ["x": [0, 1, 2]])
    func reason(_ numerator: String, _ denominator: String, _ slice: [UInt32] = [0, 1, 2]) throws -> String? {
      Self.measured(try Self.metric(numerator, denominator, rows), slice).0.reason
    }
    #expect(try reason("5 * FN", "P") == "P is 0")
    #expect(try reason("sum(1 / x)", "n") == "a row divides by 0")
    #expect(try reason("FP / P", "n") == "FP / P divides by 0")
    #expect(try reason("5 * FN", "n", []) == "no rows")
    #expect(try reason("sum(1 / x where x > 0)", "n") == nil)
  }

  @Test func whatRowsLackIsTold() throws {
    let rows = CustomRows(
      task: .regression, rowCount: 2, labels: [1, 2], scores: [2, 2], weights: nil, givenWeights: nil,
      columns: [:])
    func message(_ numerator: String, _ rows: CustomRows) throws -> String {
      do {
        _ = try Self.metric(numerator, "n", rows)
        return ""
      } catch let failure as Failure {
        return failure.message
      }
    }
    #expect(try message("5 * FN", rows).contains("those of a binary task"))
    #expect(try message("sum(weight)", rows).contains("no weight column is named"))
    #expect(try message("sum(decision)", rows).contains("the decision is not known"))
    let unlabelled = CustomRows(
      labels: [0, 0], decisions: [0, 1], hasLabel: false, scores: nil, weights: nil, givenWeights: nil,
      columns: [:])
    #expect(try message("FN", unlabelled).contains("no label is named"))
    #expect(try message("PP", unlabelled).isEmpty)
    let (found, _) = Self.measured(try Self.metric("sum(abs(score - label))", "n", rows), [0, 1])
    #expect(found.value == 0.5)
  }
}
