import Evaluator
import Foundation
import Privacy
import Results
import Testing

/// A metric that a configuration defines is withheld where the counts are that it is made of.
struct CustomMetricSuppressionTests {
  private static let rows = (0..<600).map { row in
    let group = row < 300 ? "a" : row < 594 ? "b" : "c"
    let label = row % 2
    return "\(label),\(row % 5 == 0 ? 1 - label : label),\(group)"
  }.joined(separator: "\n")

  @Test func itGoesWithItsCounts() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "small-\(UUID().uuidString).csv")
    try Data(("y,d,g\n" + Self.rows + "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let text = """
      { label: 'y', decision: 'd', slices: ['g'],
        custom_metrics: [{ name: 'cost', numerator: '5 * FN + FP', denominator: 'n' }] }
      """
    var configuration = try Configuration(text: Array(text.utf8), name: "c.json5")
    configuration.data = file.path
    let original = try EvaluationRun.evaluate(configuration)
    let shown = try SmallCells.suppress(original, below: 10)
    let suppression = try #require(shown.suppression)
    let hidden = suppression.slices(.outcomes)
    #expect(hidden.count >= 2 && hidden.contains(3))
    for slice in shown.slices.predicate.indices {
      let estimate = try #require(shown.estimate("cost", slice: slice))
      if hidden.contains(slice) {
        #expect(estimate.value == nil && estimate.lower == nil && estimate.status == .suppressed)
      } else {
        #expect(estimate.value != nil)
      }
    }
    for gap in shown.gaps where gap.metric == "cost" {
      guard let group = gap.group, hidden.contains(group) else { continue }
      #expect(gap.estimate.value == nil && gap.pValue == nil)
    }
    let covariances = shown.slices.covarianceWithOverall["cost"] ?? []
    for slice in hidden where !covariances.isEmpty { #expect(covariances[slice].isNaN) }
  }
}
