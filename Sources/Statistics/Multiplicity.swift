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
