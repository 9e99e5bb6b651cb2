import Fairness
import Foundation
import Results
import Settings
import TestSupport
import Testing

@testable import Evaluator

/// New York City's bias audit as a preset, from one run: numbers of CONFORMANCE.md B2 and conf2.py (pandas) on SolasAI's employment data.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct BiasAuditPresetTests {
  private static func evaluate(_ adjust: (inout Configuration) throws -> Void = { _ in }) throws -> Evaluation
  {
    var configuration = Configuration()
    configuration.data = SharedData.path("data/employment/employment.csv.gz")
    configuration.slices = try Written.slices("Race/Ethnicity", "Gender")
    configuration.preset = PresetSettings(.biasAudit)
    (configuration.decision, configuration.score) = ("Selection", "Score")
    try adjust(&configuration)
    return try EvaluationRun.evaluate(configuration)
  }

  private struct Row {
    var values: [String: Double]
    var standing: String
  }

  private func rows(_ table: PresetTable, _ evaluation: Evaluation) -> [String: Row] {
    var rows: [String: Row] = [:]
    for (place, slice) in table.slices.enumerated() {
      var values: [String: Double] = [:]
      for column in table.columns where column.kind != .text { values[column.id] = column.values[place] }
      rows[evaluation.slices.label[slice]] = Row(
        values: values, standing: table.column("impact_ratio")?.texts[place] ?? "")
    }
    return rows
  }

  private func table(_ id: String, _ features: String, _ evaluation: Evaluation) throws -> [String: Row] {
    let tables = try #require(evaluation.preset?.tables)
    let found = try #require(tables.first { $0.id == id && evaluation.families[$0.family].name == features })
    return rows(found, evaluation)
  }

  @Test func crossingIsAdded() throws {
    let evaluation = try Self.evaluate()
    #expect(evaluation.families.map(\.name) == ["", "Race/Ethnicity", "Gender", "Race/Ethnicity*Gender"])
    #expect(evaluation.preset?.tables.count == 6)
    #expect(evaluation.preset?.requests.contains { $0.key == "slices" && $0.wanted == $0.used } == true)
  }

  @Test func impactRatios() throws {
    let evaluation = try Self.evaluate()
    // Selection and scoring ratios; nil where the category is listed only.
    let published: [(String, String, selection: Double?, scoring: Double?)] = [
      ("Race/Ethnicity", "Asian", 1, 1), ("Race/Ethnicity", "White", 0.698476, 0.600777),
      ("Race/Ethnicity", "Black", 0.695441, 0.588629), ("Race/Ethnicity", "Hispanic", 0.800473, 0.600103),
      ("Race/Ethnicity", "Native Hawaiian", 0.955012, 0.560699),
      ("Race/Ethnicity", "Two or More Races", 0.703748, 0.622447),
      ("Race/Ethnicity", "Native American", nil, nil), ("Race/Ethnicity", "Unknown", nil, nil),
      ("Gender", "Female", 0.983835, 0.972477), ("Gender", "Male", 1, 1), ("Gender", "Unknown", nil, nil),
      ("Race/Ethnicity*Gender", "Asian & Female", 0.999599, 1),
      ("Race/Ethnicity*Gender", "Asian & Male", 1, 0.935922),
      ("Race/Ethnicity*Gender", "Black & Female", 0.687907, 0.551316),
      ("Race/Ethnicity*Gender", "Black & Male", 0.700436, 0.583757),
      ("Race/Ethnicity*Gender", "Hispanic & Female", 0.785487, 0.571033),
      ("Race/Ethnicity*Gender", "Hispanic & Male", 0.825195, 0.59995),
      ("Race/Ethnicity*Gender", "Native Hawaiian & Female", 0.959075, 0.555675),
      ("Race/Ethnicity*Gender", "Native Hawaiian & Male", 0.951826, 0.520915),
      ("Race/Ethnicity*Gender", "Two or More Races & Female", 0.691372, 0.598015),
      ("Race/Ethnicity*Gender", "Two or More Races & Male", 0.718471, 0.60487),
      ("Race/Ethnicity*Gender", "White & Female", 0.691294, 0.563356),
      ("Race/Ethnicity*Gender", "White & Male", 0.705096, 0.599624),
      ("Race/Ethnicity*Gender", "Native American & Male", nil, nil),
      ("Race/Ethnicity*Gender", "Asian & Unknown", nil, nil),
    ]
    for (features, label, selection, scoring) in published {
      for (id, expected) in [("selection_rate", selection), ("scoring_rate", scoring)] {
        let row = try #require(try table(id, features, evaluation)[label])
        let ratio = row.values["impact_ratio"] ?? .nan
        if let expected {
          #expect(abs(ratio - expected) < 5.1e-7, "\(id) \(label)")
          #expect(row.standing.isEmpty)
        } else {
          #expect(ratio.isNaN && !row.standing.isEmpty, "\(id) \(label)")
          #expect(row.values[id]?.isNaN == false)
        }
      }
    }
  }

  /// A scoring rate counts scores strictly above the median of all rows, those of unknown categories among them.
  @Test func scoringCounts() throws {
    let evaluation = try Self.evaluate()
    let scoring = try table("scoring_rate", "Race/Ethnicity", evaluation)
    for (race, above, rows) in [
      ("White", 2357.0, 5003.0), ("Black", 679, 1471), ("Asian", 803, 1024), ("Native American", 37, 100),
    ] {
      #expect(scoring[race]?.values["above_median"] == above)
      #expect(scoring[race]?.values["rows"] == rows)
    }
    let sexes = try table("scoring_rate", "Gender", evaluation)
    #expect(sexes["Female"]?.values["above_median"] == 2375 && sexes["Male"]?.values["above_median"] == 2465)
    #expect(evaluation.preset?.notes.contains { $0.contains("0.8219424091561005") } == true)
  }

  /// Without decisions the scores decide; the numbers are the same.
  @Test func scoresAlone() throws {
    let both = try Self.evaluate()
    let alone = try Self.evaluate { $0.decision = nil }
    #expect(alone.roles.threshold == 0.8219424091561005 && alone.roles.thresholdIsStrict)
    #expect(alone.preset?.tables.map(\.id) == ["scoring_rate", "scoring_rate", "scoring_rate"])
    let expected = try table("scoring_rate", "Race/Ethnicity", both)
    let found = try table("scoring_rate", "Race/Ethnicity", alone)
    for (race, row) in expected {
      for id in ["above_median", "scoring_rate"] {
        #expect(found[race]?.values[id] == row.values[id], "\(race)")
      }
    }
  }

  @Test func unknownCategoriesAreStated() throws {
    let preset = try #require(try Self.evaluate().preset)
    for count in ["188", "307", "494"] {
      #expect(preset.notes.contains { $0.hasPrefix("\(count) rows are of an unknown category") }, "\(count)")
    }
    #expect(preset.exclusions.contains { $0.reason == "below 2 % of the rows" })
    #expect(preset.statement.contains("no threshold"))
    let words = (preset.notes + [preset.statement]).joined().lowercased()
    #expect(!words.contains("violat") && !words.contains("complian"))
  }

  @Test func smallCategoriesCanStay() throws {
    var settings = PresetSettings(.biasAudit)
    settings.minimumShare = 0
    let evaluation = try Self.evaluate { $0.preset = settings }
    let races = try table("selection_rate", "Race/Ethnicity", evaluation)
    let ratio = try #require(races["Native American"]?.values["impact_ratio"])
    let expected = 0.95 / (1018.0 / 1024)
    #expect(isClose(ratio, expected))
  }

  @Test func storedFormAndEchoReadBack() throws {
    let evaluation = try Self.evaluate()
    let again = try Evaluation(json: Data(evaluation.json()), name: "again")
    #expect(again.preset == evaluation.preset || again.json() == evaluation.json())
    #expect(again.json() == evaluation.json())
    var configuration = try Configuration(text: Array(evaluation.configuration.utf8), name: "echo")
    configuration.data = SharedData.path("data/employment/employment.csv.gz")
    #expect(try EvaluationRun.evaluate(configuration).json() == evaluation.json())
  }

  @Test func theSchemaHasIt() throws {
    let schema = try JSONSchema("evaluation.schema.json")
    let errors = try schema.errors(in: try Self.evaluate().json())
    #expect(errors.isEmpty, "\(errors.prefix(3))")
  }
}
