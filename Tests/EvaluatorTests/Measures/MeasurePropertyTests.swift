import Fairness
import Foundation
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// What holds of every measure, whatever it is.
struct MeasurePropertyTests {
  /// Rows with a score, two features, a control and a neighbour column.
  private static func rows(_ count: Int = 400, seed: UInt64 = 5) -> [String] {
    var random = SplitMix(seed: seed)
    return (0..<count).map { _ in
      let sex = random.next() % 3 == 0 ? "F" : "M"
      let race = ["A", "B", "C"][Int(random.next() % 3)]
      let score = Double(random.next() % 97) / 96
      let label = Double(random.next() % 100) / 99 < score * (sex == "F" ? 0.7 : 1) ? 1 : 0
      return "\(sex),\(race),\(score),\(label),\(random.next() % 2 == 0 ? "x" : "y"),\(random.next() % 50)"
    }
  }

  private static let header = "sex,race,score,label,region,age"

  private static func evaluate(
    _ rows: [String], _ header: String = header, _ change: (inout Configuration) -> Void = { _ in }
  ) throws -> [MeasureResult] {
    let evaluation = try MeasureRuns.evaluate([header] + rows) {
      ($0.label, $0.score) = ("label", "score")
      $0.slices = [
        SliceSpec(features: [.init(name: "sex")]),
        SliceSpec(features: [.init(name: "sex"), .init(name: "race")]),
      ]
      $0.measures.names = ["all", "fairlearn", "aequitas", "aif360", "clarify"]
      $0.measures.controls = ["region"]
      $0.measures.neighbourFeatures = ["age", "region"]
      change(&$0)
    }
    return try #require(evaluation.measures).results
  }

  @Test func `Everything that applies is there`() throws {
    let found = try Self.evaluate(Self.rows())
    let ids = Set(found.map(\.measure))
    for measure in FairnessMeasure.all {
      #expect(ids.contains(measure.id) == measure.needs.tasks.contains(.binary), "\(measure.id)")
    }
    for tool in ["fairlearn", "aequitas", "aif360", "clarify"] {
      let names = Set(found.filter { $0.tool == tool }.map(\.name))
      #expect(names.count > 10, "\(tool)")
    }
    for one in found {
      let place = "\(one.measure) \(one.metric ?? "") \(one.variant ?? "")"
      if one.estimate.status == .undefined { #expect(one.estimate.reason?.isEmpty == false, "\(place)") }
      if one.estimate.status == .notEstimable { #expect(one.estimate.reason?.isEmpty == false, "\(place)") }
      guard one.estimate.status == .ok, let value = one.estimate.value else { continue }
      #expect((one.estimate.lower ?? .nan) <= value && value <= (one.estimate.upper ?? .nan), "\(place)")
      #expect(one.interval?.isEmpty == false, "\(place)")
      #expect(one.pValue.map { (0...1).contains($0) } ?? true, "\(place)")
    }
  }

  @Test func `The order of rows and the number of threads do not matter`() throws {
    let rows = Self.rows()
    let found = try Self.evaluate(rows) { $0.threads = 1 }
    #expect(try Self.evaluate(rows) { $0.threads = 3 } == found)
    let turned = try Self.evaluate(rows.reversed()) { $0.threads = 2 }
    #expect(turned.count == found.count)
    for (a, b) in zip(found, turned) {
      #expect(a.measure == b.measure && a.group == b.group && a.estimate.status == b.estimate.status)
      guard let first = a.estimate.value, let second = b.estimate.value, first.isFinite else { continue }
      #expect(abs(first - second) <= 1e-9 * max(1, abs(first)), "\(a.measure)")
    }
  }

  /// Weights that are all 7 change no value and no interval.
  @Test func `Weight scaling`() throws {
    let rows = Self.rows()
    let plain = try Self.evaluate(rows.map { $0 + ",1" }, Self.header + ",w") { $0.weight = "w" }
    let scaled = try Self.evaluate(rows.map { $0 + ",7" }, Self.header + ",w") { $0.weight = "w" }
    #expect(plain.count == scaled.count)
    // Concentrations of differential fairness are rows: of seven times the weight less is added. Bias scores are sums.
    let counted: Set<String> = [
      FairnessMeasure.differentialFairness.id, FairnessMeasure.biasAmplification.id,
      FairnessMeasure.pooledRatio.id, FairnessMeasure.pooledOddsRatio.id,
      FairnessMeasure.oddsRatioHomogeneity.id, FairnessMeasure.biasScoreOverpredicted.id,
      FairnessMeasure.biasScoreUnderpredicted.id,
    ]
    for (a, b) in zip(plain, scaled) where !counted.contains(a.measure) {
      for (first, second) in [
        (a.estimate.value, b.estimate.value), (a.estimate.lower, b.estimate.lower),
        (a.estimate.upper, b.estimate.upper),
      ] {
        guard let first, let second, first.isFinite, second.isFinite else { continue }
        #expect(abs(first - second) <= 1e-9 * max(1, abs(first)), "\(a.measure) \(a.metric ?? "")")
      }
    }
  }

  /// The negative class as the favourable one is the positive class of a data set with both exchanged.
  @Test func `Exchanging classes`() throws {
    let rows = Self.rows()
    let exchanged = rows.map { row in
      var fields = row.split(separator: ",").map(String.init)
      fields[2] = String(1 - (Double(fields[2]) ?? 0))
      fields[3] = fields[3] == "1" ? "0" : "1"
      return fields.joined(separator: ",")
    }
    let ids = [
      "statistical_parity_difference", "disparate_impact", "average_odds_difference", "theil_index",
      "xauc_difference", "generalized_true_positive_rate_difference", "subgroup_false_positive",
      "conditional_demographic_disparity", "smoothed_empirical_differential_fairness", "flip_test",
    ]
    let one = try Self.evaluate(rows) {
      $0.measures.names = ids
      $0.measures.favourable = .negative
      $0.threshold = .value(0.5000001)
    }
    let other = try Self.evaluate(exchanged) {
      $0.measures.names = ids
      $0.threshold = .value(0.49)
    }
    #expect(one.count == other.count)
    for (a, b) in zip(one, other) {
      #expect(a.measure == b.measure)
      #expect(
        isClose(a.estimate.value ?? .nan, b.estimate.value ?? .nan, within: 1e-9)
          || a.estimate.value == nil && b.estimate.value == nil, "\(a.measure)")
    }
  }

  /// Rows of one unit are not independent: no interval is claimed but of metrics, whose errors know of units.
  @Test func `Repeated units`() throws {
    let rows = Self.rows().enumerated().map { "\($1),\($0 / 2)" }
    let found = try Self.evaluate(rows, Self.header + ",id") { $0.unit = "id" }
    let ofMetrics = Set(
      (AggregationMaker.measures + EstimateStrata.measures).map(\.id))
    // The error rate comes from the engine of rows, whoever's name asks for it.
    let others = found.filter {
      ($0.tool != nil || !ofMetrics.contains($0.measure)) && $0.metric != "error_rate"
    }
    #expect(others.allSatisfy { $0.estimate.lower == nil && $0.pValue == nil })
    #expect(others.contains { $0.estimate.reason == "rows of one unit are not independent" })
    let own = found.filter { $0.tool == nil && ofMetrics.contains($0.measure) }
    #expect(own.contains { $0.metric == "true_positive_rate" && $0.estimate.status == .ok })
    #expect(own.count { $0.measure == "difference_between_groups" && $0.metric == "selection_rate" } == 6)
  }

  /// What the engine of rows adds is told of as what the counts tell: at thresholds too.
  @Test func `Metrics on request`() throws {
    let asked = ["selection_rate", "cohens_kappa", "true_positive_rate@0.3"]
    let found = try Self.evaluate(Self.rows()) {
      $0.metrics = asked
      $0.measures.names = ["difference_between_groups", "group_min", "difference_to_reference"]
    }
    for metric in asked {
      let own = found.filter { $0.metric == metric }
      #expect(own.contains { $0.measure == "difference_between_groups" && $0.stratum == nil }, "\(metric)")
      #expect(own.contains { $0.measure == "group_min" && $0.stratum == "region=x" }, "\(metric)")
      #expect(own.contains { $0.measure == "difference_to_reference" && $0.stratum == nil }, "\(metric)")
      let gap = own.first { $0.measure == "difference_between_groups" && $0.stratum == nil }
      let least = own.first { $0.measure == "group_min" && $0.stratum == nil }
      #expect(gap?.estimate.status == .ok && least?.estimate.status == .ok, "\(metric)")
    }
  }
}
