/// What one group can be given: its distinct points, from few selected to many. Every rate only rises along them.
struct CandidatePoints {
  /// Place of the threshold that stands for the point: of several, the nearest to the one in force.
  private(set) var threshold: [Int] = []
  /// The rates that the gap compares; all 0 where there is no second.
  private(set) var first: [Double] = []
  private(set) var second: [Double] = []
  /// The group's part of the quality, on a scale that all groups share.
  private(set) var quality: [Double] = []
  /// The next point with more selected and a better quality; the end where there is none.
  private(set) var better: [Int] = []

  var count: Int { threshold.count }

  /// - Parameters:
  ///   - gain, loss: what a unit of selected positives adds to the quality, of selected negatives takes away.
  ///   - near: the threshold in force, or any other to break ties by.
  init(_ group: ThresholdGroup, _ gaps: ThresholdGaps, gain: Double, loss: Double, near: Int) {
    let components = gaps.definition.components
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
    better = [Int](repeating: count, count: count)
    for point in stride(from: count - 2, through: 0, by: -1) {
      var next = point + 1
      while next < count, quality[next] <= quality[point] { next = better[next] }
      better[point] = next
    }
  }

  /// The point of the best quality, the first of equals.
  var best: Int { quality.indices.reduce(0) { quality[$1] > quality[$0] ? $1 : $0 } }

  /// How far the point lies beyond a corner of lowest rates; negative before it.
  @inline(__always)
  func distance(_ point: Int, _ corner: GroupFrontier.Corner) -> Double {
    max(first[point] - corner.first, second[point] - corner.second)
  }
}
