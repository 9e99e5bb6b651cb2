import Results

/// Parts of the Brier score: reliability − resolution + uncertainty, and miscalibration − discrimination +
/// uncertainty.
extension BinaryRowMetrics {
  private static let needs: BinaryNeeds = [.label, .probability]

  static let brierParts: [BinaryFamily] = [
    part(
      "brier_reliability", "Brier reliability", "REL",
      "Σ (n_k / n)·(score − mean label)² over distinct scores",
      .lowerIsBetter, .reliability(.distinct), source: "Murphy 1973"),
    part(
      "brier_resolution", "Brier resolution", "RES",
      "Σ (n_k / n)·(mean label − prevalence)² over distinct scores", .higherIsBetter, .resolution(.distinct),
      source: "Murphy 1973"),
    means(
      define(
        "brier_uncertainty", "Brier uncertainty", "UNC", "prevalence·(1 − prevalence)", .loss, .neutral,
        interval: student, Note(undefined: "no rows", source: "Murphy 1973")), needs: .label,
      BinaryMeansFormula(.rows) {
        SIMD4($0.label($1), 0, 0, 0)
      } value: { share, _, _, _ in
        share * (1 - share)
      }),
    binned(
      "brier_reliability_binned", "Brier reliability", "REL",
      "Σ (n_b / n)·(mean score − mean label)² over", .lowerIsBetter
    ) { .reliability(.rightClosed($0)) },
    binned(
      "brier_resolution_binned", "Brier resolution", "RES", "Σ (n_b / n)·(mean label − prevalence)² over",
      .higherIsBetter
    ) { .resolution(.rightClosed($0)) },
    part(
      "brier_miscalibration", "Brier miscalibration", "MCB",
      "Brier score − Brier score after the best rising recalibration of the scores (isotonic)",
      .lowerIsBetter, .miscalibration, source: "Dimitriadis, Gneiting & Jordan 2021"),
    part(
      "brier_discrimination", "Brier discrimination", "DSC",
      "uncertainty − Brier score after the best rising recalibration of the scores (isotonic)",
      .higherIsBetter, .discrimination, source: "Dimitriadis, Gneiting & Jordan 2021"),
  ]

  private static func part(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ direction: MetricEntry.Direction,
    _ part: BinaryBrierPart, source: String
  ) -> BinaryFamily {
    BinaryFamily(
      define(
        id, name, symbol, formula, .loss, direction, interval: student,
        Note(undefined: "no rows", source: source)), needs: needs
    ) { part.measure($0, $1, influence: &$2) }
  }

  private static func binned(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ direction: MetricEntry.Direction,
    _ part: @escaping @Sendable (Int) -> BinaryBrierPart
  ) -> BinaryFamily {
    BinaryFamily(
      BinaryParameter(
        text: "a whole number of bins from 1 to 10000", range: 1...10000, isWhole: true, defaults: [10]),
      needs: needs,
      define: { bins in
        define(
          id, "\(name), \(bins) bins", symbol, "\(formula) \(bins) right-closed bins of equal width", .loss,
          direction, interval: student, Note(undefined: "no rows", source: "Murphy 1973"))
      }
    ) { bins in
      let part = part(Int(bins))
      return { part.measure($0, $1, influence: &$2) }
    }
  }
}
