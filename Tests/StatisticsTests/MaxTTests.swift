import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite struct MaxTTests {
  private static func maxT(_ replicates: Int = 40_000, key: String = "max-T") -> MaxT {
    MaxT(replicates: replicates, random: KeyedRandom(seed: 5, key: key))
  }

  private static func matrix(_ m: Int, _ off: Double) -> [[Double]] {
    (0..<m).map { i in (0..<m).map { i == $0 ? 1 : off } }
  }

  /// Independent: the maximum of m is known, and the step-down value is Šidák's with Holm's steps.
  @Test func independentStatisticsAreHolmSidaks() {
    let z = [2.5, 0.3, 1.9, -1, 2.2]
    let p = z.map(Normal.survival)
    let down = Self.maxT().stepDown(z, correlation: Self.matrix(5, 0))
    #expect(areClose(down, Multiplicity.holmSidak(p), within: 0.01))
    let single = Self.maxT().singleStep(z, correlation: Self.matrix(5, 0))
    #expect(
      areClose(single, zip(Multiplicity.sidak(p), Multiplicity.holm(p)).map { min($0, $1) }, within: 0.01))
    #expect(zip(down, single).allSatisfy { $0 <= $1 + 1e-12 })
  }

  /// Duplicates are one test; complementary ones as two halves of a two-sided one.
  @Test func singularCorrelationsAreOneTest() {
    let same = Self.maxT().stepDown([2, 2, 2], correlation: Self.matrix(3, 1))
    #expect(same.allSatisfy { isClose($0, Normal.survival(2), within: 0.003) })
    let mirrored = Self.maxT().stepDown([1.96, -1.96], correlation: [[1, -1], [-1, 1]])
    #expect(isClose(mirrored[0], 0.05, within: 0.004))
    #expect(NormalFactor(Self.matrix(6, 1)).rank == 1)
    #expect(NormalFactor([[1, -1], [-1, 1]]).rank == 1 && NormalFactor(Self.matrix(4, 0.3)).rank == 4)
  }

  /// P(both ≤ 0) is 1/4 + asin ρ/2π (Sheppard 1899).
  @Test(arguments: [-0.8, 0.2, 0.5, 0.95]) func drawsHaveTheirCorrelation(rho: Double) {
    let factor = NormalFactor([[1, rho], [rho, 1]])
    var random = KeyedRandom(seed: 3, key: "factor")
    var draw = [0.0, 0.0]
    var both = 0
    for _ in 0..<40_000 {
      factor.sample(into: &draw, using: &random)
      if draw[0] <= 0 && draw[1] <= 0 { both += 1 }
    }
    #expect(isClose(Double(both) / 40_000, 0.25 + asin(rho) / (2 * Double.pi), within: 0.01))
  }

  @Test func indefiniteOrMissingCorrelationsStillHaveAFactor() {
    let indefinite = [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]
    let p = Self.maxT(2000).stepDown([2, 1, 3], correlation: indefinite)
    #expect(p.allSatisfy { (0...1).contains($0) })
    let unknown = Self.maxT(2000).stepDown([2, 1], correlation: [[1, .nan], [.nan, 1]])
    #expect(unknown.allSatisfy { (0...1).contains($0) })
  }

  @Test func drawsDependOnSeedAndKeyOnly() {
    let z = [2.1, 1.2, 0.4]
    let first = Self.maxT(3000).stepDown(z, correlation: Self.matrix(3, 0.4))
    #expect(first == Self.maxT(3000).stepDown(z, correlation: Self.matrix(3, 0.4)))
    #expect(first != Self.maxT(3000, key: "other").stepDown(z, correlation: Self.matrix(3, 0.4)))
  }

  @Test func missingTestsDoNotCountAndExtremesHaveNoFloor() {
    let p = Self.maxT(2000).stepDown([.nan, 30, 0], correlation: Self.matrix(3, 0.5))
    #expect(p[0].isNaN && p[1] < 1e-100 && p[2] >= 0.4)
    #expect(Self.maxT(100).stepDown([], correlation: []).isEmpty)
    #expect(
      MaxT.replicates(tests: 3, alpha: 0.05) == 2000 && MaxT.replicates(tests: 100, alpha: 0.05) == 40_000)
    #expect(MaxT.replicates(tests: 100_000, alpha: 0.01, cap: 100_000) == 100_000)
  }

  /// Under the null the family-wise error is the level, and more is found than by Holm's rule where
  /// statistics move together.
  @Test func familyWiseErrorIsTheLevel() {
    let correlation = Self.matrix(8, 0.9)
    let factor = NormalFactor(correlation)
    var random = KeyedRandom(seed: 21, key: "null")
    var z = [Double](repeating: 0, count: 8)
    var (maxT, holm) = (0, 0)
    for round in 0..<400 {
      factor.sample(into: &z, using: &random)
      let p = Self.maxT(400, key: "round \(round)").stepDown(z, correlation: correlation)
      if p.contains(where: { $0 <= 0.1 }) { maxT += 1 }
      if Multiplicity.holm(z.map(Normal.survival)).contains(where: { $0 <= 0.1 }) { holm += 1 }
    }
    #expect(maxT > holm && maxT < 65 && maxT > 20, "\(maxT) \(holm)")
  }
}
