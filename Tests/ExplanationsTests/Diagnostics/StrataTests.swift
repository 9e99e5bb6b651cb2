import Explanations
import Results
import Tables
import TestSupport
import Testing

@Suite struct StrataTests {
  private func donors(
    _ strata: [String], _ columns: [Column], others: [Column] = [], groups: [FeatureGroup]? = nil
  ) throws -> Diagnostics {
    let input = try MadeRows.input(
      columns, labels: MadeRows.labels(columns[0].rowCount, seed: 1), others: others)
    var settings = ExplanationSettings()
    settings.conditioning = .strata(strata)
    return try Diagnostics(input, settings, groups)
  }

  private let x = MadeRows.numbers("x", [1, 2, 3, 4, 5, 6, 7, 8])
  private let city = MadeRows.category("city", ["a", "b", "a", nil, "b", nil, "a", "b"])
  private let year = MadeRows.numbers("year", [1, 1, 1, .nan, 2, .nan, 2, 2])

  /// Rows are in one pool exactly if they agree.
  private func expect(_ pools: [Int32]?, agreesWith texts: [String]) throws {
    let pools = try #require(pools)
    for row in texts.indices {
      for other in texts.indices { #expect((pools[row] == pools[other]) == (texts[row] == texts[other])) }
    }
  }

  @Test func missingIsAStratum() throws {
    let made = try donors(["city"], [x], others: [city])
    try expect(made.donors.pools.byGroup[0], agreesWith: ["a", "b", "a", "-", "b", "-", "a", "b"])
    #expect(made.notes.isEmpty)
    #expect(made.donors.leaves == [nil])
  }

  @Test func columnsAreCrossedAndNumbersGoByValue() throws {
    let made = try donors(["city", "year"], [x], others: [city, year])
    try expect(made.donors.pools.byGroup[0], agreesWith: ["a1", "b1", "a1", "-", "b2", "-", "a2", "b2"])
  }

  @Test func aFeatureIsNotConditionedOnItself() throws {
    let made = try donors(["city", "year"], [x, city, year])
    try expect(made.donors.pools.byGroup[0], agreesWith: ["a1", "b1", "a1", "-", "b2", "-", "a2", "b2"])
    try expect(made.donors.pools.byGroup[1], agreesWith: ["1", "1", "1", "-", "2", "-", "2", "2"])
    try expect(made.donors.pools.byGroup[2], agreesWith: ["a", "b", "a", "-", "b", "-", "a", "b"])
    #expect(made.notes.count == 2)
    #expect(made.notes[0].contains("“city” cannot move: its donors are rows that agree in “year”"))
    let grouped = try donors(
      ["city"], [x, city],
      groups: [FeatureGroup(name: "both", members: [0, 1])])
    #expect(grouped.donors.pools.byGroup == [nil])
    #expect(grouped.notes[0].contains("its donors are all rows"))
  }

  @Test func strataOfLoneRowsAreRefused() throws {
    let failure = #expect(throws: Failure.self) { try donors(["x"], [city, x]) }
    #expect(try #require(failure).message == "8 of 8 rows agree with no other row in x")
    #expect(try #require(failure).advice?.contains("bins") == true)
    // Half of the rows alone is the most.
    let half = MadeRows.numbers("h", [1, 1, 2, 2, 3, 4, 5, 6])
    #expect(try donors(["h"], [x], others: [half]).donors.pools.byGroup[0] != nil)
    let more = MadeRows.numbers("h", [1, 1, 1, 2, 3, 4, 5, 6])
    #expect(throws: Failure.self) { try donors(["h"], [x], others: [more]) }
  }

  @Test func unknownColumnsAreTold() throws {
    let failure = #expect(throws: Failure.self) { try donors(["citty"], [x], others: [city]) }
    #expect(try #require(failure).message.contains("no column “citty”"))
    #expect(try #require(failure).advice == "did you mean “city”?")
    #expect(throws: Failure.self) { try donors([], [x]) }
  }

  @Test func withoutConditioningAllRowsAreDonors() throws {
    let input = try MadeRows.input([x, city], labels: MadeRows.labels(8, seed: 1))
    #expect(try Diagnostics(input, ExplanationSettings()).donors.pools.byGroup == [nil, nil])
  }
}
