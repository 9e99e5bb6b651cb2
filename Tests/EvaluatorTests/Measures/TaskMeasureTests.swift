import Fairness
import Foundation
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Measures of tasks that are not binary, each against the same by hand.
struct TaskMeasureTests {
  private static func evaluate(_ rows: [String], _ change: (inout Configuration) -> Void) throws -> Evaluation
  {
    try MeasureRuns.evaluate(rows) {
      $0.slices = [SliceSpec(features: [.init(name: "g")])]
      $0.measures.names = ["all"]
      change(&$0)
    }
  }

  @Test func regression() throws {
    let data: [(String, Double, Double)] = [
      ("a", 1, 1.5), ("a", 2, 2.5), ("a", 3, 2), ("b", 1, 3), ("b", 4, 5), ("b", 2, 2), ("b", 6, 4),
    ]
    let evaluation = try Self.evaluate(["g,y,p"] + data.map { "\($0.0),\($0.1),\($0.2)" }) {
      ($0.label, $0.score, $0.task.kind) = ("y", "p", .regression)
    }
    func value(_ name: String, group: String? = nil, metric: String? = nil, variant: String? = nil) throws
      -> Double
    {
      try evaluation.result(name, family: "g", group: group, metric: metric, variant: variant).estimate.value
        ?? .nan
    }
    #expect(isClose(try value("bounded_group_loss", variant: "square"), (4 + 1 + 0 + 4) / 4.0, within: 1e-12))
    #expect(isClose(try value("bounded_group_loss", variant: "absolute"), 5 / 4.0, within: 1e-12))
    // At or above the median 2.5: one of a, three of b.
    let quantileGap = try value("quantile_rate_difference", variant: "q=0.5")
    #expect(isClose(quantileGap, 0.75 - 1.0 / 3, within: 1e-12))
    let asMetric = try value("difference_between_groups", metric: "quantile_rate@0.5")
    #expect(isClose(quantileGap, asMetric, within: 1e-12))
    // Shares at or above 1.5, 2, 2, 2.5, 3, 4, 5 of a and b; then thresholds from the top: 5 and 4 select none of a.
    let area = [0, 1.0 / 3, 1.0 / 3, 0.75 - 1.0 / 3, 0.75, 0.5, 0.25].reduce(0, +) / 7
    #expect(isClose(try value("statistical_parity_area", group: "g=a"), area, within: 1e-12))
    #expect(try value("no_disparate_impact_level", group: "g=a") == 1.5)
    let mae = try value("difference_between_groups", metric: "mean_absolute_error")
    #expect(isClose(mae, 5.0 / 4 - 2.0 / 3, within: 1e-12))
    let (a, b) = ([1.5, 2, 2.5], [2.0, 3, 4, 5])
    let steps = (0...1000).map { 1 + 5 * Double($0) / 1000 }
    let gap = steps.map { t in
      abs(Double(a.count { $0 <= t }) / 3 - Double(b.count { $0 <= t }) / 4)
    }
    #expect(isClose(try value("distribution_gap", group: "g=a"), gap.max() ?? 0, within: 1e-12))
    #expect(abs(try value("wasserstein_distance", group: "g=a") - gap.reduce(0, +) * 0.005) < 0.01)
    #expect(evaluation.results("disparate_impact").isEmpty)
  }

  /// A weight of k is k rows in losses and shares; in the quantile too, but for its interpolation.
  @Test func `Weights of regression and ranking`() throws {
    let data = ["a,1,1.5,2", "a,2,2.5,1", "a,3,2,3", "b,1,3,1", "b,4,5,1", "b,2,2,2", "b,6,4,4"]
    let evaluation = try Self.evaluate(["g,y,p,w"] + data) {
      ($0.label, $0.score, $0.weight, $0.task.kind) = ("y", "p", "w", .regression)
    }
    func value(_ name: String, group: String? = nil, variant: String? = nil) throws -> Double {
      try evaluation.result(name, family: "g", group: group, variant: variant).estimate.value ?? .nan
    }
    #expect(
      isClose(try value("bounded_group_loss", variant: "square"), (4 + 1 + 0 + 16) / 8.0, within: 1e-12))
    #expect(isClose(try value("bounded_group_loss", variant: "zero_one"), 1, within: 1e-12))
    // Weights 2, 5 and 1 up to 1.5, 2 and 2.5: a half of 14 ends at 2.
    #expect(isClose(try value("quantile_rate_difference", variant: "q=0.5"), 1 - 4.0 / 6, within: 1e-12))
    let rate = try evaluation.result("difference_between_groups", family: "g", metric: "quantile_rate@0.5")
    #expect(isClose(rate.estimate.value ?? .nan, 1 - 4.0 / 6, within: 1e-12))
    let bound = try evaluation.result("bounded_group_loss", family: "g", variant: "square").estimate
    #expect(isClose(bound.effectiveCount, 14 * 14 / 36.0) && bound.status == .ok)

    let lists = ["a,1,3,q,2", "a,0,2,q,1", "b,1,1,q,3", "b,0,2,r,1", "a,1,1,r,1"]
    let ranked = try Self.evaluate(["g,y,p,q,w"] + lists) {
      ($0.label, $0.score, $0.weight, $0.task.query) = ("y", "p", "w", "q")
    }
    func exposure(_ rank: Double) -> Double { 1 / log2(1 + rank) }
    let a = (2 * exposure(1) + exposure(2) + exposure(2)) / 4
    let b = (3 * exposure(3) + exposure(1)) / 4
    let ratio = try ranked.result("exposure_ratio", family: "g", group: "g=b")
    #expect(isClose(ratio.estimate.value ?? .nan, b / a, within: 1e-12))
    let merit = try ranked.result("disparate_treatment_ratio", family: "g", group: "g=b")
    #expect(isClose(merit.estimate.value ?? .nan, (b / 0.75) / (a / 0.75), within: 1e-12))
    let seen = try ranked.result("ratio_to_reference", family: "g", group: "g=b", metric: "mean_exposure")
    #expect(isClose(seen.estimate.value ?? .nan, b / a, within: 1e-12))
  }

  @Test func classes() throws {
    let data = ["a,x,x", "a,y,y", "a,z,x", "a,x,x", "b,y,y", "b,z,z", "b,x,y"]
    let evaluation = try Self.evaluate(["g,y,d"] + data) {
      ($0.label, $0.decision, $0.task.kind) = ("y", "d", .multiclass)
    }
    // Decided: a 3 x, 1 y; b 2 y, 1 z.
    let distance = 0.5 * (0.75 + (2.0 / 3 - 0.25) + 1.0 / 3)
    for variant in ["max", "mean"] {
      let found = try evaluation.result("multiclass_parity", family: "g", variant: variant)
      #expect(isClose(found.estimate.value ?? .nan, distance, within: 1e-12))
    }
    let total = try evaluation.result(
      "total_variation_distance", family: "g", group: "g=b", variant: "predictions")
    #expect(isClose(total.estimate.value ?? .nan, distance, within: 1e-12))
    let accuracy = try evaluation.result("difference_between_groups", family: "g", metric: "accuracy")
    #expect(isClose(accuracy.estimate.value ?? .nan, 0.75 - 2.0 / 3, within: 1e-12))
    #expect(accuracy.estimate.lower == 0)
  }

  @Test func ranking() throws {
    let data = ["a,1,3,q", "a,0,2,q", "b,1,1,q", "b,0,2,r", "a,1,1,r"]
    let evaluation = try Self.evaluate(["g,y,p,q"] + data) {
      ($0.label, $0.score, $0.task.query) = ("y", "p", "q")
      $0.task.cutoffs = [1, 2]
    }
    func exposure(_ rank: Double) -> Double { 1 / log2(1 + rank) }
    let (a, b) = ((exposure(1) + exposure(2) + exposure(2)) / 3, (exposure(3) + exposure(1)) / 2)
    let ratio = try evaluation.result("exposure_ratio", family: "g", group: "g=b")
    #expect(isClose(ratio.estimate.value ?? .nan, b / a, within: 1e-12))
    let merit = try evaluation.result("disparate_treatment_ratio", family: "g", group: "g=b")
    #expect(isClose(merit.estimate.value ?? .nan, (b / 0.5) / (a / (2.0 / 3)), within: 1e-12))
    // Among the first of each query one a and one b; of all rows three are a.
    let skew = try evaluation.result("skew_at_k", family: "g", group: "g=a", variant: "k=1")
    #expect(isClose(skew.estimate.value ?? .nan, log(0.5 / 0.6), within: 1e-12))
    let least = try evaluation.result("skew_at_k", family: "g", variant: "min, k=1")
    #expect(least.detail == "g=a")
    let whole = try evaluation.result("awrf", family: "g")
    #expect((0...1).contains(whole.estimate.value ?? .nan))
    #expect(try evaluation.result("ndkl", family: "g").estimate.value ?? -1 >= 0)
  }

  /// Recalls of x, y and z: a 1, 1, 0; b 0, 1, 1. Gaps 1, 0, 1; rows of the classes 3, 2, 2.
  @Test func `Gaps over classes`() throws {
    let data = ["a,x,x", "a,y,y", "a,z,x", "a,x,x", "b,y,y", "b,z,z", "b,x,y"]
    let evaluation = try Self.evaluate(["g,y,d"] + data) {
      ($0.label, $0.decision, $0.task.kind) = ("y", "d", .multiclass)
      // What a measure needs is computed whatever is told of.
      ($0.metrics, $0.gaps) = (["accuracy"], ["accuracy"])
    }
    for (variant, value) in [("max", 1), ("mean", 2.0 / 3), ("weighted", 5.0 / 7)] {
      let found = try evaluation.result("class_equal_opportunity", family: "g", variant: variant)
      #expect(isClose(found.estimate.value ?? .nan, value, within: 1e-12))
      #expect(found.estimate.lower == 0 && found.pValue != nil)
    }
    #expect(evaluation.results("multilabel_parity").isEmpty)
  }

  /// Decided x: a 2 of 3, b 1 of 2; y: a 1 of 3, b 2 of 2. Labelled x: a 2, b 1; y: a 1, b 1.
  @Test func labels() throws {
    let data = ["a,1,0,1,0", "a,1,1,1,1", "a,0,0,0,0", "b,1,0,1,1", "b,0,1,0,1"]
    let evaluation = try Self.evaluate(["g,l_x,l_y,d_x,d_y"] + data) {
      ($0.task.labelPrefix, $0.task.decisionPrefix, $0.task.kind) = ("l_", "d_", .multilabel)
      $0.references = ["g": "a"]
    }
    func value(_ name: String, _ metric: String) throws -> Double? {
      try evaluation.result(name, family: "g", group: "g=b", metric: metric).estimate.value
    }
    #expect(isClose(try value("difference_to_reference", "selection_rate[y]") ?? .nan, 2.0 / 3))
    #expect(isClose(try value("ratio_to_reference", "selection_rate[x]") ?? .nan, 0.75))
    #expect(isClose(try value("difference_to_reference", "recall[x]") ?? .nan, 0))
    #expect(isClose(try value("difference_to_reference", "false_positive_rate[y]") ?? .nan, 1))
    let largest = try evaluation.result("multilabel_parity", family: "g", variant: "max")
    #expect(isClose(largest.estimate.value ?? .nan, 2.0 / 3) && largest.detail == "y")
    let mean = try evaluation.result("multilabel_parity", family: "g", variant: "mean")
    #expect(isClose(mean.estimate.value ?? .nan, (2.0 / 3 + 1.0 / 6) / 2))
  }

  /// The engine's own gaps are what measures tell.
  @Test func `Differences to the reference are those of gaps`() throws {
    var random = SplitMix(seed: 4)
    let rows = (0..<90).map { row in
      "\(["a", "b", "c"][row % 3]),\(random.next() % 50),\(random.next() % 50)"
    }
    let evaluation = try Self.evaluate(["g,y,p"] + rows) {
      ($0.label, $0.score, $0.task.kind) = ("y", "p", .regression)
      $0.references = ["g": "b"]
    }
    let gaps = evaluation.gaps.filter { $0.comparison == .toReference }
    #expect(!gaps.isEmpty)
    for gap in gaps where gap.metric == gap.component {
      let name = gap.kind == .difference ? "difference_to_reference" : "ratio_to_reference"
      let found = try evaluation.result(
        name, family: "g", group: gap.group.map { evaluation.slices.predicate[$0] }, metric: gap.metric)
      #expect(found.estimate.value == gap.estimate.value && found.estimate.lower == gap.estimate.lower)
      #expect(found.pValue == gap.pValue && found.test == gap.test)
    }
  }
}
