/// Why a chart file could not be made.
package enum ChartFileError: Error, Equatable, Sendable {
  /// The chart is larger than the format can hold.
  case tooLarge(width: Double, height: Double)
  /// Cairo refused; its own words.
  case drawing(String)
  /// The file cannot be written: its path and the system's words.
  case unwritable(path: String, reason: String)

  /// One line for a person.
  package var message: String {
    switch self {
    case .tooLarge(let width, let height):
      "the chart is too large to draw: \(Int(width)) × \(Int(height)) pixels"
    case .drawing(let reason): "the chart cannot be drawn: \(reason)"
    case .unwritable(let path, let reason): "cannot write \(path): \(reason)"
    }
  }
}
