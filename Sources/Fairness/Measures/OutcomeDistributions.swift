import Glibc
import Metrics

/// How far two groups' shares of the outcomes (labels or decisions, any number of classes) lie apart.
///
/// Classes that only one group has count, unlike in Clarify, which drops them (and can tell a negative KL).
package struct OutcomeDistributions: Sendable {
  private let reference: [Double]
  private let focal: [Double]
  private let sizes: (reference: Double, focal: Double)

  /// - Parameters: rows (or weights) of each class, in the same order for both groups
  package init(reference: [Double], focal: [Double]) {
    let sizes = (reference: reference.reduce(0, +), focal: focal.reduce(0, +))
    self.reference = reference.map { $0 / sizes.reference }
    self.focal = focal.map { $0 / sizes.focal }
    self.sizes = sizes
  }

  /// KL(P_r ‖ P_f) = Σ P_r ln(P_r / P_f), in nats (Kullback & Leibler 1951); +∞ where the focal group lacks a class
  /// that the reference group has.
  package var kullbackLeibler: MeasureValue { checked { Self.divergence(reference, focal) } }

  /// ½ KL(P_r ‖ M) + ½ KL(P_f ‖ M), M the mean of both, in nats (Lin 1991): at most ln 2.
  package var jensenShannon: MeasureValue {
    checked {
      let middle = zip(reference, focal).map { ($0 + $1) / 2 }
      return (Self.divergence(reference, middle) + Self.divergence(focal, middle)) / 2
    }
  }

  /// (Σ |P_r − P_f|^p)^(1/p).
  package func norm(_ p: Double = 2) -> MeasureValue {
    checked { pow(gaps.reduce(0) { $0 + pow($1, p) }, 1 / p) }
  }

  /// ½ Σ |P_r − P_f|.
  package var totalVariation: MeasureValue { checked { gaps.reduce(0, +) / 2 } }

  /// max |P_r − P_f| over classes, which Clarify calls KS.
  package var largestGap: MeasureValue { checked { gaps.max() ?? 0 } }

  private var gaps: [Double] { zip(reference, focal).map { abs($0 - $1) } }

  private func checked(_ value: () -> Double) -> MeasureValue {
    guard sizes.reference > 0 else { return .undefined("no rows in the reference group") }
    guard sizes.focal > 0 else { return .undefined("no rows in the focal group") }
    return .value(value())
  }

  private static func divergence(_ p: [Double], _ q: [Double]) -> Double {
    let sum = zip(p, q).reduce(0.0) { $1.0 > 0 ? $0 + $1.0 * log($1.0 / $1.1) : $0 }
    return max(0, sum)
  }
}

extension FairnessMeasure {
  private static func distribution(
    _ id: String, _ name: String, _ formula: String, source: String = "Das et al. 2021 (Clarify)",
    upTo bound: Double, aliases: [MetricDefinition.Alias]
  ) -> FairnessMeasure {
    FairnessMeasure(
      id: id, name: name, family: .prediction, formula: formula, source: source, range: 0...bound, fair: 0,
      meaning: "0: both groups have the same shares of every class", undefined: "a group has no rows",
      aliases: aliases)
  }

  package static let kullbackLeibler = distribution(
    "kl_divergence", "Kullback–Leibler divergence", "Σ_y P_r(y) ln(P_r(y)/P_f(y))",
    source: "Kullback & Leibler 1951", upTo: .infinity,
    aliases: [.init("Clarify", "KL"), .init("AIF360", "kl_divergence")])
  package static let jensenShannon = distribution(
    "js_divergence", "Jensen–Shannon divergence", "½KL(P_r‖M) + ½KL(P_f‖M), M = ½(P_r + P_f)",
    source: "Lin 1991", upTo: log(2),
    aliases: [.init("Clarify", "JS")])
  package static let distributionNorm = distribution(
    "lp_norm", "Lp norm of the gaps in shares", "(Σ_y |P_r(y) − P_f(y)|^p)^{1/p}, p = 2",
    upTo: 2.0.squareRoot(), aliases: [.init("Clarify", "LP")])
  package static let totalVariation = distribution(
    "total_variation_distance", "Total variation distance", "½ Σ_y |P_r(y) − P_f(y)|", upTo: 1,
    aliases: [
      .init("Clarify", "TVD"), .init("LiFT", "TOTAL_VAR_DIST"),
      .init("holisticai", "multiclass_statistical_parity"),
    ])
  package static let largestShareGap = distribution(
    "largest_share_gap", "Largest gap in a class's share", "max_y |P_r(y) − P_f(y)|", upTo: 1,
    aliases: [.init("Clarify", "KS"), .init("LiFT", "INF_NORM_DIST")])
}
