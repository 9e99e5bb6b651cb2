import Glibc

/// The logarithm of a product of totals over clusters, each to the power 1 or −1, as ln(Σa · Σb / (Σc · Σd)), with the error
/// that whole clusters as units give it.
package struct ClusterLogRatio: Sendable, Equatable {
  package let value: Double
  /// The delete-one-cluster jackknife, which holds better than the delta method where few clusters share the weight; nil
  /// with fewer than two clusters, and where leaving one out empties a total.
  package let standardError: Double?

  /// nil where a total is not above 0.
  ///
  /// - Parameter terms: what each cluster adds to a total, and whether that divides; all of one length
  /// - Complexity: O(clusters · terms).
  package init?(_ terms: [(parts: [Double], divides: Bool)]) {
    let clusters = terms.first?.parts.count ?? 0
    var value = 0.0
    var left = [Double](repeating: 0, count: clusters)
    for (parts, divides) in terms {
      let total = parts.reduce(0, +)
      guard total > 0 else { return nil }
      let sign = divides ? -1.0 : 1.0
      value += sign * log(total)
      // What rounding leaves of a total is nothing.
      for cluster in left.indices {
        let rest = total - parts[cluster]
        left[cluster] += rest > 1e-12 * total ? sign * log(rest) : .nan
      }
    }
    self.value = value
    let count = Double(clusters)
    let mean = left.reduce(0, +) / count
    let squares = left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares * (count - 1) / count).squareRoot()
    standardError = clusters > 1 && error.isFinite ? error : nil
  }
}
