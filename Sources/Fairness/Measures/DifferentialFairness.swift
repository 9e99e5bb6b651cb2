import Glibc
import Metrics
import Statistics

/// Differential fairness of groups, which may be cells of an intersection (Foulds et al. 2020): the largest
/// log ratio between two groups' shares of an outcome, with Dirichlet smoothing.
package enum DifferentialFairness {
  /// ε = max over groups and both outcomes of |ln(p_g / p_h)|, p_g = (k_g + c/2) / (n_g + c).
  ///
  /// - Parameters:
  ///   - shares: positive and all rows (or weights) of each group; groups without rows are left out
  ///   - concentration: c ≥ 0; at 0 a share of 0 beside another makes ε infinite
  /// - Returns: undefined with fewer than two groups that have rows. Complexity: O(groups).
  package static func epsilon(
    _ shares: [(positives: Double, size: Double)], concentration: Double = 1
  ) -> MeasureValue {
    guard concentration >= 0 else { return .undefined("the concentration is negative") }
    let rates = shares.filter { $0.size > 0 }.map {
      ($0.positives + concentration / 2) / ($0.size + concentration)
    }
    guard rates.count > 1, let low = rates.min(), let high = rates.max() else {
      return .undefined("fewer than two groups have rows")
    }
    func logRatio(_ a: Double, _ b: Double) -> Double { a == b ? 0 : log(a / b) }
    return .value(max(logRatio(high, low), logRatio(1 - low, 1 - high)))
  }

  /// ε of the groups' labels.
  package static func ofLabels(_ groups: [GroupCounts], concentration: Double = 1) -> MeasureValue {
    epsilon(groups.map { ($0.positives, $0.size) }, concentration: concentration)
  }

  /// ε of the groups' decisions.
  package static func ofDecisions(_ groups: [GroupCounts], concentration: Double = 1) -> MeasureValue {
    epsilon(groups.map { ($0.selected, $0.size) }, concentration: concentration)
  }

  /// ε of the decisions − ε of the labels: above 0 where the model adds to the difference in the data.
  package static func biasAmplification(_ groups: [GroupCounts], concentration: Double = 1) -> MeasureValue {
    .difference(
      ofDecisions(groups, concentration: concentration), ofLabels(groups, concentration: concentration))
  }
}

extension FairnessMeasure {
  package static let differentialFairness = FairnessMeasure(
    id: "smoothed_empirical_differential_fairness", name: "Differential fairness", family: .intersectional,
    formula: "max_{g,h,y} |ln p_g(y)/p_h(y)|, p_g = (k_g + c/2)/(n_g + c)", source: "Foulds et al. 2020",
    range: ratio, fair: 0,
    meaning: "0: every group has the same share of each outcome; ε bounds the ratio by exp(ε)",
    undefined: "fewer than two groups have rows",
    aliases: [
      .init("AIF360", "smoothed_empirical_differential_fairness"), .init("AIF360", "smoothed_edf"),
      .init("", "differential_fairness"),
    ])
  package static let biasAmplification = FairnessMeasure(
    id: "differential_fairness_bias_amplification", name: "Bias amplification", family: .intersectional,
    formula: "ε(ŷ) − ε(y)", source: "Foulds et al. 2020", range: anything, fair: 0,
    meaning: "0 or less: decisions differ between groups no more than labels do",
    undefined: "fewer than two groups have rows",
    aliases: [
      .init("AIF360", "differential_fairness_bias_amplification"),
      .init("AIF360", "df_bias_amplification"),
    ])
}

extension DifferentialFairness {
  /// Limits of ε from simultaneous Wilson limits of each group's share (Šidák), so that they can reach 0; nil with
  /// fewer than two groups. The upper one is infinite where a share may be 0 or 1.
  package static func limits(_ shares: [RateDefinition.Share], level: Double) -> Interval? {
    guard shares.count > 1 else { return nil }
    let each = pow(level, 1 / Double(shares.count))
    let limits = shares.map {
      ProportionInterval.wilson(
        successes: $0.effectiveSuccesses, trials: $0.effectiveCount, level: each)
    }
    func extremes(_ values: [Double]) -> (least: Double, greatest: Double) {
      (values.reduce(1, min), values.reduce(0, max))
    }
    let (lower, upper) = (extremes(limits.map(\.lower)), extremes(limits.map(\.upper)))
    func logRatio(_ a: Double, _ b: Double) -> Double { a <= b ? 0 : log(a / b) }
    return Interval(
      lower: max(
        logRatio(lower.greatest, upper.least), logRatio(1 - upper.least, 1 - lower.greatest)),
      upper: max(
        logRatio(upper.greatest, lower.least), logRatio(1 - lower.least, 1 - upper.greatest)))
  }
}
