import Results
import Templating

/// Who is affected: the clearest harms as numbers of people.
struct HarmsPage {
  /// Nil where no harm can be told.
  init?(_ page: PageBuilder) { return nil }

  func model() -> TemplateValue { ["id": "harms"] }
}
