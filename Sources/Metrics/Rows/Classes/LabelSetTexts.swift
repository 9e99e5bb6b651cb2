import Results

/// What is to be said of the metrics that only multi-label tasks have.
enum LabelSetTexts {
  static let exactMatch = ClassText(
    id: "exact_match", name: "Exact match", symbol: "EM",
    formula: "share of rows all of whose labels are right",
    kind: .rate,
    aliases: [
      .init("scikit-learn", "accuracy_score"), .init("TFMA", "exact_match"), .init("", "subset accuracy"),
    ])

  static let hammingLoss = ClassText(
    id: "hamming_loss", name: "Hamming loss", symbol: "Ham",
    formula: "share of pairs of row and label that are wrong", kind: .index, direction: .lowerIsBetter,
    source: "Schapire & Singer 1999", aliases: [.init("scikit-learn", "hamming_loss")])

  static func ranking(_ ranking: LabelRanking) -> ClassText {
    switch ranking {
    case .averagePrecision:
      ClassText(
        id: "label_ranking_average_precision", name: "Label ranking average precision", symbol: "LRAP",
        formula:
          "mean over rows, and over the labels a row has, of the share it has of the labels that score as high",
        kind: .index, denominator: "rows with a label", undefined: ranking.emptyReason,
        source: "Schapire & Singer 2000",
        aliases: [.init("scikit-learn", "label_ranking_average_precision_score")])
    case .coverage:
      ClassText(
        id: "coverage_error", name: "Coverage error", symbol: "Cov",
        formula: "mean over rows of how many labels score as high as the lowest of those that the row has",
        kind: .loss, direction: .lowerIsBetter, denominator: "rows with a label",
        undefined: ranking.emptyReason, source: "Tsoumakas, Katakis & Vlahavas 2010",
        aliases: [.init("scikit-learn", "coverage_error")])
    case .loss:
      ClassText(
        id: "label_ranking_loss", name: "Label ranking loss", symbol: "RLoss",
        formula:
          "mean over rows of the share of pairs of a label that the row has and one that it has not "
          + "in which the latter scores as high",
        kind: .index, direction: .lowerIsBetter, denominator: "rows with some labels and not others",
        undefined: ranking.emptyReason, source: "Tsoumakas, Katakis & Vlahavas 2010",
        aliases: [.init("scikit-learn", "label_ranking_loss")])
    }
  }

  static func top(_ side: LabelSetTop.Side) -> ClassText {
    let isPrecision = side == .precision
    return ClassText(
      id: isPrecision ? "top_#_precision" : "top_#_recall",
      name: isPrecision ? "Top # precision" : "Top # recall", symbol: isPrecision ? "P@#" : "R@#",
      formula: isPrecision
        ? "share of the # labels of each row with the highest scores, the first in order on ties, that the row has"
        : "share of the labels that rows have that are among the # of the row with the highest scores",
      kind: .index, denominator: isPrecision ? "rows" : "labels that rows have",
      undefined: isPrecision ? "no rows" : "no row has a label",
      aliases: [.init("TFMA", isPrecision ? "precision(top_k=#)" : "recall(top_k=#)")])
  }
}
