import Metrics

/// Shares of the predicted classes compared between groups: ½ Σ_c |p_{g,c} − p_{h,c}|, the total variation distance.
package enum ClassParity {
  /// One group's rows (or weights) by predicted class, in the same order for all groups.
  package struct Group: Sendable {
    package let name: String
    package let counts: [Double]

    package init(_ name: String, _ counts: [Double]) { (self.name, self.counts) = (name, counts) }
  }

  /// Two groups' distance.
  package struct Pair: Sendable, Equatable {
    package let first: String
    package let second: String
    package let distance: Double
  }

  /// The distances of all pairs of groups that have rows. Complexity: O(groups² · classes).
  package static func pairs(_ groups: [Group]) -> [Pair] {
    let occupied = groups.filter { $0.counts.reduce(0, +) > 0 }
    return occupied.indices.flatMap { i in
      occupied.indices.dropFirst(i + 1).compactMap { j in
        OutcomeDistributions(reference: occupied[i].counts, focal: occupied[j].counts).totalVariation.value
          .map { Pair(first: occupied[i].name, second: occupied[j].name, distance: $0) }
      }
    }
  }

  /// The largest and the mean distance of pairs of groups' shares, group after group. Complexity: O(groups² · classes).
  package static func distances(_ shares: [Double], _ classes: Int) -> (largest: Double, mean: Double) {
    let groups = shares.count / classes
    var (largest, sum) = (0.0, 0.0)
    for first in 0..<groups {
      for second in first + 1..<max(first + 1, groups) {
        var gap = 0.0
        for place in 0..<classes {
          gap += abs(shares[first * classes + place] - shares[second * classes + place])
        }
        largest = max(largest, gap / 2)
        sum += gap / 2
      }
    }
    return (largest, sum / Double(groups * (groups - 1) / 2))
  }

  /// The largest distance of a pair; undefined with fewer than two groups that have rows.
  package static func largest(_ groups: [Group]) -> MeasureValue {
    pairs(groups).map(\.distance).max().map { .value($0) } ?? .undefined("fewer than two groups have rows")
  }

  /// The mean distance over pairs.
  package static func mean(_ groups: [Group]) -> MeasureValue {
    let distances = pairs(groups).map(\.distance)
    return .quotient(
      distances.reduce(0, +), Double(distances.count), reason: "fewer than two groups have rows")
  }
}

extension FairnessMeasure {
  package static let classParity = FairnessMeasure(
    id: "multiclass_parity", name: "Multi-class demographic parity", family: .prediction,
    formula: "max or mean over pairs of groups of ½ Σ_c |p_{g,c} − p_{h,c}|", source: "holisticai",
    range: share, fair: 0, meaning: "0: every group is assigned the classes in equal shares",
    undefined: "fewer than two groups have rows",
    aliases: [.init("holisticai", "multiclass_statistical_parity")])
}
