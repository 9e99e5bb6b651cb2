import Fairness
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Distances that lie above 0 by chance alone, through whole runs.
struct DistanceRunTests {
  private static let binary: [FairnessMeasure] = [
    .areaBetweenCurves, .wassersteinDistance, .largestDistributionGap, .jensenShannon, .totalVariation,
    .distributionNorm, .largestShareGap, .kullbackLeibler, .worstGroupCalibration, .meanGroupCalibration,
    .subgroupSelection, .subgroupFalsePositive, .subgroupTruePositive, .betweenGroupEntropy,
  ]

  /// Groups a and b are alike; c's scores are lower and say less.
  private static let rows: [String] = {
    var random = SplitMix(seed: 8)
    return (0..<900).map { row in
      let group = ["a", "b", "c"][row % 3]
      let score = Double(random.next() % 997) / 997 * (group == "c" ? 0.6 : 1)
      let chance = group == "c" ? 0.5 : score
      let label = Double(random.next() % 10_000) / 10_000 < chance ? 1 : 0
      return "\(group),\(random.next() % 2),\(score),\(label),\(1 + random.next() % 3)"
    }
  }()

  private static func evaluate(_ change: (inout Configuration) -> Void = { _ in }) throws -> Evaluation {
    try MeasureRuns.evaluate(["g,h,score,label,w"] + rows) {
      ($0.label, $0.score, $0.threads) = ("label", "score", 1)
      $0.slices = [SliceSpec(features: [.init(name: "g")]), SliceSpec(features: [.init(name: "h")])]
      $0.measures.names = binary.map(\.id)
      $0.references = ["g": "a"]
      change(&$0)
    }
  }

  @Test func `Limits, test and what chance shows`() throws {
    let evaluation = try Self.evaluate()
    for measure in Self.binary {
      let found = evaluation.results(measure.id)
      #expect(!found.isEmpty, "\(measure.id)")
      for one in found {
        #expect(one.estimate.status == .ok && one.pValue != nil && one.test != nil, "\(measure.id)")
        let (lower, value) = (one.estimate.lower ?? .nan, one.estimate.value ?? .nan)
        #expect(0 <= lower && lower <= value && value < one.estimate.upper ?? .nan, "\(measure.id)")
      }
    }
    for measure in [FairnessMeasure.areaBetweenCurves, .wassersteinDistance, .largestDistributionGap] {
      let alike = try evaluation.result(measure.id, family: "g", group: "g=b")
      let apart = try evaluation.result(measure.id, family: "g", group: "g=c")
      #expect(alike.estimate.lower == 0 && alike.pValue ?? 0 > 0.05, "\(measure.id)")
      #expect(apart.estimate.lower ?? 0 > 0 && apart.pValue ?? 1 < 0.01, "\(measure.id)")
      #expect(alike.detail?.contains("by chance alone 0.") == true)
    }
    for measure in [FairnessMeasure.worstGroupCalibration, .meanGroupCalibration, .betweenGroupEntropy] {
      #expect(evaluation.results(measure.id).contains { $0.estimate.lower ?? 0 > 0 }, "\(measure.id)")
    }
  }

  @Test func `Threads and other measures change no digit`() throws {
    let all = try #require(try Self.evaluate().measures)
    #expect(try Self.evaluate { $0.threads = 2 }.measures == all)
    let alone = try #require(
      try Self.evaluate { $0.measures.names = [FairnessMeasure.wassersteinDistance.id] }.measures)
    #expect(alone.results == all.results.filter { $0.measure == FairnessMeasure.wassersteinDistance.id })
    let other = try #require(try Self.evaluate { $0.seed = 99 }.measures)
    #expect(other.results != all.results)
  }

  @Test func `Weights widen`() throws {
    let (plain, weighted) = (try Self.evaluate(), try Self.evaluate { $0.weight = "w" })
    for measure in Self.binary {
      for one in weighted.results(measure.id) { #expect(one.estimate.status == .ok, "\(measure.id)") }
    }
    func chance(_ evaluation: Evaluation) throws -> Double {
      let detail = try evaluation.result("wasserstein_distance", family: "g", group: "g=b").detail
      return Double(detail?.split(separator: " ").last ?? "") ?? .nan
    }
    // Weights 1, 2, 3: (Σw)²/Σw² is 6/7 of the rows.
    let ratio = try chance(weighted) / chance(plain)
    #expect(abs(ratio - (7.0 / 6).squareRoot()) < 0.08)
  }

  @Test func `Numbers and classes`() throws {
    let names = [
      "wasserstein_distance", "bounded_group_loss", "quantile_rate_difference", "statistical_parity_area",
    ]
    let numbers = try Self.evaluate {
      ($0.label, $0.score, $0.task.kind) = ("w", "score", .regression)
      $0.measures.names = names
    }
    for name in names {
      for one in numbers.results(name) {
        #expect(one.estimate.status == .ok || one.variant == "zero_one", "\(name) \(one.variant ?? "")")
        #expect(one.pValue != nil || name == "bounded_group_loss")
      }
    }
    let gaps = numbers.results("quantile_rate_difference").filter { $0.family == numbers.family("g") }
    #expect(gaps.allSatisfy { $0.estimate.lower ?? 0 > 0 })
    let classes = try Self.evaluate {
      ($0.label, $0.score, $0.decision, $0.task.kind) = ("w", nil, "h", .multiclass)
      $0.slices = [SliceSpec(features: [.init(name: "g")])]
      $0.measures.names = ["multiclass_parity", "js_divergence", "total_variation_distance"]
    }
    for name in ["multiclass_parity", "js_divergence", "total_variation_distance"] {
      let found = classes.results(name)
      #expect(!found.isEmpty && found.allSatisfy { $0.estimate.status == .ok && $0.pValue != nil }, "\(name)")
    }
  }
}
