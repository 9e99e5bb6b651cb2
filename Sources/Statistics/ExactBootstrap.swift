import Glibc

/// The whole bootstrap distribution of a statistic of a few cells, where the rows are few enough to visit every resample: resampling n
/// rows is one draw from Multinomial(n, c/n).
package struct ExactBootstrap: Sendable {
  /// The values that are defined, ascending, with their probabilities given that.
  package let outcomes: [(value: Double, probability: Double)]
  /// The probability of a resample in which the statistic is undefined.
  package let undefined: Double

  /// - Parameter statistic: of the cells' counts; nil where it is undefined.
  /// - Returns: nil without rows, where there are more than `limit` resamples, or where the statistic is never defined.
  package init?(counts: [Int], limit: Int = 200_000, statistic: ([Int]) -> Double?) {
    let rows = counts.reduce(0, +)
    let live = counts.indices.filter { counts[$0] > 0 }
    guard rows > 0, Self.resamples(rows, live.count) <= Double(limit) else { return nil }
    let logs = live.map { log(Double(counts[$0]) / Double(rows)) }
    var found: [(value: Double, probability: Double)] = []
    var missing = 0.0
    var draw = [Int](repeating: 0, count: counts.count)
    func visit(_ position: Int, _ left: Int, _ logProbability: Double) {
      let last = position == live.count - 1
      for k in (last ? left : 0)...left {
        draw[live[position]] = k
        let log = logProbability + Double(k) * logs[position] - LogFactorial.value(k)
        if !last {
          visit(position + 1, left - k, log)
        } else if let value = statistic(draw) {
          found.append((value, exp(log)))
        } else {
          missing += exp(log)
        }
      }
    }
    visit(0, rows, LogFactorial.value(rows))
    guard !found.isEmpty else { return nil }
    let defined = found.reduce(0) { $0 + $1.probability }
    undefined = missing
    outcomes = found.sorted { $0.value < $1.value }.map { ($0.value, $0.probability / defined) }
  }

  /// How many ways there are to fill the cells.
  private static func resamples(_ rows: Int, _ cells: Int) -> Double {
    (1..<max(1, cells)).reduce(1.0) { $0 * Double(rows + $1) / Double($1) }
  }

  package var mean: Double { outcomes.reduce(0) { $0 + $1.value * $1.probability } }

  package var variance: Double {
    let mean = mean
    return outcomes.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) * $1.probability }
  }

  /// The smallest value whose distribution function reaches q (to 1e-12).
  package func quantile(_ q: Double) -> Double {
    var sum = 0.0
    var index = 0
    while index < outcomes.count {
      // Equal values, but for rounding, are one.
      let value = outcomes[index].value
      while index < outcomes.count, outcomes[index].value - value <= 1e-13 * max(1, abs(value)) {
        sum += outcomes[index].probability
        index += 1
      }
      if sum >= q - 1e-12 { return value }
    }
    return outcomes[outcomes.count - 1].value
  }

  /// P(value ≤ x).
  package func share(atMost x: Double) -> Double {
    outcomes.reduce(0) { $1.value <= x ? $0 + $1.probability : $0 }
  }
}
