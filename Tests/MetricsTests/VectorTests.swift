import Foundation
import Results
import TestSupport
import Testing

@testable import Metrics

/// The published and cross-checked vectors that lie beside the checkout.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct VectorTests {
  struct Case {
    let fields: [String: Any]

    var name: String { fields["name"] as? String ?? "" }

    func numbers(_ key: String) -> [Double]? { (fields[key] as? [Any])?.compactMap(Self.number) }

    func number(_ key: String) -> Double? { fields[key].flatMap(Self.number) }

    static func number(_ value: Any) -> Double? { (value as? NSNumber)?.doubleValue }
  }

  static func cases(_ file: String) throws -> [Case] {
    let document = try #require(try SharedData.json("vectors/\(file).json") as? [String: Any])
    return try #require(document["cases"] as? [[String: Any]]).map(Case.init)
  }

  static func observations(
    _ y: [Double], _ scores: [Double], _ weights: [Double]?, areProbabilities: Bool
  ) -> Observations {
    Observations(
      labels: y.map { UInt8($0) }, decisions: scores.map { $0 >= 0.5 ? 1 : 0 }, scores: scores,
      scoresAreProbabilities: areProbabilities, weights: weights)
  }

  /// ROC AUC, DeLong variance and logit interval, average precision: against brute force in rationals
  /// and scikit-learn.
  @Test func ranking() throws {
    for one in try Self.cases("ranking") {
      guard let y = one.numbers("y"), let scores = one.fields["scores"] as? [[NSNumber]],
        let aucs = one.numbers("auc"), let covariance = one.fields["delong_cov"] as? [[Any]]
      else { continue }
      for (index, column) in scores.enumerated() {
        let tally = try Sample.overall(
          Self.observations(y, column.map(\.doubleValue), nil, areProbabilities: false))
        let auc = Sample.estimate(.rocAUC, tally)
        #expect(isClose(auc.value ?? .nan, aucs[index]), "\(one.name)")
        let variance = Case.number(covariance[index][index]) ?? .nan
        let found = tally.score?.auc.variance ?? .nan
        #expect(isClose(found, variance), "\(one.name)")
        if let limits = (one.fields["ci95_logit"] as? [Any])?[index] as? [NSNumber], variance > 0 {
          #expect(isClose(auc.lower ?? .nan, limits[0].doubleValue, within: 1e-9))
          #expect(isClose(auc.upper ?? .nan, limits[1].doubleValue, within: 1e-9))
        }
        let ap = Sample.estimate(.averagePrecision, tally)
        #expect(isClose(ap.value ?? .nan, one.numbers("average_precision")?[index] ?? .nan), "\(one.name)")
      }
    }
  }

  @Test func weightedRanking() throws {
    var checked = 0
    for one in try Self.cases("ranking") {
      guard let y = one.numbers("y"), let scores = one.fields["scores"] as? [[NSNumber]],
        let weights = one.numbers("weights"), let aucs = one.numbers("auc_weighted"),
        let precisions = one.numbers("ap_weighted")
      else { continue }
      for (index, column) in scores.enumerated() {
        let tally = try Sample.overall(
          Self.observations(y, column.map(\.doubleValue), weights, areProbabilities: false))
        #expect(isClose(Sample.estimate(.rocAUC, tally).value ?? .nan, aucs[index]), "\(one.name)")
        #expect(isClose(Sample.estimate(.averagePrecision, tally).value ?? .nan, precisions[index]))
        checked += 1
      }
    }
    #expect(checked >= 4)
  }

  /// Log loss, Brier score and ECE with right-closed bins: scikit-learn and the definition.
  @Test func probabilities() throws {
    var checked = 0
    for one in try Self.cases("classification") {
      guard let y = one.numbers("y"), let p = one.numbers("p"), let w = one.numbers("w"),
        one.fields["log_loss"] != nil
      else { continue }
      checked += 1
      for bins in [10, 15] {
        let plain = try Sample.overall(Self.observations(y, p, nil, areProbabilities: true), bins: bins)
        let weighted = try Sample.overall(Self.observations(y, p, w, areProbabilities: true), bins: bins)
        let expected = one.fields["ece_width_\(bins)_right_closed"] as? [String: Any]
        let ece = try #require(expected?["ece"] as? NSNumber).doubleValue
        #expect(isClose(Sample.estimate(.expectedCalibrationError, plain).value ?? .nan, ece), "\(one.name)")
        #expect(
          isClose(
            Sample.estimate(.expectedCalibrationError, weighted).value ?? .nan,
            one.number("ece_width_\(bins)_weighted") ?? .nan))
        let pairs: [(BinaryMetric, String)] = [(.logLoss, "log_loss"), (.brierScore, "brier")]
        for (metric, key) in pairs {
          #expect(isClose(Sample.estimate(metric, plain).value ?? .nan, one.number(key) ?? .nan), "\(key)")
          #expect(
            isClose(Sample.estimate(metric, weighted).value ?? .nan, one.number(key + "_weighted") ?? .nan))
        }
      }
    }
    #expect(checked == 2)
  }

  /// Scores of exactly 0 and 1 are clipped to [ε, 1 − ε] as in scikit-learn.
  @Test func logLossAtTheEdges() throws {
    let edges = try #require(try Self.cases("classification").first { $0.name == "log_loss_edges" })
    for item in try #require(edges.fields["items"] as? [[String: Any]]).map(Case.init) {
      let tally = try Sample.overall(
        Self.observations(
          item.numbers("y") ?? [], item.numbers("p") ?? [], nil, areProbabilities: true))
      let value = Sample.estimate(.logLoss, tally).value ?? .nan
      #expect(isClose(value, item.number("log_loss") ?? .nan))
    }
  }

  /// Confusion-matrix metrics of the binary vectors, weighted and not: scikit-learn.
  @Test func confusionMetrics() throws {
    var checked = 0
    for one in try Self.cases("classification") {
      guard let y = one.numbers("y_true"), let decisions = one.numbers("y_pred"),
        one.name == "binary" || one.name == "constant_pred"
      else { continue }
      let suffixes = one.numbers("w") == nil ? [""] : ["", "_weighted_rows"]
      for suffix in suffixes {
        let weights = suffix.isEmpty ? nil : one.numbers("w")
        let tally = try Sample.overall(
          Observations(labels: y.map { UInt8($0) }, decisions: decisions.map { UInt8($0) }, weights: weights))
        let table: [(BinaryMetric, String)] = [
          (.accuracy, "accuracy"), (.balancedAccuracy, "balanced_accuracy"), (.mcc, "mcc"),
        ]
        for (metric, key) in table {
          let estimate = Sample.estimate(metric, tally)
          // A constant prediction has no correlation; scikit-learn says 0 (FAIRNESS §9: undefined).
          if metric == .mcc, one.name == "constant_pred" {
            #expect(estimate.status == .undefined)
          } else {
            #expect(isClose(estimate.value ?? .nan, one.number(key + suffix) ?? .nan), "\(one.name) \(key)")
          }
        }
        let f1 = one.numbers("f1_per_class_zd0" + suffix)?.last ?? .nan
        #expect(isClose(Sample.estimate(.f1, tally).value ?? .nan, f1))
        checked += 1
      }
    }
    #expect(checked == 3)
  }

  /// Kish's effective size, the linearised variance and the Wilson interval of a weighted share.
  @Test func weightedShare() throws {
    let last = try #require(try Self.cases("proportions").last?.fields["weighted"] as? [String: Any])
    let one = Case(fields: last)
    let y = try #require(one.numbers("y"))
    let tally = try Sample.overall(
      Observations(
        labels: y.map { UInt8($0) }, decisions: y.map { _ in 1 }, weights: one.numbers("w")))
    let prevalence = Sample.estimate(.prevalence, tally)
    #expect(isClose(prevalence.value ?? .nan, one.number("p") ?? .nan))
    #expect(isClose(prevalence.effectiveCount, one.number("kish_n_eff") ?? .nan))
    let error = prevalence.standardError ?? .nan
    #expect(isClose(error * error, one.number("linearised_var_hc0") ?? .nan))
    let limits = try #require(one.numbers("wilson_neff_95"))
    #expect(isClose(prevalence.lower ?? .nan, limits[0], within: 1e-9))
    #expect(isClose(prevalence.upper ?? .nan, limits[1], within: 1e-9))
  }
}
