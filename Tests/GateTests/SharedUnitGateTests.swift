import Evaluator
import Fairness
import Foundation
import Metrics
import Results
import Slicing
import Statistics
import TestSupport
import Testing

@testable import Gate

/// Checks of groups that share units: the gate knows how they go together.
struct SharedUnitGateTests {
  /// Lists in which the second group stands a little lower, among rows of all of a list.
  private static func evaluation() throws -> Evaluation {
    var random = SplitMix(seed: 31)
    let lines = (0..<160).flatMap { list in
      (0..<8).map { place in
        let group = place % 2 == 0 ? "x" : "z"
        let score = Double(random.next() % 1000) / 1000 - (group == "z" ? 0.12 : 0)
        return "\(group),q\(list),\(random.next() % 3),\(score)"
      }
    }
    let file = FileManager.default.temporaryDirectory.appending(path: "shared-\(UUID().uuidString).csv")
    try Data((["g,q,y,p"] + lines).joined(separator: "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var configuration = Configuration()
    configuration.data = file.path
    configuration.slices = [try SliceSpec(parsing: "g")]
    configuration.references = ["g": "x"]
    (configuration.label, configuration.score, configuration.task.query) = ("y", "p", "q")
    configuration.task.cutoffs = [3]
    configuration.comparisons = [.toReference, .betweenGroups, .toOverall]
    return try EvaluationRun.evaluate(configuration)
  }

  private static func judge(_ evaluation: Evaluation, _ check: String) throws -> CheckItem {
    let policy = try Policy(
      text: Array("{ checks: [\(check)] }".utf8), name: "p.json5",
      source: Judgement.Source(name: "p.json5", sha256: ""))
    return try #require(try Judge(policy: policy).judge(evaluation).checks.first?.items.first)
  }

  /// The limits are those that are stored; without the correlations the groups, which compete for the same places, would seem less
  /// far from each other than they are uncertain.
  @Test(arguments: ["to_reference", "between_groups", "to_overall"])
  func limitsAndTestsKnowTheUnits(comparison: String) throws {
    let found = try Self.evaluation()
    let metric = "mean_exposure"
    #expect(found.unitCorrelations.correlation(metric, 1, 2) < -0.5)
    let check = """
      { id: 'gap', gap: 'exposure_parity', slices: 'g', comparison: '\(comparison)', max: 0.001 }
      """
    let item = try Self.judge(found, check)
    let gap = try #require(
      found.gaps.first {
        $0.metric == "exposure_parity" && $0.comparison.rawValue == comparison && $0.kind == .difference
          && (comparison != "to_overall" || item.sliceIndex == $0.group)
      })
    #expect(abs(item.value ?? .nan) == abs(gap.estimate.value ?? .nan))
    // The gate tells of the size of a gap.
    let limits = [gap.estimate.lower ?? .nan, gap.estimate.upper ?? .nan].map(abs).sorted()
    #expect([item.lower ?? .nan, item.upper ?? .nan] == limits)
    var blind = found
    blind.unitCorrelations = .none
    let other = try Self.judge(blind, check)
    guard comparison != "to_overall" else {
      #expect(other.pBeyond == item.pBeyond)
      return
    }
    // Both groups' errors add up where they compete.
    #expect((item.pBeyond ?? .nan) > (other.pBeyond ?? .nan))
  }

  /// How much of a change two groups share that share units is not known: at worst their errors add up.
  @Test func changesOfGapsCountErrorsAtWorst() throws {
    func side(_ now: Double, _ before: Double) -> BaselineNumbers.Sides {
      BaselineNumbers.Sides(
        candidate: now, baseline: before, candidateVariance: 0.0004, baselineVariance: 0.0004,
        covariance: 0.0003, denominator: 400, baselineDenominator: 400)
    }
    let (a, b) = (side(0.5, 0.45), side(0.38, 0.41))
    // Each group's change varies by 4e-4 + 4e-4 − 6e-4.
    let (apart, together) = (0.0004.squareRoot(), 2 * 0.0002.squareRoot())
    var ofRange: [Double] = []
    for (areShared, error) in [(false, apart), (true, together)] {
      let change = ChangeOfRange([a, b], isRatio: false, areShared: areShared)
      let tails = try #require(change.clearest(0.02, level: 0.95).tails)
      ofRange.append(tails(0.02).greater)
      let gap = try #require(ChangeOfGap(a, b, kind: .difference, areShared: areShared))
      let plain = try #require(gap.quantity(level: 0.95).limitTails)
      #expect(isClose(plain(0.02).greater, Normal.survival((0.12 - 0.04 - 0.02) / error), within: 1e-9))
    }
    // Every pair may have been the widest, which costs more than the error of this one.
    #expect(ofRange[0] >= Normal.survival(0.06 / apart) && ofRange[1] >= Normal.survival(0.06 / together))
    #expect(ofRange[1] > 5 * ofRange[0])
  }

  /// Another run's slices have numbers of their own, which are no slices of this one.
  @Test func anotherRunsSliceIsNoneOfThisOne() throws {
    let found = try Self.evaluation()
    let numbers = Numbers(found)
    let metric = Metric(try #require(found.metrics.first { $0.id == "mean_exposure" }))
    let (a, b) = (numbers.side(1, metric), numbers.side(2, metric))
    #expect(numbers.pairs.correlation(metric, a, b) < -0.5)
    #expect(numbers.pairs.correlation(metric, a, b.ofAnotherRun) == 0)
  }
}
