import Foundation
import Privacy
import Results
import TestSupport
import Testing

/// Differences of curves, of calibration bins and of both against each other and the confusion counts.
struct CurveAttackTests {
  @Test(arguments: 0..<10) func noDifferenceIsSmall(_ index: Int) throws {
    let below = [4, 10][index % 2]
    let original = try RandomRun.make(
      UInt64(index) + 70,
      RandomRun.Shape(rows: [600, 4000][index / 5], groups: [3, 4], positiveShare: [0.2, 0.5][index % 2]))
    let shown = try SmallCells.suppress(original, below: below)
    guard let curves = shown.curves, let suppression = shown.suppression else { return }
    for family in shown.families.dropFirst() {
      let open = family.slices.filter { !suppression.hides(.curves, $0) }
      guard !open.isEmpty else { continue }
      // What each slice shows, and what all of them leave of the whole.
      let own = suppression.thresholds[shown.slices.family[family.first]]
      let places = own.filter(suppression.thresholds[0].contains)
      for slice in open { noStepIsSmall(known(shown, slice), below) }
      guard !suppression.hides(.curves, 0), open.count < family.count else { continue }
      let whole = curves.above(slice: 0)
      var rest = places.map { (whole.positives[$0], whole.negatives[$0]) }
      for slice in open {
        let above = curves.above(slice: slice)
        for (index, place) in places.enumerated() {
          rest[index].0 -= above.positives[place]
          rest[index].1 -= above.negatives[place]
        }
      }
      noStepIsSmall([(0, 0)] + rest.reversed(), below)
    }
  }

  /// Positives and negatives above every score at which a slice's are known, from whatever output.
  private func known(_ shown: Evaluation, _ slice: Int) -> [(Double, Double)] {
    guard let suppression = shown.suppression, let curves = shown.curves else { return [] }
    let family = shown.slices.family[slice]
    let above = curves.above(slice: slice)
    var points: [(Double, Double)] = [(0, 0)]
    points += suppression.thresholds[family].map { (above.positives[$0], above.negatives[$0]) }
    let slices = shown.slices
    points.append((Double(slices.truePositives[slice]), Double(slices.falsePositives[slice])))
    if let calibration = shown.calibration, !suppression.hides(.calibration, slice) {
      var (positives, negatives) = (0.0, 0.0)
      for bin in (0..<calibration.binCount).reversed() where !suppression.bins[family].contains(bin) {
        let place = slice * calibration.binCount + bin
        positives += calibration.positiveSum[place]
        negatives += Double(calibration.rows[place]) - calibration.positiveSum[place]
        points.append((positives, negatives))
      }
    }
    return points.sorted { ($0.0 + $0.1, $0.0) < ($1.0 + $1.1, $1.0) }
  }

  private func noStepIsSmall(_ points: [(Double, Double)], _ below: Int) {
    for (lower, upper) in zip(points, points.dropFirst()) {
      for step in [upper.0 - lower.0, upper.1 - lower.1] {
        #expect(step == 0 || abs(step) >= Double(below), "a step of \(step)")
      }
    }
  }
}
