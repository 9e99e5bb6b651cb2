import Charts
import Results
import Templating

/// Lays out the model card: what people say of the model, from the configuration, and what the evaluation found, under
/// the headings of Mitchell et al., Model Cards for Model Reporting, FAT* 2019.
struct CardPage {
  let builder: PageBuilder
  let escape: Escape

  /// How a document of one kind takes text.
  struct Escape: Sendable {
    /// Words of ours.
    var own: @Sendable (String) -> TemplateValue
    /// What others wrote.
    var foreign: @Sendable (String) -> TemplateValue
    /// The same where it begins a line.
    var leading: @Sendable (String) -> TemplateValue

    /// For a template that escapes.
    static let html = Escape(
      own: { .text($0) }, foreign: { .text(VisibleText.of($0)) }, leading: { .text(VisibleText.of($0)) })
    static let markdown = Escape(
      own: { .markup($0) }, foreign: { .markup(MarkdownText.escaped($0)) },
      leading: { .markup(CardPage.leading($0)) })
  }

  /// A first sign that is no letter could make a list or a heading of a line.
  private static func leading(_ text: String) -> String {
    let escaped = MarkdownText.escaped(text)
    return text.unicodeScalars.first?.properties.isAlphabetic ?? true ? escaped : "&#8203;" + escaped
  }

  init(_ builder: PageBuilder, _ escape: Escape = .html) {
    self.builder = builder
    self.escape = escape
  }

  var evaluation: Evaluation { builder.evaluation }
  private var card: ModelCard { evaluation.card ?? ModelCard() }

  static let notStated = "not stated"

  /// What the templates see, without style sheet.
  ///
  /// - Parameter limits: what every evaluation cannot say, in the page's words
  func model(limits: [String]) -> TemplateValue {
    let name = card.details[.name]?.first ?? evaluation.title
    return [
      "title": escape.foreign(GatePage.name(name)),
      "documentTitle": .text("Model card — \(VisibleText.of(name))"),
      "evaluation": escape.foreign(evaluation.title),
      "gate": gate(),
      "details": .list(ModelCard.Detail.allCases.map(detail)),
      "intendedUse": part(.intendedUse), "intendedUsers": part(.intendedUsers),
      "outOfScope": part(.outOfScope), "factors": part(.factors), "metrics": part(.metrics),
      "evaluationData": part(.evaluationData), "trainingData": part(.trainingData),
      "ethicalConsiderations": part(.ethicalConsiderations), "limits": part(.limits),
      "caveats": part(.caveats), "recommendations": part(.recommendations),
      "attributes": .list(attributes()), "facts": facts(),
      "measured": .list(measured.map(metric)),
      "level": escape.own(Wording.level(evaluation.level)),
      "overall": table(slices: [0]), "groups": .list(groups()),
      "gaps": .list(gaps()), "hasGaps": .bool(!gaps().isEmpty),
      "notes": .list(evaluation.notes.map(escape.leading)),
      "known": .list(limits.map(escape.leading)),
      "producer": escape.own("\(evaluation.producer.name) \(evaluation.producer.version)"),
    ]
  }

  // MARK: What people say

  private static let detailNames: [ModelCard.Detail: String] = [
    .name: "Name", .version: "Version", .date: "Date", .type: "Type", .description: "Description",
    .owners: "Owners", .contact: "Contact", .licence: "Licence", .citation: "Citation",
    .references: "References",
  ]

  private static let partNames: [ModelCard.Part: String] = [
    .intendedUse: "Intended use", .intendedUsers: "Intended users", .outOfScope: "Out-of-scope uses",
    .factors: "Relevant factors", .metrics: "Performance measures", .evaluationData: "Evaluation data",
    .trainingData: "Training data", .ethicalConsiderations: "Ethical considerations", .limits: "Limits",
    .caveats: "Caveats", .recommendations: "Recommendations",
  ]

  /// What is filled in, for a document that has no room for what is not.
  func stated() -> [(name: String, texts: [String])] {
    ModelCard.Part.allCases.compactMap { part in
      card.parts[part].map { (name: Self.partNames[part] ?? "", texts: $0) }
    }
  }

  /// The same of the details, as terms and texts.
  func statedDetails() -> TemplateValue {
    .list(
      ModelCard.Detail.allCases.compactMap { detail in
        card.details[detail].map {
          ["term": .text(Self.detailNames[detail] ?? ""), "text": .text($0.joined(separator: "; "))]
        }
      })
  }

  private func detail(_ detail: ModelCard.Detail) -> TemplateValue {
    let texts = card.details[detail] ?? []
    return [
      "term": escape.own(Self.detailNames[detail] ?? ""),
      "text": escape.foreign(texts.joined(separator: "; ")),
      "isStated": .bool(!texts.isEmpty), "missing": escape.own(Self.notStated),
    ]
  }

  private func part(_ part: ModelCard.Part) -> TemplateValue {
    let texts = card.parts[part] ?? []
    return [
      "name": escape.own(Self.partNames[part] ?? ""), "texts": .list(texts.map(escape.leading)),
      "isStated": .bool(!texts.isEmpty), "missing": escape.own(Self.notStated),
    ]
  }

  // MARK: What was evaluated

  private func attributes() -> [TemplateValue] {
    builder.chapters.map { family in
      [
        "name": escape.foreign(builder.familyName(family)), "counts": escape.foreign(builder.counts(family)),
      ]
    }
  }

  private func facts() -> TemplateValue {
    .list(
      builder.facts().elements.map { fact in
        [
          "term": escape.own(fact["term"].words ?? ""), "text": escape.foreign(fact["text"].words ?? ""),
        ]
      })
  }

  private func metric(_ entry: MetricEntry) -> TemplateValue {
    [
      "name": escape.own(entry.name), "formula": escape.foreign(entry.formula),
      "interval": escape.own(entry.interval ?? "none"),
    ]
  }

  private func gate() -> TemplateValue {
    guard let page = GatePage(builder) else { return .null }
    return [
      "sign": escape.own(GateWords.sign(page.judgement.verdict)),
      "word": escape.own(GateWords.word(page.judgement.verdict)), "counts": escape.own(page.words.counts),
      "class": .text(page.judgement.verdict.rawValue),
      "policy": escape.foreign(GatePage.source(page.judgement.policy.name, page.judgement.policy.sha256)),
      "checks": .list(
        VerdictWording.ordered(page.judgement.checks).prefix(Self.drawnChecks).map { check in
          [
            "id": escape.foreign(GatePage.name(check.id)), "status": escape.own(VerdictWording.status(check)),
            "class": .text(check.verdict.rawValue),
            "outcome": escape.foreign(GateWords.outcome(check)),
          ]
        }),
      "left": .optional(
        page.judgement.checks.count > Self.drawnChecks
          ? "\(Wording.plural(page.judgement.checks.count - Self.drawnChecks, "more check is", "more checks are")) in verdict.json."
          : nil),
    ]
  }
}
