import Results
import Slicing
import Statistics
import Tables
import TestSupport
import Testing

@testable import Metrics

/// Rows of two crossed features whose outcomes differ between groups.
private struct Rows {
  var labels: [UInt8] = []
  var decisions: [UInt8] = []
  var sex: [String?] = []
  var region: [String?] = []
  var weights: [Double] = []

  init(_ count: Int) {
    var random = KeyedRandom(seed: 3, key: "rows")
    for _ in 0..<count {
      let first = random.uniform() < 0.3
      let place = random.integer(below: 3)
      let label = random.uniform() < (first ? 0.6 : 0.3)
      labels.append(label ? 1 : 0)
      decisions.append(random.uniform() < (label ? 0.7 : 0.1 + 0.1 * Double(place)) ? 1 : 0)
      sex.append(first ? "a" : "b")
      region.append(["x", "y", "z"][place])
      weights.append(0.5 + random.uniform())
    }
  }

  func shuffled() -> Rows {
    var random = KeyedRandom(seed: 4, key: "order")
    let order = random.permutation(of: labels.count).map { Int($0) }
    var copy = self
    copy.labels = order.map { labels[$0] }
    copy.decisions = order.map { decisions[$0] }
    copy.sex = order.map { sex[$0] }
    copy.region = order.map { region[$0] }
    copy.weights = order.map { weights[$0] }
    return copy
  }

  var table: Table {
    func column(_ name: String, _ values: [String?]) -> Column {
      let categories = Set(values.compactMap { $0 }).sorted()
      return .category(
        CategoryColumn(
          name: name, codes: values.map { Int32(categories.firstIndex(of: $0 ?? "") ?? 0) },
          categories: categories, missingCount: 0))
    }
    return Table(
      rowCount: labels.count, columns: [column("sex", sex), column("region", region)],
      origin: RowOrigin(source: "test", stretches: []))
  }

  func bootstrap(_ replicates: Int, weighted: Bool = false) throws -> (
    CellBootstrap, SlicePlan, [FamilyTally]
  ) {
    let plan = try SlicePlan(["sex", "region", "sex*region"].map { try SliceSpec(parsing: $0) }, of: table)
    let observations = Observations(
      labels: labels, decisions: decisions, scores: nil, scoresAreProbabilities: false,
      weights: weighted ? weights : nil)
    let tallier = Tallier(observations, groupings: plan.groupings, calibrationBins: 0, hasCurves: false)
    let tallies = plan.families.map { tallier.tally($0) }
    let bootstrap = CellBootstrap(
      replicates: replicates, seed: 1, isWeighted: weighted, strata: tallier.strata(plan, tallies))
    return (bootstrap, plan, tallies)
  }
}

struct JointBootstrapTests {
  private static let slices = [
    (0, 0, "overall"), (1, 0, "sex=a"), (2, 1, "region=y"), (3, 1, "sex=a & region=y"),
  ]

  /// Resampling rows one by one is the definition: spreads and correlations of overlapping slices agree with it.
  @Test(arguments: [BinaryMetric.f1, .mcc, .balancedAccuracy])
  func movesAsResampledRowsDo(_ metric: BinaryMetric) throws {
    let rows = Rows(1500)
    let (bootstrap, _, tallies) = try rows.bootstrap(4000)
    let joint = Self.slices.map { family, group, name in
      CellBootstrap.replicates(
        bootstrap.draw(tallies[family].outcomes[group], key: name), Composite.statistic(metric))
    }
    let naive = Self.resampled(rows, metric, replicates: 2000)
    for (one, first) in joint.enumerated() {
      #expect(abs(Self.deviation(first) / Self.deviation(naive[one]) - 1) < 0.07)
      for (other, second) in joint.enumerated().dropFirst(one + 1) {
        let expected = Self.correlation(naive[one], naive[other])
        #expect(abs(Self.correlation(first, second) - expected) < 0.07, "\(one) with \(other)")
      }
    }
  }

  private static func resampled(_ rows: Rows, _ metric: BinaryMetric, replicates: Int) -> [[Double]] {
    var random = KeyedRandom(seed: 5, key: "naive")
    let count = rows.labels.count
    var found = [[Double]](repeating: [], count: slices.count)
    for _ in 0..<replicates {
      var cells = [[Double]](repeating: [0, 0, 0, 0], count: slices.count)
      for _ in 0..<count {
        let row = random.integer(below: count)
        let cell = Int(
          (1 - rows.decisions[row]) * 2
            + (rows.labels[row] == rows.decisions[row] ? 1 - rows.decisions[row] : rows.decisions[row]))
        cells[0][cell] += 1
        if rows.sex[row] == "a" { cells[1][cell] += 1 }
        if rows.region[row] == "y" { cells[2][cell] += 1 }
        if rows.sex[row] == "a", rows.region[row] == "y" { cells[3][cell] += 1 }
      }
      for index in slices.indices { found[index].append(Composite.value(metric, cells[index]) ?? .nan) }
    }
    return found
  }

  private static func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

  private static func deviation(_ x: [Double]) -> Double {
    let centre = mean(x)
    return (x.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(x.count)).squareRoot()
  }

  private static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let (a, b) = (mean(x), mean(y))
    return zip(x, y).reduce(0) { $0 + ($1.0 - a) * ($1.1 - b) } / Double(x.count) / deviation(x)
      / deviation(y)
  }

  @Test func theWholeIsTheSumOfItsGroups() throws {
    let rows = Rows(300)
    let (bootstrap, plan, tallies) = try rows.bootstrap(50)
    // With half a row in every slice the sums agree but for that: drawn as a pair they agree in all.
    let whole = tallies[0].outcomes[0]
    for family in 1..<plan.families.count {
      for group in plan.families[family].shown {
        let name = plan.predicate(plan.families[family], group: group)
        let pair = bootstrap.draw(tallies[family].outcomes[group], key: name, in: whole, wholeKey: "overall")
        #expect(pair.part == bootstrap.draw(tallies[family].outcomes[group], key: name))
        #expect(zip(pair.part, pair.whole).allSatisfy { $0 <= $1 })
      }
    }
    let parts = plan.families[1].shown.map { group in
      bootstrap.draw(
        tallies[1].outcomes[group], key: plan.predicate(plan.families[1], group: group), in: whole,
        wholeKey: "overall")
    }
    // whole − part of one group is the other group without its half rows: a whole number of rows.
    let rest = zip(parts[0].whole, parts[0].part).map { $0 - $1 }
    #expect(rest.allSatisfy { abs($0 - $0.rounded()) < 1e-9 })
  }

  @Test(arguments: [false, true]) func theOrderOfRowsDoesNotMatter(isWeighted: Bool) throws {
    let rows = Rows(400)
    let (first, _, tallies) = try rows.bootstrap(20, weighted: isWeighted)
    let (second, _, others) = try rows.shuffled().bootstrap(20, weighted: isWeighted)
    for (family, group, name) in Self.slices {
      let (a, b) = (
        first.draw(tallies[family].outcomes[group], key: name),
        second.draw(others[family].outcomes[group], key: name)
      )
      #expect(zip(a, b).allSatisfy { isClose($0, $1, within: 1e-9) })
    }
  }

  @Test func weightedCellsKeepTheirMeanAndVariance() throws {
    let rows = Rows(600)
    let (bootstrap, _, tallies) = try rows.bootstrap(20_000, weighted: true)
    let counts = tallies[2].outcomes[1]
    let cells = bootstrap.draw(counts, key: "region=y")
    for cell in 0..<4 {
      let values = stride(from: cell, to: cells.count, by: 4).map { cells[$0] }
      let half = counts.weight / Double(counts.rowCount) / 2
      #expect(abs(Self.mean(values) / (counts.weights[cell] + half) - 1) < 0.01)
      let deviation = (counts.squaredWeights[cell] + 2 * half * half).squareRoot()
      #expect(abs(Self.deviation(values) / deviation - 1) < 0.03)
    }
  }

  /// Where a table of all features' cross would be far larger than the slices, every family has its own.
  @Test func manyStrataAreDrawnFamilyByFamily() throws {
    let count = 40_000
    let codes = (0..<count).map { $0 % 200 }
    func column(_ name: String, _ values: [Int]) -> Column {
      let categories = (0..<200).map { String($0 + 1000) }
      return .category(
        CategoryColumn(name: name, codes: values.map(Int32.init), categories: categories, missingCount: 0))
    }
    let table = Table(
      rowCount: count, columns: [column("a", codes), column("b", (0..<count).map { $0 / 200 })],
      origin: RowOrigin(source: "test", stretches: []))
    let plan = try SlicePlan(["a", "b"].map { try SliceSpec(parsing: $0) }, of: table)
    let labels = (0..<count).map { UInt8($0 % 3 == 0 ? 1 : 0) }
    let observations = Observations(
      labels: labels, decisions: labels.reversed(), scores: nil, scoresAreProbabilities: false)
    let tallier = Tallier(observations, groupings: plan.groupings, calibrationBins: 0, hasCurves: false)
    let strata = tallier.strata(plan, plan.families.map { tallier.tally($0) })
    #expect(strata.count == 3)
    #expect(strata[1].strata(of: "a=1003")?.count == 1)
    #expect(strata[2].strata(of: "overall")?.count == 200)
  }

  /// An empty cell varies, and no replicate is undefined, in the smallest of groups.
  @Test func oneRowHasReplicates() {
    let bootstrap = CellBootstrap(replicates: 500, seed: 1, isWeighted: false)
    let counts = OutcomeCounts(truePositives: 1, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)
    let cells = bootstrap.draw(counts, key: "one")
    let values = CellBootstrap.replicates(cells, Composite.statistic(.f1))
    #expect(!values.contains { $0.isNaN })
    let found = bootstrap.interval(
      cells, of: counts, around: 1, level: 0.95, statistic: Composite.statistic(.f1))
    #expect(found?.limits.upper == 1)
    #expect((found?.limits.lower ?? 1) < 0.3)
  }
}
