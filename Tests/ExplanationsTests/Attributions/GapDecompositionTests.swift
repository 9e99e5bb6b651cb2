import Metrics
import Models
import Results
import Slicing
import TableIngest
import Tables
import TestSupport
import Testing

@testable import Explanations

@Suite struct GapDecompositionTests {
  /// Groups that differ in `x0` only: x0 + 2·x1 + x0·x1 is explained, where x1 is distributed alike in both. Given the
  /// background, the parts of the population's difference are known, and intervals hold them at their level.
  @Test func intervalsHoldTheirLevel() throws {
    var holds = [0, 0]
    let runs = 600
    for run in 0..<runs {
      let (values, groups, units) = Self.drawn(run)
      let input = try AttributionExplainerTests.input(values, groups: groups, units: units) {
        $0[0] + 2 * $0[1] + $0[0] * $0[1]
      }
      var settings = AttributionExplainerTests.settings(10_000, 10)
      settings.seed = UInt64(run)
      let gap = try AttributionExplainer(input, AttributionExplainerTests.alone(input), settings).run()
        .decompositions[0]
      // φ₀ = (x0 − b0)(1 + (x1 + b1) ⁄ 2) and φ₁ = (x1 − b1)(2 + (x0 + b0) ⁄ 2), on average over b; x0 is 0.5 higher on
      // average in group `b`, and x1 has mean 0 in both.
      let sign = gap.slice == 2 ? 1.0 : -1
      let mean = try Self.backgroundMean(input, settings)
      let truth = [sign * (0.5 + 0.25 * mean), -sign * 0.25 * mean]
      for feature in 0..<2 where gap.lower[feature] <= truth[feature] && truth[feature] <= gap.upper[feature]
      {
        holds[feature] += 1
      }
      #expect(isClose(gap.parts.reduce(0, +), gap.difference, within: 1e-10))
    }
    print("coverage of 95 % intervals", holds.map { Double($0) / Double(runs) })
    // 3 Monte-Carlo errors of 600 runs.
    #expect(holds.allSatisfy { abs(Double($0) / Double(runs) - 0.95) < 0.027 })
  }

  /// 60 units of two rows, each unit in one group.
  private static func drawn(
    _ run: Int
  ) -> (values: [[Double]], groups: [Int32], units: [Int32]) {
    var random = SplitMix(seed: UInt64(1000 + run))
    var values: [[Double]] = [[], []]
    var groups: [Int32] = []
    for unit in 0..<60 {
      let group = unit % 3 == 0 ? 1 : 0
      let common = (0..<2).map { _ in Double.random(in: -1...1, using: &random) }
      for _ in 0..<2 {
        groups.append(Int32(group))
        for feature in 0..<2 {
          let own = (common[feature] + Double.random(in: -1...1, using: &random)) / 2
          values[feature].append(own + (feature == 0 && group == 1 ? 0.5 : 0))
        }
      }
    }
    return (values, groups, (0..<120).map { Int32($0 / 2) })
  }

  private static func backgroundMean(
    _ input: ExplanationInput, _ settings: ExplanationSettings
  ) throws -> Double {
    guard case .numbers(let column) = input.columns[1] else { return .nan }
    let rows = AttributionSample.background(input, settings)
    return rows.reduce(0) { $0 + column.values[Int($1)] } / Double(rows.count)
  }

  /// Sex and race on Adult: parts by column, weights, a column's own groups among the features.
  @Test(
    .enabled(if: SharedData.isPresent, "needs the shared data folder"), arguments: ["xgb.json", "lgbm.txt"])
  func adult(_ file: String) throws {
    let (input, encodingColumns) = try AdultRows.input(file)
    var settings = ExplanationSettings()
    settings.listedRows = [3, 14_653]
    let alone = AttributionExplainerTests.alone(input)
    let (found, gaps) = try AttributionExplainer(input, alone, settings).run()
    #expect(found.method == "TreeSHAP, interventional" && found.scale == .margin)
    #expect(found.backgroundRows == 100 && found.groups[0].rows == 1000)
    #expect(alone.count == encodingColumns && found.groups.allSatisfy { $0.mean.count == encodingColumns })
    #expect(gaps.count == 2)
    for gap in gaps {
      #expect(isClose(gap.parts.reduce(0, +), gap.difference, within: 1e-9))
      #expect(gap.difference > 0 && gap.scale == .margin)
      for feature in alone.indices {
        #expect(gap.lower[feature] <= gap.parts[feature] && gap.parts[feature] <= gap.upper[feature])
      }
    }
    for row in found.rows {
      #expect(isClose(row.values.reduce(found.baseValue, +), row.prediction, within: 1e-9))
    }
    // Columns that move together take what they take together, less and more by interactions only.
    let joint =
      [FeatureGroup(name: "first two", members: [0, 1])]
      + alone.dropFirst(2)
    settings.threads = 3
    let grouped = try AttributionExplainer(input, joint, settings).run()
    #expect(isClose(grouped.attributions.baseValue, found.baseValue))
    for (one, two) in zip(found.groups, grouped.attributions.groups) {
      #expect(isClose(one.mean.reduce(0, +), two.mean.reduce(0, +), within: 1e-9))
      #expect(one.rows == two.rows)
    }
  }
}

/// Adult's evaluation rows behind a native model, sliced by sex and by race.
private enum AdultRows {
  static func input(_ file: String) throws -> (input: ExplanationInput, featureCount: Int) {
    let encoding = try Encoding.read(path: SharedData.path("data/adult/models/encoding.json"))
    let scorer = try NativeScorer(
      ModelReader.read(path: SharedData.path("data/adult/models/\(file)")), encoding: encoding)
    let columns = scorer.features.map {
      ReadRequest.ColumnRequest(name: $0.name, kind: $0.kind == .number ? .number : .category)
    }
    let table = try TableReader.read(
      path: SharedData.path("data/adult/predictions_all_models.csv"),
      ReadRequest(columns: columns, missing: [""])
    ).table
    let own = try scorer.columns(of: table)
    let none = [UInt8](repeating: 0, count: table.rowCount)
    let plan = try SlicePlan([try SliceSpec(parsing: "sex"), try SliceSpec(parsing: "race")], of: table)
    let input = ExplanationInput(
      rescorer: try Rescorer(scorer, own), output: 0, columns: own, table: table,
      observations: Observations(
        labels: none, decisions: none, weights: (0..<table.rowCount).map { Double(1 + $0 % 3) }),
      hasLabel: false, cut: 0.5, isStrict: false, plan: plan, units: nil, firstSlice: [0, 1, 3])
    return (input, scorer.features.count)
  }
}
