import Models
import Results
import TestSupport
import Testing

@testable import Explanations

@Suite struct InteractionTests {
  /// H by its definition.
  private func share(
    _ oracle: EffectOracle, _ rows: [Int], _ first: Int, _ second: Int
  ) -> (hSquared: Double, strength: Double) {
    func centred(_ columns: [Int]) -> [Double] {
      let means = rows.map { point in
        oracle.mean(rows) { row in
          oracle.score(row, columns.reduce(into: [:]) { $0[$1] = oracle.values(point)[$1] })
        }.value
      }
      let mean =
        zip(rows, means).reduce(0) { $0 + oracle.weight($1.0) * $1.1 }
        / rows.reduce(0) { $0 + oracle.weight($1) }
      return means.map { $0 - mean }
    }
    let (joint, a, b) = (centred([first, second]), centred([first]), centred([second]))
    var (part, whole, total) = (0.0, 0.0, 0.0)
    for (index, row) in rows.enumerated() {
      let rest = joint[index] - a[index] - b[index]
      part += oracle.weight(row) * rest * rest
      whole += oracle.weight(row) * joint[index] * joint[index]
      total += oracle.weight(row)
    }
    return (part / whole, (part / total).squareRoot())
  }

  @Test(arguments: [false, true]) func areTheirDefinition(_ isWeighted: Bool) throws {
    let oracle = try EffectsFixture.mixed(40, seed: 6, isWeighted: isWeighted)
    let engine = EffectsEngine(oracle.input, ExplanationSettings())
    let pairs = [(0, 1), (1, 2), (2, 0)]
    let found = try engine.interactions(pairs, groups: EffectsFixture.groups(oracle.input))
    for (pair, found) in zip(pairs, found) {
      let expected = share(oracle, Array(0..<40), pair.0, pair.1)
      #expect(found.first == pair.0 && found.second == pair.1 && found.rows == 40)
      #expect(isClose(found.hSquared, expected.hSquared) && isClose(found.strength, expected.strength))
      #expect(found.hSquared > 0.001)
    }
  }

  @Test func rowsAreSampled() throws {
    let oracle = try EffectsFixture.mixed(500, seed: 6)
    var settings = ExplanationSettings()
    settings.interactionRows = 120
    let groups = EffectsFixture.groups(oracle.input)
    let found = try EffectsEngine(oracle.input, settings).interactions([(0, 1)], groups: groups)[0]
    #expect(found.rows == 120)
    settings.threads = 2
    #expect(try EffectsEngine(oracle.input, settings).interactions([(0, 1)], groups: groups) == [found])
    settings.interactionRows = 500
    let all = try EffectsEngine(oracle.input, settings).interactions([(0, 1)], groups: groups)[0]
    #expect(all.rows == 500 && found.hSquared != all.hSquared && abs(found.hSquared - all.hSquared) < 0.2)
  }

  /// A sum has none; what is constant has no share at all.
  @Test func sumsDoNotInteract() throws {
    let values = (0..<30).map { Double($0 * $0 % 17) }
    let oracle = try EffectsFixture.input([
      EffectsFixture.numbers("a", values), EffectsFixture.numbers("b", values.reversed()),
      EffectsFixture.numbers("c", values.map { $0 * 3 }), EffectsFixture.numbers("d", values.map { $0 + 1 }),
    ]) { 1e3 + $0[0].number - 3 * $0[1].number }
    let found = try EffectsEngine(oracle.input, ExplanationSettings()).interactions(
      [(0, 1), (2, 3)], groups: EffectsFixture.groups(oracle.input))
    #expect(found[0].hSquared < 1e-20 && found[0].strength < 1e-9)
    #expect(found[1].hSquared.isNaN && found[1].strength < 1e-9)
  }

  @Test func membersThatShareAColumnAreRefused() throws {
    let oracle = try EffectsFixture.mixed(20, seed: 6)
    let groups = [FeatureGroup(name: "xz", members: [0, 1]), FeatureGroup(name: "z", members: [1])]
    let error = #expect(throws: Failure.self) {
      try EffectsEngine(oracle.input, ExplanationSettings()).interactions([(0, 1)], groups: groups)
    }
    #expect(error?.kind == .data)
  }
}
