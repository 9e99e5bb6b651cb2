extension ScoreDistribution {
  /// Outcomes and threshold, in as many lines as they need. Returns the bottom.
  func drawKey(width: Double, in sketch: inout Sketch) -> Double {
    var place = Point(Style.margin, 12)
    for (index, outcome) in outcomes.prefix(2).enumerated() {
      let suffix = form == .mirrored && outcomes.count > 1 ? (index == 0 ? " (up)" : " (down)") : ""
      let at = keyItem(outcome, suffix, at: &place, width: width, in: &sketch)
      if form == .mirrored {
        sketch.add(.box(Box(x: at.x, y: at.y - 5, width: 22, height: 10), .data(index), opacity: 0.75))
      } else {
        sketch.add(
          .line(at, Point(at.x + 22, at.y), .data(index), width: 2, dash: ScoreDistribution.dashes[index]))
      }
    }
    if let threshold {
      let at = keyItem(
        threshold.label, " " + NumberText.short(threshold.value), at: &place, width: width, in: &sketch)
      sketch.add(.line(at, Point(at.x + 22, at.y), .reference, width: 1.25, dash: [4, 3]))
    }
    return outcomes.isEmpty && threshold == nil ? 0 : place.y + 12
  }

  /// Writes one name and moves on; returns where its sample goes.
  private func keyItem(
    _ name: String, _ suffix: String, at place: inout Point, width: Double, in sketch: inout Sketch
  ) -> Point {
    let suffixWidth = TextMetrics.width(of: suffix, size: Style.small)
    let room = min(260, width - 2 * Style.margin - 28) - suffixWidth
    let whole = VisibleText.of(name)
    let shown = TextMetrics.fit(whole, width: room, size: Style.small)
    let length = 28 + TextMetrics.width(of: shown, size: Style.small) + suffixWidth
    if place.x > Style.margin, place.x + length > width - Style.margin {
      place = Point(Style.margin, place.y + 18)
    }
    let at = place
    sketch.add(
      .text(
        TextRun(shown + suffix, at: Point(at.x + 28, at.y), size: Style.small), .text,
        title: shown == whole ? nil : whole + suffix))
    place.x += length + 22
    return at
  }
}
