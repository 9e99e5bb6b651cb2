import Testing

@testable import Statistics

@Suite struct BetweenGroupVarianceTests {
  /// Lum, Zhang & Bower (2022): the corrected variance is unbiased at any sizes, the plain one is not. A replicate is corrected twice.
  @Test(arguments: [
    ([30, 30, 30, 30, 30, 30], [0.3, 0.3, 0.3, 0.3, 0.3, 0.3]),
    ([30, 30, 60, 200, 500, 40], [0.25, 0.35, 0.3, 0.3, 0.28, 0.4]),
    ([1000, 1000, 1000, 1000], [0.2, 0.3, 0.25, 0.35]),
  ])
  func correctedIsUnbiased(sizes: [Int], rates: [Double]) throws {
    let truth = try #require(BetweenGroupVariance(estimates: rates, variances: rates.map { _ in 0 })).observed
    let runs = 4000
    var (plain, corrected, squares) = (0.0, 0.0, 0.0)
    for run in 0..<runs {
      var random = KeyedRandom(seed: UInt64(run), key: "lum")
      let k = zip(sizes, rates).map {
        Double(BinomialSampler(trials: $0, probability: $1).draw(using: &random))
      }
      let found = try #require(BetweenGroupVariance(successes: k, trials: sizes.map { Double($0) }))
      plain += found.observed
      corrected += found.corrected
      squares += found.corrected * found.corrected
    }
    let n = Double(runs)
    let error = ((squares / n - corrected * corrected / (n * n)) / n).squareRoot()
    #expect(abs(corrected / n - truth) < 4 * error)
    #expect(plain / n - truth > 3 * error)
  }

  @Test func replicatesAreCorrectedTwice() throws {
    let sizes = [60.0, 80, 50]
    let (n, k) = (sizes, [20.0, 20, 20])
    let found = try #require(BetweenGroupVariance(successes: k, trials: n))
    let runs = 4000
    var sum = 0.0
    for run in 0..<runs {
      var random = KeyedRandom(seed: UInt64(run), key: "replicate")
      let drawn = zip(k, n).map {
        Double(BinomialSampler(trials: Int($1), probability: $0 / $1).draw(using: &random))
      }
      sum += found.corrected(
        replicate: try #require(BetweenGroupVariance(successes: drawn, trials: n)))
    }
    #expect(abs(sum / Double(runs) - found.corrected) < 4e-4)
  }

  @Test func edges() throws {
    #expect(BetweenGroupVariance(successes: [1, 2], trials: [1, 9]) == nil)
    let alike = try #require(BetweenGroupVariance(successes: [5, 5], trials: [50, 50]))
    #expect(alike.corrected < 0 && alike.standardDeviation == 0)
    let none = Shrinkage.betweenVarianceInterval(estimates: [1, 1.01], variances: [0.1, 0.1], level: 0.95)
    #expect(try #require(none).lower == 0)
    #expect(Shrinkage.betweenVarianceInterval(estimates: [1], variances: [1], level: 0.9) == nil)
    #expect(Shrinkage.betweenVarianceInterval(estimates: [1, 2], variances: [1, 0], level: 0.9) == nil)
  }

  /// The Q profile is exact for normal estimates: it holds the truth as often as it says.
  @Test(arguments: [0.0, 0.02])
  func theQProfileHoldsTheTruth(between: Double) throws {
    let variances = [0.01, 0.02, 0.005, 0.03, 0.04, 0.01]
    let runs = 1500
    var held = 0
    for run in 0..<runs {
      var random = KeyedRandom(seed: UInt64(run), key: "profile")
      let estimates = variances.map { ($0 + between).squareRoot() * random.normal() }
      let interval = try #require(
        Shrinkage.betweenVarianceInterval(estimates: estimates, variances: variances, level: 0.9))
      if interval.contains(between) { held += 1 }
    }
    let share = Double(held) / Double(runs)
    // At 0 only the lower end can miss.
    let expected = between == 0 ? 0.95 : 0.9
    #expect(abs(share - expected) < 4 * (expected * (1 - expected) / Double(runs)).squareRoot(), "\(share)")
  }
}
