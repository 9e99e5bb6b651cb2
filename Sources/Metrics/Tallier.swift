import Slicing

/// Counts the rows of one evaluation, family by family, over one shared order of the rows.
///
/// Without a score the order is that of the file; with one it is ascending by score, sorted once.
/// Complexity: O(rows) a family after one O(rows) radix sort.
package struct Tallier: Sendable {
  /// Thresholds of the curves, ascending; empty without a score.
  package let thresholds: [Double]
  package let calibrationBins: Int
  let observations: Observations
  /// Codes of each grouping, in the shared order.
  let codes: [[UInt16]]
  /// Outcome of each row, or outcome × baseline decision, in the shared order.
  let cells: [UInt8]
  let weights: [Double]?
  let ranked: RankedRows?
  private let cuts: WalkCuts?

  /// The most thresholds that a curve has, but for one that is asked for.
  package static let thresholdCount = 201

  /// - Parameters:
  ///   - hasCurves: whether the walk stops for curves and calibration bins.
  ///   - cut: a threshold that the curves must have, so that they are exact where decisions are made.
  package init(
    _ observations: Observations, groupings: [Grouping], calibrationBins: Int, hasCurves: Bool = true,
    cut: Double? = nil
  ) {
    self.observations = observations
    self.calibrationBins = calibrationBins
    let cells = Self.cells(observations)
    guard let scores = observations.scores else {
      (ranked, cuts, thresholds) = (nil, nil, [])
      (codes, self.cells, weights) = (groupings.map(\.codes), cells, observations.weights)
      return
    }
    let ranked = RankedRows(observations, scores: scores)
    let rows = ranked.order.rows
    let regular =
      hasCurves ? Self.thresholds(ranked.order.scores, observations.scoresAreProbabilities) : []
    thresholds = Self.inserting(cut, in: regular)
    cuts = WalkCuts(
      ranked, thresholds: thresholds, calibrationBins: calibrationBins,
      areProbabilities: observations.scoresAreProbabilities && hasCurves)
    codes = groupings.map { grouping in rows.map { grouping.codes[Int($0)] } }
    self.cells = rows.map { cells[Int($0)] }
    weights = ranked.weights
    self.ranked = ranked
  }

  private static func cells(_ observations: Observations) -> [UInt8] {
    let labels = observations.labels
    let decisions = observations.decisions
    guard let baseline = observations.baselineDecisions else {
      return labels.indices.map { outcome(labels[$0], decisions[$0]) }
    }
    return labels.indices.map { outcome(labels[$0], decisions[$0]) * 2 + 1 - baseline[$0] }
  }

  /// TP 0, FP 1, FN 2, TN 3.
  private static func outcome(_ label: UInt8, _ decision: UInt8) -> UInt8 {
    (1 - decision) * 2 + (label == decision ? 1 - decision : decision)
  }

  /// 0, 0.005, …, 1 for probabilities, else observed quantiles.
  private static func thresholds(_ sorted: [Double], _ areProbabilities: Bool) -> [Double] {
    let last = thresholdCount - 1
    if areProbabilities { return (0...last).map { Double($0) / Double(last) } }
    guard !sorted.isEmpty else { return [] }
    var cuts: [Double] = []
    for index in 0...last {
      let cut = sorted[(sorted.count - 1) * index / last]
      if cut > cuts.last ?? -.infinity { cuts.append(cut) }
    }
    return cuts
  }

  /// The thresholds with `cut` at its place. None are added to none.
  private static func inserting(_ cut: Double?, in thresholds: [Double]) -> [Double] {
    guard let cut, cut.isFinite, !thresholds.isEmpty, !thresholds.contains(cut) else { return thresholds }
    let place = thresholds.firstIndex { $0 > cut } ?? thresholds.count
    return Array(thresholds[..<place]) + [cut] + Array(thresholds[place...])
  }

  /// Counts every group of `family`, reported or not.
  package func tally(_ family: SlicePlan.Family) -> FamilyTally {
    tally(rowCodes(family), groups: family.groupCount)
  }

  /// Counts the rows outside one group of `family`. Complexity: O(rows).
  package func complement(of group: Int, in family: SlicePlan.Family) -> SliceTally {
    tally(rowCodes(family).map { Int($0) == group ? 1 : 0 }, groups: 2).slice(0)
  }

  /// Σw and Σw² by group and joint cell (`JointCells`), 8 entries a group; nil without weights.
  func jointWeights(_ family: SlicePlan.Family) -> (sums: [Double], squares: [Double])? {
    weights.map {
      FamilyWalk.weigh(rowCodes(family), cells, $0, groups: family.groupCount, cellCount: JointCells.count)
    }
  }

  func rowCodes(_ family: SlicePlan.Family) -> [UInt32] {
    FamilyWalk.codes(
      family.features.map { codes[$0] }, radices: family.radices, rowCount: cells.count)
  }

  private func tally(_ rowCodes: [UInt32], groups: Int) -> FamilyTally {
    let perOutcome = cellsPerOutcome
    let counts = FamilyWalk.count(rowCodes, cells, groups: groups, cellCount: 4 * perOutcome)
    let outcomes = outcomes(rowCodes, counts, groups: groups)
    var tally = FamilyTally(
      outcomes: outcomes, baselineCells: perOutcome == 2 ? counts : [], scores: [], curve: CurveTally(),
      calibration: CalibrationTally())
    walk(rowCodes, into: &tally)
    return tally
  }

  private var cellsPerOutcome: Int { observations.baselineDecisions == nil ? 1 : 2 }

  /// Rows by outcome of each group.
  func outcomes(_ rowCodes: [UInt32], groups: Int) -> [OutcomeCounts] {
    let counts = FamilyWalk.count(rowCodes, cells, groups: groups, cellCount: 4 * cellsPerOutcome)
    return outcomes(rowCodes, counts, groups: groups)
  }

  private func outcomes(_ rowCodes: [UInt32], _ counts: [Int], groups: Int) -> [OutcomeCounts] {
    let perOutcome = cellsPerOutcome
    let weighed = weights.map {
      FamilyWalk.weigh(rowCodes, cells, $0, groups: groups, cellCount: 4, shift: perOutcome - 1)
    }
    return (0..<groups).map { group in
      let rows = (0..<4).map { outcome in
        (0..<perOutcome).reduce(0) { $0 + counts[(group * 4 + outcome) * perOutcome + $1] }
      }
      let range = group * 4..<group * 4 + 4
      return OutcomeCounts(
        rows: rows, weights: weighed.map { Array($0.sums[range]) } ?? rows.map(Double.init),
        squaredWeights: weighed.map { Array($0.squares[range]) } ?? rows.map(Double.init))
    }
  }

  private func walk(_ rowCodes: [UInt32], into tally: inout FamilyTally) {
    guard let ranked, let cuts else { return }
    if let weights {
      walkWeighted(ranked, cuts, weights, rowCodes, into: &tally)
    } else {
      walkUnweighted(ranked, cuts, rowCodes, into: &tally)
    }
  }

  private func walkUnweighted(
    _ ranked: RankedRows, _ cuts: WalkCuts, _ rowCodes: [UInt32], into tally: inout FamilyTally
  ) {
    var states = tally.outcomes.map { counts in
      var state = RankState()
      state.rows = counts.rowCount
      state.allPositives = counts.rows[0] + counts.rows[2]
      return state
    }
    var snapshots = Snapshots(cuts: cuts, groups: states.count)
    let scoreScale = FixedScale.score
    FamilyWalk.walk(ranked, rowCodes, states: &states, stops: cuts.stops) { stop, states in
      snapshots.look(at: stop) { group in
        (Double(states[group].positives), Double(states[group].negatives))
      } bins: { group in
        let state = states[group]
        let score = (state.scorePositive + state.scoreNegative).value / scoreScale
        return Snapshots.Bin(
          rows: state.positives + state.negatives, score: score,
          bernoulli: score - state.squaredScore.value / scoreScale)
      }
    }
    tally.scores = states.map {
      ScoreTally(
        $0, allPositives: ranked.allPositives, allNegatives: ranked.allNegatives,
        scoreScale: ranked.scoreScale)
    }
    (tally.curve, tally.calibration) = (snapshots.curve, snapshots.calibration)
  }

  private func walkWeighted(
    _ ranked: RankedRows, _ cuts: WalkCuts, _ weights: [Double], _ rowCodes: [UInt32],
    into tally: inout FamilyTally
  ) {
    var states = tally.outcomes.map { counts in
      var state = WeightedRankState()
      state.allWeight = counts.weight
      state.allPositives = counts.weights[0] + counts.weights[2]
      return state
    }
    var snapshots = Snapshots(cuts: cuts, groups: states.count)
    FamilyWalk.walk(ranked, rowCodes, weights, states: &states, stops: cuts.stops) { stop, states in
      snapshots.look(at: stop) { group in
        (states[group].positives, states[group].negatives)
      } bins: { group in
        let state = states[group]
        return Snapshots.Bin(
          rows: state.positiveRows + state.negativeRows, score: state.score.first,
          bernoulli: state.bernoulli)
      }
    }
    tally.scores = states.map {
      ScoreTally($0, allPositives: ranked.allPositives, allNegatives: ranked.allNegatives)
    }
    (tally.curve, tally.calibration) = (snapshots.curve, snapshots.calibration)
  }
}
