import Results
import TestSupport
import Testing

@testable import Metrics

/// How groups go together whose rows are of the same units.
struct SharedUnitTests {
  private static let count = 240

  /// Rows of units that have some in each of three groups, and of others that have not.
  private static func rows() -> (groups: [[UInt32]], units: [UInt32], observations: BinaryRowObservations) {
    var random = SplitMix(seed: 4)
    var groups = [[UInt32]](repeating: [], count: 3)
    var (units, decisions) = ([UInt32](), [UInt8]())
    for row in 0..<count {
      let unit = UInt32(row / 5)
      units.append(unit)
      decisions.append(random.next() % 100 < (unit % 2 == 0 ? 70 : 25) ? 1 : 0)
      groups[Int(random.next() % 3)].append(UInt32(row))
    }
    let observations = BinaryRowObservations(
      labels: decisions, decisions: decisions, scores: nil, scoresAreProbabilities: false, weights: nil,
      baselineDecisions: nil, baselineScores: nil, hasLabel: false)
    return (groups, units, observations)
  }

  /// The oracle sums what each unit adds to the groups' rates, unit by unit.
  @Test func correlationsAreThoseOfTheUnitsParts() throws {
    let (groups, units, observations) = Self.rows()
    let metric = try #require(try BinaryRowMetrics.metric(named: "selection_rate", observations))
    let estimator = RowEstimator(level: 0.95, units: units)
    let results = groups.map { estimator.result(metric, rows: $0) }
    let parts = groups.map { rows -> [Double] in
      let rate = Double(rows.count { observations.decisions[Int($0)] == 1 }) / Double(rows.count)
      return (0..<UInt32(Self.count / 5)).map { unit in
        rows.filter { units[Int($0)] == unit }
          .reduce(0) { $0 + (Double(observations.decisions[Int($1)]) - rate) / Double(rows.count) }
      }
    }
    func dot(_ a: Int, _ b: Int) -> Double { zip(parts[a], parts[b]).reduce(0) { $0 + $1.0 * $1.1 } }
    let found = estimator.correlations(results)
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
      let expected = dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
      #expect(abs(found[UnitCorrelations.pair(a, b, of: 3)] - expected) <= 5.1e-6)
      #expect(isClose(estimator.correlation(results[a], results[b]), expected, within: 1e-12))
      #expect(abs(expected) > 0.01)
    }
    #expect(RowEstimator.isShared(groups.map(estimator.unitRows)))
  }

  /// Beyond a bound they are not worked out, which readers take for "any".
  @Test func manyGroupsAreNotCorrelated() throws {
    let (groups, units, observations) = Self.rows()
    let metric = try #require(try BinaryRowMetrics.metric(named: "selection_rate", observations))
    let estimator = RowEstimator(level: 0.95, units: units)
    let result = estimator.result(metric, rows: groups[0])
    func count(_ groups: Int) -> Int {
      estimator.correlations([RowEstimator.Result](repeating: result, count: groups)).count
    }
    #expect(count(UnitCorrelations.mostGroups) == UnitCorrelations.pairs(of: UnitCorrelations.mostGroups))
    #expect(count(UnitCorrelations.mostGroups + 1) == 0)
  }

  @Test func unitsOfOneGroupAreNotShared() throws {
    let (_, units, observations) = Self.rows()
    let estimator = RowEstimator(level: 0.95, units: units)
    let apart = [Array(0..<UInt32(100)), Array(100..<UInt32(Self.count))]
    #expect(!RowEstimator.isShared(apart.map(estimator.unitRows)))
    let metric = try #require(try BinaryRowMetrics.metric(named: "selection_rate", observations))
    #expect(estimator.correlations(apart.map { estimator.result(metric, rows: $0) }) == [0])
  }
}
