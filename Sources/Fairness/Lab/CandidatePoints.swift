import Metrics

/// What one group can be given: its distinct points, from few selected to many. Every rate only rises along them.
struct CandidatePoints {
  /// Place of the threshold that stands for the point: of several, the nearest to the one in force.
  private(set) var threshold: [Int] = []
  /// The rates that the gap compares; all 0 where there is no second.
  private(set) var first: [Double] = []
  private(set) var second: [Double] = []
  /// The group's part of the quality, on a scale that all groups share.
  private(set) var quality: [Double] = []
  /// Level `l` has for each point the best of the 2^l points from it on (a sparse table).
  private var bests: [[Int]] = []

  var count: Int { threshold.count }

  /// - Parameters:
  ///   - gain, loss: what a unit of selected positives adds to the quality, of selected negatives takes away.
  ///   - near: the threshold in force, or any other to break ties by.
  ///
  /// Complexity: O(thresholds · log thresholds).
  init(_ group: ThresholdGroup, _ gaps: ThresholdGaps, gain: Double, loss: Double, near: Int) {
    let components = gaps.definition.components.compactMap(\.binary)
    var last: ThresholdGroup.Selected?
    for index in group.truePositives.indices.reversed() {
      let selected = group.selected(at: index)
      if selected == last {
        if abs(index - near) <= abs(threshold[threshold.count - 1] - near) {
          threshold[threshold.count - 1] = index
        }
        continue
      }
      last = selected
      threshold.append(index)
      quality.append(gain * selected.positives - loss * selected.negatives)
      first.append(group.value(components[0], selected) ?? 0)
      second.append(components.count > 1 ? group.value(components[1], selected) ?? 0 : 0)
    }
    bests = [Array(0..<count)]
    var width = 1
    while 2 * width <= count {
      let below = bests[bests.count - 1]
      bests.append((0...count - 2 * width).map { better(below[$0], below[$0 + width]) })
      width *= 2
    }
  }

  private func better(_ a: Int, _ b: Int) -> Int { quality[b] > quality[a] ? b : a }

  /// The point of the best quality in a range that is not empty, the first of equals. Complexity: O(1).
  @inline(__always)
  func best(from low: Int, to high: Int) -> Int {
    let level = Int.bitWidth - 1 - (high - low).leadingZeroBitCount
    return better(bests[level][low], bests[level][high - (1 << level)])
  }

  /// The same of all points.
  var best: Int { best(from: 0, to: count) }
}
