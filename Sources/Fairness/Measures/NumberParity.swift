import Metrics
import Statistics

/// Numbers as predictions, compared between groups. The Kolmogorov–Smirnov distance of predictions, the area between
/// their distributions and the standardised difference are in `RegressionFairness` (Metrics).
package enum NumberParity {
  /// One group's labels and predictions.
  package struct Group: Sendable {
    package let name: String
    package let labels: [Double]
    package let predictions: [Double]

    package init(_ name: String, labels: [Double], predictions: [Double]) {
      (self.name, self.labels, self.predictions) = (name, labels, predictions)
    }
  }

  /// What a wrong prediction costs.
  package enum Loss: Sendable, CaseIterable {
    case square, absolute
    /// 1 for any prediction that is not the label.
    case zeroOne

    func callAsFunction(_ label: Double, _ prediction: Double) -> Double {
      switch self {
      case .square: (label - prediction) * (label - prediction)
      case .absolute: abs(label - prediction)
      case .zeroOne: label == prediction ? 0 : 1
      }
    }
  }

  /// Every group's mean loss.
  package static func losses(_ groups: [Group], _ loss: Loss) -> GroupAggregate {
    func mean(_ name: String, _ groups: [Group]) -> MeasureValue {
      let sum = groups.reduce(0) { $0 + zip($1.labels, $1.predictions).reduce(0) { $0 + loss($1.0, $1.1) } }
      return .quotient(sum, Double(groups.reduce(0) { $0 + $1.labels.count }), reason: "no rows in \(name)")
    }
    return GroupAggregate(
      groups.map { .init($0.name, mean($0.name, [$0])) }, overall: mean("any group", groups))
  }

  /// The largest mean loss of a group, which bounded group loss bounds (Agarwal, Dudík & Wu 2019); groups without
  /// rows have none.
  package static func boundedGroupLoss(_ groups: [Group], _ loss: Loss = .square) -> MeasureValue {
    losses(groups, loss).maximum.map { .value($0.value) } ?? .undefined("no group has rows")
  }

  /// Every group's share of predictions above the q-quantile of all groups' predictions (type 7 of Hyndman & Fan
  /// 1996).
  package static func quantileRates(_ groups: [Group], quantile q: Double = 0.5) -> GroupAggregate {
    let all = groups.flatMap(\.predictions).sorted()
    guard !all.isEmpty else { return GroupAggregate([], overall: .undefined("no rows")) }
    let threshold = Quantile.type7(sorted: all, q)
    func share(_ name: String, _ values: [Double]) -> MeasureValue {
      .quotient(
        Double(values.count { $0 > threshold }), Double(values.count), reason: "no rows in \(name)")
    }
    return GroupAggregate(
      groups.map { .init($0.name, share($0.name, $0.predictions)) }, overall: share("any group", all))
  }
}

extension FairnessMeasure {
  package static let boundedGroupLoss = FairnessMeasure(
    id: "bounded_group_loss", name: "Largest group loss", family: .prediction,
    formula: "max_g (1/n_g) Σ_{i∈g} ℓ(y_i, ŷ_i), ℓ square, absolute or zero–one",
    source: "Agarwal, Dudík & Wu 2019", range: ratio, fair: nil,
    meaning: "what the worst-off group loses on average", undefined: "no group has rows",
    aliases: [.init("Fairlearn", "BoundedGroupLoss")])
  package static let quantileRateGap = FairnessMeasure(
    id: "quantile_rate_difference", name: "Quantile rate difference", family: .prediction,
    formula: "max_g P(ŷ > t|g) − min_g P(ŷ > t|g), t the q-quantile of all ŷ", source: "holisticai",
    range: share, fair: 0, meaning: "0: equal shares of every group are predicted above the quantile",
    undefined: "fewer than two groups have rows",
    aliases: [.init("holisticai", "statistical_parity_regression")])
}
