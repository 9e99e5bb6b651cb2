import Metrics
import Results
import Statistics
import TestSupport
import Testing

@testable import Fairness

/// Gaps of groups that share units.
struct SharedUnitGapTests {
  private static let metric = Metric(BinaryMetric.selectionRate)
  private static let mean = Metric(BinaryMetric.meanScore)

  private static func side(_ slice: Int, _ value: Double, _ error: Double, _ metric: Metric, rows: Int = 400)
    -> Side
  {
    let effective = metric.isRate ? value * (1 - value) / (error * error) : Double(rows)
    return Side(
      name: "g\(slice)", slice: slice, rows: rows,
      estimates: [
        metric: Estimate(
          value: value, lower: value - 1.96 * error, upper: value + 1.96 * error, standardError: error,
          denominator: rows, weight: Double(rows), effectiveCount: effective, status: .ok)
      ], units: 200)
  }

  private static func gaps(
    _ metric: Metric, _ correlations: [Double]?, _ comparison: Gap.Comparison, groups: Int = 3
  ) -> [Gap] {
    let sides = [(0.5, 0.03), (0.4, 0.04), (0.46, 0.02)].prefix(groups).enumerated().map {
      side($0 + 1, $1.0, $1.1, metric)
    }
    let known = UnitCorrelations(
      correlations.map { [.init(family: 1, metric: metric.id, values: $0)] } ?? []
    ) { _ in 1..<(groups + 1) }
    return GapFinder(
      level: 0.95, definitions: [GapDefinition(of: metric)], comparisons: [comparison],
      bootstrap: CellBootstrap(replicates: 10, seed: 1, isWeighted: false), correlations: known
    ) { _, _ in nil }.gaps(
      of: GapFinder.Family(
        index: 1, groups: sides, overall: side(0, 0.45, 0.02, metric, rows: 1200), reference: 0))
  }

  private static func width(_ gap: Gap?) -> Double {
    (gap?.estimate.upper ?? .nan) - (gap?.estimate.lower ?? .nan)
  }

  @Test(arguments: [metric, mean]) func whatGoesTogetherVariesLess(metric: Metric) throws {
    for comparison in [Gap.Comparison.toReference, .betweenGroups] {
      var widths: [Double] = []
      var ps: [Double] = []
      for values in [[-0.6, -0.6, -0.6], nil, [0.3, 0.3, 0.3], [0.6, 0.6, 0.6]] {
        let found = try #require(Self.gaps(metric, values, comparison).first { $0.kind == .difference })
        widths.append(Self.width(found))
        ps.append(found.pValue ?? .nan)
        #expect(found.interval?.contains("correlation") == (values != nil))
      }
      #expect(widths == widths.sorted(by: >) && ps == ps.sorted(by: >), "\(comparison) \(widths) \(ps)")
    }
  }

  /// The interval is MOVER's with the correlation, the test Wald's or a score test at sizes that vary as much.
  @Test func aPairHasItsCorrelation() throws {
    let found = try #require(
      Self.gaps(Self.mean, [0.5, 0.2, 0.1], .toReference).first { $0.kind == .difference && $0.group == 2 })
    let limits = DifferenceInterval.mover(
      0.4, Interval(lower: 0.4 - 1.96 * 0.04, upper: 0.4 + 1.96 * 0.04), 0.5,
      Interval(lower: 0.5 - 1.96 * 0.03, upper: 0.5 + 1.96 * 0.03), correlation: 0.5)
    #expect(isClose(found.estimate.lower ?? .nan, limits.lower, within: 1e-12))
    #expect(isClose(found.estimate.upper ?? .nan, limits.upper, within: 1e-12))
    let error = (0.04 * 0.04 + 0.03 * 0.03 - 2 * 0.5 * 0.04 * 0.03).squareRoot()
    #expect(isClose(found.pValue ?? .nan, 2 * Normal.survival(0.1 / error), within: 1e-12))
  }

  /// Hotelling's test of all groups; of two that of the pair.
  @Test func allGroupsAreTestedTogether() throws {
    let found = try #require(Self.gaps(Self.mean, [0.5, 0.2, 0.1], .betweenGroups).first)
    let errors = [0.03, 0.04, 0.02]
    let r = [1, 0.5, 0.2, 0.5, 1, 0.1, 0.2, 0.1, 1]
    let expected = try #require(
      HotellingTest(
        values: [0.5, 0.4, 0.46], covariances: r.indices.map { r[$0] * errors[$0 / 3] * errors[$0 % 3] },
        units: 200))
    #expect(found.pValue == expected.p && found.test?.hasPrefix("Hotelling") == true)
  }

  /// Where correlations are not known, nothing is narrower than with any that there may be.
  @Test func unknownCorrelationsAreTheWorst() throws {
    for comparison in [Gap.Comparison.toReference, .betweenGroups] {
      let unknown = try #require(Self.gaps(Self.mean, [], comparison).first { $0.kind == .difference })
      #expect(unknown.interval?.contains("for any correlation") == true)
      for r in [-0.99, -0.5, 0, 0.9] {
        let known = try #require(
          Self.gaps(Self.mean, [r, r, r], comparison).first { $0.kind == .difference })
        #expect(Self.width(unknown) >= Self.width(known))
        #expect((unknown.pValue ?? .nan) >= (known.pValue ?? .nan))
      }
    }
  }

  /// A rate's scores test at effective sizes that make the difference vary as the two errors and their correlation do.
  @Test(arguments: [Gap.Kind.difference, .ratio]) func sharesAreSetApart(kind: Gap.Kind) throws {
    func share(_ value: Double, _ rows: Int, _ effective: Double) throws -> RateDefinition.Share {
      try #require(
        RateDefinition.Share(
          Estimate(
            value: value, denominator: rows, weight: Double(rows), effectiveCount: effective, status: .ok)))
    }
    let (a, b) = (try share(0.4, 100, 80), try share(0.25, 120, 100))
    let (x, y) = PairComparer.apart(a, b, 0.4, kind)
    func error(_ share: RateDefinition.Share, _ count: Double) -> Double {
      let rate = (share.effectiveSuccesses + 0.5) / (share.effectiveCount + 1)
      let error = (rate * (1 - rate) / count).squareRoot()
      return kind == .ratio ? error / rate : error
    }
    let (s, t) = (error(a, a.effectiveCount), error(b, b.effectiveCount))
    let expected = s * s + t * t - 2 * 0.4 * s * t
    let (u, v) = (error(a, x.effectiveCount), error(b, y.effectiveCount))
    #expect(isClose(u * u + v * v, expected, within: 1e-12))
    #expect(isClose(x.value ?? .nan, 0.4, within: 1e-12))
  }

  /// Groups that move together are less far apart by chance, and fewer rows decide.
  @Test func noiseIsThatOfTheDifferences() throws {
    func spread(_ r: Double?) throws -> Spread {
      let sides = [(0.5, 0.03), (0.4, 0.03), (0.46, 0.03)].enumerated().map {
        Self.side($0 + 1, $1.0, $1.1, Self.mean)
      }
      let known = UnitCorrelations(
        r.map { [.init(family: 1, metric: Self.mean.id, values: [$0, $0, $0])] } ?? []
      ) { _ in 1..<4 }
      return try #require(
        SpreadFinder(level: 0.95, definitions: [GapDefinition(of: Self.mean)], correlations: known).spreads(
          of: GapFinder.Family(
            index: 1, groups: sides, overall: Self.side(0, 0.45, 0.02, Self.mean), reference: nil)
        ).first
      ).spread
    }
    let (apart, together) = (try spread(nil), try spread(0.75))
    // Errors of equal size and correlation: all differences vary by a quarter, so that all is half as far.
    #expect(isClose(together.noiseFloor, apart.noiseFloor / 2, within: 1e-9))
    #expect(isClose(together.detectable, apart.detectable / 2, within: 1e-9))
    #expect(abs(together.rowsToDecide - apart.rowsToDecide / 4) <= 1)
    #expect(together.variance > apart.variance && together.within < apart.within)
  }
}
