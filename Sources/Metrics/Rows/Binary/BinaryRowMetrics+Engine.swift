import Results

/// The metrics of the counting engine, row by row: for rows that are not independent, where its sums do not do.
extension BinaryRowMetrics {
  static let engine: [BinaryFamily] = BinaryMetric.allCases.map { metric in
    BinaryFamily(metric.definition, needs: needs(metric), measure: measure(metric))
  }

  private static func needs(_ metric: BinaryMetric) -> BinaryNeeds {
    var result: BinaryNeeds = []
    if metric.needsLabel { result.insert(.label) }
    if metric.needsScore { result.insert(.score) }
    if metric.needsProbability { result.insert(.probability) }
    return result
  }

  private static func measure(_ metric: BinaryMetric) -> BinaryMeasure {
    if let rate = metric.rate {
      let formula = BinaryCellFormula(
        share: BinaryBasis(mask: rate.numerator), of: BinaryBasis(mask: rate.denominatorMask))
      return { formula.measure($0, $1, threshold: nil, influence: &$2) }
    }
    if let counted = metric.countedOutcomes { return count(BinaryBasis(counted)) }
    switch metric {
    case .count:
      return { observations, slice, _ in
        let counts = BinaryCounts(observations, slice)
        return counts.measured(Double(slice.count), .rows, hasInfluence: false)
      }
    case .weight: return count(.rows)
    case .rocAUC, .averagePrecision:
      let curve =
        metric == .rocAUC
        ? BinaryCurveMetric(.rows) { curve throws(BinaryUndefined) in try curve.rocArea() }
        : BinaryCurveMetric(.positives) { curve throws(BinaryUndefined) in try curve.averagePrecision() }
      return { curve.measure($0, $1, influence: &$2) }
    case .expectedCalibrationError:
      return { observations, slice, _ in
        BinaryCalibrationError.expected.measure(
          .rightClosed(observations.calibrationBins), observations, slice)
      }
    case .balancedAccuracy, .f1, .mcc:
      let formula = composite(metric)
      return { formula.measure($0, $1, threshold: nil, influence: &$2) }
    default:
      let formula = mean(metric)
      return { formula.measure($0, $1, influence: &$2) }
    }
  }

  /// Weight of some outcomes.
  static func count(_ basis: BinaryBasis) -> BinaryMeasure {
    { observations, slice, _ in
      let counts = BinaryCounts(observations, slice)
      return counts.measured(counts.total(counts.weights, basis), .rows, hasInfluence: false)
    }
  }

  private static func composite(_ metric: BinaryMetric) -> BinaryCellFormula {
    switch metric {
    case .balancedAccuracy:
      BinaryCellFormula(.rows) { cells throws(BinaryUndefined) in
        try (cells.truePositiveRate() + cells.trueNegativeRate()) / 2
      }
    case .f1:
      BinaryCellFormula(.either) { cells throws(BinaryUndefined) in try fBeta(cells, 1) }
    default:
      BinaryCellFormula(.rows) { cells throws(BinaryUndefined) in
        guard cells.positives.value > 0 else { throw BinaryUndefined("no positives") }
        guard cells.negatives.value > 0 else { throw BinaryUndefined("no negatives") }
        guard cells.selected.value > 0 else { throw BinaryUndefined("no predicted positives") }
        guard cells.unselected.value > 0 else { throw BinaryUndefined("no predicted negatives") }
        let product = cells.selected * cells.positives * cells.negatives * cells.unselected
        let agreement = cells.truePositives * cells.trueNegatives
        let found = (agreement - cells.falsePositives * cells.falseNegatives) / product.squareRoot()
        return BinaryDual(min(1, max(-1, found.value)), slope: found.slope)
      }
    }
  }

  /// (1 + β²)·TP / ((1 + β²)·TP + β²·FN + FP).
  static func fBeta(_ cells: BinaryCells, _ beta: Double) throws(BinaryUndefined) -> BinaryDual {
    let square = beta * beta
    let hits = (1 + square) * cells.truePositives
    return try hits.over(
      hits + square * cells.falseNegatives + cells.falsePositives, "no positives and no predicted positives")
  }

  private static func mean(_ metric: BinaryMetric) -> BinaryMeansFormula {
    switch metric {
    case .meanScore: BinaryMeansFormula { $0.score($1) }
    case .logLoss: BinaryMeansFormula { logLoss($0, $1, clip: RankedRows.epsilon) }
    case .brierScore: BinaryMeansFormula { squaredError($0, $1) }
    default: BinaryMeansFormula { $0.label($1) - $0.score($1) }
    }
  }
}
