import Fairness
import Foundation
import Metrics
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Ranking measures through a whole run, against the same from the written-out lists.
struct RankingMeasureTests {
  private struct Row {
    let query: Int
    let group: String
    let relevance: Int
    let score: Double
  }

  /// Lists of 12 to 30 rows, in which b is placed lower.
  private static func rows(_ queries: Int, seed: UInt64 = 3, penalty: Double = 0.4) -> [Row] {
    var random = SplitMix(seed: seed)
    return (0..<queries).flatMap { query in
      (0..<Int.random(in: 12...30, using: &random)).map { _ in
        let draw = Double.random(in: 0..<1, using: &random)
        let group = draw < 0.5 ? "a" : draw < 0.85 ? "b" : "c"
        let score = Double.random(in: 0..<1, using: &random) - (group == "b" ? penalty : 0)
        return Row(
          query: query, group: group, relevance: Int.random(in: 0...3, using: &random), score: score)
      }
    }
  }

  private static func evaluate(_ rows: [Row], cutoffs: [Int] = [5, 10]) throws -> Evaluation {
    let lines = rows.map { "\($0.group),\($0.relevance),\($0.score),q\($0.query)" }
    return try MeasureRuns.evaluate(["g,y,p,q"] + lines) {
      ($0.label, $0.score, $0.task.query) = ("y", "p", "q")
      $0.task.cutoffs = cutoffs
      $0.slices = [SliceSpec(features: [.init(name: "g")])]
      $0.measures.names = ["all"]
      // Their tests deal out rows anew, which takes ten times as long as all else.
      $0.gaps = []
    }
  }

  /// Tied rows have no order of their own: the order of rows in the data changes nothing.
  @Test func tiesAreInNoOrder() throws {
    let coarse = Self.rows(12).map { row in
      Row(query: row.query, group: row.group, relevance: row.relevance, score: (row.score * 4).rounded() / 4)
    }
    var random = SplitMix(seed: 8)
    let first = try Self.evaluate(coarse, cutoffs: [1, 5])
    for _ in 0..<3 {
      let other = try Self.evaluate(coarse.shuffled(using: &random), cutoffs: [1, 5])
      let (a, b) = (first.measures?.results ?? [], other.measures?.results ?? [])
      #expect(a.count == b.count && a.count > 30)
      for (x, y) in zip(a, b) {
        let (value, same) = (x.estimate.value ?? .nan, y.estimate.value ?? .nan)
        #expect(
          x.name == y.name
            && (value == same || isClose(value, same, within: 1e-9) || value.isNaN && same.isNaN),
          "\(x.name) \(x.variant ?? ""): \(value) \(same)")
      }
    }
  }

  /// In a single list the metric of a slice and the measure are the same number, ties and all.
  @Test func skewIsThatOfTheMetric() throws {
    let coarse = Self.rows(1).map { row in
      Row(query: row.query, group: row.group, relevance: row.relevance, score: (row.score * 3).rounded())
    }
    let evaluation = try Self.evaluate(coarse, cutoffs: [5])
    for group in ["g=a", "g=b", "g=c"] {
      let slice = try #require(evaluation.slices.predicate.firstIndex(of: group))
      let measure = try evaluation.result("skew_at_k", family: "g", group: group, variant: "k=5")
      // The metric has no value where there is none among the first.
      let metric = evaluation.estimate("skew@5", slice: slice)?.value ?? -.infinity
      let value = try #require(measure.estimate.value)
      #expect(value == metric || isClose(value, metric, within: 1e-9), "\(group)")
    }
  }

  /// A group that is nowhere among the first is the least of all, and not passed over.
  @Test func nobodyAmongTheFirst() throws {
    let rows = (0..<6).flatMap { query in
      ["a", "a", "b", "c"].enumerated().map { place, group in
        Row(query: query, group: group, relevance: 1, score: Double(-place))
      }
    }
    let evaluation = try Self.evaluate(rows, cutoffs: [3])
    let least = try evaluation.result("skew_at_k", family: "g", variant: "min, k=3")
    #expect(least.estimate.value == -.infinity && least.detail == "g=c")
    #expect(
      try evaluation.result("skew_at_k", family: "g", group: "g=c", variant: "k=3").estimate.lower == nil)
  }

  /// Groups of each list, best first.
  private static func lists(_ rows: [Row]) -> [[String]] {
    Dictionary(grouping: rows, by: \.query).sorted { $0.key < $1.key }.map { _, list in
      list.sorted { $0.score > $1.score }.map(\.group)
    }
  }

  private static func places(_ list: [String], _ group: String) -> [Int] {
    list.indices.filter { list[$0] == group }
  }

  @Test(arguments: [
    ("rnd", PrefixDistance.Kind.difference), ("rkl", .divergence), ("rrd", .ratio),
  ])
  func `Prefix distances`(_ name: String, _ kind: PrefixDistance.Kind) throws {
    let rows = Self.rows(40)
    let evaluation = try Self.evaluate(rows)
    for group in ["a", "b", "c"] {
      let distances = Self.lists(rows).compactMap { list -> (Double, Double)? in
        let places = Self.places(list, group)
        return PrefixDistance(kind, ListShape(size: list.count, members: places.count))
          .map { ($0.value(places), $0.expected) }
      }
      let result = try evaluation.result(name, family: "g", group: "g=\(group)")
      let mean = distances.reduce(0) { $0 + $1.0 } / Double(distances.count)
      #expect(isClose(result.estimate.value ?? .nan, mean, within: 1e-12))
      #expect(result.estimate.denominator == distances.count)
      let chance = distances.reduce(0) { $0 + $1.1 } / Double(distances.count)
      #expect(result.detail == "random orders: \(NumberText.text((chance * 1000).rounded() / 1000))")
      let p = try #require(result.pValue)
      let lower = try #require(result.estimate.lower)
      #expect((lower > 0) == (p < 0.05))
      #expect(mean > chance || p >= 0.5)
      // b is placed low, which rRD, a ratio that is never below 0, hardly sees.
      if group == "b", kind != .ratio { #expect(p < 0.01) }
    }
  }

  @Test func infeasible() throws {
    let rows = Self.rows(30)
    let evaluation = try Self.evaluate(rows)
    let lists = Self.lists(rows)
    var (index, count) = (0, 0)
    for list in lists {
      for length in 1...list.count {
        let lacking = Set(list).filter { group in
          let least = Double(list.count { $0 == group }) * Double(length) / Double(list.count) + 1e-9
          return list.prefix(length).count { $0 == group } < Int(least)
        }
        index += lacking.isEmpty ? 0 : 1
        count += lacking.count
      }
    }
    for (name, sum) in [("infeasible_index", index), ("infeasible_count", count)] {
      let result = try evaluation.result(name, family: "g")
      #expect(isClose(result.estimate.value ?? .nan, Double(sum) / 30, within: 1e-12))
      #expect(result.estimate.status == .ok && result.pValue != nil)
    }
    let first = try evaluation.result("infeasible_index", family: "g")
    #expect(first.detail?.hasPrefix("random orders at most ") == true)
  }

  @Test func `FA*IR's test`() throws {
    let rows = Self.rows(60, penalty: 0.6)
    let evaluation = try Self.evaluate(rows)
    for k in [5, 10] {
      for group in ["a", "b", "c"] {
        var (passed, lists) = (0, 0)
        for list in Self.lists(rows) {
          let share = Double(list.count { $0 == group }) / Double(list.count)
          guard share > 0, share < 1, pow(1 - share, Double(k)) <= 0.1 else { continue }
          lists += 1
          let test = RankedGroupTest(length: k, share: share)
          let isFair = (1...k).allSatisfy { length in
            list.prefix(length).count { $0 == group } >= test.targets[length - 1]
          }
          passed += isFair ? 1 : 0
        }
        let result = try evaluation.result(
          "ranked_group_fairness", family: "g", group: "g=\(group)", variant: "k=\(k)")
        #expect(result.estimate.denominator == lists)
        guard lists > 0 else {
          #expect(result.estimate.status == .undefined)
          continue
        }
        #expect(isClose(result.estimate.value ?? .nan, Double(passed) / Double(lists), within: 1e-12))
        // Wilson (1927).
        let (n, z) = (Double(lists), 1.959963984540054)
        let share = Double(passed) / n
        let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        let lower = (share + z * z / (2 * n) - half) / (1 + z * z / n)
        #expect(isClose(result.estimate.lower ?? .nan, lower, within: 1e-9))
        // P(at least so many fail), summed.
        let fails = lists - passed
        var (tail, mass) = (0.0, pow(0.9, Double(lists)))
        for count in 0...lists {
          if count >= fails { tail += mass }
          mass *= Double(lists - count) / Double(count + 1) * 0.1 / 0.9
        }
        #expect(abs((result.pValue ?? .nan) - tail) < 1e-9)
        if group == "b", k == 10 {
          #expect(tail < 0.01)
          #expect(result.detail?.hasPrefix("at its share 0.3") == true)
        }
      }
    }
  }

  @Test func `Skews and ratios have intervals over queries`() throws {
    let rows = Self.rows(50)
    let evaluation = try Self.evaluate(rows)
    let least = try evaluation.result("skew_at_k", family: "g", variant: "min, k=5")
    let greatest = try evaluation.result("skew_at_k", family: "g", variant: "max, k=5")
    for group in ["a", "b", "c"] {
      let one = try evaluation.result("skew_at_k", family: "g", group: "g=\(group)", variant: "k=5")
      let (lower, upper) = (try #require(one.estimate.lower), try #require(one.estimate.upper))
      #expect(lower < one.estimate.value ?? .nan && one.estimate.value ?? .nan < upper)
      let p = try #require(one.pValue)
      #expect((lower > 0 || upper < 0) == (p < 0.05))
      // The extremes' limits hold for all groups at once.
      let (least, most) = (try #require(least.estimate.lower), try #require(greatest.estimate.upper))
      #expect(least < lower && most > upper)
    }
    #expect(least.detail == "g=b" && (least.estimate.upper ?? 0) < 0)
    for name in ["exposure_ratio", "disparate_treatment_ratio"] {
      let ratio = try evaluation.result(name, family: "g", group: "g=b")
      let (lower, upper) = (try #require(ratio.estimate.lower), try #require(ratio.estimate.upper))
      let value = try #require(ratio.estimate.value)
      #expect(isClose(lower * upper, value * value, within: 1e-9))
      let p = try #require(ratio.pValue)
      #expect((upper < 1 || lower > 1) == (p < 0.05))
    }
    let exposure = try evaluation.result("exposure_ratio", family: "g", group: "g=b")
    #expect((exposure.pValue ?? 1) < 0.01)
  }

  /// With one query nothing is known of what another would show, and it is said.
  @Test func `One query`() throws {
    let evaluation = try Self.evaluate(Self.rows(1))
    let results = (evaluation.measures?.results ?? []).filter { result in
      FairnessMeasure.all.contains { $0.id == result.measure && $0.family == .ranking }
    }
    #expect(results.count > 10)
    for result in results where result.estimate.value != nil && result.measure != "ranked_group_fairness" {
      #expect(result.estimate.status == .notEstimable && result.pValue == nil, "\(result.measure)")
      let reason = result.estimate.reason ?? ""
      #expect(
        reason.contains("one query") || reason == "none of a group is among the first",
        "\(result.measure)")
    }
  }

  /// Groups without rows among the first have the least skew of all, and no limits.
  @Test func `Groups that are absent among the first`() throws {
    let rows = Self.rows(20).map { row in
      Row(
        query: row.query, group: row.group, relevance: row.relevance,
        score: row.score - (row.group == "c" ? 9 : 0))
    }
    let evaluation = try Self.evaluate(rows, cutoffs: [2])
    let one = try evaluation.result("skew_at_k", family: "g", group: "g=c", variant: "k=2")
    #expect(one.estimate.value == -.infinity && one.estimate.status == .notEstimable)
    let least = try evaluation.result("skew_at_k", family: "g", variant: "min, k=2")
    #expect(least.detail == "g=c" && least.estimate.lower == nil)
  }

  /// Where groups do not matter, limits hold the truth at the stated rate: 40 runs of 30 queries, three errors of 95 %.
  @Test func `Limits hold`() throws {
    var (held, all, ratios) = (0, 0, 0)
    for seed in 0..<40 {
      let evaluation = try Self.evaluate(Self.rows(30, seed: UInt64(100 + seed), penalty: 0), cutoffs: [5])
      for group in ["a", "b", "c"] {
        let skew = try evaluation.result("skew_at_k", family: "g", group: "g=\(group)", variant: "k=5")
        all += 1
        if (skew.estimate.lower ?? 1) <= 0, (skew.estimate.upper ?? -1) >= 0 { held += 1 }
      }
      let ratio = try evaluation.result("exposure_ratio", family: "g", group: "g=b")
      if (ratio.estimate.lower ?? 2) <= 1, (ratio.estimate.upper ?? 0) >= 1 { ratios += 1 }
    }
    #expect(held >= all * 89 / 100, "\(held) of \(all)")
    #expect(ratios >= 34, "\(ratios)")
  }
}
