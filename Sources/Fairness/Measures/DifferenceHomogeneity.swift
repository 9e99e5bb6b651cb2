import Metrics
import Statistics

/// Whether one difference holds in every stratum: Cochran's Q (1954), Σ (d_s − d̄)²/Var(d_s) with d̄ their mean by
/// precision, judged by Welch's F (1951) where variances come from few rows. Where strata share units, the same with
/// their covariances, dᵀV⁻¹d − (1ᵀV⁻¹d)²/(1ᵀV⁻¹1), judged by Hotelling's F.
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
    // A covariance matrix of k differences from few more than k units is next to singular.
    guard terms.count <= Self.mostJoint, units >= 3 * terms.count else {
      return Self.undefined(
        "units span strata, and \(units) are too few to judge \(terms.count) differences together")
    }
    guard let roots = Self.whitened([terms.map(\.value), terms.map { _ in 1 }], covariances) else {
      return Self.undefined("the strata's differences cannot be told apart: the same units make them")
    }
    let (d, ones) = (roots[0], roots[1])
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let along = dot(ones, d)
    let statistic = max(0, dot(d, d) - along * along / dot(ones, ones))
    let (k, n) = (Double(terms.count), Double(units))
    return Self.number(
      statistic, Self.survival(statistic * (n - k + 1) / ((n - 1) * (k - 1)), k - 1, n - k + 1),
      "Hotelling's test of equal differences in strata that share units")
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

  /// L⁻¹x of each vector, V = LLᵀ (Cholesky); nil where V is singular. Complexity: O(k³).
  private static func whitened(_ vectors: [[Double]], _ matrix: [Double]) -> [[Double]]? {
    let k = vectors[0].count
    var factor = matrix
    for row in 0..<k {
      for column in 0...row {
        var sum = matrix[row * k + column]
        for place in 0..<column { sum -= factor[row * k + place] * factor[column * k + place] }
        if row == column {
          guard sum > 1e-10 * matrix[row * k + row] else { return nil }
          factor[row * k + row] = sum.squareRoot()
        } else {
          factor[row * k + column] = sum / factor[column * k + column]
        }
      }
    }
    return vectors.map { vector in
      var solved = vector
      for row in 0..<k {
        for place in 0..<row { solved[row] -= factor[row * k + place] * solved[place] }
        solved[row] /= factor[row * k + row]
      }
      return solved
    }
  }
}

extension RateDefinition.Share {
  /// Variance of the rate with a success and a failure added (Agresti & Caffo 2000), never 0.
  var caffoVariance: Double {
    let rate = (effectiveSuccesses + 1) / (effectiveCount + 2)
    return rate * (1 - rate) / (effectiveCount + 2)
  }
}
