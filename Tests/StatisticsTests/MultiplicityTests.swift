import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite struct MultiplicityTests {
  @Test func tinyValuesKeepTheirDigits() {
    #expect(abs(Multiplicity.sidak([1e-300, 0.5])[0] / 2e-300 - 1) < 1e-14)
    #expect(Multiplicity.sidak([0.5, 0.5]) == [0.75, 0.75])
  }

  @Test func missingTestsDoNotCount() {
    let result = Multiplicity.benjaminiHochberg([0.01, .nan, 0.03])
    #expect(isClose(result[0], 0.02) && result[1].isNaN && isClose(result[2], 0.03))
    #expect(Multiplicity.holm([]).isEmpty && Multiplicity.hommel([]).isEmpty)
    #expect(Multiplicity.weightedHolm([], weights: []).isEmpty)
    #expect(Multiplicity.benjaminiYekutieli([.nan])[0].isNaN)
  }

  @Test func equalWeightsAreHolms() {
    let p = [0.01, 0.04, .nan, 0.03, 0.005, 0.04]
    let plain = Multiplicity.holm(p)
    for weight in [1.0, 0.2] {
      let weighted = Multiplicity.weightedHolm(p, weights: [Double](repeating: weight, count: 6))
      #expect(zip(weighted, plain).allSatisfy { ($0.isNaN && $1.isNaN) || isClose($0, $1, within: 1e-14) })
    }
  }

  /// Holm (1979), section 3: the step that tests i holds p/w against α over the weights still there.
  @Test func weightsShiftTheLevel() {
    let p = Multiplicity.weightedHolm([0.02, 0.02, 0.3], weights: [2, 1, 1])
    #expect(areClose(p, [0.04, 0.04, 0.3]))
    let none = Multiplicity.weightedHolm([0, 0.01], weights: [0, 3])
    #expect(none == [1, 0.01])
  }

  /// The closed test that weighted Holm shortens: an intersection is rejected where some p is at most
  /// its share of the level.
  @Test func weightedHolmIsTheClosedWeightedBonferroniTest() {
    var random = SplitMix(seed: 4)
    for _ in 0..<200 {
      let p = (0..<5).map { _ in pow(Double.random(in: 0...1, using: &random), 3) }
      let w = (0..<5).map { _ in Double.random(in: 0.1...3, using: &random) }
      let adjusted = Multiplicity.weightedHolm(p, weights: w)
      for i in 0..<5 {
        let closed = (1..<32).filter { $0 & (1 << i) != 0 }.map { set -> Double in
          let members = (0..<5).filter { set & (1 << $0) != 0 }
          let sum = members.reduce(0) { $0 + w[$1] }
          return min(1, members.map { p[$0] * sum / w[$0] }.min() ?? 1)
        }
        #expect(isClose(adjusted[i], closed.max() ?? 1))
      }
    }
  }

  @Test func permutationCountsTheObservedTable() {
    let random = KeyedRandom(seed: 7, key: "range")
    let p = { (k: [Int], n: [Int], draws: Int) in
      HomogeneityTest.permutationRange(successes: k, trials: n, replicates: draws, random: random)
    }
    #expect(p([50, 0], [50, 50], 0) == 1)
    #expect(p([50, 0], [50, 50], 99) == 0.01)
    #expect(p([0, 0, 0], [5, 6, 0], 99) == 1)
    #expect(p([3, 0], [5, 0], 99) == 1)
    #expect(p([7, 3], [20, 20], 500) == p([7, 3], [20, 20], 500))
  }

  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func permutationRangeApproachesTheExactValue() throws {
    let c = try Vector.named("max_min_gap_3groups", in: "multiplicity_paired")
    let draws = 40_000
    let p = HomogeneityTest.permutationRange(
      successes: c.integers("k"), trials: c.integers("n"), replicates: draws,
      random: KeyedRandom(seed: 7, key: "range"))
    let exact = c.number("p_exact")
    #expect(abs(p - exact) < 4 * (exact * (1 - exact) / Double(draws)).squareRoot())
  }
}
