import Foundation
import Results
import TestSupport
import Testing

@testable import Metrics

/// Values against their definitions, in slices large and small, with classes that are not there.
struct ClassValueTests {
  private func check(_ observations: ClassObservations, _ rows: [UInt32]) {
    let oracle = ClassOracle(observations: observations, rows: rows.map { Int($0) })
    let metrics = ClassMetrics.all(
      observations, topK: [1, 2], classWeights: Array(Self.classWeights.prefix(observations.names.count)))
    let found = MeasuredMetrics(metrics, rows: rows)
    for metric in metrics {
      let entry = metric.definition.entry
      let expected = Self.expected(entry, oracle)
      #expect(isClose(found[entry.id], expected), "\(entry.id): \(found[entry.id]) for \(expected)")
      if let value = found.byID[entry.id]?.value {
        #expect(metric.definition.range.contains(value), "\(entry.id)")
      } else {
        #expect(found.byID[entry.id]?.reason?.isEmpty == false)
      }
    }
  }

  private static let classWeights = [2, 0.5, 1, 0, 3]

  private static func expected(_ entry: MetricEntry, _ oracle: ClassOracle) -> Double {
    if let label = entry.classLabel, let index = oracle.observations.names.firstIndex(of: label) {
      return oracle.single(String(entry.id.dropLast(label.count + 2)), index)
    }
    if entry.id.hasSuffix("_class_weighted") {
      let id = entry.id.dropLast("_class_weighted".count).replacing("roc_auc_ovr", with: "roc_auc")
      return oracle.weighted(String(id), classWeights)
    }
    for averaging in ["macro", "weighted"] where entry.id.hasSuffix("_" + averaging) {
      if entry.id == "roc_auc_ovo_macro" { return oracle.oneVersusOne }
      let id = entry.id.dropLast(averaging.count + 1).replacing("roc_auc_ovr", with: "roc_auc")
      return oracle.macro(String(id), isWeighted: averaging == "weighted")
    }
    return overall(entry, oracle)
  }

  private static func overall(_ entry: MetricEntry, _ oracle: ClassOracle) -> Double {
    let seen = oracle.observations
    func isRight(_ row: Int) -> Bool { seen.labels[row] == seen.decisions[row] }
    if let k = entry.k { return oracle.mean { oracle.isInTop(k, $0) ? 1 : 0 } }
    switch entry.id {
    case "count": return Double(oracle.rows.count)
    case "weight": return oracle.sum { _ in true }
    case "hamming_loss": return oracle.mean { isRight($0) ? 0 : 1 }
    case "balanced_accuracy": return oracle.macro("recall", isWeighted: false)
    // (TP) / (TP + FP + FN) over all classes: a wrong row is one of each.
    case "jaccard_micro": return oracle.sum(isRight) / (2 * oracle.sum { _ in true } - oracle.sum(isRight))
    case "mcc": return matthews(oracle)
    case "kappa": return kappa(oracle) { $0 == $1 ? 0 : 1 }
    case "kappa_linear": return kappa(oracle) { Double(abs($0 - $1)) }
    case "kappa_quadratic": return kappa(oracle) { Double(($0 - $1) * ($0 - $1)) }
    case "log_loss":
      return oracle.mean { row in
        -log(min(1 - 0x1p-52, max(0x1p-52, seen.scores[Int(seen.labels[row])][row])))
      }
    case "brier_score":
      return seen.names.indices.reduce(0) { $0 + oracle.single("brier_score", $1) }
    case "mean_confidence": return oracle.mean { oracle.top($0).score }
    case "expected_calibration_error": return oracle.calibrationError(10)
    case "expected_calibration_error_calibrated": return oracle.calibratedError(10)
    case "roc_auc_ovr_micro": return oracle.pooledAUC
    case "average_precision_micro": return oracle.pooledPrecision
    default: return oracle.mean { isRight($0) ? 1 : 0 }
    }
  }

  /// The correlation of the indicators of labels and decisions, covariances summed over classes (Gorodkin 2004).
  private static func matthews(_ oracle: ClassOracle) -> Double {
    func covariance(_ a: (Int, Int) -> Bool, _ b: (Int, Int) -> Bool) -> Double {
      oracle.observations.names.indices.reduce(0) { total, c in
        let (x, y) = (oracle.mean { a(c, $0) ? 1 : 0 }, oracle.mean { b(c, $0) ? 1 : 0 })
        return total + oracle.mean { ((a(c, $0) ? 1 : 0) - x) * ((b(c, $0) ? 1 : 0) - y) }
      }
    }
    let spread = covariance(oracle.isOf, oracle.isOf) * covariance(oracle.isSaid, oracle.isSaid)
    return spread > 1e-20 ? covariance(oracle.isOf, oracle.isSaid) / spread.squareRoot() : .nan
  }

  private static func kappa(_ oracle: ClassOracle, cost: (Int, Int) -> Double) -> Double {
    let seen = oracle.observations
    let observed = oracle.mean { cost(Int(seen.labels[$0]), Int(seen.decisions[$0])) }
    let expected = seen.names.indices.reduce(0) { total, i in
      total
        + seen.names.indices.reduce(0) { sum, j in
          sum + cost(i, j) * oracle.single("prevalence", i) * oracle.single("selection_rate", j)
        }
    }
    return expected > 0 ? 1 - observed / expected : .nan
  }

  @Test(arguments: [false, true])
  func againstDefinitions(isWeighted: Bool) {
    let made = ClassSample.observations(rows: 160, classes: 5, seed: 11, isWeighted: isWeighted)
    check(made, ClassSample.all(160))
    check(made, ClassSample.all(160).filter { $0 % 3 == 0 })
    check(made, ClassSample.all(160).filter { made.labels[Int($0)] != 2 })
    check(made, ClassSample.all(160).filter { made.labels[Int($0)] == 2 })
    check(made, [7])
  }

  /// Few rows of many distinct scores are sorted on their own.
  @Test func smallSliceOfManyScores() {
    let made = ClassSample.observations(rows: 3000, classes: 3, seed: 12, isWeighted: true, steps: 1e6)
    check(made, ClassSample.all(3000).filter { $0 % 50 == 7 })
  }

  @Test func noRows() {
    let made = ClassSample.observations(rows: 9, classes: 3, seed: 13, isWeighted: true)
    let found = MeasuredMetrics(ClassMetrics.all(made, topK: [2]), rows: [])
    for (id, measured) in found.byID where id != "count" && id != "weight" {
      #expect(measured.value == nil && measured.reason != nil, "\(id)")
    }
    let sets = ClassSample.labelSets(rows: 9, labels: 3, seed: 14, isWeighted: false)
    for (id, measured) in MeasuredMetrics(LabelSetMetrics.all(sets, topK: [2]), rows: []).byID
    where id != "count" && id != "weight" {
      #expect(measured.value == nil && measured.reason != nil, "\(id)")
    }
  }

  /// The order of rows and the scale of weights change nothing; a row twice weighs as much as one of weight two.
  @Test func invariance() {
    let made = ClassSample.observations(rows: 80, classes: 4, seed: 15, isWeighted: true)
    func measured(_ order: [Int], _ weights: [Double]) -> MeasuredMetrics {
      let moved = ClassObservations(
        names: made.names, labels: order.map { made.labels[$0] }, decisions: order.map { made.decisions[$0] },
        scores: made.scores.map { column in order.map { column[$0] } }, weights: weights)
      return MeasuredMetrics(ClassMetrics.all(moved, topK: [2]), rows: ClassSample.all(order.count))
    }
    let weights = made.weights ?? []
    let base = measured(Array(0..<80), weights)
    let others = [
      measured((0..<80).reversed(), weights.reversed()), measured(Array(0..<80), weights.map { $0 * 3.7 }),
      measured(Array(0..<80) + Array(0..<80), weights + weights),
    ]
    // Chance alone shows less of an error in more rows.
    let differing = ["count", "weight", "expected_calibration_error_calibrated"]
    for (id, one) in base.byID where !differing.contains(id) {
      for other in others { #expect(isClose(other[id], one.value ?? .nan, within: 1e-11), "\(id)") }
    }
  }

  @Test func catalogueNamesEveryMetric() {
    let made = ClassSample.observations(rows: 30, classes: 3, seed: 16, isWeighted: false)
    let sets = ClassSample.labelSets(rows: 30, labels: 3, seed: 17, isWeighted: false)
    for (metrics, definitions) in [
      (ClassMetrics.all(made, topK: [2], classWeights: [1, 2, 3]), ClassMetrics.definitions),
      (LabelSetMetrics.all(sets, topK: [2], classWeights: [1, 2, 3]), LabelSetMetrics.definitions),
    ] {
      let general = metrics.map { metric in
        let entry = metric.definition.entry
        let plain = entry.classLabel.map { entry.id.replacing("[\($0)]", with: "[CLASS]") } ?? entry.id
        return entry.k.map { plain.replacing("top_\($0)_", with: "top_K_") } ?? plain
      }
      let known = definitions.map(\.entry.id).filter { !$0.contains("@") }
      #expect(Set(general) == Set(known))
      #expect(Set(known).count == known.count)
      for definition in definitions {
        #expect(!definition.entry.formula.isEmpty && !definition.entry.symbol.contains("#"))
        #expect(definition.entry.kind == .count || definition.undefined != nil, "\(definition.entry.id)")
      }
    }
  }

  /// Matrices where only scores above a cut predict, as a walk over the rows counts them; each adds up to all rows.
  @Test(arguments: [false, true]) func matricesAtCuts(isStrict: Bool) throws {
    let made = ClassSample.observations(rows: 120, classes: 3, seed: 21, isWeighted: true)
    let rows = ClassSample.all(120).filter { $0 % 4 != 1 }
    let cut = made.scores[Int(made.decisions[6])][6]
    let found = MeasuredMetrics(ClassMetrics.atCuts(made, [cut], isStrict: isStrict), rows: rows)
    let text = NumberText.text(cut)
    func predicted(_ row: UInt32) -> Int? {
      let score = made.scores[Int(made.decisions[Int(row)])][Int(row)]
      return (isStrict ? score > cut : score >= cut) ? Int(made.decisions[Int(row)]) : nil
    }
    func weight(_ mask: (UInt32) -> Bool) -> Double {
      rows.filter(mask).reduce(0) { $0 + (made.weights?[Int($1)] ?? 1) }
    }
    for (label, name) in made.names.enumerated() {
      for (decision, other) in [(0, made.names[0]), (2, made.names[2]), (nil, "(none)")] as [(Int?, String)] {
        let expected = weight { Int(made.labels[Int($0)]) == label && predicted($0) == decision }
        #expect(isClose(found["confusion[\(name), \(other)]@\(text)"], expected))
      }
    }
    let all = found.byID.filter { $0.key.hasPrefix("confusion") }.values.reduce(0) { $0 + ($1.value ?? .nan) }
    #expect(isClose(all, weight { _ in true }))
    let told = weight { predicted($0) != nil }
    #expect(isClose(found["coverage@\(text)"], told / weight { _ in true }))
    let right = weight { predicted($0) == Int(made.labels[Int($0)]) }
    #expect(isClose(found["accuracy_of_predicted@\(text)"], right / told))
  }
}
