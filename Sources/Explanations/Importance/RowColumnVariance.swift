/// Sampling variance of a permutation importance from the row + column formula (Hájek's projection): a row counts by what its
/// own influence changes by on average, and by what those of the rows change by that it gives its values to. Units that
/// belong together are summed first.
package struct RowColumnVariance: Sendable, Equatable {
  package let variance: Double
  /// Satterthwaite's, from the fourth moment: few rows that carry all of the change count as few.
  package let degreesOfFreedom: Double
  /// Units that there are.
  package let units: Int

  /// - Parameter sums: per row of the sample, what it contributes to the importance; they sum to about 0
  /// - Parameter units: the unit of each of these rows; nil where every row is one
  /// - Parameter size: effective number m of units in the metric's denominator, which bounds the degrees of freedom; nil for the
  ///   units that there are. The sum of squares is multiplied by m ⁄ (m − 1) twice: influences are taken from an estimated
  ///   metric, and the projection leaves out what rows and donors do together, which is of the order 1 ⁄ m beside it
  package init(_ sums: [Double], units: [Int32]?, size: Double? = nil) {
    var totals = sums
    if let units {
      var places: [Int32: Int] = [:]
      totals = []
      for (sum, unit) in zip(sums, units) {
        if let place = places[unit] {
          totals[place] += sum
        } else {
          places[unit] = totals.count
          totals.append(sum)
        }
      }
    }
    let count = Double(totals.count)
    var second = 0.0
    var fourth = 0.0
    for total in totals {
      second += total * total
      fourth += total * total * total * total
    }
    self.units = totals.count
    let size = min(size ?? count, count)
    let factor = size / (size - 1)
    variance = size > 1 ? second * factor * factor : .nan
    let spread = fourth - second * second / count
    degreesOfFreedom = spread > 0 ? min(size - 1, 2 * second * second / spread) : size - 1
  }

  /// The same, at least `floor` where there is any.
  func atLeast(_ floor: Double) -> RowColumnVariance {
    guard variance > 0, floor > variance else { return self }
    return RowColumnVariance(variance: floor, degreesOfFreedom: degreesOfFreedom, units: units)
  }

  private init(variance: Double, degreesOfFreedom: Double, units: Int) {
    (self.variance, self.degreesOfFreedom, self.units) = (variance, degreesOfFreedom, units)
  }
}
