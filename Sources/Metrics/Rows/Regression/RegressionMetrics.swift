/// The metrics of models that predict numbers.
package enum RegressionMetrics {
  /// Levels of the quantile loss where none are asked for.
  package static let defaultQuantiles = [0.1, 0.5, 0.9]
  /// Levels of the quantile rate: a half and the top tenth.
  package static let rateLevels = [0.5, 0.9]

  /// All metrics these observations allow, in reporting order.
  ///
  /// - Parameter quantiles: levels of the quantile loss, in (0, 1).
  /// - Complexity: O(rows), three radix sorts that all metrics and slices share.
  package static func all(
    _ observations: NumberObservations, quantiles: [Double] = defaultQuantiles
  ) -> [any RowMetric] {
    let rows = NumberRows(observations)
    return totals(rows) + means(rows) + errors(rows) + shares(rows)
      + quantiles.flatMap { quantileLosses(rows, level: $0) } + associations(rows)
      + quantileRates(rows, levels: rateLevels)
  }

  private static func totals(_ rows: NumberRows) -> [any RowMetric] {
    [
      SliceTotal(definition: count, weights: rows.weights, countsRows: true),
      SliceTotal(definition: weight, weights: rows.weights, countsRows: false),
    ]
  }

  private static func means(_ rows: NumberRows) -> [any RowMetric] {
    [
      MeanOfTerm(definition: meanLabel, rows: rows, term: .label),
      MeanOfTerm(definition: meanPrediction, rows: rows, term: .prediction),
      MeanOfTerm(definition: meanError, rows: rows, term: .error),
      LinearFit(definition: predictionRatio, rows: rows, part: .ratio),
    ]
  }

  private static func errors(_ rows: NumberRows) -> [any RowMetric] {
    [
      MeanOfTerm(definition: meanAbsoluteError, rows: rows, term: .absoluteError),
      MeanOfTerm(definition: meanSquaredError, rows: rows, term: .squaredError),
      MeanOfTerm(definition: rootMeanSquaredError, rows: rows, term: .squaredError, takesRoot: true),
      MedianError(definition: medianAbsoluteError, rows: rows),
      LargestError(definition: maxError, rows: rows),
      MeanOfTerm(definition: meanAbsolutePercentageError, rows: rows, term: .absolutePercentageError),
      MeanOfTerm(definition: meanSquaredLogError, rows: rows, term: .squaredLogError),
      MeanOfTerm(definition: rootMeanSquaredLogError, rows: rows, term: .squaredLogError, takesRoot: true),
    ]
  }

  private static func shares(_ rows: NumberRows) -> [any RowMetric] {
    [
      ExplainedShare(definition: r2, rows: rows, countsBias: true),
      ExplainedShare(definition: explainedVariance, rows: rows, countsBias: false),
    ]
  }

  private static func quantileLosses(_ rows: NumberRows, level: Double) -> [any RowMetric] {
    [
      MeanOfTerm(definition: quantileLoss("\(level)"), rows: rows, term: .quantileLoss(level)),
      QuantileLossShare(definition: quantileLossShare("\(level)"), rows: rows, level: level),
    ]
  }

  private static func associations(_ rows: NumberRows) -> [any RowMetric] {
    [
      LinearFit(definition: pearson, rows: rows, part: .correlation),
      LinearFit(definition: squaredPearson, rows: rows, part: .squaredCorrelation),
      RankCorrelationOfRows(definition: spearman, rows: rows),
      PairAssociation(definition: kendall, rows: rows, isConcordance: false),
      PairAssociation(definition: concordance, rows: rows, isConcordance: true),
      LinearFit(definition: calibrationSlope, rows: rows, part: .slope),
      LinearFit(definition: calibrationIntercept, rows: rows, part: .intercept),
    ]
  }

  /// The threshold is the quantile of all rows, so that slices are held against one bar.
  static func quantileRates(_ rows: NumberRows, levels: [Double]) -> [any RowMetric] {
    let quantiles = PredictionQuantiles(rows.byPrediction, rows.predictions, rows.weights)
    return levels.map { level in
      MeanOfTerm(
        definition: quantileRate("\(level)"), rows: rows, term: .atLeast(quantiles.value(at: level)))
    }
  }
}
