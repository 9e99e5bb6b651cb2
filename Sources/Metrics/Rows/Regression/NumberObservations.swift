/// What a model that predicts numbers said of each row.
package struct NumberObservations: Sendable {
  /// What came true; finite.
  package var labels: [Double]
  /// What was predicted; finite, one for each label.
  package var predictions: [Double]
  /// Example weights, not negative; nil where every row counts 1.
  package var weights: [Double]?

  package init(labels: [Double], predictions: [Double], weights: [Double]? = nil) {
    self.labels = labels
    self.predictions = predictions
    self.weights = weights
  }
}
