import Foundation
import Privacy
import Results
import TestSupport
import Testing

/// No stored count is small, and what is stored is all that outputs are made from.
struct SmallCountTests {
  @Test(arguments: 0..<12) func noStoredCountIsSmall(_ index: Int) throws {
    var random = SplitMix(seed: UInt64(index) &* 77 &+ 5)
    let below = [3, 5, 10, 25][index % 4]
    let shape = RandomRun.Shape(
      rows: [80, 400, 2500][index % 3], groups: [3, 4], hasBaseline: index % 2 == 0,
      positiveShare: [0.05, 0.3, 0.9][(index / 2) % 3])
    let shown = try SmallCells.suppress(RandomRun.make(random.next(), shape), below: below)
    let json = try #require(JSONValue(parsing: String(decoding: shown.json(), as: UTF8.self)))
    var found = 0
    check(json, below: below, key: "", &found)
    #expect(found > 0)
    let counts = shown.metrics.indices.filter { shown.metrics[$0].kind == .count }
    for metric in counts {
      for value in shown.estimates[metric].value where !value.isNaN {
        #expect(value == 0 || value >= Double(below), "\(shown.metrics[metric].id) = \(value)")
      }
    }
  }

  private static let countKeys: Set<String> = [
    "rows", "true_positives", "false_positives", "false_negatives", "true_negatives", "baseline_cells",
    "denominator", "positives", "negatives", "positive_sum", "support", "to_positive", "to_negative",
    "better",
    "worse", "reference_denominator",
  ]

  private func check(_ value: JSONValue, below: Int, key: String, _ found: inout Int) {
    switch value {
    case .object(let members):
      // Its lists are places of slices.
      for member in members where member.name != "suppression" {
        check(member.value, below: below, key: member.name, &found)
      }
    case .array(let elements): for element in elements { check(element, below: below, key: key, &found) }
    default:
      guard Self.countKeys.contains(key), let number = Double(value.canonicalText) else { return }
      found += 1
      #expect(number == 0 || number >= Double(below), "\(key): \(number)")
    }
  }

  @Test(arguments: 0..<4) func whatIsStoredIsAllThereIs(_ index: Int) throws {
    let original = try RandomRun.make(
      UInt64(index) + 900, RandomRun.Shape(rows: 500, hasBaseline: index % 2 == 0))
    let shown = try SmallCells.suppress(original, below: 8)
    let again = try Evaluation(json: Data(shown.json()), name: "again")
    #expect(again.json() == shown.json())
    // Equal in memory, too: nothing is kept that is not written.
    #expect(again.slices.rows == shown.slices.rows)
    #expect(again.slices.truePositives == shown.slices.truePositives)
    #expect(again.slices.baselineCells == shown.slices.baselineCells)
    #expect(again.suppression == shown.suppression)
    #expect(shown.suppression?.slices(.outcomes).isEmpty == false)
    #expect(try SmallCells.suppress(again, below: 8).json() == shown.json())
  }

  @Test func aFewSmallGroupsTakeLittleWithThem() throws {
    let shape = RandomRun.Shape(rows: 6000, groups: [3, 4])
    let shown = try SmallCells.suppress(RandomRun.make(11, shape), below: 5)
    let original = try RandomRun.make(11, shape)
    let small = original.slices.predicate.indices.count { slice in
      [
        original.slices.truePositives[slice], original.slices.falsePositives[slice],
        original.slices.falseNegatives[slice], original.slices.trueNegatives[slice],
      ].contains { (1..<5).contains($0) }
    }
    let withheld = shown.suppression?.slices(.outcomes).count ?? 0
    #expect(withheld <= 4 * small, "\(withheld) withheld for \(small)")
    #expect(shown.slices.rows[0] == original.slices.rows[0])
  }

  @Test func anotherNumberIsRefused() throws {
    let shown = try SmallCells.suppress(RandomRun.make(3, RandomRun.Shape()), below: 5)
    for other in [4, 6] {
      #expect(throws: Failure.self) { try SmallCells.suppress(shown, below: other) }
    }
    #expect(throws: Failure.self) { try SmallCells.suppress(RandomRun.make(3, RandomRun.Shape()), below: 1) }
  }

  @Test func gapsOfWithheldGroupsAreWithheld() throws {
    let shown = try SmallCells.suppress(RandomRun.make(21, RandomRun.Shape(rows: 300)), below: 10)
    var withheld = 0
    for gap in shown.gaps {
      let sides = [gap.group, gap.reference].compactMap { $0 }
      if gap.estimate.status == .suppressed {
        withheld += 1
        #expect(gap.estimate.value == nil && gap.pValue == nil)
      } else {
        #expect(!sides.contains { shown.withholds(metric: gap.component, $0) })
      }
    }
    #expect(withheld > 0 && withheld == shown.suppression?.gaps)
  }

  @Test func curvesStayExactAtTheirThresholds() throws {
    let original = try RandomRun.make(33, RandomRun.Shape(rows: 5000))
    let shown = try SmallCells.suppress(original, below: 10)
    let suppression = try #require(shown.suppression)
    let (before, after) = (try #require(original.curves), try #require(shown.curves))
    var compared = 0
    for slice in original.slices.predicate.indices where !suppression.hides(.curves, slice) {
      let (a, b) = (before.above(slice: slice), after.above(slice: slice))
      for place in suppression.thresholds[original.slices.family[slice]] {
        #expect(a.positives[place] == b.positives[place] && a.negatives[place] == b.negatives[place])
        compared += 1
      }
    }
    #expect(compared > 50)
    let place = try #require(before.thresholds.firstIndex(of: 0.5))
    #expect(suppression.thresholds[0].contains(place))
  }
}
