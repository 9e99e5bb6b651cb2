import CCairo
import Charts

/// Draws marks on a Cairo context, in the light theme.
struct CairoPen {
  let context: OpaquePointer
  /// Nil for Cairo's built-in stroke font, which Pango does not know.
  let typesetter: Typesetter?

  /// - Parameter hasPaper: whether to paint all that is behind the chart
  func draw(_ scene: Scene, hasPaper: Bool = true) {
    if hasPaper {
      set(.paper, opacity: 1)
      cairo_paint(context)
    }
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    for mark in scene.marks { draw(mark) }
  }

  private func draw(_ mark: Mark) {
    switch mark.shape {
    case .polyline(let points):
      trace(points)
      finish(mark)
    case .polylines(let lines):
      for line in lines { trace(line) }
      finish(mark)
    case .polygon(let points):
      trace(points)
      cairo_close_path(context)
      finish(mark)
    case .rect(let box, let corner):
      trace(box, corner: corner)
      finish(mark)
    case .symbol(.circle, let point, let radius):
      cairo_new_sub_path(context)
      cairo_arc(context, point.x, point.y, radius, 0, 2 * Double.pi)
      finish(mark)
    case .symbol(let symbol, let point, let radius):
      trace(Mark.corners(of: symbol, at: point, radius: radius))
      cairo_close_path(context)
      finish(mark)
    case .text(let run): write(run, mark.fill ?? .text)
    case .group(let group): draw(group)
    }
  }

  private func draw(_ group: Mark.Group) {
    cairo_save(context)
    if let clip = group.clip {
      cairo_rectangle(context, clip.x, clip.y, clip.width, clip.height)
      cairo_clip(context)
    }
    for mark in group.marks { draw(mark) }
    cairo_restore(context)
  }

  private func write(_ run: TextRun, _ ink: Ink) {
    cairo_save(context)
    cairo_translate(context, run.at.x, run.at.y)
    if run.isVertical { cairo_rotate(context, -Double.pi / 2) }
    if let typesetter {
      let alignment: Paragraph.Alignment =
        switch run.anchor {
        case .start: .start
        case .middle: .middle
        case .end: .end
        }
      let text = Paragraph.Run(run.text, ink: ink, isBold: run.weight == .semibold)
      typesetter.draw(
        line: Paragraph([text], size: run.size, alignment: alignment), on: context,
        baseline: run.baselineShift)
    } else {
      writeBuiltIn(run, ink)
    }
    cairo_restore(context)
    cairo_new_path(context)
  }

  private func writeBuiltIn(_ run: TextRun, _ ink: Ink) {
    let weight = run.weight == .semibold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL
    cairo_select_font_face(context, ChartFile.builtInFont, CAIRO_FONT_SLANT_NORMAL, weight)
    cairo_set_font_size(context, run.size)
    let text = VisibleText.of(run.text)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    let before =
      switch run.anchor {
      case .start: 0.0
      case .middle: extents.x_advance / 2
      case .end: extents.x_advance
      }
    set(ink, opacity: 1)
    cairo_move_to(context, -before, run.baselineShift)
    cairo_show_text(context, text)
  }

  func trace(_ points: [Point]) {
    for (index, point) in points.enumerated() {
      if index == 0 {
        cairo_move_to(context, point.x, point.y)
      } else {
        cairo_line_to(context, point.x, point.y)
      }
    }
  }

  func trace(_ box: Box, corner: Double) {
    let radius = min(corner, box.width / 2, box.height / 2)
    guard radius > 0 else {
      cairo_rectangle(context, box.x, box.y, box.width, box.height)
      return
    }
    let quarter = Double.pi / 2
    cairo_new_sub_path(context)
    cairo_arc(context, box.maxX - radius, box.y + radius, radius, -quarter, 0)
    cairo_arc(context, box.maxX - radius, box.maxY - radius, radius, 0, quarter)
    cairo_arc(context, box.x + radius, box.maxY - radius, radius, quarter, 2 * quarter)
    cairo_arc(context, box.x + radius, box.y + radius, radius, 2 * quarter, 3 * quarter)
    cairo_close_path(context)
  }

  private func finish(_ mark: Mark) {
    if let fill = mark.fill {
      set(fill, opacity: mark.fillOpacity)
      cairo_fill_preserve(context)
    }
    if let stroke = mark.stroke {
      set(stroke, opacity: 1)
      cairo_set_line_width(context, mark.strokeWidth)
      cairo_set_dash(context, mark.dash, Int32(mark.dash.count), 0)
      cairo_stroke_preserve(context)
    }
    cairo_new_path(context)
  }

  func set(_ ink: Ink, opacity: Double) {
    let colour = Palette.light[ink]
    cairo_set_source_rgba(
      context, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255, opacity)
  }
}
