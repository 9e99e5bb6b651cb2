import Models
import Results
import Statistics
import Tables
import TestSupport
import Testing

@testable import Explanations

@Suite struct FlipTests {
  private func engine(_ oracle: EffectOracle, _ names: [String]? = nil) -> EffectsEngine {
    var settings = ExplanationSettings()
    settings.flips = names
    return EffectsEngine(oracle.input, settings)
  }

  @Test func areTheirDefinition() throws {
    let oracle = try EffectsFixture.mixed(200, seed: 4, isWeighted: true)
    let found = try engine(oracle).flips(groups: EffectsFixture.groups(oracle.input))
    // The model reads c and not g; missing values stay as they are.
    let names = ["blue", "green", "red"]
    let pairs = names.flatMap { from in names.filter { $0 != from }.map { (from, $0) } }
    #expect(found.notes.isEmpty)
    #expect(found.values.map { [$0.from, $0.to] } == pairs.map { [$0.0, $0.1] })
    #expect(found.values.contains { $0.toPositive > 0 } && found.values.contains { $0.toNegative > 0 })
    for flips in found.values {
      let rows = (0..<200).filter { oracle.values($0)[2].text == flips.from }
      let old = rows.map { oracle.score($0) }
      let new = rows.map { oracle.score($0, [2: .text(flips.to)]) }
      let (up, down) = (
        zip(old, new).count { $0 < 0.5 && $1 >= 0.5 }, zip(old, new).count { $0 >= 0.5 && $1 < 0.5 }
      )
      #expect(flips.feature == 2 && flips.rows == rows.count)
      #expect(flips.toPositive == up && flips.toNegative == down)
      #expect(flips.share == Double(up + down) / Double(rows.count))
      let interval = ProportionInterval.wilson(
        successes: Double(up + down), trials: Double(rows.count), level: 0.95)
      #expect(isClose(flips.lower, interval.lower) && isClose(flips.upper, interval.upper))
      #expect(isClose(flips.meanChange, zip(old, new).reduce(0) { $0 + $1.1 - $1.0 } / Double(rows.count)))
    }
  }

  /// Copies of a row under one unit tell no more than the row.
  @Test func unitsWidenTheInterval() throws {
    let one = try EffectsFixture.mixed(150, seed: 4)
    guard case .numbers(let x) = one.input.columns[0], case .numbers(let z) = one.input.columns[1] else {
      Issue.record("no numbers")
      return
    }
    func thrice<Value>(_ values: [Value]) -> [Value] { values.flatMap { [$0, $0, $0] } }
    let tints = (0..<150).map { one.values($0)[2].text }
    let copied = try EffectsFixture.input(
      [
        EffectsFixture.numbers("x", thrice(x.values)), EffectsFixture.numbers("z", thrice(z.values)),
        EffectsFixture.category("c", thrice(tints)),
      ], units: thrice(Array(0..<150)), one.formula)
    let (few, many) = (
      try engine(one, ["c"]).flips(groups: EffectsFixture.groups(one.input)).values,
      try engine(copied, ["c"]).flips(groups: EffectsFixture.groups(copied.input)).values
    )
    #expect(few.count == 6 && many.count == 6)
    for (a, b) in zip(few, many) {
      #expect(b.rows == 3 * a.rows && b.share == a.share)
      // The design effect is 3·m/(m − 1) for m units.
      let (units, share) = (Double(a.rows), a.share)
      let trials = share > 0 && share < 1 ? units - 1 : units
      let interval = ProportionInterval.wilson(successes: share * trials, trials: trials, level: 0.95)
      #expect(isClose(b.lower, interval.lower) && isClose(b.upper, interval.upper))
    }
  }

  @Test func numbersOfFewValuesCanBeChanged() throws {
    let oracle = try EffectsFixture.input(
      [EffectsFixture.numbers("n", [0, 1, 2, 1, 0, .nan]), EffectsFixture.numbers("z", [1, 2, 3, 4, 5, 6])]
    ) { ($0[0].number.isNaN ? 9 : $0[0].number) - 1 }
    let found = try engine(oracle, ["n"]).flips(groups: EffectsFixture.groups(oracle.input))
    #expect(found.values.map { "\($0.from)>\($0.to)" } == ["0>1", "0>2", "1>0", "1>2", "2>0", "2>1"])
    #expect(found.values.map(\.toPositive) == [0, 2, 0, 2, 0, 0])
    #expect(found.values.map(\.toNegative) == [0, 0, 0, 0, 1, 1])
    #expect(found.values.map(\.meanChange) == [1, 2, -1, 1, -2, -1])
  }

  @Test func unknownAndUnsuitableNamesAreRefused() throws {
    let oracle = try EffectsFixture.mixed(100, seed: 4)
    let groups = EffectsFixture.groups(oracle.input)
    let unread = #expect(throws: Failure.self) { try engine(oracle, ["g"]).flips(groups: groups) }
    #expect(unread?.message.contains("does not read “g”") == true && unread?.advice?.isEmpty == false)
    let many = #expect(throws: Failure.self) { try engine(oracle, ["z"]).flips(groups: groups) }
    #expect(throws: Failure.self) { try engine(oracle, ["z"]).checkFlips(groups: groups) }
    #expect(throws: Never.self) { try engine(oracle, ["c"]).checkFlips(groups: groups) }
    #expect(many?.kind == .data && many?.message.contains("100 distinct values") == true)
  }

  /// Sliced by, but a number of many values: told, and no error.
  @Test func byDefaultWhatCannotBeChangedIsNoted() throws {
    let oracle = try EffectsFixture.input(
      [EffectsFixture.numbers("n", (0..<60).map(Double.init))], slices: ["n"]
    ) { $0[0].number }
    let found = try engine(oracle).flips(groups: EffectsFixture.groups(oracle.input))
    #expect(found.values.isEmpty && found.notes.map(\.feature) == [0])
    #expect(found.notes[0].message.hasPrefix("Counterfactual flips: “n” is a number with 60 distinct values"))
  }

  /// Notes stand in one list with those of all other parts.
  @Test func moreValuesThanAreChangedUnaskedAreNoted() throws {
    let texts = (0..<70).map { String(Character(Unicode.Scalar(UInt8(97 + $0 % 7)))) }
    let oracle = try EffectsFixture.input([EffectsFixture.category("c", texts)], slices: ["c"]) {
      $0[0].text == "a" ? 1 : 0
    }
    let groups = EffectsFixture.groups(oracle.input)
    let found = try engine(oracle).flips(groups: groups)
    #expect(found.values.isEmpty && found.notes.count == 1)
    #expect(found.notes[0].message.hasPrefix("Counterfactual flips: “c” has 7 values"))
    #expect(try engine(oracle, ["c"]).flips(groups: groups).values.count == 42)
  }

  @Test func ofManyValuesTheMostFrequentAreChanged() throws {
    // Value k occurs k + 1 times, for 21 values.
    let texts = (0..<21).flatMap { value in
      (0...value).map { _ in String(Character(Unicode.Scalar(UInt8(97 + value)))) }
    }
    let oracle = try EffectsFixture.input([EffectsFixture.category("c", texts)]) { $0[0].text == "u" ? 1 : 0 }
    let found = try engine(oracle, ["c"]).flips(groups: [FeatureGroup(name: "all", members: [0])])
    #expect(Set(found.values.map(\.from)) == Set("lmnopqrstu".map(String.init)))
    #expect(found.values.count == 90 && found.notes.count == 1)
    #expect(found.values.filter { $0.to == "u" }.allSatisfy { $0.share == 1 && $0.toPositive == $0.rows })
  }

  @Test func movingWithOthersIsNoted() throws {
    let oracle = try EffectsFixture.mixed(100, seed: 4)
    let groups = [FeatureGroup(name: "z", members: [1]), FeatureGroup(name: "x and c", members: [0, 2])]
    let found = try engine(oracle).flips(groups: groups)
    #expect(found.notes.map(\.feature) == [1] && found.values.allSatisfy { $0.feature == 1 })
    #expect(
      try found.values.map(\.share)
        == engine(oracle).flips(groups: EffectsFixture.groups(oracle.input)).values.map(\.share))
  }
}
