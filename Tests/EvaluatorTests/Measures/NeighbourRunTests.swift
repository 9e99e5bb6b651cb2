import Foundation
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Measures of neighbours through a whole run, against all distances by hand.
struct NeighbourRunTests {
  private struct Row {
    let group: String
    let number: Double?
    let word: String
    let score: Double
    let label: Int
    var decision: Int { score >= 0.5 ? 1 : 0 }
  }

  private static let rows: [Row] = {
    var random = SplitMix(seed: 3)
    return (0..<80).map { index in
      Row(
        group: random.next() % 2 == 0 ? "f" : "m", number: index % 17 == 0 ? nil : Double(random.next() % 30),
        word: ["x", "y", "z"][Int(random.next() % 3)], score: Double(random.next() % 101) / 100,
        label: Int(random.next() % 2))
    }
  }()

  private static func evaluate(_ names: [String]) throws -> Evaluation {
    let lines = rows.map { row in
      "\(row.group),\(row.number.map { String($0) } ?? ""),\(row.word),\(row.score),\(row.label)"
    }
    return try MeasureRuns.evaluate(["g,n,w,p,y"] + lines) {
      ($0.label, $0.score) = ("y", "p")
      $0.slices = [SliceSpec(features: [.init(name: "g")])]
      $0.references = ["g": "m"]
      $0.measures.names = names
      $0.measures.neighbourFeatures = ["n", "w"]
    }
  }

  /// Squared distances: the number in standard deviations, 1 for another word.
  private static let distances: [[Double]] = {
    let known = rows.compactMap(\.number)
    let mean = known.reduce(0, +) / Double(known.count)
    let square = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(known.count)
    return rows.map { a in
      rows.map { b in
        let gap = (a.number ?? mean) - (b.number ?? mean)
        return gap * gap / square + (a.word == b.word ? 0 : 1)
      }
    }
  }()

  /// The mean of the k nearest of some rows; those at the k-th distance share the votes that are left.
  private static func mean(_ row: Int, _ others: [Int], _ k: Int, _ value: (Row) -> Double) -> Double {
    let sorted = others.sorted { distances[row][$0] < distances[row][$1] }
    let last = distances[row][sorted[k - 1]]
    let nearer = sorted.filter { distances[row][$0] < last - 1e-9 }
    let tied = sorted.filter { abs(distances[row][$0] - last) <= 1e-9 }
    let votes = Double(k - nearer.count) / Double(tied.count)
    return (nearer.reduce(0) { $0 + value(rows[$1]) } + votes * tied.reduce(0) { $0 + value(rows[$1]) })
      / Double(k)
  }

  @Test func consistency() throws {
    let evaluation = try Self.evaluate(["consistency"])
    for (variant, value) in [
      ("predictions", { Double($0.decision) }), ("labels", { Double($0.label) }),
    ] as [(String, (Row) -> Double)] {
      let gaps = Self.rows.indices.map { row in
        abs(value(Self.rows[row]) - Self.mean(row, Self.rows.indices.filter { $0 != row }, 5, value))
      }
      let expected = 1 - gaps.reduce(0, +) / Double(gaps.count)
      let found = try evaluation.result("consistency", variant: variant)
      #expect(isClose(found.estimate.value ?? .nan, expected, within: 1e-12), "\(variant)")
      #expect(found.estimate.status == .notEstimable && found.detail == nil)
    }
  }

  @Test func flips() throws {
    let evaluation = try Self.evaluate(["flip_test"])
    let men = Self.rows.indices.filter { Self.rows[$0].group == "m" }
    let women = Self.rows.indices.filter { Self.rows[$0].group == "f" }
    let flips = women.map { row -> Double in
      let share = Self.mean(row, men, 5) { Double($0.decision) }
      if Self.rows[row].decision == 1 { return share < 0.5 ? 1 : 0 }
      return share > 0.5 ? -1 : 0
    }
    let found = try evaluation.result("flip_test", family: "g", group: "g=f")
    #expect(
      isClose(found.estimate.value ?? .nan, flips.reduce(0, +) / Double(women.count), within: 1e-12))
  }

  @Test func lipschitz() throws {
    let evaluation = try Self.evaluate(["lipschitz_violation_rate"])
    var (violations, pairs) = (0, 0)
    for a in Self.rows.indices {
      for b in 0..<a {
        pairs += 1
        let gap = abs(Self.rows[a].score - Self.rows[b].score)
        if gap > Self.distances[a][b].squareRoot() { violations += 1 }
      }
    }
    let found = try evaluation.result("lipschitz_violation_rate")
    #expect(isClose(found.estimate.value ?? .nan, Double(violations) / Double(pairs), within: 1e-3))
  }

  /// Above the number of rows that are looked at, some are drawn, and it is said.
  @Test func sampling() throws {
    var random = SplitMix(seed: 9)
    let lines = (0..<5200).map { _ in "\(random.next() % 100),\(random.next() % 2),\(random.next() % 2)" }
    func evaluate(_ threads: Int) throws -> Evaluation {
      try MeasureRuns.evaluate(["n,d,g"] + lines) {
        $0.decision = "d"
        $0.threads = threads
        $0.measures.names = ["consistency"]
        $0.measures.neighbourFeatures = ["n"]
      }
    }
    let found = try evaluate(1).result("consistency")
    #expect(found.detail == "of 5000 rows drawn, 5200 there are" && found.estimate.denominator == 5000)
    #expect(try evaluate(3).result("consistency") == found)
  }

  @Test func `A column of names is refused`() throws {
    let failure = #expect(throws: Failure.self) {
      try MeasureRuns.evaluate(["n,d"] + (0..<300).map { "name\($0),\($0 % 2)" }) {
        $0.decision = "d"
        $0.measures.names = ["consistency"]
        $0.measures.neighbourFeatures = ["n"]
      }
    }
    #expect(failure?.message.contains("300 values") == true)
  }
}
