import Testing

@testable import Statistics

@Suite struct PowerOfABoundTests {
  /// Power at the size that was asked for, by enumeration: what was promised, within the corrections.
  @Test(arguments: [(0.3, 0.2), (0.9, 0.85), (0.05, 0.1)])
  func trialsToDecideHaveTheirPower(rate: Double, bound: Double) {
    let n = Power.trialsToDecide(rate: rate, bound: bound, alpha: 0.05, power: 0.8).rounded(.up)
    let power = BoundTestSizeTests.binomial(Int(n), rate).enumerated().reduce(0.0) { sum, term in
      let tails = BoundTest.proportion(successes: Double(term.offset), trials: n, bound: bound)
      return sum + ((rate > bound ? tails.greater : tails.less) <= 0.05 ? term.element : 0)
    }
    #expect(power > 0.72 && power < 0.88, "\(n) \(power)")
  }

  @Test func totalsToDecideHaveTheirPower() {
    let total = Power.totalToDecideDifference(
      rate1: 0.3, rate2: 0.3, share: 0.25, bound: 0.15, alpha: 0.05, power: 0.9)
    let ratio = Power.totalToDecideRatio(
      rate1: 0.5, rate2: 0.5, share: 0.4, bound: 0.75, alpha: 0.05, power: 0.9)
    let difference = power(total, 0.25, (0.3, 0.3)) {
      BoundTest.difference(successes1: $0, trials1: $1, successes2: $2, trials2: $3, bound: 0.15).less
    }
    #expect(difference > 0.85 && difference < 0.94, "\(difference)")
    let beyond = power(ratio, 0.4, (0.5, 0.5)) {
      BoundTest.ratio(successes1: $0, trials1: $1, successes2: $2, trials2: $3, bound: 0.75).greater
    }
    #expect(beyond > 0.85 && beyond < 0.94, "\(beyond)")
  }

  private func power(
    _ total: Double, _ share: Double, _ rates: (Double, Double),
    _ p: (Double, Double, Double, Double) -> Double
  ) -> Double {
    let (n1, n2) = ((total * share).rounded(), (total * (1 - share)).rounded())
    let w2 = BoundTestSizeTests.binomial(Int(n2), rates.1)
    var sum = 0.0
    for (k1, first) in BoundTestSizeTests.binomial(Int(n1), rates.0).enumerated() {
      for (k2, second) in w2.enumerated() where p(Double(k1), n1, Double(k2), n2) <= 0.05 {
        sum += first * second
      }
    }
    return sum
  }

  @Test func growthIsTheSquareOfWhatIsMissing() {
    let needed = 1.6448536269514722 + 0.8416212335729143
    #expect(isClose(Power.factorToDecide(z: needed / 2, alpha: 0.05, power: 0.8), 4, within: 1e-12))
    #expect(Power.factorToDecide(z: 0, alpha: 0.05, power: 0.8) == .infinity)
    #expect(Power.factorToDecide(z: .nan, alpha: 0.05, power: 0.8) == .infinity)
    #expect(
      isClose(Power.detectableExcess(standardError: 0.1, alpha: 0.05, power: 0.8), needed / 10, within: 1e-12)
    )
    #expect(Power.trialsToDecide(rate: 0.2, bound: 0.2, alpha: 0.05, power: 0.8) == .infinity)
  }

  private func isClose(_ a: Double, _ b: Double, within tolerance: Double) -> Bool { abs(a - b) <= tolerance }
}
