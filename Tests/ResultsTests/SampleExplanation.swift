import Results

/// A made-up explanation with an entry of every part, for an evaluation of four slices.
enum SampleExplanation {
  static func make() -> Explanation {
    Explanation(
      model: ExplainedModel(
        name: SampleEvaluation.texts[1], kind: "XGBoost", sha256: "00ff", encoding: "e.json", output: "yes",
        comparedWith: "p", comparedRows: 9, largestDifference: 1e-300, differingRows: 1),
      sampling: ExplanationSampling(
        rows: 8, rowCount: 9, repeats: .automatic, repeatLimit: 100, conditioning: .strata,
        strata: [SampleEvaluation.texts[2]], unit: "u", isWeighted: true, level: 0.9, seed: .max),
      features: features, importances: importances,
      effects: [
        FeatureEffect(
          feature: 0, grid: [-1, 1.0 / 3], curves: [curve],
          individual: [[0, 0.5], [0, -0.25]]),
        FeatureEffect(feature: 1, labels: ["x", "y"], curves: []),
      ],
      attributions: Attributions(
        method: "exact", scale: .margin, backgroundRows: 100, baseValue: -1.5,
        groups: [.init(slice: 0, rows: 8, mean: [0.1, -0.2], standardError: [0, 1], meanAbsolute: [1, 2])],
        rows: [.init(row: 3, prediction: 2, values: [1, 2], errors: [0, 0], texts: ["7", ""])]),
      decompositions: [
        GapDecomposition(
          slice: 1, reference: 2, scale: .score, difference: 0.5, parts: [0.25, 0.25],
          standardError: [0.1, 0.2], lower: [0, -1], upper: [1, 2])
      ],
      interactions: [
        FeatureInteraction(first: 0, second: 1, hSquared: 0.25, strength: 0.01, rows: 300)
      ],
      flips: [
        FlipCounts(
          feature: 1, from: "x", to: "", rows: 4, toPositive: 1, toNegative: 0, share: 0.25, lower: 0.1,
          upper: 0.5, meanChange: -0.125)
      ],
      warnings: ExplanationWarning.Kind.allCases.map {
        ExplanationWarning(kind: $0, message: SampleEvaluation.texts[3], feature: $0 == .noSkill ? nil : 1)
      }, notes: [SampleEvaluation.texts[3], ""])
  }

  private static let features = [
    ExplainedFeature(
      name: "a", columns: ["a"], isUsed: true, association: 0.5, associatedWith: 1,
      associationMeasure: "|Spearman|", extrapolationShare: 0.125, loneAUC: 0.75),
    ExplainedFeature(name: SampleEvaluation.texts[1], columns: ["b", "c"]),
  ]

  private static var importances: [ImportanceColumns] {
    let metric = ImportanceColumns(
      metric: "roc_auc", slice: 0, meaning: .qualityLost, donors: .allRows, rows: 8, base: 0.8,
      permuted: [0.7, 0.8], importance: [0.1, 0], ratio: [0.875, 1], standardError: [0.01, 0],
      shuffleError: [0.001, 0], lower: [0.08, 0], upper: [0.12, 0], pValue: [1e-20, 1],
      holm: [2e-20, 1], benjaminiHochberg: [2e-20, 1], repeats: [10, 10],
      reasons: [nil, "not used by the model"], raw: [[0.7, 0.6875], []])
    var gap = metric
    (gap.slice, gap.reference, gap.meaning, gap.donors) = (1, 3, .gapClosed, .sameSlice)
    (gap.permutedSize, gap.raw, gap.comparisons) = ([0.5, 0.25], [], 6)
    return [metric, gap]
  }

  private static let curve = FeatureEffect.Curve(
    slice: 0, rows: 8, partialDependence: [0.25, 0.5], partialDependenceError: [0, 0.1],
    accumulatedEffect: [-0.1, 0.1], accumulatedEffectError: [0.01, 0.02], support: [3, 5])
}
