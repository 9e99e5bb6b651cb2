import Results

/// Scores at which the curves and calibration bins of a family may be cut, so that no step shows a small count:
/// between two neighbouring cuts every slice has no rows of a class, or enough.
///
/// One set of cuts serves all slices of a family and both outputs, so that neither the difference of two slices'
/// curves nor that of a curve and a calibration bin tells of fewer rows. The operating threshold is always a cut, for
/// the confusion counts are shown.
struct ScoreCuts: Sendable {
  enum Boundary: Sendable, Equatable {
    /// The decision's own.
    case operating
    /// Lower edge of a calibration bin.
    case edge(Int)
    /// Place among the curves' thresholds.
    case threshold(Int)
  }

  /// Positives and negatives at or above a boundary.
  struct Above: Sendable, Equatable {
    var positives = 0.0
    var negatives = 0.0

    static func - (a: Above, b: Above) -> Above {
      Above(positives: a.positives - b.positives, negatives: a.negatives - b.negatives)
    }
  }

  /// From the highest score to the lowest.
  let boundaries: [Boundary]
  private let evaluation: Evaluation
  private let below: Double

  init(_ evaluation: Evaluation, below: Int) {
    self.evaluation = evaluation
    self.below = Double(below)
    var found: [(boundary: Boundary, score: Double, isStrict: Bool)] = []
    for (place, threshold) in (evaluation.curves?.thresholds ?? []).enumerated() {
      found.append((.threshold(place), threshold, false))
    }
    if let calibration = evaluation.calibration {
      for bin in 1..<max(1, calibration.binCount) {
        found.append((.edge(bin), Double(bin) / Double(calibration.binCount), true))
      }
    }
    if evaluation.roles.decision == nil, let threshold = evaluation.roles.threshold {
      found.append((.operating, threshold, evaluation.roles.thresholdIsStrict))
    }
    boundaries = found.sorted { a, b in
      a.score != b.score ? a.score > b.score : a.isStrict && !b.isStrict
    }.map(\.boundary)
  }

  /// Counts above every boundary, then all.
  func counts(_ slice: Int) -> [Above] {
    let slices = evaluation.slices
    let (tp, fp) = (Double(slices.truePositives[slice]), Double(slices.falsePositives[slice]))
    let all = Above(
      positives: tp + Double(slices.falseNegatives[slice]),
      negatives: fp + Double(slices.trueNegatives[slice]))
    let curve = evaluation.curves?.above(slice: slice)
    let edges = edgeCounts(slice)
    return boundaries.map { boundary in
      switch boundary {
      case .operating: Above(positives: tp, negatives: fp)
      case .edge(let bin): edges[bin]
      case .threshold(let place):
        Above(positives: curve?.positives[place] ?? 0, negatives: curve?.negatives[place] ?? 0)
      }
    } + [all]
  }

  /// Rows in a calibration bin or a higher one, by bin.
  private func edgeCounts(_ slice: Int) -> [Above] {
    guard let calibration = evaluation.calibration else { return [] }
    var above = [Above](repeating: Above(), count: calibration.binCount + 1)
    for bin in stride(from: calibration.binCount - 1, through: 0, by: -1) {
      let place = slice * calibration.binCount + bin
      let positives = calibration.positiveSum[place]
      above[bin] = Above(
        positives: above[bin + 1].positives + positives,
        negatives: above[bin + 1].negatives + Double(calibration.rows[place]) - positives)
    }
    return above
  }

  /// Places of the boundaries that can stay, ascending; nil where not even the operating threshold can.
  ///
  /// - Parameter units: counts above every boundary, then all, of slices and of what they leave of the whole
  /// - Complexity: O(boundaries · units)
  func kept(_ units: [[Above]]) -> [Int]? {
    let end = boundaries.count
    var isKept = [Bool](repeating: false, count: end + 1)
    isKept[end] = true
    if let operating = boundaries.firstIndex(of: .operating) {
      guard fits(operating, units, isKept) else { return nil }
      isKept[operating] = true
    }
    let edges = boundaries.indices.filter { if case .edge = boundaries[$0] { true } else { false } }
    for candidate in edges + Array(boundaries.indices) where !isKept[candidate] {
      isKept[candidate] = fits(candidate, units, isKept)
    }
    return boundaries.indices.filter { isKept[$0] }
  }

  /// Whether a cut here leaves enough between it and its neighbours.
  private func fits(_ place: Int, _ units: [[Above]], _ isKept: [Bool]) -> Bool {
    let upper = isKept[..<place].lastIndex(of: true)
    let lower = isKept[(place + 1)...].firstIndex(of: true) ?? boundaries.count
    return units.allSatisfy { unit in
      let above = unit[place]
      return isShown(above - (upper.map { unit[$0] } ?? Above())) && isShown(unit[lower] - above)
    }
  }

  func isShown(_ step: Above) -> Bool {
    (step.positives == 0 || step.positives >= below) && (step.negatives == 0 || step.negatives >= below)
  }
}
