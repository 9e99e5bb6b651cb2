import Metrics
import Statistics

/// Whether one difference holds in every stratum: Cochran's Q (1954), Σ (d_s − d̄)²/Var(d_s) with d̄ their mean by
/// precision, judged by Welch's F (1951) where variances come from few rows. Where strata share units, Hotelling's test with their
/// covariances.
struct DifferenceHomogeneity: Sendable {
  struct Term: Sendable {
    let value: Double
    let variance: Double
    /// What the variance is known from; infinite where it is taken for known.
    var degreesOfFreedom = Double.infinity
  }

  let terms: [Term]
  /// By stratum and stratum; nil where strata are independent.
  let covariances: [Double]?
  /// What is independent, where strata share units.
  let units: Int

  /// Strata above which covariances are not looked at.
  static let mostJoint = 100

  init(_ terms: [Term], covariances: [Double]? = nil, units: Int = 0) {
    (self.terms, self.covariances, self.units) = (terms, covariances, units)
  }

  var number: MeasureNumber {
    guard terms.count > 1 else { return Self.undefined("fewer than two strata have both groups") }
    guard terms.allSatisfy({ $0.variance > 0 && $0.variance.isFinite }) else {
      return Self.undefined("a stratum's difference has no variation to judge by")
    }
    guard let covariances else { return welch }
    guard terms.count <= Self.mostJoint, units >= HotellingTest.unitsPerValue * terms.count else {
      return Self.undefined(
        "units span strata, and \(units) are too few to judge \(terms.count) differences together")
    }
    guard let test = HotellingTest(values: terms.map(\.value), covariances: covariances, units: units) else {
      return Self.undefined("the strata's differences cannot be told apart: the same units make them")
    }
    return Self.number(
      test.statistic, test.p, "Hotelling's test of equal differences in strata that share units")
  }

  private var welch: MeasureNumber {
    let k = Double(terms.count)
    let total = terms.reduce(0) { $0 + 1 / $1.variance }
    let mean = terms.reduce(0) { $0 + $1.value / $1.variance } / total
    let statistic = terms.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) / $1.variance }
    let doubt = terms.reduce(0) { sum, term in
      let rest = 1 - 1 / (term.variance * total)
      return sum + rest * rest / term.degreesOfFreedom
    }
    guard doubt > 0 else {
      return Self.number(
        statistic, ChiSquared.survival(statistic, degreesOfFreedom: k - 1), "Cochran's Q test")
    }
    let scaled = statistic / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * doubt)
    return Self.number(
      statistic, Self.survival(scaled, k - 1, (k * k - 1) / (3 * doubt)), "Welch's test of equal differences")
  }

  /// P(F > f). Source: Abramowitz & Stegun 26.6.2.
  private static func survival(_ f: Double, _ above: Double, _ below: Double) -> Double {
    guard f > 0 else { return 1 }
    return Beta.cumulative(below / (below + above * f), below / 2, above / 2)
  }

  private static func number(_ statistic: Double, _ p: Double, _ test: String) -> MeasureNumber {
    var number = MeasureNumber(.value(statistic), reason: "a test statistic has no interval")
    (number.p, number.test) = (p, test)
    return number
  }

  private static func undefined(_ reason: String) -> MeasureNumber {
    MeasureNumber(.undefined(reason), reason: "")
  }
}

extension RateDefinition.Share {
  /// Variance of the rate with a success and a failure added (Agresti & Caffo 2000), never 0.
  var caffoVariance: Double {
    let rate = (effectiveSuccesses + 1) / (effectiveCount + 2)
    return rate * (1 - rate) / (effectiveCount + 2)
  }
}
