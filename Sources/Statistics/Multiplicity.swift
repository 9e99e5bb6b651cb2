import Glibc

/// p-values adjusted for how many were looked at, in the order given. A NaN is no test: it does not
/// count towards their number and stays NaN.
package enum Multiplicity {
  package static func bonferroni(_ p: [Double]) -> [Double] {
    adjusted(p) { values, _ in values.map { $0 * Double(values.count) } }
  }

  /// 1 − (1 − p)ᵐ, valid under independence.
  package static func sidak(_ p: [Double]) -> [Double] {
    adjusted(p) { values, _ in values.map { unitPower($0, Double(values.count)) } }
  }

  /// Holm (1979): family-wise error under any dependence.
  package static func holm(_ p: [Double]) -> [Double] {
    adjusted(p) { values, m in
      runningMaximum(values.indices.map { values[$0] * Double(m - $0) })
    }
  }

  /// Holm (1979) with weights: those of greater weight are looked at earlier and held to less. Weights
  /// are relative; one that is not above 0 never lets its test be rejected.
  package static func weightedHolm(_ p: [Double], weights: [Double]) -> [Double] {
    let weight = { (i: Int) in weights[i] > 0 ? weights[i] : 0 }
    let relative = p.indices.map { weight($0) > 0 ? p[$0] / weight($0) : .infinity }
    let order = p.indices.filter { !p[$0].isNaN }.sorted { (relative[$0], $0) < (relative[$1], $1) }
    // Sums of what remains, from the last up: they lose no digits beside earlier, larger weights.
    var remaining = [Double](repeating: 0, count: order.count)
    var sum = 0.0
    for rank in order.indices.reversed() {
      sum += weight(order[rank])
      remaining[rank] = sum
    }
    var result = p
    var top = 0.0
    for (rank, index) in order.enumerated() {
      let own = weight(index)
      top = max(top, own > 0 ? min(1, p[index] * (remaining[rank] / own)) : 1)
      result[index] = top
    }
    return result
  }

  /// Holm's steps with Šidák's adjustment.
  package static func holmSidak(_ p: [Double]) -> [Double] {
    adjusted(p) { values, m in
      runningMaximum(values.indices.map { unitPower(values[$0], Double(m - $0)) })
    }
  }

  /// Hochberg (1988): step-up, valid under independence and some positive dependence.
  package static func hochberg(_ p: [Double]) -> [Double] {
    adjusted(p) { values, m in
      runningMinimum(values.indices.map { values[$0] * Double(m - $0) })
    }
  }

  /// Hommel (1988), by Wright's (1992) algorithm: closed testing with Simes' tests, valid under
  /// independence and some positive dependence. O(m²).
  package static func hommel(_ p: [Double]) -> [Double] {
    adjusted(p) { values, m in
      guard m > 1 else { return values }
      var result = [Double](repeating: simes(values[...], of: m, from: 1), count: m)
      for size in (2..<m).reversed() {
        let split = m - size + 1
        let least = simes(values[split...], of: size, from: 2)
        for i in 0..<split { result[i] = max(result[i], min(Double(size) * values[i], least)) }
        let last = min(Double(size) * values[split - 1], least)
        for i in split..<m { result[i] = max(result[i], last) }
      }
      return zip(result, values).map { max($0, $1) }
    }
  }

  /// The least of size·p/rank, ranks counted from `first`.
  private static func simes(_ p: ArraySlice<Double>, of size: Int, from first: Int) -> Double {
    var least = Double.infinity
    for (offset, value) in p.enumerated() {
      least = min(least, Double(size) * value / Double(first + offset))
    }
    return least
  }

  /// Benjamini & Hochberg (1995): false discovery rate under independence or positive dependence.
  package static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    adjusted(p) { values, m in
      runningMinimum(values.indices.map { values[$0] * Double(m) / Double($0 + 1) })
    }
  }

  /// Benjamini & Yekutieli (2001): false discovery rate under any dependence.
  package static func benjaminiYekutieli(_ p: [Double]) -> [Double] {
    adjusted(p) { values, m in
      let harmonic = (1...max(1, m)).reversed().reduce(0.0) { $0 + 1 / Double($1) }
      return runningMinimum(
        values.indices.map { values[$0] * (Double(m) * harmonic / Double($0 + 1)) })
    }
  }

  /// Runs a rule on the sorted p-values that are numbers, clips at 1 and restores the order.
  private static func adjusted(
    _ p: [Double], _ rule: (_ sorted: [Double], _ count: Int) -> [Double]
  ) -> [Double] {
    let order = p.indices.filter { !p[$0].isNaN }.sorted { (p[$0], $0) < (p[$1], $1) }
    var result = p
    for (index, value) in zip(order, rule(order.map { p[$0] }, order.count)) {
      result[index] = min(1, value)
    }
    return result
  }

  private static func runningMaximum(_ values: [Double]) -> [Double] {
    var top = 0.0
    return values.map {
      top = max(top, $0)
      return top
    }
  }

  private static func runningMinimum(_ values: [Double]) -> [Double] {
    var bottom = Double.infinity
    return values.reversed().map {
      bottom = min(bottom, $0)
      return bottom
    }.reversed()
  }

  /// 1 − (1 − p)ᵐ without cancellation at small p.
  private static func unitPower(_ p: Double, _ m: Double) -> Double { -expm1(m * log1p(-p)) }
}
