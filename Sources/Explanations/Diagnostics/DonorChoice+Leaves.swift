import Models
import Results

extension DonorChoice {
  static let depths = 1...10

  /// For each feature group the leaves of a tree that predicts it from the features outside, grown on the rows that
  /// are looked at. Missing values stay with one side of a split or are a side of their own.
  ///
  /// - Throws: `data` for a depth that is none
  static func leaves(
    depth: Int, _ input: ExplanationInput, _ settings: ExplanationSettings, _ groups: [FeatureGroup],
    _ values: Diagnostics.Values
  ) throws(Failure) -> DonorChoice {
    guard depths.contains(depth) else {
      throw Failure(
        .data, "trees of depth \(depth) can't give donors",
        advice: "give a depth from \(depths.lowerBound) to \(depths.upperBound); 2 to 4 is usual")
    }
    let features = zip(input.columns, input.rescorer.features).map {
      TreeFeature($0, isCategory: $1.kind == .category, rows: values.rows)
    }
    let rows = values.rows ?? (0..<Int32(input.rowCount)).map { $0 }
    let limits = SubgroupTree.Limits(depth: depth, rowCount: rows.count)
    let trees = try Concurrent.map(groups.count, threads: settings.threads) { index in
      let members = groups[index].members
      let predictors = features.indices.filter { !members.contains($0) }.map { features[$0] }
      let target = TreeTarget(members.sorted().map { values.features[$0] })
      let tree = SubgroupTree(target, predictors: predictors, rows: rows, limits: limits)
      let pools = tree.leafCount > 1 ? tree.leaves(predictors, rowCount: input.rowCount) : nil
      return (pools: pools, leaves: pools.map { described(tree.rules(predictors), $0) })
    }
    return DonorChoice(
      pools: DonorPools(byGroup: trees.map(\.pools)), leaves: trees.map(\.leaves), notes: [])
  }

  private static func described(_ rules: [String], _ leaves: [Int32]) -> [Leaf] {
    var counts = [Int](repeating: 0, count: rules.count)
    for leaf in leaves { counts[Int(leaf)] += 1 }
    return zip(rules, counts).map { Leaf(rule: $0, rows: $1) }
  }
}
