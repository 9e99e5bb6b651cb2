/// The choices of which none is at least as good as another in both respects: a smaller gap, a better quality.
struct Staircase {
  struct Step {
    var gap: Double
    var quality: Double
    /// Where the choice was found, to make it again.
    var corner: Int
  }

  /// Ascending in gap and in quality.
  private(set) var steps: [Step] = []
  /// Qualities that differ by less are alike: what rounding leaves between equal sums.
  let slack: Double

  init(slack: Double) { self.slack = slack }

  /// Enters a choice, unless one with no larger gap is as good. Complexity: O(log steps), and O(steps) to insert.
  mutating func enter(_ gap: Double, _ quality: Double, _ corner: Int) {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].gap <= gap { low = middle + 1 } else { high = middle }
    }
    if low > 0, steps[low - 1].quality >= quality - slack { return }
    var end = low
    while end < steps.count, steps[end].quality <= quality + slack { end += 1 }
    let start = low > 0 && steps[low - 1].gap == gap ? low - 1 : low
    steps.replaceSubrange(start..<end, with: [Step(gap: gap, quality: quality, corner: corner)])
  }
}
