import Results
import Templating

/// The decision lab: what other thresholds would do.
struct LabPage {
  private let lab: DecisionLab

  /// Nil where there is nothing to try.
  init?(_ page: PageBuilder) {
    guard let lab = page.evaluation.lab else { return nil }
    self.lab = lab
  }

  func model() -> TemplateValue { ["id": "lab"] }
}
