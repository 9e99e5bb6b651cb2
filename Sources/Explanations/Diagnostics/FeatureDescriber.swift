import Results

/// Describes every feature group from the data.
struct FeatureDescriber {
  let values: Diagnostics.Values
  let groups: [FeatureGroup]
  let associations: FeatureAssociations
  let pools: DonorPools
  /// Columns that the model can depend on; nil where that is not known.
  let used: Set<Int>?
  let seed: UInt64

  func features() -> [ExplainedFeature] {
    var owners = [Int](repeating: 0, count: values.features.count)
    for (index, group) in groups.enumerated() { for member in group.members { owners[member] = index } }
    let bins = values.features.map { JointSupport.Bins($0) }
    return groups.indices.map { describe($0, owners, bins) }
  }

  private func describe(_ index: Int, _ owners: [Int], _ bins: [JointSupport.Bins]) -> ExplainedFeature {
    let members = groups[index].members.sorted()
    let partners = members.map { ($0, associations.strongest(of: $0, outside: groups[index].members)) }
    var strongest: FeatureAssociations.Partner?
    for case (_, let partner?) in partners where partner.value > strongest?.value ?? -1 {
      strongest = partner
    }
    return ExplainedFeature(
      name: groups[index].name, columns: members.map { associations.names[$0] },
      isUsed: used.map { !$0.isDisjoint(with: groups[index].members) },
      association: strongest?.value, associatedWith: strongest.map { owners[$0.feature] },
      associationMeasure: strongest?.measure.rawValue,
      extrapolationShare: share(partners, bins, pools(of: index)), loneAUC: loneAUC(members))
  }

  /// The pools of the rows that are looked at.
  private func pools(of group: Int) -> [Int32]? {
    guard let pools = pools.byGroup[group] else { return nil }
    return values.rows.map { $0.map { pools[Int($0)] } } ?? pools
  }

  /// The largest share among the members, each with its strongest partner outside: the share of rows that leave the
  /// data in all directions together is at least that.
  private func share(
    _ partners: [(Int, FeatureAssociations.Partner?)], _ bins: [JointSupport.Bins], _ pools: [Int32]?
  ) -> Double? {
    partners.compactMap { member, partner in
      partner.map { JointSupport(bins[member], bins[$0.feature]).expectedShareOutside(pools: pools) }
    }.max()
  }

  private func loneAUC(_ members: [Int]) -> Double? {
    guard let labels = values.labels else { return nil }
    return members.compactMap {
      LoneArea.area(values.features[$0], labels: labels, weights: values.weights, seed: seed)
    }.max()
  }
}
