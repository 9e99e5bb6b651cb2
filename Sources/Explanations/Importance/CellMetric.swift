import Metrics

/// A metric of the confusion matrix as a function of the weights of its cells, in the order of `Outcome`, with its
/// gradient: the influence of a row on the metric is its weight times the gradient at its cell (delta method).
struct CellMetric: Sendable {
  private struct Ratio: Sendable {
    var top: SIMD4<Double>
    var bottom: SIMD4<Double>
  }

  /// The metric is their mean; empty for Matthews' correlation.
  private var ratios: [Ratio] = []

  /// Nil for what is no function of the cells alone.
  init?(_ metric: BinaryMetric) {
    if let rate = metric.rate {
      ratios = [Self.ratio(rate)]
      return
    }
    switch metric {
    case .f1: ratios = [Ratio(top: [2, 0, 0, 0], bottom: [2, 1, 1, 0])]
    case .balancedAccuracy:
      for metric in [BinaryMetric.truePositiveRate, .trueNegativeRate] {
        if let rate = metric.rate { ratios.append(Self.ratio(rate)) }
      }
    case .mcc: break
    default: return nil
    }
  }

  private static func ratio(_ rate: RateDefinition) -> Ratio {
    var ratio = Ratio(top: .zero, bottom: .zero)
    for outcome in Outcome.allCases {
      ratio.top[outcome.rawValue] = rate.isTrial(outcome) && rate.isSuccess(outcome) ? 1 : 0
      ratio.bottom[outcome.rawValue] = rate.isTrial(outcome) ? 1 : 0
    }
    return ratio
  }

  /// Whether no decision can change a denominator, so that the metric is a sum over rows.
  var isAdditive: Bool {
    !ratios.isEmpty && ratios.allSatisfy { $0.bottom[0] == $0.bottom[2] && $0.bottom[1] == $0.bottom[3] }
  }

  /// What a row adds to an additive metric, by cell and per weight, given weights of cells with these denominators.
  func parts(_ cells: SIMD4<Double>) -> SIMD4<Double> {
    ratios.reduce(.zero) { $0 + $1.top / ($1.bottom * cells).sum() } / Double(ratios.count)
  }

  /// NaN where undefined.
  func value(_ cells: SIMD4<Double>) -> Double {
    guard !ratios.isEmpty else {
      return Composite.value(.mcc, (0..<4).map { cells[$0] }) ?? .nan
    }
    return ratios.reduce(0) { sum, ratio in
      let bottom = (ratio.bottom * cells).sum()
      return sum + (bottom > 0 ? (ratio.top * cells).sum() / bottom : .nan)
    } / Double(ratios.count)
  }

  /// Partial derivatives by the cells' weights; zero where the metric is undefined.
  func gradient(_ cells: SIMD4<Double>) -> SIMD4<Double> {
    guard value(cells).isFinite else { return .zero }
    guard !ratios.isEmpty else { return matthewsGradient(cells) }
    return ratios.reduce(.zero) { sum, ratio in
      let bottom = (ratio.bottom * cells).sum()
      return sum + (ratio.top - ratio.bottom * ((ratio.top * cells).sum() / bottom)) / bottom
    } / Double(ratios.count)
  }

  private func matthewsGradient(_ cells: SIMD4<Double>) -> SIMD4<Double> {
    let margins: [SIMD4<Double>] = [[1, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 1]]
    let sums = margins.map { ($0 * cells).sum() }
    let root = sums.reduce(1) { $0 * $1.squareRoot() }
    let difference = SIMD4<Double>(cells[3], -cells[2], -cells[1], cells[0])
    let logarithmic = zip(margins, sums).reduce(SIMD4<Double>.zero) { $0 + $1.0 / (2 * $1.1) }
    return difference / root - value(cells) * logarithmic
  }
}
