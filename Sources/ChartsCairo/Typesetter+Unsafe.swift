import CCairo
import Charts

/// Sets text by Pango: shapes it, takes glyphs from other fonts where the first lacks them, breaks lines.
///
/// Not for use by several threads at a time.
package final class Typesetter {
  private let context: OpaquePointer
  private let family: String

  /// Nil where Pango has no fonts to offer.
  package init?(font: String = ChartFile.defaultFont) {
    guard let map = pango_cairo_font_map_get_default(), let context = pango_font_map_create_context(map)
    else {
      return nil
    }
    self.context = context
    family = font
    // One unit of the surface is one unit of font size, and no advance depends on a grid of pixels.
    pango_cairo_context_set_resolution(context, 72)
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
    pango_context_set_round_glyph_positions(context, 0)
    pango_context_set_language(context, pango_language_from_string("en"))
    // A name written from right to left never turns the line around.
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
  }

  deinit { g_object_unref(UnsafeMutableRawPointer(context)) }

  /// Size of the paragraph in a column; of its longest line where there is no width.
  package func size(_ paragraph: Paragraph, width: Double? = nil) -> (width: Double, height: Double) {
    let layout = make(paragraph, width: width)
    defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
    var extent = PangoRectangle()
    pango_layout_get_extents(layout, nil, &extent)
    return (Double(extent.width) / 1024, Double(extent.height) / 1024)
  }

  /// Draws the paragraph below and right of a point.
  func draw(_ paragraph: Paragraph, on target: OpaquePointer, at point: Point, width: Double) {
    let layout = make(paragraph, width: width)
    defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
    cairo_move_to(target, point.x, point.y)
    pango_cairo_show_layout(target, layout)
    cairo_new_path(target)
  }

  /// Draws one line whose baseline begins, has its middle or ends at the current origin.
  func draw(line paragraph: Paragraph, on target: OpaquePointer, baseline: Double) {
    let layout = make(paragraph, width: nil)
    defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
    guard let line = pango_layout_get_line_readonly(layout, 0) else { return }
    var extent = PangoRectangle()
    pango_layout_line_get_extents(line, nil, &extent)
    let width = Double(extent.width) / 1024
    let before =
      switch paragraph.alignment {
      case .start: 0.0
      case .middle: width / 2
      case .end: width
      }
    cairo_move_to(target, -before, baseline)
    pango_cairo_show_layout_line(target, line)
    cairo_new_path(target)
  }

  private func make(_ paragraph: Paragraph, width: Double?) -> OpaquePointer {
    let layout: OpaquePointer = pango_layout_new(context)
    let font = pango_font_description_new()
    pango_font_description_set_family(font, family)
    pango_font_description_set_absolute_size(font, (paragraph.size * 1024).rounded())
    pango_layout_set_font_description(layout, font)
    pango_font_description_free(font)
    // A line separator, because limits of lines count within what is one paragraph to Pango.
    let texts = paragraph.runs.enumerated().map { index, run in
      (run.isBelow && index > 0 ? "\u{2028}" : "") + LineOrder.kept(VisibleText.of(run.text))
    }
    pango_layout_set_text(layout, texts.joined(), -1)
    pango_layout_set_auto_dir(layout, 0)
    pango_layout_set_line_spacing(layout, Float(paragraph.leading))
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
    if let width {
      pango_layout_set_width(layout, Int32(max(1, min(1e6, width * 1024))))
      switch paragraph.alignment {
      case .start: pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT)
      case .middle: pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
      case .end: pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
      }
    }
    if let lines = paragraph.lines {
      pango_layout_set_height(layout, Int32(-max(1, min(1000, lines))))
      pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
    }
    let attributes = Self.attributes(paragraph, lengths: texts.map(\.utf8.count))
    pango_layout_set_attributes(layout, attributes)
    pango_attr_list_unref(attributes)
    return layout
  }

  private static func attributes(_ paragraph: Paragraph, lengths: [Int]) -> OpaquePointer? {
    let list = pango_attr_list_new()
    // A name is never given a hyphen that it does not have.
    pango_attr_list_insert(list, pango_attr_insert_hyphens_new(0))
    // Whoever copies or searches text finds the letters f and i, and not a sign that joins them.
    pango_attr_list_insert(list, pango_attr_font_features_new("liga=0, clig=0, dlig=0"))
    var start = 0
    for (run, length) in zip(paragraph.runs, lengths) {
      let range = UInt32(start)..<UInt32(start + length)
      start += length
      func add(_ attribute: UnsafeMutablePointer<PangoAttribute>?) {
        attribute?.pointee.start_index = range.lowerBound
        attribute?.pointee.end_index = range.upperBound
        pango_attr_list_insert(list, attribute)
      }
      let colour = Palette.light[run.ink]
      add(
        pango_attr_foreground_new(
          UInt16(colour.red) * 257, UInt16(colour.green) * 257, UInt16(colour.blue) * 257))
      if run.isBold { add(pango_attr_weight_new(PANGO_WEIGHT_BOLD)) }
      if run.isMono { add(pango_attr_family_new("monospace")) }
      if run.scale != 1 { add(pango_attr_scale_new(run.scale)) }
    }
    return list
  }
}
