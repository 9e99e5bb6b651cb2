extension FairnessMeasure {
  /// What a measure's values mean under a tool's rules (`GroupPair`).
  ///
  /// Clarify subtracts the focal from the reference share. Fairlearn subtracts the smaller from the larger one, or divides
  /// it by that, so that values have no direction. AIF360 counts its class imbalance the other way round.
  /// - Parameter text: what they mean without a tool
  package static func meaning(_ text: String, of id: String, as tool: Compatibility?) -> String {
    let differences = [statisticalParityDifference.id, labelParityDifference.id]
    switch tool {
    case .clarify where differences.contains(id): return text.replacing("negative", with: "positive")
    case .fairlearn where (differences + [disparateImpact.id]).contains(id):
      return String(text.prefix { $0 != ";" })
    case .aif360 where id == classImbalance.id: return text.replacing("above", with: "below")
    default: return text
    }
  }
}
