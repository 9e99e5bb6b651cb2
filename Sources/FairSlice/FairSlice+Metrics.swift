import Fairness
import Metrics
import Report
import Results

/// What to tell of the metrics.
public struct MetricsRequest: Sendable {
  /// A metric by its identifier or another tool's name; nil for all.
  public var name: String?
  /// Whether the list is of fairness measures; a name is looked for among both.
  public var isOfMeasures = false
  /// Whether to write the page of the documentation.
  public var isMarkdown = false
  /// Columns of the terminal that the text is for.
  public var width = 100

  /// Makes a request for all metrics.
  public init() {}
}

/// The catalogue of metrics and fairness measures: what each is called, here and elsewhere, its formula, range and direction, where it is
/// undefined, how its interval is made, and where it comes from.
///
/// - Parameter request: which metric, and for what kind of page
/// - Returns: plain text, or Markdown where that was asked for
/// - Throws: `FairSliceError` of kind `usage` where no metric or measure has the name.
public func metrics(_ request: MetricsRequest) throws(FairSliceError) -> String {
  try reported { () throws(Failure) in
    guard let name = request.name else {
      if request.isOfMeasures {
        return request.isMarkdown ? MeasurePage.markdown() : MeasureText.list(width: request.width)
      }
      return request.isMarkdown
        ? CatalogueText.markdown(MetricCatalogue.all)
        : CatalogueText.list(MetricCatalogue.all, width: request.width)
    }
    if let leftOut = LeftOut.named(name) { throw leftOut.failure(.usage) }
    let found = request.isOfMeasures ? [] : MetricCatalogue.named(name)
    let measures = MeasureText.details(name, isMarkdown: request.isMarkdown)
    let gap = GapText.details(name)
    guard !found.isEmpty || measures != nil || gap != nil else {
      throw Failure(
        .usage, "there is no metric “\(name)”",
        advice: Suggestion.phrase(
          for: name, among: MetricCatalogue.all.map(\.entry.id) + MeasureText.names))
    }
    let told = request.isMarkdown ? CatalogueText.markdown(found) : CatalogueText.details(found)
    return [gap, found.isEmpty ? nil : told, measures].compactMap { $0 }.joined(separator: "\n")
  }
}
