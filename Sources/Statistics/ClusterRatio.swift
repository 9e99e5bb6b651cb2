/// A ratio of totals over clusters: the variances of Σx/Σy when whole clusters are the units.
package struct ClusterRatio: Sendable, Equatable {
  package let ratio: Double
  /// Taylor linearisation, Σ(x − R·y)²/(Σy)².
  package let linearisedVariance: Double
  /// The delete-one-cluster jackknife; nil where leaving one out empties the denominator.
  package let jackknifeVariance: Double?
  package let clusters: Int

  /// `linearisedVariance` times G/(G − 1), for Student's t on G − 1 degrees of freedom.
  package var correctedVariance: Double {
    linearisedVariance * Double(clusters) / Double(clusters - 1)
  }

  /// Nil with fewer than two clusters or a denominator of 0.
  package init?(numerators: [Double], denominators: [Double]) {
    let top = numerators.reduce(0, +)
    let bottom = denominators.reduce(0, +)
    let pairs = Array(zip(numerators, denominators))
    guard pairs.count > 1, bottom != 0 else { return nil }
    let ratio = top / bottom
    let g = Double(pairs.count)
    let left = pairs.map { (top - $0.0) / (bottom - $0.1) - ratio }
    self.ratio = ratio
    clusters = pairs.count
    linearisedVariance =
      pairs.reduce(0) { $0 + ($1.0 - ratio * $1.1) * ($1.0 - ratio * $1.1) } / (bottom * bottom)
    jackknifeVariance =
      left.allSatisfy(\.isFinite) ? (g - 1) / g * left.reduce(0) { $0 + $1 * $1 } : nil
  }
}
