import Metrics
import Models
import Results
import Slicing
import Statistics
import Synchronization
import Tables
import TestSupport
import Testing

@testable import Explanations

/// Means over slices, listed rows and decompositions of gaps.
@Suite struct AttributionExplainerTests {
  /// Rows of random numbers `x0`, `x1`, … with a group `g`, scored by a formula.
  static func input(
    _ values: [[Double]], groups: [Int32], weights: [Double]? = nil, units: [Int32]? = nil,
    _ formula: @escaping @Sendable ([Double]) -> Double
  ) throws -> ExplanationInput {
    let names = values.indices.map { "x\($0)" }
    let columns = FormulaScorer.columns(names, values)
    let count = values[0].count
    let group = Column.category(
      CategoryColumn(
        name: "g", codes: groups, categories: ["a", "b", "c"], missingCount: groups.count { $0 < 0 }))
    let table = Table(
      rowCount: count, columns: columns + [group], origin: RowOrigin(source: "made", stretches: []))
    let none = [UInt8](repeating: 0, count: count)
    return ExplanationInput(
      rescorer: ColumnRescorer(FormulaScorer(names, formula), columns), output: 0, columns: columns,
      table: table, observations: Observations(labels: none, decisions: none, weights: weights),
      hasLabel: false, cut: 0.5, isStrict: false,
      plan: try SlicePlan(
        [try SliceSpec(parsing: "g"), try SliceSpec(parsing: "g*x0:quantiles=2")], of: table),
      units: units, firstSlice: [0, 1, 9])
  }

  static func alone(_ input: ExplanationInput) -> [FeatureGroup] {
    input.columns.enumerated().map { FeatureGroup(name: $1.name, members: [$0]) }
  }

  static func settings(_ rows: Int, _ background: Int, seed: UInt64 = 42) -> ExplanationSettings {
    var settings = ExplanationSettings()
    (settings.attributionRows, settings.backgroundRows, settings.seed) = (rows, background, seed)
    return settings
  }

  /// β(x − mean of the background) for a linear score, with all rows explained.
  @Test func meansAreThoseOfAllRowsWhereAllAreExplained() throws {
    let values = ShapleyGameTests.random(3, 90, seed: 11)
    let groups = (0..<90).map { Int32($0 % 9 == 0 ? 2 : $0 % 2) }
    let weights = (0..<90).map { Double($0 % 4) }
    let input = try Self.input(values, groups: groups, weights: weights) { 2 * $0[0] - 3 * $0[2] + 1 }
    var settings = Self.settings(1000, 1000)
    settings.listedRows = [90, 1]
    let (found, gaps) = try AttributionExplainer(input, Self.alone(input), settings).run()
    let total = weights.reduce(0, +)
    let means = values.map { zip($0, weights).reduce(0) { $0 + $1.0 * $1.1 } / total }
    #expect(found.method == "exact" && found.scale == .score)
    #expect(found.backgroundRows == weights.count { $0 > 0 })
    #expect(isClose(found.baseValue, 2 * means[0] - 3 * means[2] + 1))
    #expect(found.groups.map(\.slice) == [0, 1, 2, 3])
    for (group, code) in zip(found.groups, [nil, 0, 1, 2] as [Int32?]) {
      let rows = (0..<90).filter { (code == nil || groups[$0] == code) && weights[$0] > 0 }
      #expect(group.rows == rows.count)
      let sum = rows.reduce(0) { $0 + weights[$1] }
      for (feature, slope) in [2.0, 0, -3].enumerated() {
        let parts = rows.map { slope * (values[feature][$0] - means[feature]) }
        let mean = zip(rows, parts).reduce(0) { $0 + weights[$1.0] * $1.1 } / sum
        let absolute = zip(rows, parts).reduce(0) { $0 + weights[$1.0] * abs($1.1) } / sum
        let squares = zip(rows, parts).reduce(0) { total, next in
          let term = weights[next.0] * (next.1 - mean) / sum
          return total + term * term
        }
        let error = (squares * Double(rows.count) / Double(rows.count - 1)).squareRoot()
        #expect(isClose(group.mean[feature], mean, within: 1e-10))
        #expect(isClose(group.meanAbsolute[feature], absolute, within: 1e-10))
        #expect(isClose(group.standardError[feature], error, within: 1e-10))
      }
    }
    #expect(found.rows.map(\.row) == [90, 1])
    #expect(isClose(found.rows[0].values[0], 2 * (values[0][89] - means[0]), within: 1e-10))
    #expect(found.rows[1].errors == [0, 0, 0])
    #expect(found.rows[1].texts == values.map { NumberText.text($0[0]) })
    #expect(isClose(found.rows[1].prediction, 2 * values[0][0] - 3 * values[2][0] + 1))
    let gap = try #require(gaps.first)
    #expect(gaps.count == 1)
    let (top, low) = (found.groups[gap.slice], found.groups[gap.reference])
    #expect(gap.parts == zip(top.mean, low.mean).map { $0 - $1 })
    #expect(isClose(gap.parts.reduce(0, +), gap.difference))
    #expect(gap.difference > 0)
    #expect(gap.standardError[1] == 0 && gap.parts[1] == 0)
    // Welch's interval; every row is a unit.
    let (a, b) = (top.standardError[0], low.standardError[0])
    let error = (a * a + b * b).squareRoot()
    let spread = a * a * a * a / Double(top.rows - 1) + b * b * b * b / Double(low.rows - 1)
    let margin =
      error * StudentT.criticalValue(level: 0.95, degreesOfFreedom: error * error * error * error / spread)
    #expect(isClose(gap.standardError[0], error, within: 1e-10))
    #expect(isClose(gap.lower[0], gap.parts[0] - margin, within: 1e-10))
    #expect(isClose(gap.upper[0], gap.parts[0] + margin, within: 1e-10))
  }

  @Test func smallGroupsAreFilledUpForThemselvesOnly() throws {
    let values = ShapleyGameTests.random(2, 5000, seed: 12)
    let groups = (0..<5000).map { Int32($0 < 30 ? 2 : $0 % 2) }
    let input = try Self.input(values, groups: groups) { $0[0] * $0[1] }
    let settings = Self.settings(200, 10)
    let sample = AttributionSample(
      input, settings, predictions: groups.map { $0 == 0 ? 0 : $0 == 1 ? 1 : 2 })
    let overall = Set(sample.families[0].groups[0])
    #expect(overall.count == 200)
    #expect(sample.families.count == 2)
    let own = sample.families[1]
    #expect(own.pair?.group == 2 && own.pair?.reference == 0)
    #expect(own.groups[2] == Array(0..<30))
    #expect(overall.count { $0 < 30 } < 10)
    for group in 0..<3 {
      let rows = own.groups[group]
      #expect(rows.allSatisfy { groups[Int($0)] == Int32(group) })
      #expect(Set(rows).isSuperset(of: overall.filter { groups[Int($0)] == Int32(group) }))
    }
    let other = AttributionSample(input, Self.settings(200, 10, seed: 1), predictions: input.rows)
    #expect(Set(other.families[0].groups[0]) != overall)
  }

  @Test func theSameForAnyNumberOfThreads() throws {
    let values = ShapleyGameTests.random(3, 400, seed: 13)
    let groups = (0..<400).map { Int32($0 % 3) }
    let input = try Self.input(values, groups: groups) { $0[0] * $0[1] + $0[2] }
    var settings = Self.settings(300, 20)
    let one = try AttributionExplainer(input, Self.alone(input), settings).run()
    settings.threads = 4
    let four = try AttributionExplainer(input, Self.alone(input), settings).run()
    #expect(one.attributions == four.attributions && one.decompositions == four.decompositions)
    let rows = (Int32(0)..<1000).map { $0 }
    #expect(
      AttributionBlocks.map(rows, threads: 3) { $0.map { Double($0) } } == rows.map { Double($0) })
  }

  /// 5 features: exact; 14, more than sets are enumerated of: sampled.
  @Test(arguments: [5, 14]) func progressRisesToOne(features: Int) throws {
    let values = ShapleyGameTests.random(features, 300, seed: 5)
    let input = try Self.input(values, groups: (0..<300).map { Int32($0 % 2) }) { row in
      row[0] * row[1] + row.reduce(0, +)
    }
    var settings = Self.settings(250, 4)
    settings.listedRows = [7, 3]
    let told = Mutex<[Double]>([])
    let found = try AttributionExplainer(input, Self.alone(input), settings).run { share in
      told.withLock { $0.append(share) }
    }
    let shares = told.withLock { $0 }
    #expect(found.attributions.method == (features == 5 ? "exact" : "antithetic permutations"))
    #expect(shares.count > 1 && isClose(shares.last ?? 0, 1))
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 })
    let blocks = Mutex<[Double]>([])
    let rows = (Int32(0)..<400).map { $0 }
    _ = AttributionBlocks.map(rows, threads: 2, progress: { share in blocks.withLock { $0.append(share) } }) {
      $0.map { Double($0) }
    }
    #expect(blocks.withLock { $0 } == [0.25, 0.5, 0.75, 1])
  }

  /// Two copies of every row, one unit each pair: the error is that of the rows once.
  @Test func unitsCountOnce() throws {
    let once = ShapleyGameTests.random(2, 60, seed: 14)
    let groups = (0..<60).map { Int32($0 % 2) }
    let single = try Self.input(once, groups: groups) { $0[0] * $0[1] }
    let twice = try Self.input(
      once.map { $0 + $0 }, groups: groups + groups, units: (0..<120).map { Int32($0 % 60) }
    ) { $0[0] * $0[1] }
    let settings = Self.settings(1000, 1000)
    let a = try AttributionExplainer(single, Self.alone(single), settings).run()
    let b = try AttributionExplainer(twice, Self.alone(twice), settings).run()
    for (one, two) in zip(a.attributions.groups, b.attributions.groups) {
      #expect(two.rows == 2 * one.rows)
      for feature in 0..<2 {
        #expect(isClose(one.mean[feature], two.mean[feature]))
        #expect(isClose(one.standardError[feature], two.standardError[feature]))
      }
    }
    for feature in 0..<2 {
      #expect(
        isClose(a.decompositions[0].standardError[feature], b.decompositions[0].standardError[feature]))
      #expect(isClose(a.decompositions[0].upper[feature], b.decompositions[0].upper[feature]))
    }
  }

  /// Units with a row on both sides: what they share is no error of the difference.
  @Test func sharedUnitsCancel() throws {
    var random = SplitMix(seed: 15)
    let shared = (0..<50).map { _ in Double.random(in: -1...1, using: &random) }
    let input = try Self.input(
      [shared + shared.map { $0 + 1 }], groups: (0..<100).map { $0 < 50 ? 0 : 1 },
      units: (0..<100).map { Int32($0 % 50) }
    ) { $0[0] }
    let gap = try AttributionExplainer(input, Self.alone(input), Self.settings(1000, 1000)).run()
      .decompositions[0]
    #expect(isClose(gap.parts[0], 1))
    #expect(gap.standardError[0] < 1e-12)
  }

  @Test func wrongQuestionsAreNamed() throws {
    let input = try Self.input([[1, 2], [3, 4]], groups: [0, 1]) { $0[0] }
    let message = { (groups: [FeatureGroup], listed: [Int]) -> String in
      var settings = Self.settings(10, 10)
      settings.listedRows = listed
      do throws(Failure) {
        _ = try AttributionExplainer(input, groups, settings).run()
      } catch { return error.message }
      return ""
    }
    #expect(message(Self.alone(input), [3]).contains("no row 3"))
    #expect(message(Self.alone(input), [0]).contains("no row 0"))
    #expect(message([FeatureGroup(name: "p", members: [0])], []).contains("“x1” is in no group"))
    #expect(
      message(Self.alone(input) + [FeatureGroup(name: "p", members: [0])], []).contains("“x0” and “p”"))
    let joint = [FeatureGroup(name: "both", members: [0, 1])]
    var settings = Self.settings(10, 10)
    settings.listedRows = [2]
    let row = try AttributionExplainer(input, joint, settings).run().attributions.rows[0]
    #expect(row.texts == ["x0=2, x1=4"])
  }
}

extension ExplanationInput {
  /// Row numbers as if they were predictions.
  fileprivate var rows: [Double] { (0..<rowCount).map { Double($0) } }
}
