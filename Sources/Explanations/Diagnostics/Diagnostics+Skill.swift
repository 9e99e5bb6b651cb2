import Glibc
import Metrics
import Results
import Tables

extension Diagnostics {
  /// Names of columns that commonly say which part of the data a row belongs to.
  package static let partitionNames: Set<String> = [
    "split", "set", "fold", "subset", "partition", "data_split", "dataset_split", "split_set",
  ]

  /// Of a model that is not shown to know more than one without any feature: it does not rank rows better than chance, nor
  /// is its log loss, where scores are probabilities, below that of the base rate (paired over rows, one-sided z-test).
  package func skillWarnings(_ scores: [Double]) -> [ExplanationWarning] {
    guard let test = skillTest(scores), !test.ranksBetter, test.beatsBaseRate != true else { return [] }
    let area = WarningText.decimals(test.area, 3)
    let losses =
      test.logLoss.map { ", and its log loss is not below the base rate's (\(Self.text($0)))" } ?? ""
    return [
      ExplanationWarning(
        kind: .noSkill,
        message:
          "The model is not shown to rank rows better than chance (ROC AUC \(area))\(losses): its importances "
          + "tell nothing about the label. Check the positive class and the rows, or mend the model first.")
    ]
  }

  /// Of a model that ranks rows better than chance with probabilities that are no better than the base rate: a matter of
  /// calibration, which leaves importances for ranking their meaning.
  package func skillNotes(_ scores: [Double]) -> [String] {
    guard let test = skillTest(scores), test.ranksBetter, test.beatsBaseRate == false,
      let logLoss = test.logLoss
    else { return [] }
    return [
      "The model ranks rows better than chance (ROC AUC \(WarningText.decimals(test.area, 3))), but its probabilities are "
        + "not shown to be better than the same one for everybody (\(Self.text(logLoss))): importances for log loss or the "
        + "Brier score tell little. Calibrate the model, or look at those for ROC AUC."
    ]
  }

  private func skillTest(_ scores: [Double]) -> SkillTest? {
    guard input.hasLabel else { return nil }
    // Without a column of scores nothing says that the model's are no probabilities.
    return SkillTest(
      scores: scores,
      areProbabilities: input.observations.scores == nil || input.observations.scoresAreProbabilities,
      labels: input.observations.labels, weights: input.observations.weights, units: input.units,
      level: settings.level)
  }

  private static func text(_ logLoss: (model: Double, baseRate: Double)) -> String {
    "log loss \(WarningText.decimals(logLoss.model, 3)), base rate \(WarningText.decimals(logLoss.baseRate, 3))"
  }

  /// Features that carry nearly all of the model's skill, or of the importances; of several metrics the first is named.
  package func dominanceWarnings(_ importances: [ImportanceColumns]) -> [ExplanationWarning] {
    guard groups.count > 1 else { return [] }
    let overall = importances.filter {
      $0.slice == input.firstSlice.first ?? 0 && !$0.isGap && $0.meaning == .qualityLost
    }
    return features.indices.compactMap { index in
      for columns in overall {
        if let share = dominance(of: index, columns) { return dominanceWarning(index, columns.metric, share) }
      }
      return nil
    }
  }

  private enum Share {
    case ofSkill(Double)
    case ofImportances(Double)
  }

  private func dominance(of feature: Int, _ columns: ImportanceColumns) -> Share? {
    let importance = columns.importance[feature]
    // A share of what is noise as a whole means nothing.
    guard importance > 0, columns.holm[feature] < 1 - settings.level else { return nil }
    let skill = self.skill(columns)
    if skill > 0, importance > Threshold.dominance * skill { return .ofSkill(importance / skill) }
    let sum = columns.importance.reduce(0) { $1 > 0 ? $0 + $1 : $0 }
    return importance > Threshold.dominance * sum ? .ofImportances(importance / sum) : nil
  }

  /// How much better the metric is than without any feature; 0 where that is not known.
  private func skill(_ columns: ImportanceColumns) -> Double {
    let weights = input.observations.weights
    let sum = weights?.reduce(0, +) ?? Double(input.rowCount)
    let rate =
      input.observations.labels.indices.reduce(0) {
        input.observations.labels[$1] == 1 ? $0 + (weights?[$1] ?? 1) : $0
      } / sum
    guard rate > 0, rate < 1 else { return 0 }
    return switch BinaryMetric(id: columns.metric) {
    case .rocAUC, .balancedAccuracy: columns.base - 0.5
    case .accuracy: columns.base - max(rate, 1 - rate)
    case .averagePrecision: columns.base - rate
    case .mcc: columns.base
    case .brierScore: rate * (1 - rate) - columns.base
    case .logLoss: -rate * log(rate) - (1 - rate) * log1p(-rate) - columns.base
    default: 0
    }
  }

  private func dominanceWarning(_ feature: Int, _ metric: String, _ share: Share) -> ExplanationWarning {
    let what =
      switch share {
      case .ofSkill(let share) where share < 1:
        "carries \(WarningText.percent(share)) of what the model gains over one that knows no feature"
      case .ofSkill: "carries all that the model gains over one that knows no feature"
      case .ofImportances(let share):
        "carries \(WarningText.percent(share)) of the importance of all features"
      }
    let name = BinaryMetric(id: metric)?.entry.name ?? metric
    return ExplanationWarning(
      kind: .dominant,
      message:
        "\(quoted(feature)) \(what) (\(name)): the model hardly needs the others. Check that it is known "
        + "before the outcome is and will be there, as good as here, where the model is used.",
      feature: feature)
  }

  /// A column that says `train` of some rows; nil where it says so of none.
  package static func trainingWarning(_ column: CategoryColumn) -> ExplanationWarning? {
    let names: Set<String> = ["train", "training", "learn", "fit"]
    let codes = column.categories.indices.filter { names.contains(column.categories[$0].lowercased()) }
    let training = Set(codes.map { Int32($0) })
    let count = column.codes.count { training.contains($0) }
    guard count > 0 else { return nil }
    let which =
      count == column.codes.count ? "all rows" : "\(count) of the \(column.codes.count) rows"
    return ExplanationWarning(
      kind: .trainingRows,
      message:
        "The column “\(column.name)” says that the model was trained on \(which): there it also knows the "
        + "noise, and features that it memorised look important. Explain it on rows that it has not seen.")
  }
}
