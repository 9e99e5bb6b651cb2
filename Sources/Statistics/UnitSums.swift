/// The variance of a sum of centred row contributions.
package enum UnitSums {
  /// Σ(unit's sum)² · G/(G − 1) over the G units; nil with fewer than two.
  package static func variance(_ parts: [Double], units: [Int32]?) -> Double? {
    let sums: [Double]
    if let units {
      var byUnit = [Double](repeating: 0, count: Int(units.max() ?? -1) + 1)
      for (part, unit) in zip(parts, units) { byUnit[Int(unit)] += part }
      sums = byUnit
    } else {
      sums = parts
    }
    guard sums.count > 1 else { return nil }
    let count = Double(sums.count)
    return sums.reduce(0) { $0 + $1 * $1 } * count / (count - 1)
  }
}
