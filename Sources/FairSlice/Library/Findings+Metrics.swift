import Metrics
import Results

extension Findings {
  /// How a metric is to be read.
  public struct Metric: Sendable, Equatable, Identifiable {
    /// Which way is good.
    public enum Direction: String, Sendable {
      /// A larger value is better.
      case higherIsBetter = "higher_is_better"
      /// A smaller value is better.
      case lowerIsBetter = "lower_is_better"
      /// Neither: a count, a prevalence, a selection rate.
      case neutral
    }

    /// What the numbers are.
    public enum Kind: String, Sendable {
      /// Rows or weight.
      case count
      /// A share of rows, in [0, 1].
      case rate
      /// A score made of several rates, in [0, 1].
      case index
      /// In [−1, 1].
      case correlation
      /// A mean loss, in [0, ∞).
      case loss
      /// A mean in the unit of what is averaged.
      case mean
    }

    /// Stable identifier, as in `slices.csv`: `true_positive_rate`.
    public let id: String
    /// Name for people: `True positive rate (recall)`.
    public let name: String
    /// Short name: `TPR`.
    public let symbol: String
    /// The formula in words, with its source.
    public let formula: String
    /// What the numbers are.
    public let kind: Kind
    /// Which way is good.
    public let direction: Direction
    /// What ``Findings/Estimate/denominator`` counts: `rows`, `positives`, ….
    public let denominator: String
    /// How intervals are made: `Wilson score`, …; nil where there are none.
    public let interval: String?
    /// The class that a one-versus-rest metric is about; nil for others.
    public let classLabel: String?
    /// The cut-off of a metric at k; nil for others.
    public let cutoff: Int?

    init(_ entry: MetricEntry) {
      (id, name, symbol, formula) = (entry.id, entry.name, entry.symbol, entry.formula)
      (denominator, interval) = (entry.denominator, entry.interval)
      (classLabel, cutoff) = (entry.classLabel, entry.k)
      kind =
        switch entry.kind {
        case .count: .count
        case .rate: .rate
        case .index: .index
        case .correlation: .correlation
        case .loss: .loss
        case .mean: .mean
        }
      direction =
        switch entry.direction {
        case .higherIsBetter: .higherIsBetter
        case .lowerIsBetter: .lowerIsBetter
        case .neutral: .neutral
        }
    }
  }

  /// The metric of a name: its identifier, or what another tool calls it. nil where it was not computed.
  /// Complexity: O(metrics).
  ///
  /// - Parameter name: identifier, or another tool's name
  public func metric(named name: String) -> Metric? { metricPlace(name).map { metrics[$0] } }

  func metricPlace(_ name: String) -> Int? {
    if let exact = evaluation.metricIndex(name) { return exact }
    let meant = Set(MetricCatalogue.named(name).map(\.entry.id))
    return evaluation.metrics.firstIndex { meant.contains($0.id) }
  }
}
