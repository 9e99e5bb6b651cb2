import Glibc
import Results
import TestSupport

/// Explanations for tests: plausible numbers around a given importance of each feature, and the odd cases that real
/// runs hold.
struct ExplanationFixture {
  static let longName = String(repeating: "a very long feature name, ", count: 8).prefix(200)
  static let names = [
    "marital_status", "capital_gain", "age", "education_num", "occupation", "hours_per_week", "relationship",
    "capital_loss", "sex", "<b>\"x\"&", String(longName), "native_country", "fnlwgt",
  ]
  static let weights = [
    0.030, 0.024, 0.016, 0.015, 0.009, 0.005, 0.004, 0.003, 0.0012, 0.0006, 0, -0.0004, 0,
  ]

  var names = Self.names
  var weights = Self.weights
  var metrics = ["roc_auc", "accuracy", "selection_rate"]
  var gapMetrics = ["selection_rate", "true_positive_rate", "false_positive_rate"]
  var hasGroups = true
  var noise = 1.0
  /// Standard errors are multiplied by this: large ones leave nothing clear.
  var doubt = 1.0
  var repeats = 10
  var random = SplitMix(seed: 11)

  private mutating func uniform() -> Double { Double(random.next() % 1_000_000) / 1_000_000 - 0.5 }

  // MARK: Parts

  func features() -> [ExplainedFeature] {
    names.indices.map { index in
      let isGroup = names[index] == "relationship"
      return ExplainedFeature(
        name: names[index], columns: isGroup ? ["relationship", "household size"] : [names[index]],
        isUsed: names[index] == "fnlwgt" ? false : index % 5 == 4 ? nil : true,
        association: index == 0 ? 0.49 : index % 4 == 3 ? nil : 0.1 + 0.02 * Double(index % 9),
        associatedWith: index == 0 ? min(6, names.count - 1) : 0,
        associationMeasure: index % 2 == 0 ? "Cramér's V" : "|Spearman|",
        extrapolationShare: index == 0 ? 0.173 : 0.004 * Double(index % 12),
        loneAUC: 0.5 + 0.02 * Double(index % 13))
    }
  }

  /// Columns of one quantity, by naive formulas around `weights`.
  mutating func columns(
    _ metric: String, slice: Int, reference: Int? = nil, meaning: ImportanceColumns.Meaning, rows: Int,
    base: Double, factor: Double
  ) -> ImportanceColumns {
    let error = doubt * 0.15 / Double(max(rows, 1)).squareRoot()
    var columns = ImportanceColumns(
      metric: metric, slice: slice, reference: reference, meaning: meaning,
      donors: slice == 0 || reference != nil ? .allRows : .sameSlice, rows: rows, base: base, permuted: [],
      importance: [], ratio: [], standardError: [], shuffleError: [], lower: [], upper: [], pValue: [],
      holm: [], benjaminiHochberg: [], repeats: [], reasons: [])
    let lowerIsWorse = metric != "log_loss" && metric != "brier_score"
    for index in names.indices {
      let isUnused = names[index] == "fnlwgt"
      let value = isUnused ? 0 : weights[index % weights.count] * factor + noise * error * uniform()
      let sign: Double
      switch meaning {
      case .qualityLost: sign = lowerIsWorse ? -1 : 1
      case .change: sign = 1
      case .gapClosed: sign = base >= 0 ? -1 : 1
      }
      columns.importance.append(value)
      columns.permuted.append(base + sign * value)
      columns.ratio.append(base == 0 ? .nan : (base + sign * value) / base)
      if reference != nil { columns.permutedSize.append(abs(base + sign * value) + error / 4) }
      let own = error * (0.5 + abs(value) * 20)
      columns.standardError.append(isUnused ? .nan : own)
      columns.shuffleError.append(isUnused ? 0 : own / 4)
      columns.lower.append(isUnused ? .nan : value - 1.96 * own)
      columns.upper.append(isUnused ? .nan : value + 1.96 * own)
      let z = value / own
      let p =
        isUnused
        ? 1 : meaning == .qualityLost ? 0.5 * erfc(z / 2.0.squareRoot()) : erfc(abs(z) / 2.0.squareRoot())
      columns.pValue.append(p)
      columns.holm.append(min(1, p * Double(names.count)))
      columns.benjaminiHochberg.append(min(1, p * 2))
      columns.repeats.append(isUnused ? 0 : repeats)
      columns.reasons.append(isUnused ? "not used by the model" : nil)
      columns.raw.append(isUnused ? [] : (0..<repeats).map { _ in base + sign * (value + own * uniform()) })
    }
    return columns
  }

  // MARK: The whole

  mutating func make(_ evaluation: Evaluation) -> Explanation {
    let groups = hasGroups ? Array(1...8).filter { $0 < evaluation.slices.count } : []
    let all = evaluation.slices.rows[0]
    var importances = metrics.map {
      columns(
        $0, slice: 0, meaning: $0 == "selection_rate" ? .change : .qualityLost, rows: all,
        base: evaluation.estimate($0, slice: 0)?.value ?? 0.2, factor: 1)
    }
    for metric in metrics {
      for group in groups {
        importances.append(
          columns(
            metric, slice: group, meaning: metric == "selection_rate" ? .change : .qualityLost,
            rows: evaluation.slices.rows[group],
            base: evaluation.estimate(metric, slice: group)?.value ?? .nan,
            factor: 0.4 + 0.2 * Double(group)))
      }
    }
    if groups.count >= 2 { importances += gaps(evaluation, groups) }
    return Explanation(
      model: ExplainedModel(
        name: "adult-xgboost.json", kind: "XGBoost", sha256: String(repeating: "0f", count: 32),
        encoding: "encoding.json", output: "the score of >50K", comparedWith: "score", comparedRows: all,
        largestDifference: 3.1e-8),
      sampling: ExplanationSampling(
        rows: min(all, 5000), rowCount: all, repeats: .fixed, repeatLimit: repeats, level: 0.95, seed: 42),
      features: features(), importances: importances, effects: effects(evaluation, groups),
      attributions: attributions(evaluation, groups), decompositions: decompositions(groups),
      interactions: interactions(), flips: flips(), warnings: warnings())
  }

  private mutating func gaps(_ evaluation: Evaluation, _ groups: [Int]) -> [ImportanceColumns] {
    var pairs = [(2, 1)]
    if groups.count > 6 { pairs += [(7, 5), (3, 7)] }
    var result: [ImportanceColumns] = []
    for (slice, reference) in pairs {
      for metric in gapMetrics {
        let base =
          (evaluation.estimate(metric, slice: slice)?.value ?? 0)
          - (evaluation.estimate(metric, slice: reference)?.value ?? 0)
        result.append(
          columns(
            metric, slice: slice, reference: reference, meaning: .gapClosed,
            rows: evaluation.slices.rows[slice] + evaluation.slices.rows[reference], base: base, factor: 3))
      }
    }
    return result
  }

  private func warnings() -> [ExplanationWarning] {
    [
      .init(
        kind: .association,
        message:
          "marital_status and relationship go together (Cramér's V 0.49): each may stand in for the other.",
        feature: 0),
      .init(
        kind: .extrapolation,
        message: "17.3 % of the rows with a moved marital_status lie where the data have none.", feature: 0),
    ]
  }
}
