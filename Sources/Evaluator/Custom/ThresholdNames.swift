import Fairness
import Metrics
import Results

/// The metrics of decisions at the cuts that a configuration asks for.
struct ThresholdNames {
  private let thresholds: [String]
  /// Identifiers without their cuts.
  private let bases: [String]

  /// - Throws: `data` where there is no score to cut.
  init(_ configuration: Configuration) throws(Failure) {
    thresholds = configuration.atThresholds.map(NumberText.text)
    guard thresholds.isEmpty || configuration.score != nil else {
      throw Failure(
        .data, "at_thresholds cuts scores, but no score column is named", advice: "Name it: --score COLUMN.")
    }
    bases = BinaryRowMetrics.thresholdNames(hasLabel: configuration.label != nil)
  }

  /// All metrics at all cuts.
  var all: [String] { thresholds.flatMap { cut in bases.map { "\($0)@\(cut)" } } }

  /// One metric at all cuts; none where it has no cut.
  func names(_ base: String) -> [String] {
    bases.contains(base) ? thresholds.map { "\(base)@\($0)" } : []
  }

  /// What some gaps compare, each once, at all cuts.
  func names(ofComponents gaps: [GapDefinition]) -> [String] {
    var seen: [String] = []
    for metric in gaps.flatMap(\.components) where !seen.contains(metric.id) { seen.append(metric.id) }
    return seen.flatMap(names)
  }
}
