extension HeatGrid {
  /// The ramp with its ends, and what stripes mean. Returns the scene's height.
  func drawLegend(_ frame: Frame, _ shading: Shading, width: Double, in sketch: inout Sketch) -> Double {
    var y = frame.bottom + 12
    let ramp = Box(x: min(frame.left, max(Style.margin, width - 190)), y: y, width: 156, height: 8)
    let hasValues = cells.contains { $0.contains { $0?.reading.drawn?.isFinite == true } }
    if hasValues, width >= 200 {
      drawRamp(shading, in: ramp, sketch: &sketch)
      y = ramp.maxY + 20
    }
    let hasUnstable = cells.contains {
      $0.contains { $0?.reading.isUnstable == true && $0?.reading.drawn != nil }
    }
    guard hasUnstable else { return y }
    let words = VisibleText.of(unstableLegend)
    let length = TextMetrics.width(of: words, size: Style.small)
    let isBeside = hasValues && ramp.maxX + 70 + length <= width
    let sample = Box(
      x: isBeside ? ramp.maxX + 36 : ramp.x, y: isBeside ? ramp.y - 1 : y, width: 20, height: 10)
    sketch.add(.box(sample, shading.steps[shading.steps.count - 2]))
    sketch.stripes(in: sample)
    sketch.add(Mark(.rect(sample, corner: 0), stroke: .axis, strokeWidth: 0.75, dash: [3, 2]))
    sketch.label(
      words, at: Point(sample.maxX + 6, sample.midY), width: max(20, width - sample.maxX - 12),
      size: Style.small,
      ink: .mutedText)
    return isBeside ? y : y + 16
  }

  private func drawRamp(_ shading: Shading, in ramp: Box, sketch: inout Sketch) {
    let step = ramp.width / Double(shading.steps.count)
    for (index, ink) in shading.steps.enumerated() {
      sketch.add(
        .box(Box(x: ramp.x + step * Double(index), y: ramp.y, width: step, height: ramp.height), ink))
    }
    sketch.add(Mark(.rect(ramp, corner: 0), stroke: .axis, strokeWidth: 0.5))
    var ends = [(ramp.x, shading.least), (ramp.maxX, shading.most)]
    if shading.isDiverging { ends.append((ramp.midX, shading.least / 2 + shading.most / 2)) }
    for (x, value) in ends {
      let text = NumberText.value(value, format, decimals: decimals)
      sketch.add(
        .text(
          TextRun(text, at: Point(x, ramp.maxY + 4), anchor: .middle, baseline: .top, size: Style.small),
          .mutedText))
    }
  }
}
