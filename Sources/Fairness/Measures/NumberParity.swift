import Metrics

/// Numbers as predictions, compared between groups.
package enum NumberParity {
  /// One group's labels and predictions.
  package struct Group: Sendable {
    package let name: String
    package let labels: [Double]
    package let predictions: [Double]
    /// Not negative; nil where every row counts 1.
    package let weights: [Double]?

    package init(_ name: String, labels: [Double], predictions: [Double], weights: [Double]? = nil) {
      (self.name, self.labels, self.predictions, self.weights) = (name, labels, predictions, weights)
    }

    func weight(_ row: Int) -> Double { weights?[row] ?? 1 }
    var weight: Double { weights?.reduce(0, +) ?? Double(labels.count) }
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
      let sum = groups.reduce(0) { sum, group in
        group.labels.indices.reduce(sum) {
          $0 + group.weight($1) * loss(group.labels[$1], group.predictions[$1])
        }
      }
      return .quotient(sum, groups.reduce(0) { $0 + $1.weight }, reason: "no rows in \(name)")
    }
    return GroupAggregate(
      groups.map { .init($0.name, mean($0.name, [$0])) }, overall: mean("any group", groups))
  }

  /// The largest mean loss of a group, which bounded group loss bounds (Agarwal, Dudík & Wu 2019); groups without
  /// rows have none.
  package static func boundedGroupLoss(_ groups: [Group], _ loss: Loss = .square) -> MeasureValue {
    losses(groups, loss).maximum.map { .value($0.value) } ?? .undefined("no group has rows")
  }

  /// Every group's share of predictions at or above a threshold, a quantile of all predictions: the metric `quantile_rate`.
  package static func quantileRates(_ groups: [Group], atLeast threshold: Double) -> GroupAggregate {
    func share(_ name: String, _ groups: [Group]) -> MeasureValue {
      let reached = groups.reduce(0) { sum, group in
        group.predictions.indices.reduce(sum) {
          group.predictions[$1] >= threshold ? $0 + group.weight($1) : $0
        }
      }
      return .quotient(reached, groups.reduce(0) { $0 + $1.weight }, reason: "no rows in \(name)")
    }
    return GroupAggregate(
      groups.map { .init($0.name, share($0.name, [$0])) }, overall: share("any group", groups))
  }
}

extension FairnessMeasure {
  package static let boundedGroupLoss = FairnessMeasure(
    id: "bounded_group_loss", name: "Largest group loss", family: .prediction,
    formula: "max_g Σ_{i∈g} w_i ℓ(y_i, ŷ_i) / Σ_{i∈g} w_i, ℓ square, absolute or zero–one",
    source: "Agarwal, Dudík & Wu 2019", range: ratio, fair: nil,
    meaning: "what the worst-off group loses on average", undefined: "no group has rows",
    aliases: [.init("Fairlearn", "BoundedGroupLoss")])
  package static let quantileRateGap = FairnessMeasure(
    id: "quantile_rate_difference", name: "Quantile rate difference", family: .prediction,
    formula: "max_g P(ŷ ≥ t|g) − min_g P(ŷ ≥ t|g), t the q-quantile of all ŷ", source: "holisticai",
    range: share, fair: 0, meaning: "0: equal shares of every group are predicted at or above the quantile",
    undefined: "fewer than two groups have rows",
    aliases: [.init("holisticai", "statistical_parity_regression")])
}
