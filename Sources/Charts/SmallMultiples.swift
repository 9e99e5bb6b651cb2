/// Equal panels in rows, as many beside each other as fit.
struct SmallMultiples {
  let columns: Int
  /// Plot areas, in order.
  let plots: [Box]
  /// Below the last panel's axis.
  let bottom: Double

  /// - Parameters:
  ///   - least, most: Bounds for a plot's width.
  ///   - ratio: Height of a plot as a share of its width.
  ///   - head, foot: Room above (names) and below (ticks and more) each plot.
  ///   - left: Room for the labels of the vertical axis, at the left of the first panel in a row.
  init(
    count: Int, width: Double, least: Double, most: Double, ratio: Double, head: Double, foot: Double,
    left: Double
  ) {
    let gap = 30.0
    let room = width - left - 18
    columns = max(1, min(count, Int((room + gap) / (least + gap))))
    let side = max(20, min(most, (room - gap * Double(columns - 1)) / Double(columns)))
    let height = (side * ratio).rounded()
    let columns = columns
    plots = (0..<count).map { index in
      Box(
        x: left + Double(index % columns) * (side + gap),
        y: head + Double(index / columns) * (head + height + foot), width: side, height: height)
    }
    bottom = (plots.last?.maxY ?? 0) + foot
  }

  func isFirstInRow(_ index: Int) -> Bool { index % columns == 0 }

  /// Whether no panel stands below this one.
  func isLastInColumn(_ index: Int) -> Bool { index + columns >= plots.count }
}
