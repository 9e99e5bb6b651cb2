import Glibc
import Statistics

/// The entropy index between groups, which is a distance of the groups' mean benefits.
package struct EntropyDistances: Sendable {
  private let groups: [Inequality.Group]
  private let inequality: Inequality
  private let shares: ShareDistances

  /// - Parameters:
  ///   - groups: rows, or weight, of the same benefits each
  ///   - sizes: the groups' effective rows where weights are counted
  package init(_ groups: [Inequality.Group], sizes: [Double]?, key: String, draws: DistanceDraws) {
    let live = groups.indices.filter { groups[$0].weight > 0 }
    self.groups = live.map { groups[$0] }
    inequality = Inequality(groups)
    shares = ShareDistances(
      live.map { groups[$0].weights }, sizes: sizes.map { sizes in live.map { sizes[$0] } },
      key: "benefits of " + key, draws: draws)
  }

  package func between(alpha: Double) -> MeasureNumber {
    shares.number(inequality.betweenGroups(alpha: alpha)) { index($0, alpha) }
  }

  package func coefficientOfVariation() -> MeasureNumber {
    shares.number(inequality.coefficientOfVariationBetweenGroups) { (2 * index($0, 2)).squareRoot() }
  }

  private func index(_ shares: [Double], _ alpha: Double) -> Double {
    let classes = groups.first?.benefits.count ?? 1
    var weighted = shares
    for place in weighted.indices { weighted[place] *= groups[place / classes].weight }
    return Inequality.parts(weighted, alpha: alpha).between
  }
}

extension Inequality {
  /// The parts between and within groups of rows with the benefits 0, 1 and 2, group after group, for α 1 or 2; infinite where there is
  /// no benefit at all.
  package static func parts(_ rows: [Double], alpha: Double) -> (between: Double, within: Double) {
    var (weight, sum) = (0.0, 0.0)
    for start in stride(from: 0, to: rows.count, by: 3) {
      weight += rows[start] + rows[start + 1] + rows[start + 2]
      sum += rows[start + 1] + 2 * rows[start + 2]
    }
    guard sum > 0 else { return (.infinity, .infinity) }
    let mean = sum / weight
    func term(_ benefit: Double) -> Double {
      let share = benefit / mean
      return alpha == 1 ? (share > 0 ? share * log(share) : 0) : (share * share - 1) / 2
    }
    let terms = (term(0), term(1), term(2))
    var (between, whole) = (0.0, 0.0)
    for start in stride(from: 0, to: rows.count, by: 3) {
      let own = rows[start] + rows[start + 1] + rows[start + 2]
      if own > 0 { between += own * term((rows[start + 1] + 2 * rows[start + 2]) / own) }
      whole += rows[start] * terms.0 + rows[start + 1] * terms.1 + rows[start + 2] * terms.2
    }
    return (max(0, between / weight), max(0, (whole - between) / weight))
  }
}
