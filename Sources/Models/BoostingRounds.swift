/// Which rounds of a boosted model count.
package enum BoostingRounds: Sendable, Equatable {
  case all
  /// Those up to the best one that early stopping noted in the file, as XGBoost's scikit-learn wrapper predicts.
  case best
  /// The first, so many.
  case first(Int)
}
