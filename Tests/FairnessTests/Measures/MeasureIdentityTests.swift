import Glibc
import Metrics
import Statistics
import TestSupport
import Testing

@testable import Fairness

/// Identities, and naive oracles on random data.
@Suite struct MeasureIdentityTests {
  private static func random(_ seed: UInt64, groups: Int) -> [GroupCounts] {
    var generator = SplitMix(seed: seed)
    return (0..<groups).map { index in
      let cells = (0..<4).map { _ in Int.random(in: 1...40, using: &generator) }
      return Compas.group("\(index)", cells[0], cells[1], cells[2], cells[3])
    }
  }

  @Test(arguments: [0.5, 1, 2, 3, -0.5, 0]) func `Entropy between and within make the whole`(alpha: Double) {
    var generator = SplitMix(seed: 7)
    for _ in 0..<20 {
      let groups = (0..<4).map { index in
        let count = Int.random(in: 1...30, using: &generator)
        return Inequality.Group(
          "\(index)", (0..<count).map { _ in Double.random(in: 0.1...3, using: &generator) },
          weights: (0..<count).map { _ in Double.random(in: 0.5...2, using: &generator) })
      }
      let inequality = Inequality(groups)
      let parts = MeasureValue.combine(
        inequality.betweenGroups(alpha: alpha), inequality.withinGroups(alpha: alpha), +)
      let whole = inequality.entropyIndex(alpha: alpha).value
      #expect(whole != nil && isClose(parts.value ?? .nan, whole ?? .nan, within: 1e-10))
      // Scale does not matter.
      let scaled = Inequality(groups.map { .init($0.name, $0.benefits.map { 3 * $0 }, weights: $0.weights) })
      #expect(
        isClose(scaled.entropyIndex(alpha: alpha).value ?? .nan, whole ?? .nan, within: 1e-10))
    }
  }

  @Test func `Entropy of counts is that of rows`() {
    for seed in UInt64(0)..<5 {
      let groups = Self.random(seed, groups: 3)
      let rows = groups.map { group in
        let benefits =
          [Double](repeating: 0, count: Int(group.falseNegatives))
          + [Double](repeating: 1, count: Int(group.truePositives + group.trueNegatives))
          + [Double](repeating: 2, count: Int(group.falsePositives))
        return Inequality.Group(group.name, benefits)
      }
      for alpha in [0.5, 1.0, 2] {
        let (a, b) = (Inequality(groups.map { .init($0) }), Inequality(rows))
        #expect(isMeasured(a.entropyIndex(alpha: alpha), b.entropyIndex(alpha: alpha).value ?? .nan))
        #expect(isMeasured(a.withinGroups(alpha: alpha), b.withinGroups(alpha: alpha).value ?? .nan))
      }
    }
  }

  @Test func `Entropy undefined`() {
    #expect(Inequality([]).theilIndex == .undefined("no rows"))
    #expect(Inequality([.init("a", [0, 0])]).theilIndex == .undefined("the mean benefit is 0"))
    #expect(Inequality([.init("a", [-1, 2])]).theilIndex.value == nil)
    let zero = Inequality([.init("a", [0, 0]), .init("b", [1, 2])])
    #expect(zero.withinGroups(alpha: 0) == .undefined("a group's mean benefit is 0"))
    #expect(zero.withinGroups(alpha: 2).value != nil)
  }

  @Test func `Exchanging classes or groups`() {
    for seed in UInt64(10)..<30 {
      let groups = Self.random(seed, groups: 2)
      let pair = GroupPair(focal: groups[0], reference: groups[1])
      let exchanged = GroupPair(
        focal: groups[0].withClassesExchanged, reference: groups[1].withClassesExchanged)
      let reversed = GroupPair(focal: groups[1], reference: groups[0])
      func value(_ measured: MeasureValue) -> Double { measured.value ?? .nan }
      #expect(isMeasured(exchanged.averageOddsDifference, -value(pair.averageOddsDifference)))
      #expect(isMeasured(exchanged.statisticalParityDifference, -value(pair.statisticalParityDifference)))
      #expect(isMeasured(exchanged.equalizedOddsDifference, value(pair.equalizedOddsDifference)))
      #expect(isMeasured(reversed.disparateImpact, 1 / value(pair.disparateImpact)))
      #expect(isMeasured(reversed.treatmentEquality, -value(pair.treatmentEquality)))
      let fairlearn = GroupPair(focal: groups[0], reference: groups[1], as: .fairlearn)
      let between = GroupAggregate(of: .selectionRate, in: groups)
      #expect(isMeasured(fairlearn.disparateImpact, value(between.ratio().value)))
      #expect(isMeasured(fairlearn.statisticalParityDifference, value(between.difference().value)))
    }
  }

  @Test func `Differential fairness against all pairs`() {
    for seed in UInt64(40)..<50 {
      let groups = Self.random(seed, groups: 5)
      let rates = groups.map { ($0.selected + 0.5) / ($0.size + 1) }
      var worst = 0.0
      for a in rates {
        for b in rates { worst = max(worst, abs(log(a / b)), abs(log((1 - a) / (1 - b)))) }
      }
      #expect(isMeasured(DifferentialFairness.ofDecisions(groups), worst))
    }
    let extreme = [
      Compas.group("a", 0, 0, 1, 1), Compas.group("b", 1, 0, 1, 1), Compas.group("c", 0, 0, 0, 0),
    ]
    #expect(
      DifferentialFairness.epsilon(extreme.map { ($0.selected, $0.size) }, concentration: 0)
        == .value(.infinity))
    #expect(DifferentialFairness.ofLabels([extreme[0], extreme[2]]).value == nil)
  }

  @Test func `One stratum is no stratum`() {
    for seed in UInt64(60)..<70 {
      let groups = Self.random(seed, groups: 2)
      let pair = GroupPair(focal: groups[0], reference: groups[1])
      for metric in [BinaryMetric.selectionRate, .truePositiveRate, .precision] {
        let one = StratifiedComparison([.init("all", focal: groups[0], reference: groups[1])], of: metric)
        let difference = pair.difference(metric).value ?? .nan
        #expect(isMeasured(one.pooledDifference, difference))
        #expect(isMeasured(one.standardizedDifference, difference))
        #expect(isMeasured(one.differenceForFocal, difference))
        #expect(isMeasured(one.pooledRatio, pair.ratio(metric).value ?? .nan))
      }
    }
  }

  /// C-verbatim conf8: selection of African-American against Caucasian people by sex; the strata of conf1.
  @Test func `COMPAS by sex`() {
    func cell(_ race: String, _ sex: String) -> GroupCounts {
      Compas.racesBySex.first { $0.race == race && $0.sex == sex }?.group ?? Compas.group("", 0, 0, 0, 0)
    }
    let strata = ["Female", "Male"].map { sex in
      StratifiedComparison.Stratum(
        sex, focal: cell("African-American", sex), reference: cell("Caucasian", sex))
    }
    let found = StratifiedComparison(strata)
    #expect(isMeasured(found.pooledOddsRatio, 2.655000, within: 1e-6))
    #expect(isMeasured(found.pooledRatio, 1.689995, within: 1e-6))
    let test = found.pooled.test()
    #expect(test.map { isClose($0.statistic, 336.020931, within: 1e-8) } == true)
    let homogeneity = found.pooled.homogeneity()
    #expect(homogeneity.map { isClose($0.statistic, 22.137687, within: 1e-7) } == true)
    // By hand: 337/652 − 224/567 and 1837/3044 − 630/1887, weighted by 1,219 and 4,931 rows.
    let gaps = [337.0 / 652 - 224.0 / 567, 1837.0 / 3044 - 630.0 / 1887]
    #expect(isMeasured(found.standardizedDifference, (1219 * gaps[0] + 4931 * gaps[1]) / 6150))
    for (difference, gap) in zip(found.differences, gaps) { #expect(isMeasured(difference.value, gap)) }
    let lacking = StratifiedComparison(
      strata + [
        .init("Other", focal: Compas.group("f", 1, 0, 0, 1), reference: Compas.group("r", 0, 0, 0, 0))
      ])
    #expect(lacking.excluded == ["Other"])
    #expect(lacking.standardizedDifference == found.standardizedDifference)
  }

  /// C-verbatim conf8, by age.
  @Test func `COMPAS by age`() {
    let tables = [[1281, 913, 500, 812], [247, 335, 117, 635], [646, 274, 237, 153]]
    let found = StratifiedComparison(
      tables.enumerated().map { index, cells in
        .init(
          "\(index)", focal: Compas.group("AA", cells[0], 0, 0, cells[1]),
          reference: Compas.group("C", cells[2], 0, 0, cells[3]))
      })
    #expect(isMeasured(found.pooledOddsRatio, 2.341328, within: 1e-6))
    #expect(isMeasured(found.pooledRatio, 1.528959, within: 1e-6))
    #expect(found.pooled.test().map { isClose($0.statistic, 238.054637, within: 1e-8) } == true)
    #expect(found.pooled.homogeneity().map { isClose($0.statistic, 28.749564, within: 1e-7) } == true)
    let interval = found.pooled.oddsRatioInterval(level: 0.95)
    #expect(interval.map { isClose($0.lower, 2.099070180201153, within: 1e-9) } == true)
    #expect(interval.map { isClose($0.upper, 2.6115446028454703, within: 1e-9) } == true)
  }

  @Test func `Worst conjunction against all of them`() {
    let cells = Compas.racesBySex.map { SubgroupFairness.Cell([$0.race, $0.sex], $0.group.counts) }
    let all = GroupCounts.total(Compas.racesBySex.map(\.group))
    let names = Compas.races.map { Optional($0.name) } + [nil]
    for rate in SubgroupFairness.Rate.allCases {
      var worst = 0.0
      for race in names {
        for sex in ["Female", "Male", nil] {
          let inside = Compas.racesBySex.filter {
            (race == nil || $0.race == race) && (sex == nil || $0.sex == sex)
          }
          let group = GroupCounts.total(inside.map(\.group))
          let (base, own, whole) =
            switch rate {
            case .selection: (group.size, group.rate(.selectionRate), all.rate(.selectionRate))
            case .falsePositive:
              (group.negatives, group.rate(.falsePositiveRate), all.rate(.falsePositiveRate))
            case .truePositive: (group.positives, group.rate(.truePositiveRate), all.rate(.truePositiveRate))
            }
          guard let own = own.value, let whole = whole.value else { continue }
          worst = max(worst, base / all.size * abs(own - whole))
        }
      }
      #expect(isMeasured(SubgroupFairness.worst(cells, rate), worst))
      #expect(SubgroupFairness.worst(cells.reversed(), rate) == SubgroupFairness.worst(cells, rate))
    }
    #expect(SubgroupFairness.deviations(cells).first?.values == ["African-American", nil])
    #expect(SubgroupFairness.worst([]).value == nil)
  }
}
