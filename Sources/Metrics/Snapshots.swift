/// What the states of a family held at each stop of a walk.
struct Snapshots {
  /// Sums below a calibration edge that the curve does not need.
  struct Bin {
    var rows: Int
    var score: Double
    var bernoulli: Double
  }

  private let cuts: WalkCuts
  private let groups: Int
  private(set) var curve: CurveTally
  private(set) var calibration: CalibrationTally

  init(cuts: WalkCuts, groups: Int) {
    self.cuts = cuts
    self.groups = groups
    curve = CurveTally(groupCount: groups)
    curve.positives.reserveCapacity(groups * cuts.thresholds.count)
    curve.negatives.reserveCapacity(groups * cuts.thresholds.count)
    calibration = CalibrationTally(groupCount: groups)
  }

  /// Keeps the weight by label of every group, and the other sums where a calibration bin ends.
  mutating func look(
    at stop: Int, classes: (Int) -> (positives: Double, negatives: Double), bins: (Int) -> Bin
  ) {
    for _ in 0..<cuts.thresholds.count(where: { $0 == stop }) {
      for group in 0..<groups {
        let now = classes(group)
        curve.positives.append(now.positives)
        curve.negatives.append(now.negatives)
      }
    }
    for _ in 0..<cuts.calibration.count(where: { $0 == stop }) {
      for group in 0..<groups {
        let now = classes(group)
        let bin = bins(group)
        calibration.rows.append(bin.rows)
        calibration.weight.append(now.positives + now.negatives)
        calibration.positiveSum.append(now.positives)
        calibration.scoreSum.append(bin.score)
        calibration.bernoulli.append(bin.bernoulli)
      }
    }
  }
}
