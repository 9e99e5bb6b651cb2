import Evaluator
import Foundation
import Privacy
import Results
import TestSupport
import Testing

/// Indicators of withheld groups go, and with them what they could be worked out from.
@Suite struct PresetSuppressionTests {
  private static func evaluate(
    _ groups: [(name: String, selected: Int, rows: Int)], preset: String = "four-fifths"
  ) throws -> Evaluation {
    var lines = ["y,d,g"]
    for group in groups {
      for row in 0..<group.rows { lines.append("\(row % 2),\(row < group.selected ? 1 : 0),\(group.name)") }
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "preset-\(UUID().uuidString).csv")
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var configuration = try Configuration(
      text: Array(#"{label: "y", decision: "d", slices: ["g"], preset: "\#(preset)"}"#.utf8), name: "test")
    configuration.data = file.path
    return try EvaluationRun.evaluate(configuration, progress: nil)
  }

  private static let crowd = [
    (name: "a", selected: 400, rows: 800), (name: "b", selected: 200, rows: 800),
    (name: "c", selected: 8, rows: 40), (name: "d", selected: 7, rows: 44),
  ]

  private func place(_ label: String, _ table: PresetTable, _ evaluation: Evaluation) throws -> Int {
    try #require(table.slices.firstIndex { evaluation.slices.label[$0] == label })
  }

  private func text(_ column: PresetTable.Column, _ row: Int) -> String {
    column.texts.indices.contains(row) ? column.texts[row] : ""
  }

  @Test func withheldGroupsHaveNoIndicators() throws {
    let open = try Self.evaluate(Self.crowd)
    let shown = try SmallCells.suppress(open, below: 10)
    let table = try #require(shown.preset?.tables.first)
    let before = try #require(open.preset?.tables.first)
    for group in ["c", "d"] {
      let row = try place(group, table, shown)
      for column in table.columns where column.tells == .decisions {
        if column.kind != .text { #expect(column.values[row].isNaN, "\(column.id) \(group)") }
        if !column.lower.isEmpty { #expect(column.lower[row].isNaN && column.upper[row].isNaN) }
        #expect(text(column, row).hasPrefix("withheld"), "\(column.id) \(group)")
      }
    }
    let row = try place("b", table, shown)
    #expect(try #require(table.column("selection_rate")).values[row] == 0.25)
    #expect(try #require(table.column("impact_ratio")).values[row] == 0.5)
    #expect(table.reference == before.reference)
    // Adjusted p-values look at all groups.
    #expect(try #require(table.column("p_value_holm")).values.allSatisfy(\.isNaN))
    #expect(try #require(before.column("p_value_holm")).values.contains { !$0.isNaN })
    #expect(try Evaluation(json: Data(shown.json()), name: "again").json() == shown.json())
  }

  /// Where a withheld group has the highest rate, neither it nor any ratio to it is told.
  @Test func aWithheldReferenceIsNotNamed() throws {
    var groups = Self.crowd
    groups[2] = (name: "c", selected: 32, rows: 40)
    groups[3] = (name: "d", selected: 36, rows: 44)
    let shown = try SmallCells.suppress(try Self.evaluate(groups), below: 10)
    let table = try #require(shown.preset?.tables.first)
    #expect(table.reference == nil && table.together.isEmpty)
    for column in table.columns where column.basis != .group {
      for row in table.slices.indices {
        if column.kind != .text { #expect(column.values[row].isNaN, "\(column.id)") }
        #expect(text(column, row).hasPrefix("withheld"), "\(column.id)")
      }
    }
  }

  /// A highest rate so low that it would tell that nobody of a withheld group is selected more often is not told.
  @Test func aRateThatBoundsWithheldOnesIsNotNamed() throws {
    let groups = [
      (name: "a", selected: 30, rows: 800), (name: "b", selected: 20, rows: 800),
      (name: "c", selected: 0, rows: 8), (name: "d", selected: 0, rows: 9),
    ]
    let shown = try SmallCells.suppress(try Self.evaluate(groups), below: 10)
    #expect(shown.preset?.tables.first?.reference == nil)
  }

  @Test func whatIsAboutAllGroupsGoes() throws {
    let open = try Self.evaluate(Self.crowd, preset: "aequitas")
    #expect(open.preset?.tables.contains { !$0.together.isEmpty } == true)
    let shown = try SmallCells.suppress(open, below: 10)
    #expect(shown.preset?.tables.allSatisfy(\.together.isEmpty) == true)
  }

  /// Caveats stay, whatever numbers are in them; counts of withheld categories go.
  @Test func notesOfCountsGo() throws {
    var groups = Self.crowd
    groups[2] = (name: "unknown", selected: 3, rows: 7)
    let open = try Self.evaluate(groups)
    #expect(open.preset?.notes.contains { $0.hasPrefix("7 rows are of an unknown category") } == true)
    let shown = try SmallCells.suppress(open, below: 10)
    #expect(shown.preset?.notes.contains { $0.hasPrefix("7 rows") } == false)
    #expect(shown.preset?.notes.contains { $0.contains("14173") } == true)
  }

  @Test func nothingSmallChangesNothing() throws {
    let open = try Self.evaluate([
      (name: "a", selected: 400, rows: 800), (name: "b", selected: 200, rows: 800),
    ])
    #expect(try SmallCells.suppress(open, below: 10).preset == open.preset)
  }
}
