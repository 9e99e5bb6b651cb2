import Foundation
import Results
import TestSupport
import Testing

@testable import Metrics

/// Every field of the vectors that is about binary labels: scikit-learn 1.9.1, SciPy 1.17.1, statsmodels 0.15.0
/// and the papers' definitions (the files tell which).
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct BinaryVectorTests {
  typealias Case = VectorTests.Case

  private static let errors = [
    ("ece", "expected_calibration_error"), ("mce", "maximum_calibration_error"),
    ("ace_unweighted_mean_nonempty", "average_calibration_error"), ("l2_plugin", "rms_calibration_error"),
    ("sq_l2_debiased", "debiased_squared_calibration_error"), ("l2_debiased", "debiased_calibration_error"),
  ]

  private static let binnings: [(String, String, @Sendable (Int) -> BinaryBinning)] = [
    ("ece_width_%_right_closed", "", { .rightClosed($0) }),
    ("ece_width_%_left_closed", "_left_closed", { .leftClosed($0) }),
    ("ece_mass_%", "_equal_mass", { .equalMass($0) }),
    ("ece_mass_%_tie_safe", "_equal_mass", { .equalMass($0) }),
  ]

  private static func rows(_ one: Case, isWeighted: Bool = false) throws -> BinaryRows {
    BinaryRows(
      labels: try #require(one.numbers("y")).map { UInt8($0) }, scores: one.numbers("p"),
      weights: isWeighted ? one.numbers("w") : nil)
  }

  private static func probabilityCases() throws -> [Case] {
    try VectorTests.cases("classification").filter { $0.name == "continuous" || $0.name == "tied_to_0.1" }
  }

  @Test func binnedErrors() throws {
    var checked = 0
    for one in try Self.probabilityCases() {
      let rows = try Self.rows(one)
      for bins in [10, 15] {
        for (pattern, suffix, binning) in Self.binnings {
          let key = pattern.replacing("%", with: "\(bins)")
          guard let expected = one.fields[key] as? [String: Any] else { continue }
          for (field, id) in Self.errors {
            let value = try rows.value("\(id)\(suffix)[\(bins)]")
            #expect(
              isClose(value ?? .nan, Case(fields: expected).number(field) ?? .nan),
              "\(one.name) \(key) \(field)")
          }
          try Self.check(expected, binning(bins), rows, key)
          checked += 1
        }
        let weighted = try Self.rows(one, isWeighted: true).value("expected_calibration_error[\(bins)]")
        #expect(isClose(weighted ?? .nan, one.number("ece_width_\(bins)_weighted") ?? .nan))
      }
    }
    #expect(checked == 14)
  }

  private static func check(
    _ expected: [String: Any], _ binning: BinaryBinning, _ rows: BinaryRows, _ key: String
  ) throws {
    let bins = BinaryBins(binning, rows.observations, rows.slice)
    let listed = try #require(expected["bins"] as? [[String: Any]])
    #expect(listed.count == bins.rows.count)
    for (index, bin) in listed.enumerated() {
      let one = Case(fields: bin)
      #expect(Double(bins.rows[index]) == one.number("n"), "\(key) \(index)")
      guard bins.rows[index] > 0 else { continue }
      #expect(isClose(bins.weights[index], one.number("weight") ?? .nan))
      #expect(isClose(bins.confidence(index), one.number("conf") ?? .nan), "\(key) \(index)")
      #expect(isClose(bins.accuracy(index), one.number("acc") ?? .nan), "\(key) \(index)")
    }
  }

  @Test func sweepAndKumar() throws {
    let one = try #require(try Self.probabilityCases().first { $0.name == "continuous" })
    let rows = try Self.rows(one)
    let sweep = Case(fields: try #require(one.fields["sweep"] as? [String: Any]))
    #expect(Double(BinarySweep.bins(rows.observations, rows.slice).count) == sweep.number("n_bins"))
    #expect(isClose(try rows.value("ece_sweep") ?? .nan, sweep.number("ece_sweep_l1") ?? .nan))
    #expect(isClose(try rows.value("rms_ce_sweep") ?? .nan, sweep.number("ece_sweep_l2") ?? .nan))
    #expect(
      isClose(
        try rows.value("debiased_squared_calibration_error[10]") ?? .nan,
        one.number("kumar_repo_sq_l2_debiased_width10") ?? .nan))
    #expect(isClose(try rows.value("ece") ?? .nan, one.number("kumar_repo_ece_width10") ?? .nan))
  }

  @Test func lossesAndRecalibration() throws {
    for one in try Self.probabilityCases() {
      for (isWeighted, suffix) in [(false, ""), (true, "_weighted")] {
        let rows = try Self.rows(one, isWeighted: isWeighted)
        #expect(isClose(try rows.value("log_loss") ?? .nan, one.number("log_loss" + suffix) ?? .nan))
        #expect(isClose(try rows.value("brier") ?? .nan, one.number("brier" + suffix) ?? .nan))
      }
      let rows = try Self.rows(one)
      #expect(isClose(try rows.value("log_loss") ?? .nan, one.number("log_loss_check") ?? .nan))
      let line = try #require(one.numbers("calibration_intercept_slope_clip1e-6"))
      #expect(isClose(try rows.value("calibration_intercept") ?? .nan, line[0], within: 1e-9))
      #expect(isClose(try rows.value("calibration_slope") ?? .nan, line[1], within: 1e-9))
      #expect(
        isClose(
          try rows.value("calibration_in_the_large_logit") ?? .nan,
          one.number("calibration_in_the_large_clip1e-6") ?? .nan, within: 1e-9))
      #expect(
        isClose(
          try rows.value("observed_over_expected") ?? .nan, one.number("observed_over_expected") ?? .nan))
    }
  }

  @Test func logLossEdges() throws {
    let edges = try #require(try VectorTests.cases("classification").first { $0.name == "log_loss_edges" })
    let items = try #require(edges.fields["items"] as? [[String: Any]]).map(Case.init)
    #expect(items.count == 3)
    for one in items {
      let rows = try Self.rows(one)
      #expect(isClose(try rows.value("log_loss") ?? .nan, one.number("log_loss") ?? .nan))
      if let bits = one.number("log_loss_base2") {
        #expect(isClose(try rows.value("log_loss_bits") ?? .nan, bits))
      }
    }
  }

  /// Macro averages are means of the metric of either class, weighted ones by the rows of the class.
  @Test func confusionMatrix() throws {
    let one = try #require(try VectorTests.cases("classification").first { $0.name == "binary" })
    for suffix in ["", "_weighted_rows"] {
      let rows = BinaryRows(
        labels: try #require(one.numbers("y_true")).map { UInt8($0) },
        decisions: try #require(one.numbers("y_pred")).map { UInt8($0) },
        weights: suffix.isEmpty ? nil : one.numbers("w"))
      var swapped = rows
      swapped.labels = rows.labels.map { 1 - $0 }
      swapped.decisions = rows.decisions.map { 1 - $0 }
      func expect(_ found: Double?, _ key: String) {
        #expect(isClose(found ?? .nan, one.number(key + suffix) ?? .nan), "\(key)\(suffix)")
      }
      for (key, id) in [
        ("accuracy", "accuracy"), ("mcc", "mcc"), ("kappa", "kappa"), ("kappa_linear", "kappa"),
        ("kappa_quadratic", "kappa"), ("balanced_accuracy", "balanced_accuracy"), ("hamming", "hamming_loss"),
      ] { expect(try rows.value(id), key) }
      func classes(_ id: String) throws -> (Double, Double) {
        (try rows.value(id) ?? .nan, try swapped.value(id) ?? .nan)
      }
      func macro(_ id: String) throws -> Double { (try classes(id).0 + classes(id).1) / 2 }
      expect(try macro("jaccard"), "jaccard_macro")
      expect(try macro("f2"), "fbeta2_macro")
      let share = try rows.value("prevalence") ?? .nan
      for zero in ["0.0", "1.0", "nan"] {
        for id in ["f1", "precision", "recall"] {
          let (positive, negative) = try classes(id)
          expect(try macro(id), "\(id)_macro_zd\(zero)")
          expect(share * positive + (1 - share) * negative, "\(id)_weighted_zd\(zero)")
          expect(try rows.value("accuracy"), "\(id)_micro_zd\(zero)")
        }
      }
      let f1 = try #require(one.numbers("f1_per_class_zd0" + suffix))
      let found = try classes("f1")
      #expect(isClose(found.0, f1[1]))
      #expect(isClose(found.1, f1[0]))
      let matrix = try #require(one.fields["confusion" + suffix] as? [[NSNumber]]).map {
        $0.map(\.doubleValue)
      }
      for (id, cell) in [
        ("tn", matrix[0][0]), ("fp", matrix[0][1]), ("fn", matrix[1][0]), ("tp", matrix[1][1]),
      ] {
        #expect(isClose(try rows.value(id) ?? .nan, cell))
      }
    }
  }

  @Test func ranking() throws {
    let table = [
      ("auc", "roc_auc"), ("average_precision", "average_precision"), ("pr_auc_trapezoid", "pr_auc"),
      ("ks_pos_vs_neg", "ks"), ("gini", "gini"), ("partial_auc_fpr_le_0.2_mcclish", "partial_auc[0.2]"),
    ]
    var checked = 0
    for one in try VectorTests.cases("ranking") {
      guard let y = one.numbers("y"), let scores = one.fields["scores"] as? [[NSNumber]] else { continue }
      for (index, column) in scores.enumerated() {
        var rows = BinaryRows(
          labels: y.map { UInt8($0) }, scores: column.map(\.doubleValue), areProbabilities: false)
        for (key, id) in table {
          #expect(
            isClose(try rows.value(id) ?? .nan, one.numbers(key)?[index] ?? .nan), "\(one.name) \(key)")
          checked += 1
        }
        if let weights = one.numbers("weights") {
          rows.weights = weights
          #expect(isClose(try rows.value("auc") ?? .nan, one.numbers("auc_weighted")?[index] ?? .nan))
          #expect(isClose(try rows.value("ap") ?? .nan, one.numbers("ap_weighted")?[index] ?? .nan))
        }
      }
      try Self.checkCurve(one, y, scores[0].map(\.doubleValue))
    }
    #expect(checked == 7 * table.count)
  }

  private static func checkCurve(_ one: Case, _ y: [Double], _ scores: [Double]) throws {
    let roc = try #require(one.fields["roc0"] as? [String: Any])
    let rows = BinaryRows(labels: y.map { UInt8($0) }, scores: scores, areProbabilities: false)
    let curve = BinaryCurve(rows.observations, rows.slice)
    let (fpr, tpr) = (Case(fields: roc).numbers("fpr"), Case(fields: roc).numbers("tpr"))
    #expect(fpr?.count == curve.count + 1)
    for step in 0...curve.count {
      #expect(isClose(curve.negatives[step] / curve.allNegatives, fpr?[step] ?? .nan))
      #expect(isClose(curve.positives[step] / curve.allPositives, tpr?[step] ?? .nan))
    }
    let cuts = try #require(roc["thresholds"] as? [Any]).dropFirst().compactMap(Case.number)
    #expect(Array(curve.cuts.dropFirst()) == cuts)
  }

  /// `edge` of the ranking vectors: one class has no area, one row of a class no variance by DeLong, and a
  /// perfect order none to judge by.
  @Test func edges() throws {
    let oneClass = BinaryRows(labels: [1, 1], scores: [0.2, 0.4])
    for id in ["roc_auc", "gini", "partial_auc", "ks"] {
      #expect(
        try oneClass.measured(id) == .undefined("no negatives", denominator: 2, weight: 2, squaredWeight: 2))
    }
    let perfect = BinaryRows(labels: [0, 0, 1, 1], scores: [0.1, 0.2, 0.3, 0.4])
    var influence = [Double](repeating: 0, count: 4)
    #expect(try perfect.metric("roc_auc").measure(perfect.slice, influence: &influence).value == 1)
    #expect(influence.allSatisfy { $0 == 0 })
  }

  /// No field of a binary case goes unread: what is not tested here belongs to others, and is named.
  @Test func everyFieldIsKnown() throws {
    let inputs: Set = ["name", "y", "p", "w", "y_true", "y_pred", "scores", "weights", "items"]
    let probability = Set(
      [10, 15].flatMap { bins in
        Self.binnings.map { $0.0.replacing("%", with: "\(bins)") } + ["ece_width_\(bins)_weighted"]
      } + [
        "log_loss", "log_loss_weighted", "log_loss_check", "brier", "brier_weighted", "sweep",
        "kumar_repo_sq_l2_debiased_width10", "kumar_repo_ece_width10", "calibration_intercept_slope_clip1e-6",
        "calibration_in_the_large_clip1e-6", "observed_over_expected",
      ])
    let averages = ["f1", "precision", "recall"].flatMap { id in
      ["macro", "micro", "weighted"].flatMap { kind in ["0.0", "1.0", "nan"].map { "\(id)_\(kind)_zd\($0)" } }
    }
    let cells = Set(
      (averages + [
        "confusion", "accuracy", "mcc", "kappa", "kappa_linear", "kappa_quadratic", "balanced_accuracy",
        "hamming", "jaccard_macro", "fbeta2_macro", "f1_per_class_zd0",
      ]).flatMap { [$0, $0 + "_weighted_rows"] })
    let order: Set = [
      "auc", "average_precision", "pr_auc_trapezoid", "ks_pos_vs_neg", "gini",
      "partial_auc_fpr_le_0.2_mcclish", "auc_weighted", "ap_weighted", "roc0",
    ]
    // DeLong's covariance, intervals and paired difference are tested where AUC intervals are made.
    let elsewhere: Set = ["delong_cov", "ci95_wald", "ci95_logit", "diff"]
    let read = inputs.union(probability).union(cells).union(order).union(elsewhere)
    // Several classes, and lists in order of relevance.
    let others: Set = ["multi4", "missing_class_pred", "constant_pred", "multiclass_prob"]
    for file in ["classification", "ranking"] {
      for one in try VectorTests.cases(file) where !others.contains(one.name) {
        if one.fields["edge"] != nil || one.fields["listwise"] != nil { continue }
        let unknown = Set(one.fields.keys).subtracting(read)
        #expect(unknown.isEmpty, "\(one.name): \(unknown.sorted())")
      }
    }
  }
}
