import Explanations
import Results
import TableIngest
import Tables
import TestSupport
import Testing

/// The Adult census rows (14,653 of the test part) against scipy 1.17.1: spearmanr, kruskal, chi2_contingency, rankdata.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct AdultTests {
  private static let names = [
    "age", "hours_per_week", "education_num", "education", "marital_status", "relationship", "workclass",
    "occupation", "capital_gain",
  ]

  private func diagnostics(_ change: (inout ExplanationSettings) -> Void = { _ in }) throws -> Diagnostics {
    let table = try TableReader.read(
      path: SharedData.path("data/adult/predictions.csv"),
      ReadRequest(
        columns: (Self.names + ["label"]).map { ReadRequest.ColumnRequest(name: $0) }, missing: [""])
    ).table
    guard case .numbers(let label)? = table.column(named: "label") else {
      throw Failure(.data, "labels are no numbers")
    }
    var settings = ExplanationSettings()
    change(&settings)
    let input = try MadeRows.input(
      Self.names.compactMap { table.column(named: $0) }, labels: label.values.map { $0 == 1 ? 1 : 0 })
    return try Diagnostics(input, settings)
  }

  @Test func associationsAndAreasAreThoseOfSciPy() throws {
    let made = try diagnostics()
    let pairs: [(String, String, Double)] = [
      ("age", "hours_per_week", 0.15289869403252615), ("education_num", "education", 1),
      ("age", "marital_status", 0.6005452131786229),
      ("marital_status", "relationship", 0.489179975615957), ("workclass", "occupation", 0.397659322472874),
    ]
    for (first, second, expected) in pairs {
      let (a, b) = (Self.names.firstIndex(of: first) ?? 0, Self.names.firstIndex(of: second) ?? 0)
      #expect(isClose(made.associations.matrix[a][b], expected, within: 1e-10))
    }
    let areas = [
      "age": 0.6851652789555907, "education_num": 0.7147895511985732, "capital_gain": 0.5897323564453273,
    ]
    for feature in made.features {
      guard let expected = areas[feature.name] else { continue }
      #expect(isClose(try #require(feature.loneAUC), expected, within: 1e-12))
    }
  }

  @Test func theTwoSpellingsOfEducationAreTold() throws {
    let made = try diagnostics()
    #expect(made.associationWarnings().map(\.feature) == [2])
    #expect(made.extrapolationWarnings().contains { $0.feature == 2 })
    #expect(made.leakageWarnings().isEmpty)
    #expect(made.rowWarnings().isEmpty)
    let grouped = try diagnostics { $0.groupingAssociation = 0.8 }
    #expect(grouped.groups.map(\.name).contains("education_num + education"))
    #expect(grouped.associationWarnings().isEmpty)
  }

  @Test func leavesOfEducationFollowItsNumber() throws {
    let made = try diagnostics { $0.conditioning = .leaves(depth: 4) }
    let free = try diagnostics()
    #expect(made.donors.leaves[3]?.allSatisfy { $0.rule.contains("education_num") } == true)
    for index in [2, 3] {
      let held = try #require(made.features[index].extrapolationShare)
      #expect(held < 0.5 * (try #require(free.features[index].extrapolationShare)))
    }
  }
}
