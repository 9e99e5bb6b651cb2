import Slicing

/// Counts candidate and baseline together, family by family.
///
/// Complexity: beside a second `Tallier` for the baseline, one walk a family up each score.
package struct PairedTallier: Sendable {
  private let candidate: Tallier
  private let baseline: Tallier
  private let scores: Scores?

  /// What the comparison of two scores needs for every family.
  private struct Scores: Sendable {
    let candidate: RankedRows
    let baseline: RankedRows
    /// The baseline's position of each position of the candidate.
    let places: [UInt32]
    let changes: ScoreChanges

    init(_ candidate: RankedRows, _ baseline: RankedRows) {
      self.candidate = candidate
      self.baseline = baseline
      var placeOfRow = [UInt32](repeating: 0, count: baseline.labels.count)
      for (place, row) in baseline.order.rows.enumerated() { placeOfRow[Int(row)] = UInt32(place) }
      places = candidate.order.rows.map { placeOfRow[Int($0)] }
      var candidateAt = placeOfRow
      for (position, place) in places.enumerated() { candidateAt[Int(place)] = UInt32(position) }
      changes = ScoreChanges(candidate: candidate, baseline: baseline, candidateAt: candidateAt)
    }
  }

  /// nil where there is no baseline.
  /// - Parameter candidate: made from the same observations and groupings.
  package init?(_ candidate: Tallier, groupings: [Grouping]) {
    guard let observations = candidate.observations.baseline else { return nil }
    self.candidate = candidate
    baseline = Tallier(observations, groupings: groupings, calibrationBins: 0, hasCurves: false)
    if let mine = candidate.ranked, let theirs = baseline.ranked {
      scores = Scores(mine, theirs)
    } else {
      scores = nil
    }
  }

  /// Whether both models have scores to compare.
  package var hasScores: Bool { scores != nil }

  /// Counts every group of `family`.
  /// - Parameter tally: what the candidate's tallier found.
  package func tally(_ family: SlicePlan.Family, candidate tally: FamilyTally) -> [PairedTally] {
    let theirs = baseline.tally(family)
    let joint = jointCells(family, tally)
    let sums = scores.map { compare($0, family, tally, theirs) }
    return tally.outcomes.indices.map { group in
      PairedTally(
        candidate: tally.slice(group), baseline: theirs.slice(group), cells: joint[group],
        score: sums?[group])
    }
  }

  private func jointCells(_ family: SlicePlan.Family, _ tally: FamilyTally) -> [JointCells] {
    let width = JointCells.count
    let weighed = candidate.jointWeights(family)
    return tally.outcomes.indices.map { group in
      let range = group * width..<(group + 1) * width
      let rows = Array(tally.baselineCells[range])
      guard let weighed else { return JointCells(rows: rows) }
      return JointCells(
        rows: rows, weights: Array(weighed.sums[range]), squaredWeights: Array(weighed.squares[range]))
    }
  }

  private func compare(
    _ scores: Scores, _ family: SlicePlan.Family, _ mine: FamilyTally, _ theirs: FamilyTally
  ) -> [PairedScoreTally] {
    let terms = PairedWalk.terms(
      scores.candidate, candidate.rowCodes(family), mine.outcomes, places: scores.places)
    let codes = baseline.rowCodes(family)
    func change(_ group: Int) -> Double {
      (mine.scores[group].averagePrecision ?? 0) - (theirs.scores[group].averagePrecision ?? 0)
    }
    if scores.baseline.weights != nil {
      return PairedWalk.weightedSums(
        scores.baseline, codes, theirs.outcomes, candidate: terms, changes: scores.changes
      ).enumerated().map { group, sums in
        sums.tally(mine.scores[group], theirs.scores[group], precisionChange: change(group))
      }
    }
    return PairedWalk.sums(
      scores.baseline, codes, theirs.outcomes, candidate: terms, changes: scores.changes
    ).enumerated().map { group, sums in
      sums.tally(
        positives: theirs.scores[group].positiveRows, negatives: theirs.scores[group].negativeRows,
        precisionChange: change(group), scoreScale: scores.changes.scoreScale)
    }
  }
}
