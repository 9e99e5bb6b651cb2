/// Shapley values of some rows, row by row: player p of the k-th row at `k · players + p`.
package struct ShapleyValues: Sendable, Equatable {
  package var values: [Double]
  /// Standard errors of sampled values; 0 where exact.
  package var errors: [Double]
  /// Whether no row was sampled.
  package var isExact: Bool
}
