import Glibc
import Statistics

/// What orders that know nothing of groups have: all orders of a list equally likely.
extension RankingFairness {
  /// A group's part in the mean NDKL of all orders of a list: its rows among the first i are hypergeometric.
  ///
  /// Complexity: O(size · members)
  static func expectedDivergence(_ shape: ListShape) -> Double {
    let share = Double(shape.members) / Double(shape.size)
    var (sum, norm) = (0.0, 0.0)
    for length in 1...shape.size {
      let discount = 1 / log2(Double(length) + 1)
      norm += discount
      sum += discount * expectedTerm(shape, length, share)
    }
    return max(0, sum / norm)
  }

  /// E[(c/i) ln(c/(i·p))], c of the first i rows being of the group. Probabilities are walked away from the mode.
  private static func expectedTerm(_ shape: ListShape, _ length: Int, _ share: Double) -> Double {
    let drawn = Hypergeometric(population: shape.size, successes: shape.members, draws: length)
    func term(_ count: Int) -> Double {
      guard count > 0 else { return 0 }
      let part = Double(count) / Double(length)
      return part * log(part / share)
    }
    /// P(count + 1) / P(count)
    func step(_ count: Int) -> Double {
      Double(shape.members - count) * Double(length - count)
        / (Double(count + 1) * Double(shape.size - shape.members - length + count + 1))
    }
    let most = exp(drawn.logProbability(drawn.mode))
    var sum = most * term(drawn.mode)
    var (chance, count) = (most, drawn.mode)
    while count < drawn.support.upperBound, chance > 1e-18 {
      chance *= step(count)
      count += 1
      sum += chance * term(count)
    }
    (chance, count) = (most, drawn.mode)
    while count > drawn.support.lowerBound, chance > 1e-18 {
      count -= 1
      chance /= step(count)
      sum += chance * term(count)
    }
    return sum
  }

  /// The standard deviation of a group's share of exposure over all orders, which is no less than its mean distance
  /// from the group's share of rows: a total drawn without replacement (Cochran 1977, §2.5). Complexity: O(size)
  static func spread(_ shape: ListShape, of exposures: [Double]) -> Double {
    let (size, members) = (Double(shape.size), Double(shape.members))
    let total = exposures.reduce(0, +)
    guard size > 1, total > 0 else { return 0 }
    let mean = total / size
    let squares = exposures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (members * (size - members) / (size - 1) * squares / size).squareRoot() / total
  }
}
