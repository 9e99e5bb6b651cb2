import Results
import TestSupport
import Testing

@testable import Evaluator

/// New York City's bias audit (6 RCNY § 5-301) on SolasAI's employment data of 10,000 applicants, which have no
/// outcome: rows, selected, above the median, selection rate and scoring rate of every group. The numbers were made
/// with pandas (CONFORMANCE B2 and the table of conf2.py).
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct HiringAuditTests {
  private static let races = """
    Asian|1024|1018|803|.994141
    Black|1471|1017|679|.691366
    Hispanic|901|717|424|.795782
    Native American|100|95|37|.950000
    Native Hawaiian|514|488|226|.949416
    Two or More Races|799|559|390|.699625
    Unknown|188|130|84|.691489
    White|5003|3474|2357|.694383
    """

  private static let sexes = """
    Female|4824|3589|2375|.743988
    Male|4869|3682|2465|.756213
    Unknown|307|227|160|.739414
    """

  /// n, selected, above, selection rate, scoring rate.
  private static let crosses = """
    Asian|Female|482|479|390|.993776|.809129
    Asian|Male|515|512|390|.994175|.757282
    Asian|Unknown|27|27|23|1.000000|.851852
    Black|Female|677|463|302|.683900|.446086
    Black|Male|741|516|350|.696356|.472335
    Black|Unknown|53|38|27|.716981|.509434
    Hispanic|Female|461|360|213|.780911|.462039
    Hispanic|Male|412|338|200|.820388|.485437
    Hispanic|Unknown|28|19|11|.678571|.392857
    Native American|Female|48|46|20|.958333|.416667
    Native American|Male|50|47|17|.940000|.340000
    Native American|Unknown|2|2|0|1.000000|.000000
    Native Hawaiian|Female|258|246|116|.953488|.449612
    Native Hawaiian|Male|242|229|102|.946281|.421488
    Native Hawaiian|Unknown|14|13|8|.928571|.571429
    Two or More Races|Female|403|277|195|.687345|.483871
    Two or More Races|Male|378|270|185|.714286|.489418
    Two or More Races|Unknown|18|12|10|.666667|.555556
    Unknown|Female|84|61|40|.726190|.476190
    Unknown|Male|103|68|43|.660194|.417476
    Unknown|Unknown|1|1|1|1.000000|1.000000
    White|Female|2411|1657|1099|.687267|.455827
    White|Male|2428|1702|1178|.700988|.485173
    White|Unknown|164|115|80|.701220|.487805
    """

  private static func table(_ text: String) -> [[Substring]] {
    text.split(separator: "\n").map { $0.split(separator: "|") }
  }

  private static func evaluate(_ adjust: (inout Configuration) -> Void) throws -> Evaluation {
    var configuration = Configuration()
    configuration.data = SharedData.path("data/employment/employment.csv.gz")
    configuration.slices = try Written.slices("Race/Ethnicity", "Gender", "Race/Ethnicity*Gender")
    configuration.gaps = ["demographic_parity"]
    configuration.comparisons = [.toReference]
    adjust(&configuration)
    try configuration.validate(hasFile: true)
    return try EvaluationRun.evaluate(configuration)
  }

  private static func selection() throws -> Evaluation {
    try evaluate {
      $0.decision = "Selection"
      $0.references = ["Race/Ethnicity": "Asian", "Gender": "Male"]
    }
  }

  private static func scoring(reference: String) throws -> Evaluation {
    try evaluate {
      ($0.score, $0.threshold, $0.thresholdIsStrict) = ("Score", .median, true)
      $0.references = ["Race/Ethnicity": "Asian", "Gender": reference]
    }
  }

  private func agrees(_ value: Double, _ published: Substring) -> Bool {
    abs(value - (Double(published) ?? .nan)) < 5.000001e-7
  }

  @Test func theMedianOfAllApplicants() throws {
    let evaluation = try Self.scoring(reference: "Male")
    #expect(evaluation.roles.threshold == 0.8219424091561005)
    #expect(evaluation.value("predicted_positives", "overall") == 5000)
    #expect(evaluation.value("count", "overall") == 10000)
  }

  @Test func everyGroup() throws {
    let selection = try Self.selection()
    let scoring = try Self.scoring(reference: "Male")
    for (feature, text) in [("Race/Ethnicity", Self.races), ("Gender", Self.sexes)] {
      let table = Self.table(text)
      #expect(selection.families.first { $0.name == feature }?.count == table.count)
      for row in table {
        let slice = "\(feature)=\(row[0])"
        #expect(selection.value("count", slice) == Double(row[1]), "\(slice)")
        #expect(selection.value("predicted_positives", slice) == Double(row[2]), "\(slice)")
        #expect(scoring.value("predicted_positives", slice) == Double(row[3]), "\(slice)")
        #expect(agrees(selection.value("selection_rate", slice), row[4]), "\(slice)")
      }
    }
    // Scoring rates that the table names.
    #expect(agrees(scoring.value("selection_rate", "Gender=Female"), ".492330"))
    #expect(agrees(scoring.value("selection_rate", "Race/Ethnicity=Native American"), ".37"))
  }

  @Test func everyCross() throws {
    let selection = try Self.selection()
    let scoring = try Self.scoring(reference: "Male")
    let table = Self.table(Self.crosses)
    #expect(selection.families.last?.count == table.count)
    for row in table {
      let slice = "Race/Ethnicity=\(row[0]) & Gender=\(row[1])"
      #expect(selection.value("count", slice) == Double(row[2]), "\(slice)")
      #expect(selection.value("predicted_positives", slice) == Double(row[3]), "\(slice)")
      #expect(scoring.value("predicted_positives", slice) == Double(row[4]), "\(slice)")
      #expect(agrees(selection.value("selection_rate", slice), row[5]), "\(slice)")
      #expect(agrees(scoring.value("selection_rate", slice), row[6]), "\(slice)")
    }
  }

  /// Impact ratios: rate over that of the category with the highest one that is not excluded.
  @Test func impactRatios() throws {
    let selection = try Self.selection()
    let scoring = try Self.scoring(reference: "Male")
    let published: [(String, Substring, Substring)] = [
      ("Race/Ethnicity=White", ".698476", ".600777"), ("Race/Ethnicity=Black", ".695441", ".588629"),
      ("Race/Ethnicity=Hispanic", ".800473", ".600103"),
      ("Race/Ethnicity=Native Hawaiian", ".955012", ".560699"),
      ("Race/Ethnicity=Two or More Races", ".703748", ".622447"), ("Gender=Female", ".983835", ".972477"),
    ]
    for (slice, selected, scored) in published {
      #expect(agrees(selection.ratio("demographic_parity", slice), selected), "\(slice)")
      #expect(agrees(scoring.ratio("demographic_parity", slice), scored), "\(slice)")
    }
  }

  /// The crosses' impact ratios, against Asian men (selection) and Asian women (scores).
  @Test func impactRatiosOfCrosses() throws {
    let selection = try Self.selection()
    let scoring = try Self.scoring(reference: "Female")
    let published: [(String, String, Substring, Substring)] = [
      ("Black", "Female", ".687907", ".551316"), ("Black", "Male", ".700436", ".583757"),
      ("Hispanic", "Female", ".785487", ".571033"), ("Hispanic", "Male", ".825195", ".599950"),
      ("Native Hawaiian", "Female", ".959075", ".555675"), ("Native Hawaiian", "Male", ".951826", ".520915"),
      ("Two or More Races", "Female", ".691372", ".598015"),
      ("Two or More Races", "Male", ".718471", ".604870"), ("White", "Female", ".691294", ".563356"),
      ("White", "Male", ".705096", ".599624"),
    ]
    for (race, sex, selected, scored) in published {
      let slice = "Race/Ethnicity=\(race) & Gender=\(sex)"
      #expect(agrees(selection.ratio("demographic_parity", slice), selected), "\(slice)")
      #expect(agrees(scoring.ratio("demographic_parity", slice), scored), "\(slice)")
    }
    #expect(agrees(selection.ratio("demographic_parity", "Race/Ethnicity=Asian & Gender=Female"), ".999599"))
    #expect(agrees(scoring.ratio("demographic_parity", "Race/Ethnicity=Asian & Gender=Male"), ".935922"))
  }
}

extension Evaluation {
  /// The ratio of a group to the named reference in a gap; NaN where there is none.
  func ratio(_ gap: String, _ predicate: String) -> Double {
    gaps.first {
      $0.metric == gap && $0.kind == .ratio && $0.comparison == .toReference
        && $0.group.map { slices.predicate[$0] } == predicate
    }?.estimate.value ?? .nan
  }
}
