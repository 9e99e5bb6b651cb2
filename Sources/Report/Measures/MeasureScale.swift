import Charts
import Results

/// What the marks of one measure share: the fair value in the middle, so that both directions have the same room.
struct MeasureScale {
  let range: ClosedRange<Double>
  /// Whether the range is of logarithms; ratios are drawn so, unless one of them is negative.
  let isLogarithmic: Bool

  /// nil for a measure without a fair value.
  init?(_ findings: [MeasureFinding]) {
    guard let fair = findings.first?.entry.fair, fair.isFinite else { return nil }
    let isLogarithmic = findings.allSatisfy(\.isRatio)
    let middle = isLogarithmic ? 0 : fair
    let readings = findings.map { $0.reading(isLogarithmic: isLogarithmic) }
    let ends = readings.flatMap { [$0.value, $0.lower, $0.upper] }.compactMap { $0 }
    let far = ends.filter(\.isFinite).map { abs($0 - middle) }.filter { $0 < 1e12 }.max() ?? 0
    let reach = far > 0 ? far : 1
    self.isLogarithmic = isLogarithmic
    range = (middle - reach)...(middle + reach)
  }

  /// The mark of a value; nil where there is none.
  func mark(_ finding: MeasureFinding, width: Double) -> String? {
    guard finding.result.estimate.value != nil else { return nil }
    let middle = (range.lowerBound + range.upperBound) / 2
    return CellGlyph(finding.reading(isLogarithmic: isLogarithmic), range: range, reference: middle)
      .layout(width: width).svg(idPrefix: "", presence: .decorative, className: "glyph")
  }
}
