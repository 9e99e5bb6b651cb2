import Results

extension DonorChoice {
  static func leaves(
    depth: Int, _ input: ExplanationInput, _ groups: [FeatureGroup], _ values: Diagnostics.Values
  ) throws(Failure) -> DonorChoice {
    throw Failure(.defect, "leaves")
  }
}
