import Metrics
import Results
import Tables

extension Diagnostics {
  /// From which on a warning is given. Conventions, not tests: what lies just below is no clean bill of health.
  package enum Threshold {
    /// Lone ROC AUC: nothing honest that is known before the outcome tells it so well.
    package static let leakage = 0.99
    /// Association with another feature: two thirds of the (rank) variance are shared.
    package static let association = 0.8
    /// Share of permuted rows outside the data: every tenth score is a guess.
    package static let extrapolation = 0.1
    /// Share of the importances, or of the model's skill, that is one feature's.
    package static let dominance = 0.9
    package static let rows = 100
    package static let rowsOfClass = 20
    package static let units = 30
  }

  /// All warnings but that of predictions that differ, in the order of their kinds.
  ///
  /// - Parameter scores: the model's own, of the output that is explained
  /// - Parameter importances: without them no feature is called dominant
  /// - Parameter partition: the column that says which rows the model was trained on
  package func warnings(
    scores: [Double], importances: [ImportanceColumns] = [], partition: CategoryColumn? = nil
  ) -> [ExplanationWarning] {
    let warnings =
      skillWarnings(scores) + leakageWarnings() + dominanceWarnings(importances) + extrapolationWarnings()
      + associationWarnings() + rowWarnings() + (partition.flatMap(Self.trainingWarning).map { [$0] } ?? [])
    return warnings
  }

  /// Features that tell the label almost perfectly on their own.
  package func leakageWarnings() -> [ExplanationWarning] {
    features.indices.compactMap { index in
      guard isRelevant(index), let area = features[index].loneAUC, area > Threshold.leakage else {
        return nil
      }
      return ExplanationWarning(
        kind: .leakage,
        message: "\(quoted(index)) alone tells the label almost perfectly (ROC AUC "
          + "\(WarningText.decimals(area, 3))): it may hold the answer. Check that it is known before the "
          + "outcome is; if it is not, train without it.", feature: index)
    }
  }

  /// Features whose permutation makes rows unlike any in the data.
  package func extrapolationWarnings() -> [ExplanationWarning] {
    features.indices.compactMap { index in
      guard isRelevant(index), let share = features[index].extrapolationShare,
        share > Threshold.extrapolation, let partner = features[index].associatedWith
      else { return nil }
      let beside = features[index].columns.count == 1 ? ", beside \(quoted(partner))" : ""
      return ExplanationWarning(
        kind: .extrapolation,
        message: "Moving \(quoted(index)) puts \(WarningText.percent(share)) of the rows where the data have "
          + "none\(beside): there the model guesses, and the importance tells of these guesses too. Move the "
          + "feature and \(quoted(partner)) as one group, or take donors from leaves.", feature: index)
    }
  }

  /// Features that can stand in for each other; a pair is named once.
  package func associationWarnings() -> [ExplanationWarning] {
    var named: Set<Set<Int>> = []
    return features.indices.compactMap { index in
      guard isRelevant(index), let partner = features[index].associatedWith, isRelevant(partner),
        let value = features[index].association, value >= Threshold.association,
        let measure = features[index].associationMeasure, named.insert([index, partner]).inserted
      else { return nil }
      return ExplanationWarning(
        kind: .association,
        message: "\(quoted(index)) and \(quoted(partner)) are strongly associated (\(measure) "
          + "\(WarningText.decimals(value, 2))): the model can read from one what is moved in the other, so that "
          + "each looks less important than it is. Move them as one group to see what they carry together.",
        feature: index)
    }
  }

  /// Data too small for the intervals.
  package func rowWarnings() -> [ExplanationWarning] {
    var reasons: [String] = []
    if input.rowCount < Threshold.rows { reasons.append(WarningText.count(input.rowCount, "row")) }
    if input.hasLabel {
      let positives = input.observations.labels.count { $0 == 1 }
      let negatives = input.rowCount - positives
      if positives < Threshold.rowsOfClass { reasons.append(WarningText.count(positives, "positive")) }
      if negatives < Threshold.rowsOfClass { reasons.append(WarningText.count(negatives, "negative")) }
    }
    if let units = input.units, case let count = Set(units).count, count < Threshold.units {
      reasons.append(WarningText.count(count, "unit"))
    }
    guard !reasons.isEmpty else { return [] }
    return [
      ExplanationWarning(
        kind: .fewRows,
        message: "Only \(reasons.joined(separator: ", ")): intervals and p-values of importances do not hold "
          + "for so few. Explain the model on more rows.")
    ]
  }

  /// Whether the model can depend on the feature, as far as is known: what it cannot read does no harm.
  private func isRelevant(_ feature: Int) -> Bool { features[feature].isUsed ?? true }

  func quoted(_ feature: Int) -> String { "“\(features[feature].name)”" }
}
