import Results

/// How far probabilities are from the shares that come true.
extension BinaryRowMetrics {
  private static let needs: BinaryNeeds = [.label, .probability]

  private struct Rule: Sendable {
    let suffix: String
    let text: String
    let source: String
    let make: @Sendable (Int) -> BinaryBinning
  }

  private static let rules = [
    Rule(suffix: "", text: "right-closed bins of equal width", source: "", make: { .rightClosed($0) }),
    Rule(
      suffix: "_left_closed", text: "left-closed bins of equal width", source: "", make: { .leftClosed($0) }),
    Rule(
      suffix: "_equal_mass", text: "bins of equal mass, ties kept together", source: "Nixon et al. 2019",
      make: { .equalMass($0) }),
  ]

  static let calibration: [BinaryFamily] =
    rules.flatMap { rule in BinaryCalibrationError.allCases.map { binned($0, rule) } } + [
      sweep("ece_sweep", "ECE by sweep", .expected),
      sweep("rms_ce_sweep", "RMS error by sweep", .rootMeanSquare),
    ]

  private static func binned(_ error: BinaryCalibrationError, _ rule: Rule) -> BinaryFamily {
    let about = about(error)
    // Left-closed bins differ from right-closed ones in rows on an edge only, and the plain error stands among
    // the metrics of the counting engine: by name.
    let isKnown = rule.suffix == "_left_closed" || error == .expected && rule.suffix.isEmpty
    let defaults: [Double] = isKnown ? [] : [10]
    return BinaryFamily(
      BinaryParameter(
        text: "a whole number of bins from 1 to 10000", range: 1...10000, isWhole: true, defaults: defaults),
      needs: needs,
      define: { bins in
        define(
          about.id + rule.suffix, "\(about.name), \(bins) \(rule.text)", about.symbol,
          "\(about.formula) over \(bins) \(rule.text)", error == .debiasedSquare ? .mean : .loss,
          .lowerIsBetter,
          interval: nil,
          Note(
            undefined: "no rows",
            source: [about.source, rule.source].filter { !$0.isEmpty }.joined(separator: "; "),
            about.aliases.map { .init("", $0 + rule.suffix) }))
      }
    ) { bins in
      let binning = rule.make(Int(bins))
      return { observations, slice, _ in error.measure(binning, observations, slice) }
    }
  }

  private static func sweep(
    _ id: String, _ name: String, _ error: BinaryCalibrationError
  ) -> BinaryFamily {
    BinaryFamily(
      define(
        id, name, error == .expected ? "ECE sweep" : "RMS sweep",
        "\(about(error).formula) over as many bins of equal mass as keep the shares from falling, at most "
          + "\(BinarySweep.mostBins)", .loss, .lowerIsBetter, interval: nil,
        Note(undefined: "no rows", source: "Roelofs et al. 2022")), needs: needs
    ) { observations, slice, _ in BinarySweep.measure(error, observations, slice) }
  }

  private struct About {
    let id: String
    let name: String
    let symbol: String
    let formula: String
    var source = ""
    var aliases: [String] = []
  }

  private static func about(_ error: BinaryCalibrationError) -> About {
    switch error {
    case .expected:
      About(
        id: "expected_calibration_error", name: "Expected calibration error", symbol: "ECE",
        formula: "Σ (n_b / n)·|mean label − mean score|", source: "Naeini, Cooper & Hauskrecht 2015",
        aliases: ["ece"])
    case .maximum:
      About(
        id: "maximum_calibration_error", name: "Maximum calibration error", symbol: "MCE",
        formula: "largest |mean label − mean score|", source: "Naeini, Cooper & Hauskrecht 2015",
        aliases: ["mce"])
    case .average:
      About(
        id: "average_calibration_error", name: "Average calibration error", symbol: "ACE",
        formula: "plain mean of |mean label − mean score| over bins with rows", source: "Neumann et al. 2018",
        aliases: ["ace"])
    case .rootMeanSquare:
      About(
        id: "rms_calibration_error", name: "Root mean square calibration error", symbol: "RMSCE",
        formula: "√ Σ (n_b / n)·(mean label − mean score)²", source: "Hendrycks et al. 2019",
        aliases: ["rmsce", "l2_ece"])
    case .debiasedSquare:
      About(
        id: "debiased_squared_calibration_error", name: "Debiased squared calibration error", symbol: "CE²",
        formula: "Σ (n_b / n)·((mean label − mean score)² − v_b / (n_b − 1)), v_b the variance of labels",
        source: "Kumar, Liang & Ma 2019")
    case .debiased:
      About(
        id: "debiased_calibration_error", name: "Debiased calibration error", symbol: "CE",
        formula: "√ of the debiased squared calibration error, 0 where that is negative",
        source: "Kumar, Liang & Ma 2019", aliases: ["debiased_ece"])
    }
  }

  /// Logistic recalibration.
  static let recalibration: [BinaryFamily] = [
    recalibrated(
      "calibration_slope", "Calibration slope", "Slope", .slope,
      "β of logit P(label) = α + β·logit(score), scores clipped at 10⁻⁶; 1 is calibrated",
      undefined: "no positives, no negatives, all scores equal, or a cut separates the classes",
      alias("val.prob", "Slope")),
    recalibrated(
      "calibration_intercept", "Calibration intercept", "Intercept", .intercept,
      "α of logit P(label) = α + β·logit(score), scores clipped at 10⁻⁶; 0 is calibrated",
      undefined: "no positives, no negatives, all scores equal, or a cut separates the classes",
      alias("val.prob", "Intercept")),
    recalibrated(
      "calibration_in_the_large_logit", "Calibration in the large, logit", "CITL*", .offset,
      "α of logit P(label) = α + logit(score), scores clipped at 10⁻⁶; 0 is calibrated",
      undefined: "no positives, or no negatives", []),
  ]

  private static func recalibrated(
    _ id: String, _ name: String, _ symbol: String, _ quantity: BinaryRecalibration.Quantity,
    _ formula: String, undefined: String, _ aliases: [MetricDefinition.Alias]
  ) -> BinaryFamily {
    BinaryFamily(
      define(
        id, name, symbol, formula, .mean, .neutral, interval: student,
        Note(undefined: undefined, source: "Cox 1958; Steyerberg et al. 2010", aliases)), needs: needs
    ) { BinaryRecalibration.measure(quantity, $0, $1, influence: &$2) }
  }
}
