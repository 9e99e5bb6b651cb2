import Results
import TestSupport
import Testing

@testable import Evaluator

/// ProPublica, Compas Analysis.ipynb, cells 71–94: tables of rates as printed, by way of the engine.
@Suite struct ProPublicaRatesTests {
  struct Table: Sendable, CustomTestStringConvertible {
    let name: String
    /// TN, FP, FN, TP
    let cells: [Int]
    /// FPR %, FNR %
    let percent: [Double]
    /// PPV, NPV, LR+, LR−
    let others: [Double]

    var testDescription: String { name }
  }

  static let tables: [Table] = [
    Table(
      name: "All", cells: [2681, 1282, 1216, 2035], percent: [32.35, 37.40], others: [0.61, 0.69, 1.94, 0.55]),
    Table(
      name: "Black", cells: [990, 805, 532, 1369], percent: [44.85, 27.99], others: [0.63, 0.65, 1.61, 0.51]),
    Table(
      name: "White", cells: [1139, 349, 461, 505], percent: [23.45, 47.72], others: [0.59, 0.71, 2.23, 0.62]),
    Table(
      name: "White, high only", cells: [1407, 81, 771, 195], percent: [5.44, 79.81],
      others: [0.71, 0.65, 3.71, 0.84]),
    Table(
      name: "Black, high only", cells: [1511, 284, 1160, 741], percent: [15.82, 61.02],
      others: [0.72, 0.57, 2.46, 0.72]),
    Table(
      name: "Violent", cells: [4121, 1597, 347, 389], percent: [27.93, 47.15],
      others: [0.20, 0.92, 1.89, 0.65]),
    Table(
      name: "Violent, Black", cells: [1692, 1043, 170, 273], percent: [38.14, 38.37],
      others: [0.21, 0.91, 1.62, 0.62]),
    Table(
      name: "Violent, White", cells: [1679, 380, 129, 77], percent: [18.46, 62.62],
      others: [0.17, 0.93, 2.03, 0.77]),
  ]

  private static func evaluate(_ tables: [Table]) throws -> Evaluation {
    var lines = ["y,d,g"]
    for table in tables {
      for (count, row) in zip(table.cells, ["0,0", "0,1", "1,0", "1,1"]) {
        lines += Array(repeating: "\(row),\"\(table.name)\"", count: count)
      }
    }
    return try Written.evaluate(lines.joined(separator: "\n")) {
      $0.slices = try Written.slices("g")
      $0.metrics = [
        "false_positive_rate", "false_negative_rate", "precision", "negative_predictive_value",
        "positive_likelihood_ratio", "negative_likelihood_ratio",
      ]
      $0.gaps = ["false_positive_rate", "false_negative_rate"]
    }
  }

  @Test func everyRate() throws {
    let evaluation = try Self.evaluate(Self.tables)
    let others = [
      "precision", "negative_predictive_value", "positive_likelihood_ratio", "negative_likelihood_ratio",
    ]
    for table in Self.tables {
      let slice = "g=\(table.name)"
      for (metric, printed) in zip(["false_positive_rate", "false_negative_rate"], table.percent) {
        #expect(abs(100 * evaluation.value(metric, slice) - printed) <= 0.0050001, "\(slice) \(metric)")
      }
      for (metric, printed) in zip(others, table.others) {
        #expect(abs(evaluation.value(metric, slice) - printed) <= 0.0050001, "\(slice) \(metric)")
      }
    }
  }

  /// The notebook's ratios (cells 79, 82) are of percentages that were rounded before; the exact ones differ.
  @Test func ratiosOfRoundedPercentages() throws {
    let evaluation = try Self.evaluate(Self.tables)
    func percent(_ metric: String, _ group: String) -> Double {
      (10_000 * evaluation.value(metric, "g=\(group)")).rounded() / 100
    }
    let fpr = "false_positive_rate"
    let fnr = "false_negative_rate"
    #expect(isClose(percent(fpr, "Black") / percent(fpr, "White"), 1.91257995736, within: 1e-11))
    #expect(isClose(percent(fnr, "White") / percent(fnr, "Black"), 1.70489460522, within: 1e-11))
    #expect(abs(percent(fpr, "Violent, Black") / percent(fpr, "Violent, White") - 2.06608884) < 5e-9)
    #expect(abs(percent(fnr, "Violent, White") / percent(fnr, "Violent, Black") - 1.63200417) < 5e-9)
    let exact = (fpr: 1.912093, fnr: 1.705274)
    #expect(abs(evaluation.value(fpr, "g=Black") / evaluation.value(fpr, "g=White") - exact.fpr) < 5e-7)
    #expect(abs(evaluation.value(fnr, "g=White") / evaluation.value(fnr, "g=Black") - exact.fnr) < 5e-7)
  }

  /// The filtered set of the notebook: races, sexes, bands of scores and two-year recidivists.
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder")) func theFilteredSet() throws {
    var configuration = Configuration()
    configuration.data = SharedData.path("data/compas/compas_filtered.csv")
    (configuration.label, configuration.score) = ("two_year_recid", "decile_score")
    (configuration.scoreKind, configuration.threshold) = (.ranking, .value(5))
    configuration.slices = try Written.slices("race", "sex", "score_text")
    configuration.metrics = ["count", "prevalence"]
    configuration.gaps = ["demographic_parity"]
    let evaluation = try EvaluationRun.evaluate(configuration)
    let counts: [(String, Double)] = [
      ("overall", 6172), ("race=African-American", 3175), ("race=Asian", 31), ("race=Caucasian", 2103),
      ("race=Hispanic", 509), ("race=Native American", 11), ("race=Other", 343), ("sex=Male", 4997),
      ("sex=Female", 1175), ("score_text=High", 1144), ("score_text=Medium", 1607), ("score_text=Low", 3421),
    ]
    for (slice, count) in counts { #expect(evaluation.value("count", slice) == count, "\(slice)") }
    #expect(isClose(evaluation.value("prevalence", "overall"), 2809.0 / 6172))
    #expect(abs(100 * evaluation.value("prevalence", "overall") - 45.51) < 0.005)
  }
}

/// The area under the ROC curve of COMPAS' deciles, by race: CONFORMANCE.md C-verbatim conf8 (scikit-learn), from the table of deciles printed
/// beside it. Those of Hispanic and of all rows need rows that are not published there.
@Suite struct DecileAreaTests {
  /// Recidivists and rows by decile, 1 to 10.
  static let black = [
    (91, 398), (119, 393), (145, 346), (177, 385), (176, 365), (215, 384), (237, 400), (245, 359), (269, 380),
    (227, 286),
  ]
  static let white = [
    (142, 681), (113, 361), (93, 273), (113, 285), (111, 241), (111, 194), (88, 143), (82, 114), (68, 98),
    (45, 64),
  ]

  @Test func byRace() throws {
    var lines = ["y,s,race"]
    for (race, table) in [("African-American", Self.black), ("Caucasian", Self.white)] {
      for (decile, entry) in table.enumerated() {
        lines += Array(repeating: "1,\(decile + 1),\(race)", count: entry.0)
        lines += Array(repeating: "0,\(decile + 1),\(race)", count: entry.1 - entry.0)
      }
    }
    let evaluation = try Written.evaluate(lines.joined(separator: "\n")) {
      $0.decision = nil
      ($0.score, $0.scoreKind, $0.threshold) = ("s", .ranking, .value(5))
      $0.slices = try Written.slices("race")
    }
    #expect(abs(evaluation.value("roc_auc", "race=African-American") - 0.691834) < 5e-7)
    #expect(abs(evaluation.value("roc_auc", "race=Caucasian") - 0.693146) < 5e-7)
    #expect(evaluation.value("count", "overall") == 6150)
  }
}

/// Fairlearn's user guide (CONFORMANCE.md A3): what its example prints besides.
@Suite struct FairlearnGuideRestTests {
  @Test func fBeta() throws {
    let evaluation = try Written.evaluate(FairlearnGuideTests.text()) {
      $0.slices = try Written.slices("f")
      $0.metrics = ["f_beta[0.6]"]
    }
    for (slice, value) in [("overall", 0.56983), ("f=a", 0.365591), ("f=b", 0.85), ("f=c", 0.468966)] {
      #expect(abs(evaluation.value("f_beta[0.6]", slice) - value) < 5e-6, "\(slice)")
    }
  }

  /// Differences and ratios to all rows: the farthest group of each metric.
  @Test func toOverall() throws {
    let evaluation = try Written.evaluate(FairlearnGuideTests.text()) {
      $0.slices = try Written.slices("f")
      $0.comparisons = [.toOverall]
      $0.gaps = ["true_positive_rate", "false_positive_rate", "selection_rate"]
    }
    func farthest(_ metric: String) -> Double {
      evaluation.gaps.filter { $0.metric == metric && $0.kind == .difference }
        .compactMap(\.estimate.value).map(abs).max() ?? .nan
    }
    func least(_ metric: String) -> Double {
      evaluation.gaps.filter { $0.metric == metric && $0.kind == .ratio }
        .compactMap(\.estimate.value).map { min($0, 1 / $0) }.min() ?? .nan
    }
    #expect(abs(farthest("true_positive_rate") - 0.1) < 1e-12)
    #expect(abs(farthest("false_positive_rate") - 0.666667) < 5e-7)
    #expect(abs(farthest("selection_rate") - 0.194444) < 5e-7)
    #expect(abs(least("true_positive_rate") - 0.8) < 1e-12)
    #expect(least("false_positive_rate") == 0)
    #expect(abs(least("selection_rate") - 0.740741) < 5e-7)
  }

  /// Confusion matrices by group, rows by the label.
  @Test func confusion() throws {
    let evaluation = try Written.evaluate(FairlearnGuideTests.text()) { $0.slices = try Written.slices("f") }
    let names = ["true_negatives", "false_positives", "false_negatives", "true_positives"]
    for (slice, cells) in [
      ("overall", [2, 4, 6, 6]), ("f=a", [0, 2, 1, 1]), ("f=b", [1, 0, 2, 3]), ("f=c", [1, 2, 3, 2]),
    ] {
      #expect(names.map { evaluation.value($0, slice) } == cells.map(Double.init), "\(slice)")
    }
  }
}
