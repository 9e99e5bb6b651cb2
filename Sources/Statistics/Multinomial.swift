/// One multinomial draw, as a chain of conditional binomials. `probabilities` are relative weights
/// ≥ 0; `into` is resized to them. O(cells).
package func multinomial(
  trials: Int, probabilities: [Double], into counts: inout [Int], using random: inout KeyedRandom
) {
  MultinomialSampler(probabilities: probabilities).draw(trials: trials, into: &counts, using: &random)
}

/// Multinomial draws with the conditional probabilities worked out once for many draws.
package struct MultinomialSampler: Sendable {
  /// For each cell, its share of what it and the later cells hold together.
  private let conditional: [Double]

  /// `probabilities` are relative weights ≥ 0.
  package init(probabilities: [Double]) {
    var rest = 0.0
    var conditional = [Double](repeating: 0, count: probabilities.count)
    for i in probabilities.indices.reversed() {
      rest += probabilities[i]
      if probabilities[i] > 0 { conditional[i] = min(1, probabilities[i] / rest) }
    }
    self.conditional = conditional
  }

  package func draw(trials: Int, into counts: inout [Int], using random: inout KeyedRandom) {
    if counts.count != conditional.count {
      counts = [Int](repeating: 0, count: conditional.count)
    }
    var left = trials
    for i in conditional.indices {
      let k = BinomialSampler.binomial(
        trials: left, probability: conditional[i], using: &random)
      counts[i] = k
      left -= k
    }
  }
}
