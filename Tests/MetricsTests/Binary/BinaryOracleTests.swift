import Results
import TestSupport
import Testing

@testable import Metrics

/// Metrics by their definitions, the rows of a mask one by one.
@Suite struct BinaryOracleTests {
  private struct Slow {
    let rows: [(y: Double, d: Double, s: Double, w: Double)]

    init(_ source: BinaryRows, _ slice: [UInt32]) {
      rows = slice.map { row in
        (
          Double(source.labels[Int(row)]), Double(source.decisions[Int(row)]), source.scores?[Int(row)] ?? 0,
          source.weights?[Int(row)] ?? 1
        )
      }
    }

    func sum(_ term: ((y: Double, d: Double, s: Double, w: Double)) -> Double) -> Double {
      rows.reduce(0) { $0 + $1.w * term($1) }
    }

    var tp: Double { sum { $0.y * $0.d } }
    var fp: Double { sum { (1 - $0.y) * $0.d } }
    var fn: Double { sum { $0.y * (1 - $0.d) } }
    var tn: Double { sum { (1 - $0.y) * (1 - $0.d) } }
    var n: Double { sum { _ in 1 } }

    func rates(at cut: Double) -> (recall: Double, specificity: Double, precision: Double) {
      let hits = sum { $0.s >= cut ? $0.y : 0 }
      let alarms = sum { $0.s >= cut ? 1 - $0.y : 0 }
      return (hits / (tp + fn), 1 - alarms / (fp + tn), hits / (hits + alarms))
    }

    var cuts: [Double] { Set(rows.map(\.s)).sorted() + [.infinity] }

    func best(_ isKept: (Double) -> Bool, _ value: (Double) -> Double) -> Double? {
      cuts.filter(isKept).map(value).filter { !$0.isNaN }.max()
    }

    /// By textbook formulas.
    var cellTable: [(String, Double)] {
      let (tp, fp, fn, tn) = (tp, fp, fn, tn)
      let (tpr, fpr, ppv, npv) = (tp / (tp + fn), fp / (fp + tn), tp / (tp + fp), tn / (tn + fn))
      let chance = ((tp + fn) * (tp + fp) + (fp + tn) * (fn + tn)) / (n * n)
      return [
        ("error_rate", (fp + fn) / n), ("predicted_negative_rate", (fn + tn) / n),
        ("f_beta[2]", 5 * ppv * tpr / (4 * ppv + tpr)), ("f0.5", 1.25 * ppv * tpr / (0.25 * ppv + tpr)),
        ("threat_score", tp / (tp + fp + fn)), ("fowlkes_mallows_index", (ppv * tpr).squareRoot()),
        ("informedness", tpr - fpr), ("markedness", ppv + npv - 1),
        ("prevalence_threshold", ((tpr * fpr).squareRoot() - fpr) / (tpr - fpr)),
        ("positive_likelihood_ratio", tpr / fpr), ("negative_likelihood_ratio", (1 - tpr) / (1 - fpr)),
        ("diagnostic_odds_ratio", (tp / fn) / (fp / tn)), ("kappa", ((tp + tn) / n - chance) / (1 - chance)),
        ("balanced_error_rate", (1 - tpr + fpr) / 2), ("treatment_equality", fn / fp),
        ("conditional_acceptance", (tp + fn) / (tp + fp)), ("conditional_rejection", (fp + tn) / (fn + tn)),
        ("lift", ppv / ((tp + fn) / n)), ("geometric_mean", (tpr * (1 - fpr)).squareRoot()),
        ("positives", tp + fn), ("negatives", fp + tn), ("predicted_negatives", fn + tn),
      ]
    }

    var scoreTable: [(String, Double)] {
      let (p, q) = (tp + fn, fp + tn)
      let (s1, s0) = (sum { $0.y * $0.s } / p, sum { (1 - $0.y) * $0.s } / q)
      let share = p / n
      let brier = sum { ($0.y - $0.s) * ($0.y - $0.s) } / n
      return [
        ("generalized_true_positive_rate", s1), ("generalized_false_negative_rate", 1 - s1),
        ("generalized_false_positive_rate", s0), ("generalized_true_negative_rate", 1 - s0),
        ("generalized_true_positives", s1 * p), ("generalized_false_positives", s0 * q),
        ("generalized_false_negatives", p - s1 * p), ("num_generalized_true_negatives", q - s0 * q),
        ("coefficient_of_discrimination", s1 - s0), ("relative_coefficient_of_discrimination", s1 / s0),
        ("calibration", sum(\.s) / p), ("observed_over_expected", p / sum(\.s)),
        ("brier_skill_score", 1 - brier / (share * (1 - share))),
        ("brier_uncertainty", share * (1 - share)), ("mean_absolute_error", sum { abs($0.y - $0.s) } / n),
        ("true_positive_rate@0.3", rates(at: 0.3).recall), ("tnr@0.3", rates(at: 0.3).specificity),
        ("precision@0.3", rates(at: 0.3).precision), ("fpr@0.3", 1 - rates(at: 0.3).specificity),
        ("positive_rate@0.3", sum { $0.s >= 0.3 ? 1 : 0 } / n),
      ]
    }

    var constraintTable: [(String, Double?)] {
      [
        (
          "sensitivity_at_specificity[0.7]",
          best({ rates(at: $0).specificity >= 0.7 }, { rates(at: $0).recall })
        ),
        (
          "specificity_at_sensitivity[0.7]",
          best({ rates(at: $0).recall >= 0.7 }, { rates(at: $0).specificity })
        ),
        ("precision_at_recall[0.4]", best({ rates(at: $0).recall >= 0.4 }, { rates(at: $0).precision })),
        ("recall_at_precision[0.7]", best({ rates(at: $0).precision >= 0.7 }, { rates(at: $0).recall })),
        ("recall_at_precision[1]", best({ rates(at: $0).precision >= 1 }, { rates(at: $0).recall })),
        (
          "recall_at_false_positive_rate[0.2]",
          best({ 1 - rates(at: $0).specificity <= 0.2 }, { rates(at: $0).recall })
        ),
        ("threshold_at_recall[0.6]", best({ rates(at: $0).recall >= 0.6 }, { $0 })),
      ]
    }
  }

  private static func masks(_ rows: BinaryRows, seed: UInt64) -> [[UInt32]] {
    var generator = SplitMix(seed: seed)
    return [1.0, 0.6, 0.3, 0.08].map { share in
      rows.slice.filter { _ in Double.random(in: 0..<1, using: &generator) < share }
    }
  }

  @Test(arguments: [(21, 12, true), (22, 500, false), (23, 30, true)])
  func tables(_ seed: Int, _ steps: Int, _ isWeighted: Bool) throws {
    let rows = BinaryRows.random(300, seed: UInt64(seed), steps: steps, isWeighted: isWeighted)
    for slice in Self.masks(rows, seed: UInt64(seed)) {
      let slow = Slow(rows, slice)
      for (id, expected) in slow.cellTable + slow.scoreTable {
        let found = try rows.value(id, slice)
        #expect(
          expected.isFinite ? isClose(found ?? .nan, expected, within: 1e-11) : found == nil,
          "\(id) \(expected)")
      }
      for (id, expected) in slow.constraintTable {
        let found = try rows.value(id, slice)
        #expect(isClose(found ?? .nan, expected ?? .nan, within: 1e-11), "\(id)")
      }
    }
  }

  /// reliability − resolution + uncertainty and miscalibration − discrimination + uncertainty are the Brier score.
  @Test(arguments: [(31, 15, true), (32, 100_000, false)])
  func brierParts(_ seed: Int, _ steps: Int, _ isWeighted: Bool) throws {
    let rows = BinaryRows.random(200, seed: UInt64(seed), steps: steps, isWeighted: isWeighted)
    for slice in Self.masks(rows, seed: UInt64(seed)) {
      func part(_ id: String) throws -> Double { try rows.value(id, slice) ?? .nan }
      let brier = try part("brier")
      let uncertainty = try part("brier_uncertainty")
      #expect(isClose(try part("brier_reliability") - part("brier_resolution") + uncertainty, brier))
      #expect(isClose(try part("brier_miscalibration") - part("brier_discrimination") + uncertainty, brier))
      #expect(try part("brier_miscalibration") <= part("brier_reliability") + 1e-12)
    }
  }

  /// The nearest rising function by its max–min formula (Robertson, Wright & Dykstra 1988).
  @Test func isotonic() throws {
    let rows = BinaryRows.random(120, seed: 41, steps: 25, isWeighted: true)
    let curve = BinaryCurve(rows.observations, rows.slice)
    let fitted = BinaryIsotonic(curve).values
    func mean(_ low: Int, _ high: Int) -> Double {
      let positives = curve.positives[high] - curve.positives[low - 1]
      return positives / (positives + curve.negatives[high] - curve.negatives[low - 1])
    }
    for step in 1...curve.count {
      // Steps descend: the shares of all that ends at or above, begun at or below.
      let expected = (1...step).map { low in (step...curve.count).map { mean(low, $0) }.max() ?? 0 }.min()
      #expect(isClose(fitted[step], expected ?? .nan), "\(step)")
    }
  }

  /// Ties at the edge count in part: the mean over orders of the tied rows.
  @Test func tiesOnTop() throws {
    let rows = BinaryRows(
      labels: [1, 1, 0, 1, 0, 0, 1, 0, 0, 0], scores: [0.9, 0.5, 0.5, 0.5, 0.5, 0.4, 0.3, 0.2, 0.1, 0.1])
    // Three rows on top: the first, and two of the four tied ones, half of which are positive.
    #expect(isClose(try rows.value("gain@0.3") ?? .nan, 2.0 / 4))
    #expect(isClose(try rows.value("lift@0.3") ?? .nan, 2.0 / 3 / 0.4))
    #expect(isClose(try rows.value("precision_at_top@0.3") ?? .nan, 2.0 / 3))
    #expect(isClose(try rows.value("top_k_recall[3]") ?? .nan, 2.0 / 4))
    #expect(isClose(try rows.value("top_k_precision[3]") ?? .nan, 2.0 / 3))
    #expect(try rows.measured("top_k_precision[11]").reason == "fewer than 11 rows")
    #expect(try rows.value("gain@1") == 1)
  }

  /// Never 0 for what cannot be had.
  @Test func undefined() throws {
    let rows = BinaryRows(labels: [1, 0, 1, 0], scores: [0.6, 0.8, 0.3, 0.2])
    #expect(try rows.measured("recall_at_precision[0.9]").reason == "no cut reaches the precision")
    let silent = BinaryRows(labels: [1, 0, 0, 0], scores: [0.1, 0.2, 0.3, 0.4])
    for (id, reason) in [
      ("prevalence_threshold", "TPR and FPR are equal"), ("positive_likelihood_ratio", "no false positives"),
      ("diagnostic_odds_ratio", "no false positives"), ("markedness", "no predicted positives"),
      ("conditional_acceptance", "no predicted positives"), ("lift", "no predicted positives"),
      ("treatment_equality", "no false positives"),
      ("calibration_slope", "a cut of the scores separates the classes"),
    ] { #expect(try silent.measured(id).reason == reason, "\(id)") }
    let constant = BinaryRows(labels: [1, 0, 1, 0], scores: [0.5, 0.5, 0.5, 0.5])
    #expect(try constant.measured("calibration_slope").reason == "all scores are equal")
    #expect(try constant.measured("squared_pearson_correlation").reason == "all scores are equal")
    #expect(try constant.value("kappa") == 0)
    let one = BinaryRows(labels: [1, 1], scores: [0.5, 0.5])
    #expect(try one.measured("kappa").reason == "labels and decisions are all of one class")
  }
}
