import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

struct StrataTests {
  /// Rows of a group, a stratum, a number and a decision.
  private static let rows: [String] = {
    var random = SplitMix(seed: 11)
    return (0..<600).map { _ in
      let group = random.next() % 2 == 0 ? "f" : "m"
      let stratum = ["low", "mid", "high"][Int(random.next() % 3)]
      let odds = (group == "f" ? 30 : 45) + (stratum == "high" ? 20 : 0)
      let age = 20 + Int(random.next() % 40)
      return "\(group),\(stratum),\(age),\(random.next() % 2),\(Int(random.next() % 100) < odds ? 1 : 0)"
    }
  }()

  private static func evaluate(_ controls: [String], slices: [String] = ["g"]) throws -> Evaluation {
    let specs = try slices.map { try SliceSpec(parsing: $0) }
    return try MeasureRuns.evaluate(["g,s,age,y,d"] + rows) {
      ($0.label, $0.decision) = ("y", "d")
      $0.slices = specs
      $0.references = ["g": "m"]
      $0.measures.names = ["all"]
      $0.measures.controls = controls
    }
  }

  /// Every stratum's difference, and the Mantel–Haenszel and the standardised one, against the rows.
  @Test func `Pooled and standardised by hand`() throws {
    let evaluation = try Self.evaluate(["s"])
    var (top, weights, standard) = (0.0, 0.0, 0.0)
    for stratum in ["high", "low", "mid"] {
      func rate(_ group: String) -> (Double, Double) {
        let own = Self.rows.map { $0.split(separator: ",") }.filter { $0[0] == group && $0[1] == stratum }
        return (Double(own.count { $0[4] == "1" }) / Double(own.count), Double(own.count))
      }
      let ((p, n), (q, m)) = (rate("f"), rate("m"))
      let found = try evaluation.result(
        "difference_to_reference", family: "g", group: "g=f", metric: "selection_rate",
        stratum: "s=\(stratum)")
      #expect(isClose(found.estimate.value ?? .nan, p - q, within: 1e-12))
      top += n * m / (n + m) * (p - q)
      weights += n * m / (n + m)
      standard += (n + m) / 600 * (p - q)
    }
    let pooled = try evaluation.result(
      "mantel_haenszel_difference", family: "g", group: "g=f", metric: "selection_rate")
    #expect(isClose(pooled.estimate.value ?? .nan, top / weights, within: 1e-12))
    #expect(pooled.test == "Cochran–Mantel–Haenszel test" && pooled.estimate.status == .ok)
    #expect(pooled.detail == "3 of 3 levels of s")
    let whole = try evaluation.result(
      "standardized_difference", family: "g", group: "g=f", metric: "selection_rate")
    #expect(isClose(whole.estimate.value ?? .nan, standard, within: 1e-12))
    let odds = try evaluation.result(
      "odds_ratio_homogeneity", family: "g", group: "g=f", metric: "selection_rate")
    #expect(odds.pValue != nil && odds.estimate.status == .notEstimable)
  }

  /// Ratios and the test have errors with weights too; weights that are all alike change no value and hardly a limit.
  @Test func `Pooled over weighted rows`() throws {
    func evaluate(_ weight: (Int) -> String) throws -> Evaluation {
      let rows = Self.rows.enumerated().map { $1 + "," + weight($0) }
      return try MeasureRuns.evaluate(["g,s,age,y,d,w"] + rows) {
        ($0.label, $0.decision, $0.weight) = ("y", "d", "w")
        $0.slices = [SliceSpec(features: [SliceSpec.Feature(name: "g")])]
        $0.references = ["g": "m"]
        $0.measures.names = ["all"]
        $0.measures.controls = ["s"]
      }
    }
    let (plain, alike) = (try Self.evaluate(["s"]), try evaluate { _ in "2" })
    let spread = try evaluate { ["0.5", "1", "4"][$0 % 3] }
    for name in ["mantel_haenszel_ratio", "mantel_haenszel_odds_ratio"] {
      func found(_ evaluation: Evaluation) throws -> MeasureResult {
        try evaluation.result(name, family: "g", group: "g=f", metric: "selection_rate")
      }
      let (counts, weights, wide) = (try found(plain), try found(alike), try found(spread))
      #expect(weights.test?.hasPrefix("weighted") == true && wide.pValue != nil)
      #expect(isClose(weights.estimate.value ?? .nan, counts.estimate.value ?? .nan, within: 1e-12))
      #expect(abs((weights.estimate.lower ?? .nan) - (counts.estimate.lower ?? .nan)) < 0.01)
      #expect(abs((weights.estimate.upper ?? .nan) - (counts.estimate.upper ?? .nan)) < 0.01)
      #expect(abs((weights.pValue ?? .nan) - (counts.pValue ?? .nan)) < 0.01)
      let width = (counts.estimate.upper ?? .nan) - (counts.estimate.lower ?? .nan)
      #expect((wide.estimate.upper ?? .nan) - (wide.estimate.lower ?? .nan) > 1.2 * width)
    }
  }

  /// A control of numbers is binned as slices are, and one that is sliced by as it is there.
  @Test func `Levels of numbers`() throws {
    let quartiles = try Self.evaluate(["age"])
    #expect(Set(quartiles.measures?.results.compactMap(\.stratum) ?? []).count == 4)
    let edges = try Self.evaluate(["age:edges=30,45"])
    #expect(Set(edges.measures?.results.compactMap(\.stratum) ?? []).count == 3)
    let sliced = try Self.evaluate(["age"], slices: ["g", "age:edges=40"])
    let strata = Set(sliced.measures?.results.compactMap(\.stratum) ?? [])
    #expect(strata.count == 2)
    // Ages are not compared within ages.
    #expect(
      sliced.measures?.results.allSatisfy { $0.stratum == nil || $0.family == sliced.family("g") } == true)
  }

  @Test func `A control that is no column`() {
    #expect(throws: Failure.self) { try Self.evaluate(["nothing"]) }
    #expect(throws: Failure.self) { try Self.evaluate(["s=low"]) }
  }
}
