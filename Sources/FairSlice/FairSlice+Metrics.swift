import Metrics
import Report
import Results

/// What to tell of the metrics.
public struct MetricsRequest: Sendable {
  /// A metric by its identifier or another tool's name; nil for all.
  public var name: String?
  /// Whether to write the page of the documentation.
  public var isMarkdown = false
  /// Columns of the terminal that the text is for.
  public var width = 100

  /// Makes a request for all metrics.
  public init() {}
}

/// The catalogue of metrics: what each is called, here and elsewhere, its formula, range and direction, where it is
/// undefined, how its interval is made, and where it comes from.
///
/// - Parameter request: which metric, and for what kind of page
/// - Returns: plain text, or Markdown where that was asked for
/// - Throws: `FairSliceError` of kind `usage` where no metric has the name.
public func metrics(_ request: MetricsRequest) throws(FairSliceError) -> String {
  try reported { () throws(Failure) in
    guard let name = request.name else {
      return request.isMarkdown
        ? CatalogueText.markdown(MetricCatalogue.all)
        : CatalogueText.list(MetricCatalogue.all, width: request.width)
    }
    let found = MetricCatalogue.named(name)
    guard !found.isEmpty else {
      throw Failure(
        .usage, "there is no metric “\(name)”",
        advice: Suggestion.phrase(for: name, among: MetricCatalogue.all.map(\.entry.id)))
    }
    return request.isMarkdown ? CatalogueText.markdown(found) : CatalogueText.details(found)
  }
}
