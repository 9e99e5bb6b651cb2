import Charts

/// Charts as files, drawn by Cairo in the light theme. The same scene gives the same bytes wherever the same
/// fonts are installed.
package enum ChartFile {
  package enum Format: Equatable, Sendable {
    /// Pixels per CSS pixel.
    case png(scale: Double)
    case pdf
    /// Text becomes outlines: for `<img>` and drawing programs, never inline in a page (glyph ids collide).
    case svg
  }

  /// The family that lets fontconfig choose.
  package static let defaultFont = "sans-serif"
  /// Cairo's built-in stroke font (ASCII only): the same bytes on every machine, fonts or none.
  package static let builtInFont = "@cairo:"

  /// The bytes of a file.
  ///
  /// - Parameter heading: Drawn above the chart, which in a page stands beside its caption; empty for none.
  /// - Throws: `ChartFileError`.
  package static func render(
    _ scene: Scene, as format: Format, heading: String = "", font: String = defaultFont
  ) throws -> [UInt8] {
    let whole = scene.headed(heading)
    guard whole.width > 0, whole.height > 0, max(whole.width, whole.height) <= 14_000 else {
      throw ChartFileError.tooLarge(width: whole.width, height: whole.height)
    }
    return try CairoSurface.bytes(of: whole, as: format, font: font)
  }

  /// Renders and writes a file: first under a temporary name beside it, so that no half-written file is left.
  ///
  /// - Parameter title: Drawn above the chart and stored in the PDF.
  /// - Throws: `ChartFileError`, naming the path.
  package static func write(
    _ scene: Scene, as format: Format, to path: String, title: String, font: String = defaultFont
  ) throws {
    let bytes = try render(scene, as: format, heading: title, font: font)
    try WholeFile.write(bytes, to: path)
  }
}
