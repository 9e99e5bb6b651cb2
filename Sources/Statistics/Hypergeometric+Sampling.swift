import Glibc

extension Hypergeometric {
  /// An exact draw: card by card for short draws, else Stadlober's (1990) ratio of uniforms (HRUA*).
  package func draw(using random: inout KeyedRandom) -> Int {
    let short = min(draws, population - draws)
    if support.lowerBound == support.upperBound { return support.lowerBound }
    let rare = min(successes, population - successes)
    let k =
      short <= 10
      ? dealt(short, rare, &random) : ratioOfUniforms(short, rare, &random)
    let ofSuccesses = successes > population - successes ? short - k : k
    return short < draws ? successes - ofSuccesses : ofSuccesses
  }

  /// The rare kind among `count` cards dealt one by one.
  private func dealt(_ count: Int, _ rare: Int, _ random: inout KeyedRandom) -> Int {
    var found = 0
    for i in 0..<count where random.integer(below: population - i) < rare - found { found += 1 }
    return found
  }

  private func ratioOfUniforms(_ m: Int, _ rare: Int, _ random: inout KeyedRandom) -> Int {
    let common = population - rare
    let p = Double(rare) / Double(population)
    let mean = Double(m) * p + 0.5
    let variance = Double(population - m) * Double(m) * p * (1 - p) / Double(population - 1)
    let spread = (variance + 0.5).squareRoot()
    // √(8/e) and 3 − 2√(3/e): the bounds of the hat.
    let width = 1.7155277699214135 * spread + 0.8989161620588988
    let height = { (k: Int) in
      LogFactorial.value(k) + LogFactorial.value(rare - k) + LogFactorial.value(m - k)
        + LogFactorial.value(common - m + k)
    }
    let peak = Int(Double(m + 1) * Double(rare + 1) / Double(population + 2))
    let top = height(peak)
    let limit = Double(min(m, rare) + 1)
    while true {
      let u = random.openUniform()
      let x = mean + width * (random.uniform() - 0.5) / u
      guard x >= 0, x < limit else { continue }
      let k = Int(x)
      let t = top - height(k)
      if u * (4 - u) - 3 <= t { return k }
      if u * (u - t) >= 1 { continue }
      if 2 * log(u) <= t { return k }
    }
  }
}

/// Deals `draws` successes over groups of the given sizes without replacement. O(groups).
package func multivariateHypergeometric(
  draws: Int, sizes: [Int], into counts: inout [Int], using random: inout KeyedRandom
) {
  if counts.count != sizes.count { counts = [Int](repeating: 0, count: sizes.count) }
  var population = sizes.reduce(0, +)
  var left = draws
  for i in sizes.indices {
    let share = Hypergeometric(population: population, successes: left, draws: sizes[i])
    counts[i] = share.draw(using: &random)
    left -= counts[i]
    population -= sizes[i]
  }
}
