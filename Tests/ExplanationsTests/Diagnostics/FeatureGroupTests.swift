import Explanations
import Models
import Results
import Tables
import TestSupport
import Testing

@Suite struct FeatureGroupTests {
  /// a and c nearly the same, b between them and d, e alone.
  private var columns: [Column] {
    let a = MadeRows.noise(2000, seed: 1)
    let d = MadeRows.noise(2000, seed: 2)
    return [
      MadeRows.numbers("a", a), MadeRows.numbers("b", zip(a, d).map { $0 + 0.9 * $1 }),
      MadeRows.numbers("c", a.map { -$0 * $0 * $0 }), MadeRows.numbers("d", d),
      MadeRows.numbers("e", MadeRows.noise(2000, seed: 3)),
    ]
  }

  private func groups(
    _ named: [(String, [String])] = [], threshold: Double? = nil
  ) throws(Failure) -> [FeatureGroup] {
    var settings = ExplanationSettings()
    settings.groups = named.map { .init(name: $0.0, columns: $0.1) }
    settings.groupingAssociation = threshold
    return try FeatureGroup.groups(
      settings, associations: FeatureAssociations(columns, MadeRows.features(columns), seed: 1))
  }

  @Test func whatIsNotNamedMovesAloneInColumnOrder() throws {
    #expect(try groups().map(\.name) == ["a", "b", "c", "d", "e"])
    let named = try groups([("late", ["e", "b"])])
    #expect(named.map(\.name) == ["a", "late", "c", "d"])
    #expect(named.map(\.members) == [[0], [1, 4], [2], [3]])
  }

  @Test func associatedFeaturesMoveTogether() throws {
    #expect(try groups(threshold: 0.9).map(\.name) == ["a + c", "b", "d", "e"])
    #expect(try groups(threshold: 1).map(\.name) == ["a + c", "b", "d", "e"])
  }

  /// b is at about 0.73 with a (and c) and 0.65 with d, which have nothing to do with each other: no chain.
  @Test func linkageIsComplete() throws {
    #expect(try groups(threshold: 0.6).map(\.name) == ["a + b + c", "d", "e"])
  }

  @Test func namedGroupsAreNotClustered() throws {
    #expect(try groups([("mine", ["a", "e"])], threshold: 0.6).map(\.name) == ["mine", "b + c", "d"])
  }

  @Test func aGroupMayBeNamedLikeItsMember() throws {
    #expect(try groups([("a", ["a", "c"])]).map(\.name) == ["a", "b", "d", "e"])
  }

  @Test(arguments: [
    ([("g", ["a", "bb"])], "names “bb”"), ([("g", ["a"]), ("h", ["a"])], "in the groups “g” and “h”"),
    ([("g", ["a", "a"])], "twice in the group “g”"), ([("g", [])], "has no columns"),
    ([("", ["a"])], "has no name"), ([("b", ["a", "c"])], "named like a feature"),
    ([("g", ["a"]), ("g", ["b"])], "two groups of features are named “g”"),
  ])
  func wrongGroupsAreTold(_ named: [(String, [String])], _ part: String) throws {
    let failure = #expect(throws: Failure.self) { try groups(named) }
    #expect(try #require(failure).kind == .data)
    #expect(try #require(failure).message.contains(part))
    #expect(try #require(failure).advice != nil)
  }

  @Test(arguments: [0, -0.5, 1.01, .nan])
  func aThresholdIsAShare(_ threshold: Double) {
    #expect(throws: Failure.self) { try groups(threshold: threshold) }
  }

  @Test func theNearestNameIsSuggested() throws {
    let failure = #expect(throws: Failure.self) { try groups([("g", ["A"])]) }
    #expect(try #require(failure).advice == "did you mean “a”?")
  }
}
