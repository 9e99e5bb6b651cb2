import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite struct SamplerTests {
  @Test(arguments: [
    (1, 0.3), (5, 0.5), (20, 0.1), (19, 0.97), (1000, 0.004), (21, 0.5), (40, 0.6), (100, 0.25), (1000, 0.9),
    (200_000, 0.0002), (1_000_000, 0.01),
  ])
  func binomialFollowsItsDistribution(n: Int, p: Double) {
    var random = KeyedRandom(seed: 20, key: "binomial \(n) \(p)")
    let (mean, spread) = (Double(n) * p, (Double(n) * p * (1 - p)).squareRoot())
    let low = max(0, Int(mean - 8 * spread) - 12)
    let high = min(n, Int(mean + 8 * spread) + 12)
    var counts = [Int](repeating: 0, count: high - low + 1)
    var outside = 0
    for _ in 0..<400_000 {
      let k = BinomialSampler.binomial(trials: n, probability: p, using: &random)
      if k >= low && k <= high { counts[k - low] += 1 } else { outside += 1 }
    }
    #expect(outside == 0)
    let probabilities = (low...high).map {
      exp(SaddlePoint.logBinomial(Double($0), Double(n), p, 1 - p))
    }
    #expect(isClose(probabilities.reduce(0, +), 1, within: 1e-9))
    #expect(chiSquareP(counts, probabilities) > 1e-4)
  }

  @Test func binomialEdges() {
    var random = KeyedRandom(seed: 1, key: "edges")
    for n in [0, 1, 7, 100_000] {
      #expect(BinomialSampler.binomial(trials: n, probability: 0, using: &random) == 0)
      #expect(BinomialSampler.binomial(trials: n, probability: 1, using: &random) == n)
    }
    #expect(BinomialSampler.binomial(trials: 10, probability: 1e-300, using: &random) == 0)
  }

  @Test(arguments: [
    (10, 4, 3), (45, 10, 20), (45, 35, 20), (45, 10, 30), (45, 38, 31), (2000, 600, 500),
    (500_000, 10_000, 40),
    (100_000, 50_000, 70_000), (3000, 5, 1500), (60, 55, 50),
  ])
  func hypergeometricFollowsItsDistribution(population: Int, successes: Int, draws: Int) {
    let model = Hypergeometric(population: population, successes: successes, draws: draws)
    var random = KeyedRandom(seed: 3, key: "hypergeometric \(population) \(successes) \(draws)")
    let support = model.support
    var counts = [Int](repeating: 0, count: support.count)
    for _ in 0..<60_000 { counts[model.draw(using: &random) - support.lowerBound] += 1 }
    let probabilities = support.map { exp(model.logProbability($0)) }
    #expect(isClose(probabilities.reduce(0, +), 1))
    #expect(chiSquareP(counts, probabilities) > 1e-4)
  }

  @Test func multivariateHypergeometricKeepsItsMargins() {
    let sizes = [6, 5, 0, 4]
    var random = KeyedRandom(seed: 3, key: "deal")
    var counts: [Int] = []
    var seen: [[Int]: Int] = [:]
    for _ in 0..<60_000 {
      multivariateHypergeometric(draws: 8, sizes: sizes, into: &counts, using: &random)
      #expect(counts.reduce(0, +) == 8)
      seen[counts, default: 0] += 1
    }
    let keys = seen.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let probabilities = keys.map { key in
      zip(key, sizes).reduce(1 / choose(15, 8)) { $0 * choose($1.1, $1.0) }
    }
    #expect(chiSquareP(keys.map { seen[$0] ?? 0 }, probabilities) > 1e-4)
  }

  private func choose(_ n: Int, _ k: Int) -> Double {
    k == 0 ? 1 : (1...k).reduce(1.0) { $0 * Double(n - k + $1) / Double($1) }
  }
}
