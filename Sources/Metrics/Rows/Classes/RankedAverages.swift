/// Averages over classes of what their scores are worth, which multi-class and multi-label tasks share.
enum RankedAverages {
  struct Average {
    let text: ClassText
    let curve: RankingMetric.Curve
    let scope: OutcomeFormula.Scope
  }

  /// - Parameter classWeights: what each class counts; nil where nothing was said.
  static func all(_ classWeights: [Double]?) -> [Average] {
    let plain = Averaging.allCases.map { averaging in
      Average(text: ClassTexts.rocAUC(averaging), curve: .receiverOperating, scope: .average(averaging))
    }
    let precise = Averaging.allCases.map { averaging in
      Average(
        text: ClassTexts.averagePrecision(averaging), curve: .precisionRecall, scope: .average(averaging))
    }
    guard let classWeights else { return plain + precise }
    return plain + precise + [
      Average(text: weightedTexts[0], curve: .receiverOperating, scope: .weighted(classWeights)),
      Average(text: weightedTexts[1], curve: .precisionRecall, scope: .weighted(classWeights)),
    ]
  }

  /// Those that need `class_weights`.
  static let weightedTexts = [
    ClassTexts.classWeighted(ClassTexts.rocAUC, id: "roc_auc_ovr", tfma: "auc"),
    ClassTexts.classWeighted(
      ClassTexts.averagePrecision, id: "average_precision", tfma: "auc_precision_recall"),
  ]
}
