import Results

/// The confusion matrix with scores in place of decisions, a sum at a time.
extension BinaryRowMetrics {
  static let scoreSums: [BinaryFamily] = [
    sum("generalized_true_positives", "Scores of positives", "GTP", "Σ score of positives") {
      $0.label($1) * $0.score($1)
    },
    sum("generalized_false_positives", "Scores of negatives", "GFP", "Σ score of negatives") {
      (1 - $0.label($1)) * $0.score($1)
    },
    sum("generalized_false_negatives", "Missing scores of positives", "GFN", "Σ (1 − score) of positives") {
      $0.label($1) * (1 - $0.score($1))
    },
    sum("generalized_true_negatives", "Missing scores of negatives", "GTN", "Σ (1 − score) of negatives") {
      (1 - $0.label($1)) * (1 - $0.score($1))
    },
  ]

  private static func sum(
    _ id: String, _ name: String, _ symbol: String, _ formula: String,
    _ term: @escaping @Sendable (BinaryRowObservations, Int) -> Double
  ) -> BinaryFamily {
    BinaryFamily(
      define(
        id, name, symbol, formula, .count, .neutral, interval: nil,
        Note(alias("AIF360", "num_\(id)", "generalized_binary_confusion_matrix: \(symbol)"))),
      needs: [.label, .probability]
    ) { observations, slice, _ in
      var sum = 0.0
      for row in slice { sum += observations.weight(Int(row)) * term(observations, Int(row)) }
      return BinaryCounts(observations, slice).measured(sum, .rows, hasInfluence: false)
    }
  }
}

/// How many rows two models decide differently.
extension BinaryRowMetrics {
  static let flipCounts: [BinaryFamily] = [
    flips("flip_count", "Flips", "Flips", "rows whose decision differs from the baseline's", "") { $0 != $1 },
    flips(
      "neg_to_pos_flip_count", "Flips to positive", "−→+ n",
      "rows that the baseline decides negatively and the model positively", "/negative_to_positive"
    ) { $0 < $1 },
    flips(
      "pos_to_neg_flip_count", "Flips to negative", "+→− n",
      "rows that the baseline decides positively and the model negatively", "/positive_to_negative"
    ) { $0 > $1 },
  ]

  private static func flips(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ part: String,
    _ holds: @escaping @Sendable (UInt8, UInt8) -> Bool
  ) -> BinaryFamily {
    let tool = alias("Fairness Indicators", part.isEmpty ? "FlipCount" : "flip_count" + part)
    return BinaryFamily(
      define(id, name, symbol, formula, .count, .neutral, interval: nil, Note(tool)), needs: .baseline
    ) { observations, slice, _ in
      var sum = 0.0
      for row in slice.map(Int.init) {
        guard holds(observations.baselineDecisions?[row] ?? 0, observations.decisions[row]) else { continue }
        sum += observations.weight(row)
      }
      return BinaryCounts(observations, slice).measured(sum, .rows, hasInfluence: false)
    }
  }
}
