import Results

/// The metrics of multi-label tasks: each of several labels is there or not, for every row.
///
/// What is undefined has no value, never 0: averages over labels are over those where there is one, averages over rows
/// leave out rows that have no say.
package enum LabelSetMetrics {
  /// All metrics that these observations allow, in reporting order: those of scores only with scores.
  ///
  /// Metrics share what they make of a slice's rows: measure all of them for one slice before the next.
  ///
  /// - Parameters:
  ///   - topK: cut-offs; those that are not below the number of labels say nothing and are left out.
  ///   - classWeights: what each label counts in averages that go by that; without them there are none.
  ///   - zeroDivision: what stands for a ratio without a denominator; anything but `undefined` is for comparison
  ///     with other tools.
  package static func all(
    _ observations: LabelSetObservations, topK: [Int], classWeights: [Double]? = nil,
    zeroDivision: ZeroDivision = .undefined
  ) -> [any RowMetric] {
    let maker = LabelSetMaker(observations, zeroDivision)
    var metrics: [any RowMetric] = [
      RowCount(definition: definition(ClassTexts.count), isWeight: false, weights: observations.weights),
      RowCount(definition: definition(ClassTexts.weight), isWeight: true, weights: observations.weights),
    ]
    metrics += means.map { maker.mean($0.text, $0.term) }
    metrics += averages.map { maker.outcome($0.text, $0.quotient, .average($0.averaging)) }
    if let classWeights {
      metrics += OneVersusRest.averaged.map {
        maker.outcome($0.classWeightedText, $0, .weighted(classWeights))
      }
    }
    if let ranked = maker.ranked {
      metrics += rankedAverages(ranked, classWeights)
      metrics += rankings.map { maker.mean(LabelSetTexts.ranking($0), .ranking($0)) }
      metrics += tops(observations, topK)
    }
    return metrics + observations.names.indices.flatMap(maker.label)
  }

  /// The whole family for the catalogue, with `CLASS` and `K` for a label and a cut-off.
  package static var definitions: [MetricDefinition] {
    let texts =
      [ClassTexts.count, ClassTexts.weight] + means.map(\.text) + averages.map(\.text)
      + RankedAverages.all(nil).map(\.text) + textsOfScores
      + OneVersusRest.averaged.map(\.classWeightedText) + RankedAverages.weightedTexts
    let ofLabel = OneVersusRest.perClass.map(\.text) + ClassMetrics.classTexts
    return texts.map { definition($0) } + ofLabel.map { definition($0, of: ClassText.anyClass) }
  }

  /// Those that are there only with scores.
  static let textsOfScores =
    rankings.map(LabelSetTexts.ranking) + [LabelSetTexts.top(.precision), LabelSetTexts.top(.recall)]

  static func definition(_ text: ClassText, of name: String? = nil, k: Int? = nil) -> MetricDefinition {
    text.definition([.multilabel], of: name, k: k)
  }

  private static let means: [(text: ClassText, term: LabelSetMean.Term)] =
    [(LabelSetTexts.exactMatch, .exactMatch), (LabelSetTexts.hammingLoss, .hamming)]
    + OneVersusRest.averaged.map { ($0.samplesText, .samples($0)) }

  private static let averages: [(text: ClassText, quotient: OneVersusRest, averaging: Averaging)] =
    OneVersusRest.averaged.flatMap { quotient in
      Averaging.allCases.map { averaging in
        var text = quotient.text(averaging)
        // The sets of a row's labels and predictions, matched over all rows.
        if averaging == .micro, quotient == .precision || quotient == .recall {
          text.aliases.append(.init("TFMA", "set_match_\(quotient.rawValue)"))
        }
        return (text, quotient, averaging)
      }
    }

  private static let rankings: [LabelRanking] = [.averagePrecision, .coverage, .loss]

  private static func rankedAverages(
    _ ranked: RankedClasses, _ classWeights: [Double]?
  ) -> [any RowMetric] {
    RankedAverages.all(classWeights).map { average in
      RankingMetric(
        definition: definition(average.text), curve: average.curve, scope: average.scope, source: ranked)
    }
  }

  private static func tops(_ observations: LabelSetObservations, _ topK: [Int]) -> [any RowMetric] {
    Set(topK).sorted().filter { 1..<observations.labelCount ~= $0 }.flatMap { k in
      [LabelSetTop.Side.precision, .recall].map { side in
        LabelSetTop(
          definition: definition(LabelSetTexts.top(side), k: k), side: side, k: k, observations: observations)
      }
    }
  }
}
