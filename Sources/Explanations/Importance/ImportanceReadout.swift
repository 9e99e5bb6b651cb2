import Metrics

/// A metric that is followed through all permutations: for every group of a readout, or as a gap between two of them.
struct ImportanceTrack: Sendable {
  enum Form: Sendable {
    case cells(CellMetric)
    case loss(RowLoss)
    /// ROC AUC.
    case ranks
  }

  let metric: BinaryMetric
  let form: Form
  /// The group that is looked at and the one that is subtracted; nil where groups are looked at one by one.
  let gap: (group: Int, reference: Int)?
  /// Pairs of groups that the gap was chosen from.
  let comparisons: Int

  /// Nil for a metric that permutation importance does not know.
  init?(_ metric: BinaryMetric, gap: (group: Int, reference: Int)? = nil, comparisons: Int = 1) {
    if let cells = CellMetric(metric), metric != .prevalence {
      form = .cells(cells)
    } else if let loss = RowLoss(metric) {
      form = .loss(loss)
    } else if metric == .rocAUC {
      form = .ranks
    } else {
      return nil
    }
    self.metric = metric
    self.gap = gap
    self.comparisons = comparisons
  }

  /// How a group's metric enters: 1, or −1 for the one that a gap subtracts, or 0 where it does not.
  func sign(_ group: Int) -> Double {
    guard let gap else { return 1 }
    return group == gap.group ? 1 : (group == gap.reference ? -1 : 0)
  }

  /// Whether no decision can change a denominator.
  var isAdditive: Bool {
    if case .cells(let metric) = form { metric.isAdditive } else { true }
  }

  /// Whether a standard error is at least the spread of single permutations. Of a feature that tells nothing, the value as it is
  /// is one more of them. The row + column formula sees less where by chance few decisions hang on the feature as it is: a
  /// metric with decisions in its denominator (precision) turns that into a better value, and a gap may have a small group that
  /// lacks a rare value which donors from all rows bring in.
  var isAtLeastScatter: Bool { gap != nil || !isAdditive }

  /// The quantities of the track from the metric's values by group.
  func quantities(_ values: [Double]) -> [Double] {
    gap.map { [values[$0.group] - values[$0.reference]] } ?? values
  }
}

/// Groups of rows whose metrics are read from the same predictions.
struct ImportanceReadout: Sendable {
  /// The evaluation's index of each group.
  let slices: [Int]
  /// The group of every row; `groupCount` for a row of none.
  let groups: [Int32]
  let tracks: [ImportanceTrack]
  /// 4 · group + outcome of a row whose decision is negative; a positive one takes 2 away.
  let cells: [Int32]
  /// Weight of each group's rows by label; of the rows of none at the end.
  let classes: [SIMD2<Double>]

  init(
    _ explained: ExplainedGroups, labels: [UInt8], weights: [Double]?, tracks: [ImportanceTrack]
  ) {
    slices = explained.slices
    self.tracks = tracks
    let groupCount = slices.count
    let groups = explained.codes.map { $0 < 0 ? Int32(groupCount) : $0 }
    self.groups = groups
    var classes = [SIMD2<Double>](repeating: .zero, count: groupCount + 1)
    for row in labels.indices { classes[Int(groups[row])][Int(labels[row])] += weights?[row] ?? 1 }
    self.classes = classes
    cells = zip(groups, labels).map { 4 * $0 + 3 - Int32($1) }
  }

  var groupCount: Int { slices.count }

  var needsRanks: Bool {
    tracks.contains { if case .ranks = $0.form { true } else { false } }
  }

  var needsCells: Bool {
    tracks.contains { if case .cells = $0.form { true } else { false } }
  }
}
