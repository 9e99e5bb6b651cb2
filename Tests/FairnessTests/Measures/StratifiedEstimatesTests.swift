import Metrics
import Results
import TestSupport
import Testing

@testable import Fairness

/// Homogeneity of means over strata, under the null.
@Suite struct StratifiedEstimatesTests {
  private static let metric = Metric(
    MetricEntry(
      id: "own_mean", name: "Mean", symbol: "M", formula: "", kind: .mean, direction: .neutral,
      denominator: "rows", interval: "Student's t"))

  /// The sum of twelve uniform numbers less 6: next to normal.
  private static func normal(_ random: inout SplitMix) -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  private static func side(_ name: String, _ values: [Double]) -> Side {
    let (n, m) = (Double(values.count), mean(values))
    let error = (values.reduce(0) { $0 + ($1 - m) * ($1 - m) } / (n - 1) / n).squareRoot()
    return Side(
      name: name, slice: nil, rows: values.count,
      estimates: [
        metric: Estimate(
          value: m, lower: m - 2 * error, upper: m + 2 * error, standardError: error,
          denominator: values.count, weight: n, effectiveCount: n, status: .ok)
      ])
  }

  private static func share(_ seed: UInt64, _ draw: (inout SplitMix) -> StratifiedEstimates) -> Double {
    var random = SplitMix(seed: seed)
    let runs = 600
    let found = (0..<runs).compactMap { _ in draw(&random).homogeneity.p }
    #expect(found.count == runs)
    return Double(found.count { $0 < 0.05 }) / Double(runs)
  }

  /// Few rows, of unlike spread: chi-squared would reject far more often than it says.
  @Test func `Welch's test keeps its level`() {
    let found = Self.share(17) { random in
      let strata = [(5, 8, 1.0), (6, 5, 3), (9, 6, 0.5), (5, 5, 2)].enumerated().map { index, one in
        let (n, m, spread) = one
        return StratifiedEstimates.Stratum(
          "\(index)", focal: Self.side("f", (0..<n).map { _ in spread * Self.normal(&random) }),
          reference: Self.side("r", (0..<m).map { _ in spread * Self.normal(&random) }))
      }
      return StratifiedEstimates(Self.metric, strata, comparer: PairComparer(knownLevel: 0.95))
    }
    #expect(abs(found - 0.05) < 0.035, "\(found)")
  }

  /// Each unit has a row of both groups in every stratum, and brings its own level to all of them.
  @Test func `Hotelling's test keeps its level where units span strata`() throws {
    let (units, strata) = (20, 3)
    let found = Self.share(19) { random in
      let levels = (0..<units).map { _ in Self.normal(&random) }
      var parts: [StratifiedEstimates.Stratum] = []
      var entries: [JointErrors.Entry] = []
      for stratum in 0..<strata {
        let focal = levels.map { 2 * $0 + Self.normal(&random) }
        let reference = levels.map { $0 + Self.normal(&random) }
        let (a, b) = (Self.mean(focal), Self.mean(reference))
        for unit in 0..<units {
          entries.append(
            .init(
              unit: UInt32(unit), stratum: stratum, focal: (focal[unit] - a) / Double(units),
              reference: (reference[unit] - b) / Double(units)))
        }
        parts.append(.init("\(stratum)", focal: Self.side("f", focal), reference: Self.side("r", reference)))
      }
      return StratifiedEstimates(
        Self.metric, parts, comparer: PairComparer(knownLevel: 0.95), joint: JointErrors(entries))
    }
    #expect(abs(found - 0.05) < 0.035, "\(found)")
  }

  /// Against sums by hand, units out of order.
  @Test func `Joint errors are sums by unit, squared`() {
    let entries: [JointErrors.Entry] = [
      .init(unit: 7, stratum: 0, focal: 1, reference: 0), .init(unit: 2, stratum: 0, focal: 0, reference: 3),
      .init(unit: 7, stratum: 1, focal: 0, reference: 2), .init(unit: 4, stratum: 1, focal: 5, reference: 1),
    ]
    let errors = JointErrors(entries)
    #expect(errors.units == 3)
    // Units 2: −3·2; 4: 0.5·5 − 3·1; 7: 1·1 − 3·2.
    let expected = (36 + 0.25 + 25) * 1.5
    #expect(isClose(errors.variance(focal: [1, 0.5], reference: [2, 3]), expected))
    // Differences of stratum 0: 2 → −3, 7 → 1; of stratum 1: 4 → 4, 7 → −2.
    let matrix = errors.covariances(of: [0, 1])
    for (a, b) in zip(matrix, [10, -2, -2, 20].map { $0 * 1.5 }) { #expect(isClose(a, b)) }
  }
}
