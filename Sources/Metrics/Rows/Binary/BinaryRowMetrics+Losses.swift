import Glibc
import Results

/// Losses of probabilities, and skill against the prevalence.
extension BinaryRowMetrics {
  /// −ln p(label), the score kept `clip` from 0 and 1.
  static func logLoss(_ observations: BinaryRowObservations, _ row: Int, clip: Double) -> Double {
    let clipped = min(max(observations.score(row), clip), 1 - clip)
    return observations.labels[row] == 1 ? -log(clipped) : -log1p(-clipped)
  }

  static func squaredError(_ observations: BinaryRowObservations, _ row: Int) -> Double {
    let distance = observations.label(row) - observations.score(row)
    return distance * distance
  }

  private static let needs: BinaryNeeds = [.label, .probability]

  static let losses: [BinaryFamily] = [
    BinaryFamily(
      BinaryParameter(
        text: "a number above 0, below one half", range: 0...0.4999, defaults: [1e-7], isOpenBelow: true),
      needs: needs,
      define: { clip in
        define(
          "log_loss_clipped", "Log loss clipped at \(clip)", "LogL",
          "mean of −ln p(label), scores clipped to [\(clip), 1 − \(clip)]", .loss, .lowerIsBetter,
          interval: student,
          Note(undefined: "no rows", alias("Keras", "BinaryCrossentropy") + alias("", "log_loss")))
      }
    ) { clip in
      let formula = BinaryMeansFormula { logLoss($0, $1, clip: clip) }
      return { formula.measure($0, $1, influence: &$2) }
    },
    means(
      define(
        "log_loss_bits", "Log loss in bits", "LogL₂", "mean of −log₂ p(label), clipped as log loss", .loss,
        .lowerIsBetter, interval: student, Note(undefined: "no rows", alias("", "log_loss_base2"))),
      needs: needs, BinaryMeansFormula { logLoss($0, $1, clip: RankedRows.epsilon) / M_LN2 }),
    means(
      define(
        "mean_absolute_error", "Mean absolute error of the score", "MAE", "mean of |label − score|", .loss,
        .lowerIsBetter, interval: student, Note(undefined: "no rows", alias("TFMA", "mean_absolute_error"))),
      needs: needs, BinaryMeansFormula { abs($0.label($1) - $0.score($1)) }),
    skill(
      "brier_skill_score", "Brier skill score", "BSS", "1 − Brier / (prevalence·(1 − prevalence))",
      source: "Murphy 1973", aliases: alias("", "bss") + alias("scikit-learn", "d2_brier_score"),
      { squaredError($0, $1) }
    ) { $0 * (1 - $0) },
    skill(
      "cross_entropy_skill", "Cross-entropy skill", "LogSS",
      "1 − log loss / entropy of the prevalence (McFadden's R²)", source: "McFadden 1974",
      aliases: alias("scikit-learn", "d2_log_loss_score") + alias("", "mcfadden_r2", "log_loss_skill"),
      { logLoss($0, $1, clip: RankedRows.epsilon) }
    ) { share in
      BinaryDual(0) - share * share.logarithm() - (1 - share) * (1 - share).logarithm()
    },
  ]

  /// 1 − mean loss / loss of the prevalence as the score of every row.
  private static func skill(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, source: String,
    aliases: [MetricDefinition.Alias], _ loss: @escaping @Sendable (BinaryRowObservations, Int) -> Double,
    _ reference: @escaping @Sendable (BinaryDual) -> BinaryDual
  ) -> BinaryFamily {
    means(
      define(
        id, name, symbol, formula, .mean, .higherIsBetter, interval: student,
        Note(
          range: -Double.infinity...1, undefined: "no positives, or no negatives", source: source, aliases)),
      needs: needs,
      BinaryMeansFormula(.rows) {
        SIMD4($0.label($1), loss($0, $1), 1 - $0.label($1), 0)
      } value: { share, mean, rest, _ throws(BinaryUndefined) in
        guard share.value > 0 else { throw BinaryUndefined("no positives") }
        guard rest.value > 0 else { throw BinaryUndefined("no negatives") }
        return 1 - mean / reference(share)
      })
  }
}
