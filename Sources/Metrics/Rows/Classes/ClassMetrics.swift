import Results

/// The metrics of multi-class tasks: each row has one of several classes.
///
/// A metric that is measured where it is undefined (a class without rows, or never predicted) has no value, never 0;
/// an average over classes is over those where it has one.
package enum ClassMetrics {
  /// All metrics that these observations allow, in reporting order: those of scores only with scores.
  ///
  /// Metrics share what they make of a slice's rows: measure all of them for one slice before the next.
  ///
  /// - Parameters:
  ///   - topK: cut-offs; those that are not below the number of classes say nothing and are left out.
  ///   - calibrationBins: of the expected calibration error.
  ///   - classWeights: what each class counts in averages that go by that; without them there are none.
  ///   - zeroDivision: what stands for a ratio without a denominator; anything but `undefined` is for comparison
  ///     with other tools.
  package static func all(
    _ observations: ClassObservations, topK: [Int], calibrationBins: Int = 10,
    classWeights: [Double]? = nil, zeroDivision: ZeroDivision = .undefined
  ) -> [any RowMetric] {
    let matrices = ClassMatrices(observations)
    let ranked = observations.hasScores ? RankedClasses(observations) : nil
    func row(_ text: ClassText, _ formula: ClassFormula, of name: String? = nil) -> any RowMetric {
      ClassMatrixMetric(
        definition: definition(text, of: name), formula: formula, source: matrices, zeroDivision: zeroDivision
      )
    }
    var metrics: [any RowMetric] = [
      RowCount(definition: definition(ClassTexts.count), isWeight: false, weights: observations.weights),
      RowCount(definition: definition(ClassTexts.weight), isWeight: true, weights: observations.weights),
    ]
    metrics += overall.map { row($0.text, $0.formula) }
    if let classWeights {
      metrics += OneVersusRest.averaged.map { quotient in
        row(
          quotient.classWeightedText,
          .outcomes(OutcomeFormula(quotient: quotient, scope: .weighted(classWeights))))
      }
    }
    if let ranked { metrics += scores(observations, ranked, topK, calibrationBins, classWeights) }
    for (index, name) in observations.names.enumerated() {
      metrics += OneVersusRest.perClass.map { metric in
        row(metric.text, .outcomes(OutcomeFormula(quotient: metric, scope: .single(index))), of: name)
      }
      if let ranked { metrics += scores(observations, ranked, of: index) }
    }
    return metrics
  }

  /// The whole family for the catalogue, with `CLASS` and `K` for a class and a cut-off.
  package static var definitions: [MetricDefinition] {
    let texts =
      [ClassTexts.count, ClassTexts.weight] + overall.map(\.text)
      + RankedAverages.all(nil).map(\.text) + [ClassTexts.pairwiseAUC] + means.map(\.text)
      + [ClassTexts.calibrationError, ClassTexts.calibratedError, ClassTexts.topAccuracy]
      + OneVersusRest.averaged.map(\.classWeightedText) + RankedAverages.weightedTexts
    let ofClass = OneVersusRest.perClass.map(\.text) + classTexts
    return texts.map { definition($0) } + ofClass.map { definition($0, of: ClassText.anyClass) }
      + cutDefinitions
  }

  /// What identifiers of averages by `class_weights` end with.
  package static let weightedSuffix = "_class_weighted"

  /// Identifiers, without class and k, of metrics of classes or labels that are there only with scores.
  package static let ofScores = Set(
    (RankedAverages.all(nil).map(\.text) + RankedAverages.weightedTexts + means.map(\.text)
      + [
        ClassTexts.pairwiseAUC, ClassTexts.calibrationError, ClassTexts.calibratedError,
        ClassTexts.topAccuracy,
      ] + classTexts + LabelSetMetrics.textsOfScores).map { $0.id.replacing("#", with: "K") })

  /// What is said alike of classes and of labels.
  static let classTexts = [
    ClassTexts.rocAUC, ClassTexts.averagePrecision, ClassTexts.score, ClassTexts.classBrier,
    ClassTexts.residual,
  ]

  private static func definition(_ text: ClassText, of name: String? = nil, k: Int? = nil) -> MetricDefinition
  {
    text.definition([.multiclass], of: name, k: k)
  }

  /// Functions of the confusion matrix, without those of one class.
  private static let overall: [(text: ClassText, formula: ClassFormula)] = {
    func average(_ quotient: OneVersusRest, _ averaging: Averaging) -> ClassFormula {
      .outcomes(OutcomeFormula(quotient: quotient, scope: .average(averaging)))
    }
    // A row that is wrong is a false negative of its class: over all classes, recall is accuracy.
    return [
      (ClassTexts.accuracy, average(.recall, .micro)),
      (ClassTexts.balancedAccuracy, average(.recall, .macro)),
    ]
      + OneVersusRest.averaged.flatMap { quotient in
        Averaging.allCases.map { (quotient.text($0), average(quotient, $0)) }
      } + [(ClassTexts.matthews, .matthews)]
      + KappaWeighting.allCases.map { (ClassTexts.kappa($0), .kappa($0)) }
      + [(ClassTexts.hammingLoss, average(.falseNegativeRate, .micro))]
  }()

  private static let means: [(text: ClassText, term: ClassMean.Term)] = [
    (ClassTexts.logLoss, .logLoss), (ClassTexts.brier, .brier), (ClassTexts.confidence, .confidence),
  ]

  private static func scores(
    _ observations: ClassObservations, _ ranked: RankedClasses, _ topK: [Int], _ bins: Int,
    _ classWeights: [Double]?
  ) -> [any RowMetric] {
    func mean(_ text: ClassText, _ term: ClassMean.Term, k: Int? = nil) -> any RowMetric {
      ClassMean(definition: definition(text, k: k), term: term, observations: observations)
    }
    var metrics: [any RowMetric] = RankedAverages.all(classWeights).map { average in
      RankingMetric(
        definition: definition(average.text), curve: average.curve, scope: average.scope, source: ranked)
    }
    metrics.append(
      PairwiseAUC(definition: definition(ClassTexts.pairwiseAUC), observations: observations, source: ranked))
    metrics += means.map { mean($0.text, $0.term) }
    metrics += [(ClassTexts.calibrationError, false), (ClassTexts.calibratedError, true)].map {
      text, isCalibrated in
      ClassCalibrationError(
        definition: definition(text), observations: observations, bins: max(1, bins),
        isCalibrated: isCalibrated)
    }
    let cutoffs = Set(topK).sorted().filter { 1..<observations.classCount ~= $0 }
    return metrics + cutoffs.map { mean(ClassTexts.topAccuracy, .isInTop($0), k: $0) }
  }

  private static func scores(
    _ observations: ClassObservations, _ ranked: RankedClasses, of index: Int
  ) -> [any RowMetric] {
    let name = observations.names[index]
    func mean(_ text: ClassText, _ term: ClassMean.Term) -> any RowMetric {
      ClassMean(definition: definition(text, of: name), term: term, observations: observations)
    }
    return [
      RankingMetric(
        definition: definition(ClassTexts.rocAUC, of: name), curve: .receiverOperating, scope: .single(index),
        source: ranked),
      RankingMetric(
        definition: definition(ClassTexts.averagePrecision, of: name), curve: .precisionRecall,
        scope: .single(index), source: ranked),
      mean(ClassTexts.score, .score(index)), mean(ClassTexts.classBrier, .classBrier(index)),
      mean(ClassTexts.residual, .residual(index)),
    ]
  }
}
