/// Makes the metrics of multi-label observations, which share what is made of a slice's rows.
struct LabelSetMaker {
  private let outcomes: LabelOutcomes
  /// nil without scores.
  let ranked: RankedClasses?
  private let zeroDivision: ZeroDivision

  init(_ observations: LabelSetObservations, _ zeroDivision: ZeroDivision) {
    outcomes = LabelOutcomes(observations)
    ranked = observations.hasScores ? RankedClasses(observations) : nil
    self.zeroDivision = zeroDivision
  }

  func mean(_ text: ClassText, _ term: LabelSetMean.Term, of name: String? = nil) -> any RowMetric {
    LabelSetMean(
      definition: LabelSetMetrics.definition(text, of: name), term: term, source: outcomes,
      zeroDivision: zeroDivision)
  }

  func outcome(
    _ text: ClassText, _ quotient: OneVersusRest, _ scope: OutcomeFormula.Scope, of name: String? = nil
  ) -> any RowMetric {
    LabelOutcomeMetric(
      definition: LabelSetMetrics.definition(text, of: name),
      formula: OutcomeFormula(quotient: quotient, scope: scope, hasUnseen: true), source: outcomes,
      zeroDivision: zeroDivision)
  }

  /// Everything about one label.
  func label(_ index: Int) -> [any RowMetric] {
    let name = outcomes.observations.names[index]
    let decisions = OneVersusRest.perClass.map { outcome($0.text, $0, .single(index), of: name) }
    guard let ranked else { return decisions }
    func ranking(_ text: ClassText, _ curve: RankingMetric.Curve) -> any RowMetric {
      RankingMetric(
        definition: LabelSetMetrics.definition(text, of: name), curve: curve, scope: .single(index),
        source: ranked)
    }
    return decisions + [
      ranking(ClassTexts.rocAUC, .receiverOperating),
      ranking(ClassTexts.averagePrecision, .precisionRecall),
      mean(ClassTexts.score, .score(index), of: name),
      mean(ClassTexts.classBrier, .labelBrier(index), of: name),
      mean(ClassTexts.residual, .residual(index), of: name),
    ]
  }
}
