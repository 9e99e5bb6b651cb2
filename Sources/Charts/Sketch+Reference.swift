extension Sketch {
  /// A dashed vertical line with its label and value above the plot, kept inside `bounds`.
  mutating func verticalReference(
    _ reference: ReferenceLine, _ axis: AxisSpec, _ scale: Scale, in plot: Box, within bounds: Box
  ) {
    let x = scale.position(reference.value)
    let number = NumberText.value(reference.value, axis.format, decimals: axis.decimals)
    let whole = VisibleText.of("\(reference.label) \(number)")
    add(.line(Point(x, plot.y), Point(x, plot.maxY), .reference, width: 1.25, dash: [4, 3], title: whole))
    let text = TextMetrics.fit(whole, width: bounds.width, size: Style.small)
    let half = TextMetrics.width(of: text, size: Style.small) / 2
    let middle = max(bounds.x + half, min(bounds.maxX - half, x))
    add(
      .text(
        TextRun(text, at: Point(middle, plot.y - 10), anchor: .middle, size: Style.small), .mutedText,
        title: text == whole ? nil : whole))
  }
}
