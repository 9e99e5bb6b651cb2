import Foundation
import Results
import TestSupport
import Testing

@testable import Evaluator

/// The decision lab of a whole run: what it says of another threshold is what a run with that threshold says.
struct LabTests {
  struct Case: Sendable, CustomStringConvertible {
    var description: String
    var threshold: Double
    var isStrict = false
    var isRanking = false
    var weight: Weight = .none

    enum Weight: Sendable { case none, whole, fractional }
  }

  static let cases = [
    Case(description: "probabilities", threshold: 0.5),
    Case(description: "a threshold off the grid", threshold: 0.3337),
    Case(description: "strictly above", threshold: 0.4, isStrict: true),
    Case(description: "ranking", threshold: 12.5, isRanking: true),
    Case(description: "whole weights", threshold: 0.5, weight: .whole),
    Case(description: "fractional weights", threshold: 0.45, weight: .fractional),
  ]

  /// Rows with scores on a coarse grid, so that some lie on the thresholds; one group has no positives.
  static func text(_ one: Case) -> String {
    var random = SplitMix(seed: 20)
    var lines = ["y,s,b,g,h,w"]
    for row in 0..<900 {
      let group = ["a", "b", "c"][Int.random(in: 0..<3, using: &random)]
      let isNone = row % 40 == 0
      let score = Double(Int.random(in: 0...100, using: &random)) / 100
      let isPositive =
        !isNone && Double.random(in: 0..<1, using: &random) < score * (group == "a" ? 0.9 : 0.6)
      let weight: Double =
        switch one.weight {
        case .none: 1
        case .whole: Double(Int.random(in: 1...500, using: &random))
        case .fractional: Double.random(in: 0.1...9, using: &random)
        }
      let shown = one.isRanking ? score * 30 - 5 : score
      let old = Double(Int.random(in: 0...100, using: &random)) / 100
      lines.append("\(isPositive ? 1 : 0),\(shown),\(old),\(isNone ? "none" : group),\(row % 2),\(weight)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func evaluate(_ one: Case, at threshold: Double? = nil, baseline: Bool = false) throws -> Evaluation
  {
    try Written.evaluate(text(one)) {
      ($0.decision, $0.score) = (nil, "s")
      $0.scoreKind = one.isRanking ? .ranking : .probability
      $0.threshold = .value(threshold ?? one.threshold)
      $0.thresholdIsStrict = one.isStrict
      $0.weight = one.weight == .none ? nil : "w"
      $0.baselineScore = baseline && !one.isRanking ? "b" : nil
      $0.slices = try Written.slices("g", "h", "g*h")
    }
  }

  static func gap(_ evaluation: Evaluation, _ family: Int, _ id: String, _ kind: Gap.Kind) throws -> Gap {
    try #require(
      evaluation.gaps.first {
        $0.family == family && $0.metric == id && $0.kind == kind && $0.comparison == .betweenGroups
      })
  }

  @Test(arguments: cases)
  func theCurrentPointIsTheRunsOwn(_ one: Case) throws {
    let evaluation = try Self.evaluate(one)
    let lab = try #require(evaluation.lab)
    let curves = try #require(evaluation.curves)
    let operating = try #require(lab.operating)
    #expect(curves.thresholds[operating] == (one.isStrict ? one.threshold.nextUp : one.threshold))
    #expect(curves.thresholds.count <= 202 && curves.thresholds == curves.thresholds.sorted())
    let above = curves.above(slice: 0)
    let tolerance = one.weight == .none ? 0 : 1e-9
    let cells = one.weight == .none ? nil : evaluation.slices.cellWeights
    let decided =
      cells.map { ($0[0], $0[1]) }
      ?? (Double(evaluation.slices.truePositives[0]), Double(evaluation.slices.falsePositives[0]))
    #expect(abs(above.positives[operating] - decided.0) <= tolerance * max(1, decided.0))
    #expect(abs(above.negatives[operating] - decided.1) <= tolerance * max(1, decided.1))
    #expect(lab.trades.count == 9)
    for trade in lab.trades {
      let engine = try Self.gap(evaluation, trade.family, trade.gap, .difference)
      #expect(trade.excluded == engine.excluded)
      let current = try #require(trade[.current, "accuracy"])
      let accuracy = try #require(evaluation.estimate("accuracy", slice: 0))
      for (a, b) in [
        (current.gap[0], engine.estimate.value), (current.gapLower[0], engine.estimate.lower),
        (current.gapUpper[0], engine.estimate.upper), (current.value[0], accuracy.value),
        (current.lower[0], accuracy.lower), (current.upper[0], accuracy.upper),
      ] {
        #expect(isClose(a, b ?? .nan, within: 1e-12), "\(trade.gap)")
      }
      let balanced = try #require(trade[.current, "balanced_accuracy"])
      let expected = evaluation.estimate("balanced_accuracy", slice: 0)?.value ?? .nan
      #expect(isClose(balanced.value[0], expected, within: 1e-12))
    }
  }

  /// The page's counts and formulas against runs at six thresholds: every metric, every gap, and who is left out.
  @Test(arguments: cases)
  func thePageSaysWhatARunWouldSay(_ one: Case) throws {
    let evaluation = try Self.evaluate(one)
    let data = try LabPageData(evaluation)
    let page = data.page
    #expect(page.now == evaluation.lab?.operating && page.start == page.now && page.n == 900)
    #expect(page.t == evaluation.curves?.thresholds && page.families.count == 2)
    let now = try #require(page.now)
    for place in Set([now, 10, 61, 90, 120, page.t.count - 2]) where place < page.t.count {
      let threshold = page.t[place]
      let other: Evaluation
      if place == now {
        other = evaluation
      } else {
        // A stored threshold takes the scores at it, too.
        other = try Self.evaluate(
          Case(
            description: "", threshold: threshold, isStrict: false, isRanking: one.isRanking,
            weight: one.weight))
      }
      for (family, packed) in page.families.enumerated() {
        let sums = try data.sums(packed)
        let slices = Array(other.families[family + 1].slices)
        #expect(packed.groups.map(\.name) == slices.map { other.slices.label[$0] })
        #expect(packed.groups.map(\.n) == slices.map { other.slices.rows[$0] })
        var total = packed.rest
        var found: [[Double?]] = []
        for (group, slice) in zip(sums, slices) {
          let counts = [group[0][place + 1], group[1][place + 1], group[0][0], group[1][0]]
          total = zip(total, counts).map(+)
          found.append(LabPageData.values(counts))
          try Self.compare(counts, other, slice)
        }
        try Self.compare(total, other, 0)
        for (gap, id) in zip(
          LabPageData.gaps(found), ["demographic_parity", "equal_opportunity", "equalized_odds"])
        {
          let difference = try Self.gap(other, family + 1, id, .difference)
          let ratio = try Self.gap(other, family + 1, id, .ratio)
          for (a, b) in [(gap.difference, difference.estimate.value), (gap.ratio, ratio.estimate.value)] {
            #expect((a == nil) == (b == nil), "\(id)")
            if let a, let b { #expect(isClose(a, b, within: one.weight == .none ? 1e-15 : 1e-9), "\(id)") }
          }
          let out = zip(slices, gap.isIn).filter { !$0.1 }.map { other.slices.predicate[$0.0] }
          #expect(out == difference.excluded.map(\.group))
        }
      }
    }
  }

  private static func compare(_ counts: [Double], _ other: Evaluation, _ slice: Int) throws {
    for (value, metric) in zip(LabPageData.values(counts), LabPageData.metrics) {
      let engine = try #require(other.estimate(metric, slice: slice)).value
      #expect((value == nil) == (engine == nil), "\(metric)")
      if let value, let engine {
        let tolerance = other.roles.weight == nil ? 1e-15 : 1e-9
        #expect(isClose(value, engine, within: tolerance), "\(metric)")
      }
    }
  }

  /// The baseline's point is that of the baseline evaluated by itself.
  @Test(arguments: [cases[0], cases[4]])
  func theBaselinesPoint(_ one: Case) throws {
    let evaluation = try Self.evaluate(one, baseline: true)
    let alone = try Written.evaluate(Self.text(one)) {
      ($0.decision, $0.score) = (nil, "b")
      $0.weight = one.weight == .none ? nil : "w"
      $0.slices = try Written.slices("g", "h", "g*h")
    }
    for trade in try #require(evaluation.lab).trades {
      let point = try #require(trade[.baseline, "accuracy"])
      let expected = try #require(alone.lab?[trade.family, trade.gap]?[.current, "accuracy"])
      #expect(isClose(point.value[0], expected.value[0], within: 1e-12))
      #expect(isClose(point.gap[0], expected.gap[0], within: 1e-12))
      #expect(point.lower[0].isNaN == (one.weight != .none))
    }
  }

  @Test func withoutALabelOrAScoreThereIsNone() throws {
    let text = Self.text(Self.cases[0])
    let unlabelled = try Written.evaluate(text) {
      ($0.label, $0.decision, $0.score) = (nil, nil, "s")
      $0.slices = try Written.slices("g")
    }
    #expect(unlabelled.lab == nil && unlabelled.curves != nil)
    let decided = try Written.evaluate(text) {
      ($0.decision, $0.score) = ("h", nil)
      $0.slices = try Written.slices("g")
    }
    #expect(decided.lab == nil)
    let both = try Written.evaluate(text) {
      ($0.decision, $0.score) = ("h", "s")
      $0.slices = try Written.slices("g")
    }
    #expect(both.lab != nil && both.lab?.operating == nil)
    let page = try LabPageData(both).page
    let selected = both.slices.truePositives[0] + both.slices.falsePositives[0]
    let sums = try LabPageData(both).sums(page.families[0])
    let near = sums.reduce(0) { $0 + $1[0][page.start + 1] + $1[1][page.start + 1] }
    #expect(page.now == nil && abs(near - Double(selected)) < 20)
  }

  @Test func threadsChangeNothing() throws {
    let labs = try [1, 4].map { threads in
      try Written.evaluate(Self.text(Self.cases[0])) {
        ($0.decision, $0.score, $0.threads) = (nil, "s", threads)
        $0.slices = try Written.slices("g", "g*h")
      }.lab
    }
    #expect(labs[0] != nil && labs[0] == labs[1])
  }
}
