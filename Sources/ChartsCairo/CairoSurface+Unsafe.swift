import CCairo
import Charts

/// One Cairo surface from creation to its last byte. The only place where memory is handed to C.
enum CairoSurface {
  /// Collects what Cairo writes.
  private final class Sink {
    var bytes: [UInt8] = []
  }

  /// Cairo's write callback: the closure is an unretained `Sink` that outlives the surface.
  private static let collect: cairo_write_func_t = { closure, data, length in
    guard let closure else { return CAIRO_STATUS_WRITE_ERROR }
    let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
    sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
    return CAIRO_STATUS_SUCCESS
  }

  private static let noDate = "2000-01-01T00:00:00Z"

  /// The bytes of a PDF.
  ///
  /// - Throws: `ChartFileError.drawing`
  static func bytes(of document: PagedDocument, font: String) throws -> [UInt8] {
    let sink = Sink()
    return try withExtendedLifetime(sink) {
      let surface = cairo_pdf_surface_create_for_stream(
        collect, Unmanaged.passUnretained(sink).toOpaque(), document.width, document.height)
      defer { cairo_surface_destroy(surface) }
      try check(cairo_surface_status(surface))
      guard let surface, let context = cairo_create(surface) else {
        throw ChartFileError.drawing("no context")
      }
      defer { cairo_destroy(context) }
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, noDate)
      let pen = DocumentPen(
        surface: surface, context: context,
        pen: CairoPen(context: context, typesetter: try typesetter(font) ?? Typesetter()))
      pen.draw(document)
      try check(cairo_status(context))
      cairo_surface_finish(surface)
      try check(cairo_surface_status(surface))
      return sink.bytes
    }
  }

  private static func typesetter(_ font: String) throws -> Typesetter? {
    guard font != ChartFile.builtInFont else { return nil }
    guard let typesetter = Typesetter(font: font) else { throw ChartFileError.drawing("Pango has no fonts") }
    return typesetter
  }

  /// - Throws: `ChartFileError.drawing` with Cairo's words for the first status that is not success.
  static func bytes(of scene: Scene, as format: ChartFile.Format, font: String) throws -> [UInt8] {
    let sink = Sink()
    return try withExtendedLifetime(sink) {
      let surface = try make(for: scene, as: format, into: Unmanaged.passUnretained(sink).toOpaque())
      defer { cairo_surface_destroy(surface) }
      try check(cairo_surface_status(surface))
      try draw(scene, on: surface, as: format, font: font)
      if case .png = format {
        try check(
          cairo_surface_write_to_png_stream(surface, collect, Unmanaged.passUnretained(sink).toOpaque()))
      }
      cairo_surface_finish(surface)
      try check(cairo_surface_status(surface))
      return format == .svg ? SurfaceNames.renumbered(sink.bytes) : sink.bytes
    }
  }

  private static func make(
    for scene: Scene, as format: ChartFile.Format, into closure: UnsafeMutableRawPointer
  ) throws -> OpaquePointer? {
    switch format {
    case .png(let scale):
      let (width, height) = ((scene.width * scale).rounded(.up), (scene.height * scale).rounded(.up))
      // Cairo's own limit for an image's side.
      guard width >= 1, height >= 1, max(width, height) <= 32_767, width * height <= 4e8 else {
        throw ChartFileError.tooLarge(width: width, height: height)
      }
      return cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    case .pdf:
      // CSS pixels are 1/96 inch, PDF points 1/72.
      let surface = cairo_pdf_surface_create_for_stream(
        collect, closure, scene.width * 0.75, scene.height * 0.75)
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, VisibleText.of(scene.title))
      // Without a date of ours Cairo stores the clock's.
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, noDate)
      return surface
    case .svg:
      let surface = cairo_svg_surface_create_for_stream(collect, closure, scene.width, scene.height)
      cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX)
      return surface
    }
  }

  private static func draw(
    _ scene: Scene, on surface: OpaquePointer?, as format: ChartFile.Format, font: String
  ) throws {
    guard let context = cairo_create(surface) else { throw ChartFileError.drawing("no context") }
    defer { cairo_destroy(context) }
    try check(cairo_status(context))
    switch format {
    case .png(let scale): cairo_scale(context, scale, scale)
    case .pdf: cairo_scale(context, 0.75, 0.75)
    case .svg: break
    }
    CairoPen(context: context, typesetter: try typesetter(font)).draw(scene)
    cairo_show_page(context)
    try check(cairo_status(context))
    cairo_surface_flush(surface)
    try check(cairo_surface_status(surface))
  }

  private static func check(_ status: cairo_status_t) throws {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw ChartFileError.drawing(
      cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown error")
  }
}
