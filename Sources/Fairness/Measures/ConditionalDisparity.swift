import Metrics

/// Demographic disparity of a focal group, alone and conditional on strata (Wachter, Mittelstadt & Russell 2021).
package enum ConditionalDisparity {
  /// One stratum: the favourable and unfavourable outcomes of the focal group and of all rows.
  package struct Stratum: Sendable, Equatable {
    package let name: String
    package let focalFavourable, focalUnfavourable, favourable, unfavourable: Double

    package init(
      _ name: String, focalFavourable: Double, focalUnfavourable: Double, favourable: Double,
      unfavourable: Double
    ) {
      self.name = name
      self.focalFavourable = focalFavourable
      self.focalUnfavourable = focalUnfavourable
      self.favourable = favourable
      self.unfavourable = unfavourable
    }

    /// From the focal group's and the other rows' counts: labels, or decisions.
    package init(_ name: String, focal: GroupCounts, others: GroupCounts, ofLabels: Bool) {
      func outcome(_ group: GroupCounts) -> (Double, Double) {
        ofLabels ? (group.positives, group.negatives) : (group.selected, group.unselected)
      }
      let (own, rest) = (outcome(focal), outcome(others))
      self.init(
        name, focalFavourable: own.0, focalUnfavourable: own.1, favourable: own.0 + rest.0,
        unfavourable: own.1 + rest.1)
    }

    var size: Double { favourable + unfavourable }

    /// DD: the focal group's share of the unfavourable − of the favourable outcomes; above 0 where it is worse off.
    package func disparity(as compatibility: Compatibility? = nil) -> MeasureValue {
      .difference(
        .quotient(
          focalUnfavourable, unfavourable, as: compatibility, reason: "no unfavourable outcome in \(name)"),
        .quotient(focalFavourable, favourable, as: compatibility, reason: "no favourable outcome in \(name)"))
    }
  }

  /// Strata that say nothing are listed, and the others keep their proportions.
  package struct Result: Sendable, Equatable {
    package let value: MeasureValue
    package let excluded: [String]
  }

  /// CDD = Σ_s (n_s/n) DD_s. Strata in which one outcome does not occur are left out; under `clarify` its share there
  /// is 0.
  package static func conditional(
    _ strata: [Stratum], as compatibility: Compatibility? = nil
  ) -> Result {
    let occupied = strata.filter { $0.size > 0 }
    let disparities = occupied.map { $0.disparity(as: compatibility) }
    var (sum, size) = (0.0, 0.0)
    for (stratum, disparity) in zip(occupied, disparities) {
      guard let value = disparity.value else { continue }
      sum += stratum.size * value
      size += stratum.size
    }
    let excluded = zip(occupied, disparities).filter { $0.1.value == nil }.map(\.0.name)
    return Result(
      value: .quotient(sum, size, reason: "no stratum has both outcomes"), excluded: excluded)
  }

  /// What AIF360 calls conditional_demographic_disparity: the mean of all groups' DD, each weighted by its size. It
  /// conditions on nothing: with two groups it is 0 wherever they are of one size.
  package static func acrossGroups(_ groups: [GroupCounts], ofLabels: Bool = false) -> MeasureValue {
    let all = GroupCounts.total(groups)
    let disparities = groups.map { group -> MeasureValue in
      let stratum = Stratum(
        group.name, focalFavourable: ofLabels ? group.positives : group.selected,
        focalUnfavourable: ofLabels ? group.negatives : group.unselected,
        favourable: ofLabels ? all.positives : all.selected,
        unfavourable: ofLabels ? all.negatives : all.unselected)
      return stratum.disparity().map { $0 * group.size / all.size }
    }
    return disparities.reduce(.value(0)) { .combine($0, $1, +) }
  }
}

extension FairnessMeasure {
  package static let conditionalDemographicDisparity = FairnessMeasure(
    id: "conditional_demographic_disparity", name: "Conditional demographic disparity",
    family: .conditional,
    formula: "Σ_s (n_s/n) DD_s, DD_s = n_{f,s}(0)/n_s(0) − n_{f,s}(1)/n_s(1)",
    source: "Wachter, Mittelstadt & Russell 2021", range: signed, fair: 0,
    meaning: "0: the focal group has equal shares of both outcomes; above 0: more of the unfavourable one",
    undefined: "no stratum has both outcomes",
    aliases: [.init("Clarify", "CDDL"), .init("Clarify", "CDDPL"), .init("", "CDD")])
  package static let demographicDisparityAcrossGroups = FairnessMeasure(
    id: "demographic_disparity_across_groups", name: "Demographic disparity, mean over groups",
    family: .aggregation, formula: "Σ_g (n_g/n) DD_g", source: "AIF360", range: signed, fair: 0,
    meaning: "0: equal shares, or groups of one size; AIF360 calls it conditional, but nothing is",
    undefined: "an outcome does not occur", aliases: [.init("AIF360", "conditional_demographic_disparity")])
}
