import Results

/// The whole explanation: what moves together, importances, effects, attributions, and what to beware of.
package struct Explainer {
  private let input: ExplanationInput
  private let settings: ExplanationSettings

  package init(_ input: ExplanationInput, _ settings: ExplanationSettings) {
    self.input = input
    self.settings = settings
  }

  /// - Parameters:
  ///   - model: what is known of the model
  ///   - rowCount: rows of the evaluation, of which the input may be a sample
  ///   - unit: the column that names units
  ///   - progress: called with the share of the work that is done
  /// - Throws: `data` where a setting names what does not exist, `unavailable` where the model cannot be reached.
  package func explanation(
    model: ExplainedModel, rowCount: Int, unit: String?, progress: @Sendable (Double) -> Void
  ) throws(Failure) -> Explanation {
    throw Failure(.defect, "not yet")
  }
}
