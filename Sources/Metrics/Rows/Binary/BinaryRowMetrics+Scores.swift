import Glibc
import Results

/// Means and sums of scores, by class.
extension BinaryRowMetrics {
  static let scores: [BinaryFamily] = [
    ofClass(
      "generalized_true_positive_rate", "Mean score of positives", "GTPR", "Σ score of positives / positives",
      .higherIsBetter, .positives,
      alias("AIF360", "generalized_true_positive_rate")
        + alias("", "balance_for_positive_class")
    ) { $0.label($1) * $0.score($1) },
    ofClass(
      "generalized_false_negative_rate", "Mean missing score of positives", "GFNR",
      "Σ (1 − score) of positives / positives", .lowerIsBetter, .positives,
      alias("AIF360", "generalized_false_negative_rate", "generalized_fnr")
    ) { $0.label($1) * (1 - $0.score($1)) },
    ofClass(
      "generalized_false_positive_rate", "Mean score of negatives", "GFPR",
      "Σ score of negatives / negatives", .lowerIsBetter, .negatives,
      alias("AIF360", "generalized_false_positive_rate", "generalized_fpr")
        + alias("", "balance_for_negative_class")
    ) { (1 - $0.label($1)) * $0.score($1) },
    ofClass(
      "generalized_true_negative_rate", "Mean missing score of negatives", "GTNR",
      "Σ (1 − score) of negatives / negatives", .higherIsBetter, .negatives,
      alias("AIF360", "generalized_true_negative_rate")
    ) { (1 - $0.label($1)) * (1 - $0.score($1)) },
    means(
      define(
        "tjur_r2", "Coefficient of discrimination (Tjur)", "Tjur",
        "mean score of positives − mean score of negatives", .correlation, .higherIsBetter, interval: student,
        Note(
          undefined: "no positives, or no negatives", source: "Tjur 2009",
          alias("TFMA", "coefficient_of_discrimination"))), needs: [.label, .probability],
      classMeans { positives, negatives throws(BinaryUndefined) in positives - negatives }),
    means(
      define(
        "relative_tjur_r2", "Relative coefficient of discrimination", "Tjur ratio",
        "mean score of positives / mean score of negatives", .mean, .higherIsBetter, interval: student,
        Note(
          range: ratioRange, undefined: "no positives, no negatives, or negatives' scores are all 0",
          alias("TFMA", "relative_coefficient_of_discrimination"))), needs: [.label, .probability],
      classMeans { positives, negatives throws(BinaryUndefined) in
        try positives.over(negatives, "negatives' scores are all 0")
      }),
    means(
      define(
        "observed_over_expected", "Observed over expected", "O/E", "Σ label / Σ score; 1 is calibrated",
        .mean,
        .neutral, interval: student,
        Note(range: ratioRange, undefined: "all scores are 0", alias("", "o_e", "oe_ratio"))),
      needs: [.label, .probability],
      BinaryMeansFormula(
        .rows, ratio: { $0.label($1) }, to: { $0.score($1) }, emptyReason: "all scores are 0")),
    means(
      define(
        "calibration_ratio", "Calibration ratio", "E/O", "Σ score / Σ label; 1 is calibrated", .mean,
        .neutral,
        interval: student,
        Note(range: ratioRange, undefined: "no positives", alias("TFMA", "calibration"))),
      needs: [.label, .probability],
      BinaryMeansFormula(.rows, ratio: { $0.score($1) }, to: { $0.label($1) }, emptyReason: "no positives")),
    BinaryFamily(
      define(
        "squared_pearson_correlation", "Squared correlation of label and score", "r²",
        "squared Pearson correlation of label and score", .index, .higherIsBetter, interval: logit,
        Note(
          undefined: "no positives, no negatives, or all scores are equal", source: "Pearson 1895",
          alias("TFMA", "squared_pearson_correlation"))), needs: [.label, .score],
      measure: BinaryCorrelation.measure),
  ]

  /// The mean of a term over the rows of a class.
  private static func ofClass(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ direction: MetricEntry.Direction,
    _ basis: BinaryBasis, _ aliases: [MetricDefinition.Alias],
    _ term: @escaping @Sendable (BinaryRowObservations, Int) -> Double
  ) -> BinaryFamily {
    let isPositive = basis == .positives
    return means(
      define(
        id, name, symbol, formula, .index, direction, basis, interval: logit,
        Note(undefined: basis.emptyReason, source: "Pleiss et al. 2017", aliases)),
      needs: [.label, .probability],
      BinaryMeansFormula(
        basis, ratio: term, to: { isPositive ? $0.label($1) : 1 - $0.label($1) },
        emptyReason: basis.emptyReason))
  }

  /// A function of the mean scores of both classes.
  private static func classMeans(
    _ value: @escaping @Sendable (BinaryDual, BinaryDual) throws(BinaryUndefined) -> BinaryDual
  ) -> BinaryMeansFormula {
    BinaryMeansFormula(.rows) { observations, row in
      let (label, score) = (observations.label(row), observations.score(row))
      return SIMD4(label, label * score, 1 - label, (1 - label) * score)
    } value: { positives, positiveScores, negatives, negativeScores throws(BinaryUndefined) in
      try value(
        positiveScores.over(positives, "no positives"), negativeScores.over(negatives, "no negatives"))
    }
  }
}

/// The squared correlation of label and score.
enum BinaryCorrelation {
  static let measure: BinaryMeasure = { observations, slice, influence in
    let counts = BinaryCounts(observations, slice)
    let total = counts.total(counts.weights, .rows)
    guard total > 0 else { return counts.undefined("zero weight", .rows) }
    guard counts.total(counts.weights, .positives) > 0 else { return counts.undefined("no positives", .rows) }
    guard counts.total(counts.weights, .negatives) > 0 else { return counts.undefined("no negatives", .rows) }
    var means = SIMD2<Double>.zero
    for row in slice {
      means += observations.weight(Int(row)) * point(observations, row)
    }
    means /= total
    var (squares, product) = (SIMD2<Double>.zero, 0.0)
    for row in slice {
      let distance = point(observations, row) - means
      squares += observations.weight(Int(row)) * distance * distance
      product += observations.weight(Int(row)) * distance[0] * distance[1]
    }
    // What rounding leaves of equal scores is no spread.
    guard squares[1] > 1e-28 * total * means[1] * means[1] else {
      return counts.undefined("all scores are equal", .rows)
    }
    let correlation = product / (squares[0] * squares[1]).squareRoot()
    let scale = SIMD2((total / squares[0]).squareRoot(), (total / squares[1]).squareRoot())
    for (position, row) in slice.enumerated() {
      let z = (point(observations, row) - means) * scale
      let change = z[0] * z[1] - correlation * (z[0] * z[0] + z[1] * z[1]) / 2
      influence[position] = 2 * correlation * observations.weight(Int(row)) / total * change
    }
    return counts.measured(min(1, correlation * correlation), .rows)
  }

  private static func point(_ observations: BinaryRowObservations, _ row: UInt32) -> SIMD2<Double> {
    SIMD2(observations.label(Int(row)), observations.score(Int(row)))
  }
}
