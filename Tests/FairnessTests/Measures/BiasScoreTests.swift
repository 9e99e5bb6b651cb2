import Fairness
import Glibc
import TestSupport
import Testing

/// Zhang & Neill 2016, “Identifying significant predictive bias in classifiers”, equation 2.
@Suite struct BiasScoreTests {
  private static let scores = [0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.4, 0.6]
  private static let weights = [1, 2, 0.5, 1, 3, 1, 1, 2]

  /// Expected values: a ternary search of the formula in another language, to about 1e-15.
  @Test(arguments: [
    ([0, 0, 1, 0, 1, 1, 0, 0], false, 0.16688657301766746, 0),
    ([0, 0, 1, 0, 1, 1, 0, 0], true, 0.3547176779768413, 0),
    ([1, 0, 1, 1, 1, 1, 1, 1], false, 0, 3.901987030883587),
    ([1, 0, 1, 1, 1, 1, 1, 1], true, 0, 3.4622103068003405),
  ]) func ofTheFormula(labels: [UInt8], isWeighted: Bool, over: Double, under: Double) throws {
    let score = BiasScore(
      scores: Self.scores, labels: labels, weights: isWeighted ? Self.weights : nil)
    #expect(isClose(try #require(score.value(.overpredicted).value), over, within: 1e-12))
    #expect(isClose(try #require(score.value(.underpredicted).value), under, within: 1e-12))
  }

  /// Without positives the best q is 0, where each row gives −ln(1 − s); with positives only, −ln s.
  @Test func limits() throws {
    let none = BiasScore(scores: Self.scores, labels: [UInt8](repeating: 0, count: 8))
    let all = BiasScore(scores: Self.scores, labels: [UInt8](repeating: 1, count: 8))
    let expected = (
      Self.scores.reduce(0) { $0 - log(1 - $1) }, Self.scores.reduce(0) { $0 - log($1) }
    )
    #expect(isClose(try #require(none.value(.overpredicted).value), expected.0, within: 1e-12))
    #expect(isClose(try #require(all.value(.underpredicted).value), expected.1, within: 1e-12))
    #expect(none.value(.underpredicted) == .value(0) && all.value(.overpredicted) == .value(0))
    #expect(BiasScore(scores: [0, 0.5], labels: [1, 1]).value(.underpredicted) == .value(.infinity))
    #expect(BiasScore(scores: [1, 0.5], labels: [0, 0]).value(.overpredicted) == .value(.infinity))
    #expect(BiasScore(scores: [], labels: []).value(.overpredicted) == .undefined("no rows"))
  }

  /// Exchanging the classes exchanges the directions; repeating rows is weighing them.
  @Test func symmetries() throws {
    var random = SplitMix(seed: 5)
    for _ in 0..<50 {
      let scores = (0..<12).map { _ in Double.random(in: 0.01...0.99, using: &random) }
      let labels = (0..<12).map { _ in UInt8.random(in: 0...1, using: &random) }
      let one = BiasScore(scores: scores, labels: labels)
      let other = BiasScore(scores: scores.map { 1 - $0 }, labels: labels.map { 1 - $0 })
      let twice = BiasScore(scores: scores + scores, labels: labels + labels)
      let heavy = BiasScore(scores: scores, labels: labels, weights: labels.map { _ in 2 })
      let over = try #require(one.value(.overpredicted).value)
      #expect(isClose(try #require(other.value(.underpredicted).value), over, within: 1e-9))
      #expect(isClose(try #require(twice.value(.overpredicted).value), 2 * over, within: 1e-9))
      #expect(isClose(try #require(heavy.value(.overpredicted).value), 2 * over, within: 1e-9))
      #expect(over == 0 || one.value(.underpredicted) == .value(0))
    }
  }

  /// The search jumps to where the slope changes its sign and ends as plain halving does, to the last bit.
  @Test(arguments: [1.0, 1e-3, 1e3]) func asByHalving(odds: Double) throws {
    var random = SplitMix(seed: 9)
    for count in [3, 40, 3000] {
      let scores = (0..<count).map { _ in Double.random(in: 0...1, using: &random) }
      let labels = scores.map { score -> UInt8 in
        Double.random(in: 0...1, using: &random) < odds * score / (1 - score + odds * score) ? 1 : 0
      }
      let weights = count == 40 ? scores.map { _ in Double.random(in: 0...3, using: &random) } : nil
      let found = BiasScore(scores: scores, labels: labels, weights: weights).logOdds
      #expect(found == Self.halved(scores, labels, weights ?? scores.map { _ in 1 }), "\(count) rows")
    }
  }

  private static func halved(_ scores: [Double], _ labels: [UInt8], _ weights: [Double]) -> Double {
    let positive = zip(labels, weights).reduce(0.0) { $0 + ($1.0 == 1 ? $1.1 : 0) }
    func slope(_ logOdds: Double) -> Double {
      let q = exp(logOdds)
      return zip(scores, weights).reduce(positive) { $0 - $1.1 * (q * $1.0) / (1 - $1.0 + q * $1.0) }
    }
    if slope(-230) <= 0 { return -230 }
    if slope(230) >= 0 { return 230 }
    var (low, high) = (-230.0, 230.0)
    while high - low > 1e-13 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if slope(middle) > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The 95 % point of chi-squared on one degree of freedom is that of two sides; one side has half.
  @Test func chance() {
    #expect(isClose(BiasScore.pValue(1.920729410347062), 0.025, within: 1e-9))
    #expect(BiasScore.pValue(0) == 1 && BiasScore.pValue(.infinity) == 0)
  }
}
