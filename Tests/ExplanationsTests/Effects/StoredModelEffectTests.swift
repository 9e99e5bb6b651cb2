import Metrics
import Models
import Results
import Slicing
import TableIngest
import Tables
import TestSupport
import Testing

@testable import Explanations

/// Effects of a LightGBM model of Adult (UCI) through its leaf masks, against those of scoring whole columns.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder")) struct StoredModelEffectTests {
  private func inputs() throws -> [ExplanationInput] {
    var encoding = try Encoding.read(path: SharedData.path("data/adult/models/encoding.json"))
    encoding.roundsToSingle = true
    let scorer = try NativeScorer(
      ModelReader.read(path: SharedData.path("data/adult/models/lgbm.txt")), encoding: encoding)
    let request = ReadRequest(
      columns: scorer.features.map {
        ReadRequest.ColumnRequest(name: $0.name, kind: $0.kind == .number ? .number : .category)
      }, missing: [""])
    let all = try TableReader.read(path: SharedData.path("data/adult/predictions.csv"), request).table
    let table = all.selecting((0..<400).map { $0 * 36 })
    let columns = try scorer.columns(of: table)
    let plan = try SlicePlan([SliceSpec(parsing: "sex"), SliceSpec(parsing: "race")], of: table)
    let zeros = [UInt8](repeating: 0, count: 400)
    return [try Rescorer(scorer, columns), ColumnRescorer(scorer, columns)].map { (rescorer: any Rescoring) in
      ExplanationInput(
        rescorer: rescorer, output: 0, columns: columns, table: table,
        observations: Observations(labels: zeros, decisions: zeros), hasLabel: false, cut: 0.5,
        isStrict: false,
        plan: plan, units: nil, firstSlice: [0, 1, 3])
    }
  }

  private func expectClose(_ found: [Double], _ expected: [Double]) {
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) { #expect(isClose(a, b, within: 1e-9), "\(a) for \(b)") }
  }

  @Test func masksAndColumnsAgree() throws {
    let inputs = try inputs()
    var settings = ExplanationSettings()
    (settings.gridSize, settings.interactionRows) = (6, 25)
    let names = inputs[0].columns.map(\.name)
    let groups = names.indices.map { FeatureGroup(name: names[$0], members: [$0]) }
    let chosen = ["age", "capital_gain", "occupation", "sex"].compactMap { names.firstIndex(of: $0) }
    let engines = inputs.map { EffectsEngine($0, settings) }
    let effects = try engines.map { try $0.effects(of: chosen.map { ($0, groups[$0]) }).values }
    #expect(effects[0].map(\.feature) == chosen && effects[0].map(\.curves.count).last == 6)
    for (found, expected) in zip(effects[0], effects[1]) {
      #expect(found.grid == expected.grid && found.labels == expected.labels)
      for (a, b) in zip(found.curves, expected.curves) {
        #expect(a.slice == b.slice && a.rows == b.rows && a.support == b.support)
        expectClose(a.partialDependence, b.partialDependence)
        expectClose(a.partialDependenceError, b.partialDependenceError)
        expectClose(a.accumulatedEffect, b.accumulatedEffect)
        expectClose(a.accumulatedEffectError, b.accumulatedEffectError)
      }
      for (a, b) in zip(found.individual, expected.individual) { expectClose(a, b) }
    }
    let pairs = try engines.map { try $0.interactions([(chosen[0], chosen[1])], groups: groups)[0] }
    expectClose([pairs[0].hSquared, pairs[0].strength], [pairs[1].hSquared, pairs[1].strength])
    let flips = try engines.map { try $0.flips(groups: groups).values }
    #expect(flips[0].count == flips[1].count && flips[0].count > 2)
    for (a, b) in zip(flips[0], flips[1]) {
      #expect([a.rows, a.toPositive, a.toNegative] == [b.rows, b.toPositive, b.toNegative])
      expectClose([a.meanChange], [b.meanChange])
    }
  }
}
