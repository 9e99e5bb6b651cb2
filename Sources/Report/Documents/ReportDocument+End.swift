import Charts
import ChartsCairo
import Results
import Templating

extension ReportDocument {
  // MARK: Methods

  /// How numbers and verdicts came about, and what they cannot say, in the page's words.
  mutating func methods() throws(TemplateError) {
    let library = try TemplateLibrary(
      sources: sources.filter { !$0.key.hasSuffix(".css") && !$0.key.hasSuffix(".js") }, strict: true)
    let gate = GatePage(builder)
    let model: TemplateValue = [
      "level": .text(Wording.level(evaluation.level)), "methods": builder.methods(),
      "gate": gate.map { ["methods": $0.methods()] } ?? .null,
      "why": WhyPage(builder).map { why in
        [
          "gapNote": .optional(why.hasGapSizes ? WhyWords.gapNote : nil), "methods": why.methods(),
          "level": .text(Wording.level(why.explanation.sampling.level)),
        ]
      } ?? .null,
      "weighted": .bool(evaluation.roles.weight != nil), "hasLabel": .bool(builder.hasLabel),
      "task": builder.taskModel(), "measures": .null,
    ]
    let limits = try library.render("report/limits", with: model)
    let methods = try library.render("report/methods", with: model)
    flow.heading("Methods", following: 40)
    write(PageWords.blocks(of: methods))
    metrics()
    flow.heading("Limits", following: 40)
    write(PageWords.blocks(of: limits))
  }

  private mutating func write(_ blocks: [PageWords.Block]) {
    for (index, block) in blocks.enumerated() {
      if block.kind == .paragraph, index > 0, blocks[index - 1].kind == .item { flow.skip(3) }
      switch block.kind {
      case .heading:
        // The document has a heading of its own in the place of the first.
        if index > 0 { flow.heading(block.text, level: 1, following: 24) }
      case .paragraph: flow.paragraph(Paragraph(block.runs, size: 8.5), gap: 4)
      case .item: flow.item(Self.bullet, block.runs, size: 8.5, gap: 3)
      }
    }
  }

  /// Formulas of the metrics that the document speaks of.
  private mutating func metrics() {
    let ids =
      builder.profile?.lead ?? [
        "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy", "roc_auc",
      ]
    let rows = builder.methods()["metrics"].elements.filter { row in
      row["id"].words.map(ids.contains) ?? false
    }
    flow.skip(4)
    flow.table(
      DocumentTable(
        columns: [
          .init("Metric", 1.1), .init("Formula", 2.2), .init("Counted over", 0.9), .init("Interval", 1.6),
        ],
        rows: rows.map { row in
          DocumentTable.Row(cells: [
            runs(row["name"], isBold: true), runs(row["formula"]), runs(row["denominator"]),
            runs(row["interval"]),
          ])
        }, size: 7))
  }

  // MARK: What people say of the model

  mutating func card() {
    let page = CardPage(builder)
    let parts = page.stated()
    guard let card = evaluation.card, !card.isEmpty else { return }
    flow.heading("The model", following: 40)
    flow.text("As its owners describe it; nothing here was measured.", size: 8, ink: .mutedText)
    facts(page.statedDetails(), columns: 1)
    for part in parts {
      flow.heading(part.name, level: 2, following: 14)
      for text in part.texts { flow.item(Self.bullet, [Paragraph.Run(text)], size: 8.5, gap: 2) }
    }
  }

  // MARK: Provenance

  mutating func provenance() {
    let model = builder.provenance()
    flow.heading("Provenance", following: 60)
    flow.table(
      DocumentTable(
        columns: [
          .init("Input", 1.3), .init("Format", 0.6), .init("Rows read", 0.65, .end),
          .init("Rejected", 0.6, .end), .init("SHA-256", 3.7),
        ],
        rows: model["inputs"].elements.map { input in
          DocumentTable.Row(cells: [
            runs(input["name"], isBold: true), runs(input["format"]), runs(input["read"]),
            runs(input["rejected"]),
            mono(input["sha256"]),
          ])
        }, size: 7))
    flow.skip(2)
    var hashes = [("Configuration", Digest.hexadecimal(Array(evaluation.configuration.utf8)))]
    for file in GatePage(builder)?.methods()["files"].elements ?? [] {
      hashes.append(("\(file["role"].words ?? "") \(file["name"].words ?? "")", file["sha256"].words))
    }
    for case (let name, let hash?) in hashes {
      flow.paragraph(
        Paragraph(
          [
            Paragraph.Run(name + "  ", isBold: true),
            Paragraph.Run(hash, isMono: true),
          ], size: 7, lines: 3), gap: 3)
    }
    flow.text(
      "Made by \(model["producer"].words ?? ""), stored form \(model["schema"].words ?? ""), seed \(model["seed"].words ?? ""). "
        + "All groups, metrics and gaps are in report.html, slices.csv, gaps.csv and evaluation.json.",
      size: 8)
  }

  private func mono(_ value: TemplateValue) -> [Paragraph.Run] {
    value.words.map { [Paragraph.Run($0, isMono: true, scale: 0.88)] } ?? []
  }
}
