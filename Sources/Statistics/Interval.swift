/// A closed interval; either end may be infinite where the method says so.
package struct Interval: Sendable, Equatable {
  package var lower: Double
  package var upper: Double

  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  package var width: Double { upper - lower }

  package func contains(_ x: Double) -> Bool { lower <= x && x <= upper }
}
