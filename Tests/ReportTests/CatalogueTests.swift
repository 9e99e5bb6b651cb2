import Foundation
import Metrics
import Results
import TestSupport
import Testing

@testable import Report

@Suite struct CatalogueTests {
  /// `Documentation/Metrics.md` is what the program writes.
  @Test func theDocumentationIsCurrent() throws {
    let path = SharedData.root.appending(path: "Documentation/Metrics.md")
    let stored = try String(contentsOf: path, encoding: .utf8)
    #expect(
      stored == CatalogueText.markdown(MetricCatalogue.all),
      "run: fairslice metrics --markdown > Documentation/Metrics.md")
  }

  /// An identifier means one metric of a task, and every metric says what it is.
  @Test(arguments: TaskKind.allCases) func everyMetricIsToldWhole(task: TaskKind) {
    let metrics = MetricCatalogue.all.filter { $0.tasks.contains(task) }
    #expect(metrics.count > 15)
    #expect(Set(metrics.map(\.entry.id)).count == metrics.count)
    for metric in metrics {
      let entry = metric.entry
      #expect(!entry.name.isEmpty && !entry.symbol.isEmpty && !entry.formula.isEmpty, "\(entry.id)")
      #expect(entry.kind != .rate || metric.range == 0...1, "\(entry.id)")
      #expect(
        Set(metric.aliases.map { "\($0.tool) \($0.name)" }).count == metric.aliases.count, "\(entry.id)")
    }
  }

  @Test func namesOfOtherToolsAreUnderstood() {
    for (name, id) in [
      ("recall_score", "true_positive_rate"), ("pprev", "selection_rate"),
      ("binary_crossentropy", "log_loss"),
      ("True positive rate", "true_positive_rate"), ("cohens-kappa", "cohens_kappa"),
    ] {
      #expect(MetricCatalogue.named(name).contains { $0.entry.id == id }, "\(name)")
    }
    #expect(MetricCatalogue.named("no such metric").isEmpty)
    let details = CatalogueText.details(MetricCatalogue.named("mcc").filter { $0.tasks == [.binary] })
    #expect(details.contains("Matthews") && details.contains("[−1, 1]"))
  }

  @Test func theListHasEveryTask() {
    let list = CatalogueText.list(MetricCatalogue.all, width: 100)
    for title in ["Binary:", "Multi-class:", "Multi-label:", "Regression:", "Ranking:"] {
      #expect(list.contains(title))
    }
    #expect(list.split(separator: "\n").allSatisfy { TerminalText.width(String($0)) <= 100 })
  }
}
