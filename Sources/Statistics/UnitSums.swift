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

  /// Σ(unit's first sum · unit's second sum) · G/(G − 1) over the G units; nil with fewer than two.
  package static func covariance(_ first: [Double], _ second: [Double], units: [Int32]) -> Double? {
    let count = Int(units.max() ?? -1) + 1
    guard count > 1 else { return nil }
    var sums = [(first: Double, second: Double)](repeating: (0, 0), count: count)
    for (row, unit) in units.enumerated() {
      sums[Int(unit)].first += first[row]
      sums[Int(unit)].second += second[row]
    }
    return sums.reduce(0) { $0 + $1.first * $1.second } * Double(count) / Double(count - 1)
  }
}
