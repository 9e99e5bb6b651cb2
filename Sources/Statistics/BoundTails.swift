/// One-sided p-values about a number θ and a bound.
package struct BoundTails: Sendable, Equatable {
  /// The p-value of "θ ≥ bound": small where θ is shown to be less.
  package var less: Double
  /// The p-value of "θ ≤ bound": small where θ is shown to be greater.
  package var greater: Double

  package init(less: Double, greater: Double) {
    self.less = less
    self.greater = greater
  }

  /// Nothing is known.
  package static let unknown = BoundTails(less: 1, greater: 1)

  /// The same about −θ and −bound, or about 1/θ and 1/bound.
  var mirrored: BoundTails { BoundTails(less: greater, greater: less) }
}
