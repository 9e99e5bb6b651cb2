import Glibc
import Metrics

/// How unequally a benefit is spread over rows (Speicher et al. 2018): generalised entropy indices, which add up
/// from a part between and a part within groups.
///
/// Decisions bring the benefit b = ŷ − y + 1: 0 for a false negative, 1 for a right decision, 2 for a false positive.
/// AIF360 ignores weights; here they count as rows where they are given.
package struct Inequality: Sendable {
  /// A group's benefits, not negative, with how many rows (or how much weight) has each.
  package struct Group: Sendable {
    package let name: String
    package let benefits: [Double]
    package let weights: [Double]

    /// One row for each benefit.
    package init(_ name: String, _ benefits: [Double]) {
      self.init(name, benefits, weights: [Double](repeating: 1, count: benefits.count))
    }

    package init(_ name: String, _ benefits: [Double], weights: [Double]) {
      (self.name, self.benefits, self.weights) = (name, benefits, weights)
    }

    /// The benefits ŷ − y + 1 of decisions. `byRows` counts each row once, as AIF360 does.
    package init(_ counts: GroupCounts, byRows: Bool = false) {
      let outcome = byRows ? counts.counts.rows.map { Double($0) } : counts.counts.weights
      self.init(
        counts.name, [0, 1, 2],
        weights: [
          outcome[Outcome.falseNegative.rawValue],
          outcome[Outcome.truePositive.rawValue] + outcome[Outcome.trueNegative.rawValue],
          outcome[Outcome.falsePositive.rawValue],
        ])
    }

    var weight: Double { weights.reduce(0, +) }
    var sum: Double { zip(benefits, weights).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  package let groups: [Group]
  private let weight: Double
  private let mean: Double

  package init(_ groups: [Group]) {
    self.groups = groups.filter { $0.weight > 0 }
    weight = self.groups.reduce(0) { $0 + $1.weight }
    mean = self.groups.reduce(0) { $0 + $1.sum } / weight
  }

  /// The generalised entropy index of all rows: 1/(nα(α−1)) Σ[(b/μ)^α − 1]; for α = 1 Theil's T, (1/n)Σ(b/μ)ln(b/μ)
  /// with 0 ln 0 = 0; for α = 0 Theil's L, −(1/n)Σ ln(b/μ), which is +∞ where any benefit is 0, as is every index
  /// with α < 0.
  package func entropyIndex(alpha: Double = 2) -> MeasureValue {
    checked { index(groups.flatMap { zip($0.benefits, $0.weights) }, mean: mean, alpha) }
  }

  /// The part between groups: the index when each row has its group's mean benefit.
  package func betweenGroups(alpha: Double = 2) -> MeasureValue {
    checked { index(groups.map { ($0.sum / $0.weight, $0.weight) }, mean: mean, alpha) }
  }

  /// The part within groups: Σ_g (n_g/n)(μ_g/μ)^α GE_g(α), which with the part between makes the whole.
  /// Undefined where a group's mean benefit is 0 and α ≤ 0.
  package func withinGroups(alpha: Double = 2) -> MeasureValue {
    checked {
      groups.reduce(0) { total, group in
        let own = group.sum / group.weight
        // Nothing is spread in a group that has nothing.
        guard own > 0 else { return alpha > 0 ? total : .nan }
        let inside = index(zip(group.benefits, group.weights).map { ($0, $1) }, mean: own, alpha)
        return total + group.weight / weight * pow(own / mean, alpha) * inside
      }
    }
  }

  /// Theil's T index (Theil 1967): α = 1.
  package var theilIndex: MeasureValue { entropyIndex(alpha: 1) }

  /// Standard deviation over mean: √(2 GE(2)). Older releases of AIF360, and holisticai, tell 2√GE(2), which is not it.
  package var coefficientOfVariation: MeasureValue { entropyIndex(alpha: 2).map { (2 * $0).squareRoot() } }

  /// The coefficient of variation of the groups' mean benefits, √(2 × the part between for α = 2).
  package var coefficientOfVariationBetweenGroups: MeasureValue {
    betweenGroups(alpha: 2).map { (2 * $0).squareRoot() }
  }

  private func checked(_ value: () -> Double) -> MeasureValue {
    guard weight > 0 else { return .undefined("no rows") }
    guard groups.allSatisfy({ $0.benefits.allSatisfy { $0 >= 0 } }) else {
      return .undefined("negative benefits have no entropy index")
    }
    guard mean > 0 else { return .undefined("the mean benefit is 0") }
    let value = value()
    return value.isNaN ? .undefined("a group's mean benefit is 0") : .value(value)
  }

  private func index(
    _ benefits: [(value: Double, weight: Double)], mean: Double, _ alpha: Double
  ) -> Double {
    let total = benefits.reduce(0) { $0 + $1.weight }
    let sum = benefits.reduce(0.0) { sum, benefit in
      guard benefit.weight > 0 else { return sum }
      return sum + benefit.weight * Self.term(benefit.value / mean, alpha)
    }
    // A spread is never negative, whatever rounding leaves.
    return max(0, sum / total)
  }

  private static func term(_ share: Double, _ alpha: Double) -> Double {
    switch alpha {
    case 0: share > 0 ? -log(share) : .infinity
    case 1: share > 0 ? share * log(share) : 0
    default: (pow(share, alpha) - 1) / (alpha * (alpha - 1))
    }
  }
}

extension FairnessMeasure {
  private static func individual(
    _ id: String, _ name: String, _ formula: String, source: String = "Speicher et al. 2018",
    meaning: String = "0: every row has the same benefit; larger: benefits are less equal",
    aliases: [MetricDefinition.Alias]
  ) -> FairnessMeasure {
    FairnessMeasure(
      id: id, name: name, family: .individual, formula: formula, source: source, range: ratio, fair: 0,
      meaning: meaning, undefined: "no rows, or a mean benefit of 0", aliases: aliases)
  }

  package static let generalizedEntropyIndex = individual(
    "generalized_entropy_index", "Generalised entropy index",
    "1/(nα(α−1)) Σ[(b/μ)^α − 1], b = ŷ − y + 1",
    aliases: [
      .init("AIF360", "generalized_entropy_index"), .init("AIF360", "generalized_entropy_error"),
      .init("Clarify", "GE"),
    ])
  package static let theilIndex = individual(
    "theil_index", "Theil index", "(1/n) Σ (b/μ) ln(b/μ)", source: "Theil 1967; Speicher et al. 2018",
    aliases: [.init("AIF360", "theil_index")])
  package static let coefficientOfVariation = individual(
    "coefficient_of_variation", "Coefficient of variation", "√(2 GE(2)) = σ/μ",
    meaning: "0: every row has the same benefit; older AIF360 and holisticai give 2√GE(2)",
    aliases: [.init("AIF360", "coefficient_of_variation")])
  package static let betweenGroupEntropy = individual(
    "between_group_generalized_entropy_index", "Entropy index between groups",
    "GE(α) of the groups' mean benefits",
    meaning: "0: every group has the same mean benefit; with the part within groups it makes the whole",
    aliases: [
      .init("AIF360", "between_group_generalized_entropy_index"),
      .init("AIF360", "between_all_groups_generalized_entropy_index"),
      .init("AIF360", "between_group_theil_index"),
      .init("AIF360", "between_all_groups_theil_index"),
      .init("AIF360", "between_group_coefficient_of_variation"),
      .init("AIF360", "between_all_groups_coefficient_of_variation"),
      .init("AIF360", "between_group_generalized_entropy_error"),
    ])
  package static let withinGroupEntropy = individual(
    "within_group_generalized_entropy_index", "Entropy index within groups",
    "Σ_g (n_g/n)(μ_g/μ)^α GE_g(α)",
    meaning: "0: rows of one group have the same benefit; with the part between groups it makes the whole",
    aliases: [])
}
