import Results

/// Permutation importance of features for metrics, by slice and of gaps (Breiman 2001; Fisher, Rudin & Dominici 2019), with the
/// uncertainty of rows and donors.
///
/// All quantities that share donors are read from the same predictions: a feature costs one scoring of the rows for each repeat
/// and each way to choose donors (all rows; the rows of the same slice, for each family). Gaps take donors from all rows: what
/// carries a gap may be that the groups have different values of the feature, and only a move across groups takes that away.
package struct PermutationImportance {
  private let input: ExplanationInput
  private let settings: ExplanationSettings
  private let groups: [FeatureGroup]
  private let pools: DonorPools?

  /// - Parameter pools: by group as in `groups`; nil where donors come from all rows
  package init(
    _ input: ExplanationInput, _ settings: ExplanationSettings, groups: [FeatureGroup], pools: DonorPools?
  ) {
    self.input = input
    self.settings = settings
    self.groups = groups
    self.pools = pools
  }

  /// All quantities: metrics overall, then by slice, then gaps; entries by feature group.
  ///
  /// - Parameter progress: told the share of the work that is done, never two at a time
  /// - Throws: `data` where a metric cannot be explained or there are too many rows for exact expectations, and what the
  ///   rescorer throws
  package func columns(
    progress: (@Sendable (Double) -> Void)? = nil
  ) throws(Failure) -> [ImportanceColumns] {
    let plan = try ImportancePlan(input, settings)
    let worker = ImportanceWorker(input, settings, plan: plan)
    let scoringCount = plan.scorings.count
    let findings = try Concurrent.map(
      groups.count * scoringCount, threads: settings.threads,
      progress: { done, total in progress?(Double(done) / Double(total)) },
      { task throws(Failure) -> [ImportanceFinding] in
        let (feature, scoring) = task.quotientAndRemainder(dividingBy: scoringCount)
        return try worker.findings(
          groups[feature], pools: pools?.byGroup[feature], plan.scorings[scoring])
      })
    var columns: [[ImportanceColumns]] = []
    for (index, scoring) in plan.scorings.enumerated() {
      let own = groups.indices.map { findings[$0 * scoringCount + index] }
      columns.append(
        scoring.quantities.joined().joined().enumerated().map { place, quantity in
          ImportanceColumns(
            quantity, own.map { $0[place] }, level: settings.level, keepsRaw: settings.keepsRaw)
        })
    }
    return Self.sorted(columns)
  }

  /// The first scoring has the whole and the gaps; slices stand between them.
  private static func sorted(_ columns: [[ImportanceColumns]]) -> [ImportanceColumns] {
    let first = columns.first ?? []
    return first.filter { !$0.isGap } + columns.dropFirst().joined() + first.filter(\.isGap)
  }
}
