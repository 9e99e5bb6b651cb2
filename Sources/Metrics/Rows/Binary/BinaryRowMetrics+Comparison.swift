import Results

/// What differs between the model and its baseline on the same rows. Labels are not needed.
extension BinaryRowMetrics {
  static let comparison: [BinaryFamily] = [
    flips(
      "flip_rate", "Flip rate", "Flip", "share of rows whose decision differs from the baseline's",
      .lowerIsBetter,
      alias("TFMA", "symmetric_flip_rate", "flip_rate", "BooleanFlipRates")
        + alias("Fairness Indicators", "flip_rate/overall")
    ) { $0 != $1 },
    flips(
      "neg_to_pos_flip_rate", "Negative to positive", "−→+",
      "share of rows that the baseline decides negatively and the model positively", .neutral,
      alias("TFMA", "neg_to_pos_flip_rate")
    ) { $0 == 0 && $1 == 1 },
    flips(
      "pos_to_neg_flip_rate", "Positive to negative", "+→−",
      "share of rows that the baseline decides positively and the model negatively", .neutral,
      alias("TFMA", "pos_to_neg_flip_rate")
    ) { $0 == 1 && $1 == 0 },
    flips(
      "neg_to_neg_flip_rate", "Negative in both", "−→−", "share of rows that both decide negatively",
      .neutral,
      alias("TFMA", "neg_to_neg_flip_rate")
    ) { $0 == 0 && $1 == 0 },
    flips(
      "pos_to_pos_flip_rate", "Positive in both", "+→+", "share of rows that both decide positively",
      .neutral,
      alias("TFMA", "pos_to_pos_flip_rate")
    ) { $0 == 1 && $1 == 1 },
    flipsAmong(
      "flip_rate_of_positives", "Flip rate of the baseline's positives", "Flip|+",
      "share of the rows decided positively by the baseline that the model decides negatively",
      alias("Fairness Indicators", "flip_rate/positive_to_negative"), decision: 1),
    flipsAmong(
      "flip_rate_of_negatives", "Flip rate of the baseline's negatives", "Flip|−",
      "share of the rows decided negatively by the baseline that the model decides positively",
      alias("Fairness Indicators", "flip_rate/negative_to_positive"), decision: 0),
    means(
      define(
        "symmetric_prediction_difference", "Symmetric prediction difference", "SPD",
        "mean of 2·|a − b| / |a + b| of the models' scores, 0 where both are below 10⁻⁷", .loss,
        .lowerIsBetter, interval: student,
        Note(undefined: "no rows", alias("TFMA", "symmetric_prediction_difference"))), needs: .baselineScore,
      BinaryMeansFormula { observations, row in
        let (a, b) = (observations.score(row), observations.baselineScores?[row] ?? 0)
        // Scores that cancel out would divide by 0.
        guard abs(a) >= 1e-7 || abs(b) >= 1e-7, a + b != 0 else { return 0 }
        return 2 * abs(a - b) / abs(a + b)
      }),
    means(
      define(
        "mean_score_change", "Mean change of score", "Δscore", "mean of score − baseline's score", .mean,
        .neutral, interval: student, Note(undefined: "no rows")), needs: .baselineScore,
      BinaryMeansFormula { $0.score($1) - ($0.baselineScores?[$1] ?? 0) }),
    means(
      define(
        "mean_absolute_score_change", "Mean absolute change of score", "|Δscore|",
        "mean of |score − baseline's score|", .loss, .lowerIsBetter, interval: student,
        Note(undefined: "no rows")), needs: .baselineScore,
      BinaryMeansFormula { abs($0.score($1) - ($0.baselineScores?[$1] ?? 0)) }),
  ]

  /// A share of all rows, as TFMA has it.
  private static func flips(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ direction: MetricEntry.Direction,
    _ aliases: [MetricDefinition.Alias], _ holds: @escaping @Sendable (UInt8, UInt8) -> Bool
  ) -> BinaryFamily {
    means(
      define(
        id, name, symbol, formula, .rate, direction, interval: "Wilson score",
        Note(undefined: "no rows", aliases)), needs: .baseline,
      BinaryMeansFormula { observations, row in
        holds(observations.baselineDecisions?[row] ?? 0, observations.decisions[row]) ? 1 : 0
      })
  }

  private static func flipsAmong(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ aliases: [MetricDefinition.Alias],
    decision: UInt8
  ) -> BinaryFamily {
    let reason =
      decision == 1 ? "the baseline decides nobody positively" : "the baseline decides nobody negatively"
    var definition = define(
      id, name, symbol, formula, .rate, .lowerIsBetter, interval: "Wilson score",
      Note(undefined: reason, aliases))
    definition.entry.denominator = decision == 1 ? "baseline's positives" : "baseline's negatives"
    return BinaryFamily(definition, needs: .baseline) { observations, slice, influence in
      BinaryFlips.measure(observations, slice, among: decision, reason, &influence)
    }
  }
}

/// Flips among the rows that the baseline decides one way.
enum BinaryFlips {
  static func measure(
    _ observations: BinaryRowObservations, _ slice: [UInt32], among decision: UInt8, _ reason: String,
    _ influence: inout [Double]
  ) -> Measured {
    let baseline = observations.baselineDecisions ?? []
    var (rows, weight, squares, flipped) = (0, 0.0, 0.0, 0.0)
    for row in slice where baseline[Int(row)] == decision {
      let one = observations.weight(Int(row))
      rows += 1
      weight += one
      squares += one * one
      if observations.decisions[Int(row)] != decision { flipped += one }
    }
    guard weight > 0 else {
      let told = slice.isEmpty ? "no rows" : rows > 0 ? "zero weight" : reason
      return .undefined(told, denominator: rows, weight: weight, squaredWeight: squares)
    }
    let value = flipped / weight
    for (position, row) in slice.enumerated() where baseline[Int(row)] == decision {
      let isFlipped = observations.decisions[Int(row)] != decision
      influence[position] = observations.weight(Int(row)) / weight * ((isFlipped ? 1 : 0) - value)
    }
    return Measured(value: value, denominator: rows, weight: weight, squaredWeight: squares)
  }
}
