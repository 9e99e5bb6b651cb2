/// A metric that depends on the rows through the weights of the four outcomes only, so that a bootstrap over cells
/// can judge it.
protocol CellFunction: Sendable {
  /// nil where it depends on more than that after all.
  func counts(_ rows: [UInt32]) -> OutcomeCounts?

  /// nil where it is undefined.
  func value(
    truePositives: Double, falsePositives: Double, falseNegatives: Double, trueNegatives: Double
  ) -> Double?
}
