import Charts
import ChartsCairo
import Results
import Templating

extension ReportDocument {
  /// What a reader must know if one page is all that is read.
  mutating func firstScreen() {
    flow.text("Fairness report", size: 8, ink: .mutedText, gap: 1)
    flow.paragraph(Paragraph(title, size: 18, isBold: true, lines: 3), gap: 8)
    if let gate = GatePage(builder) { verdict(gate) } else { findings() }
    facts(builder.facts(), columns: 2)
    tiles()
    if let figure = GatePage(builder)?.figure() { flow.figure(figure) }
    let notes = evaluation.notes.map { VisibleText.of($0) }
    if !notes.isEmpty {
      flow.heading("To know", level: 2, following: 20)
      for note in notes.prefix(6) { flow.item(Self.bullet, [Paragraph.Run(note)], size: 8, gap: 2) }
      if notes.count > 6 {
        flow.text(
          "\(Wording.plural(notes.count - 6, "more note is", "more notes are")) in report.html.", size: 8)
      }
    }
  }

  static let bullet = Paragraph.Run("•", ink: .mutedText)

  static func ink(_ verdict: Verdict) -> Ink {
    switch verdict {
    case .fail: .bad
    case .inconclusive: .unsure
    case .waived: .mutedText
    case .pass: .good
    }
  }

  // MARK: The verdict

  private mutating func verdict(_ gate: GatePage) {
    let judgement = gate.judgement
    let ink = Self.ink(judgement.verdict)
    let model = gate.model()
    let words = Paragraph(
      [
        Paragraph.Run(
          "\(GateWords.sign(judgement.verdict)) \(GateWords.word(judgement.verdict))", ink: ink, isBold: true,
          scale: 1.9),
        Paragraph.Run("   " + gate.words.counts, isBold: true),
      ], size: 10, lines: 3)
    let width = DocumentFlow.column - 26
    let height = flow.height(words, width: width) + 18
    let start = Point(DocumentFlow.margin, flow.y)
    flow.add(
      .box(
        Box(x: start.x, y: start.y, width: DocumentFlow.column, height: height), ink, opacity: 0.09, corner: 0
      ))
    flow.add(.box(Box(x: start.x, y: start.y, width: 4, height: height), ink, opacity: 1, corner: 0))
    flow.add(.text(words, at: Point(start.x + 16, start.y + 9), width: width))
    flow.advance(height + 8)
    for statement in model["failures"].elements { say(statement, .fail) }
    for statement in model["open"].elements { say(statement, .inconclusive) }
    let facts = model["facts"].elements.flatMap { fact in
      [
        Paragraph.Run((fact["term"].words ?? "") + " ", ink: .mutedText),
        Paragraph.Run((fact["text"].words ?? "") + "    "),
      ]
    }
    flow.paragraph(Paragraph(facts, size: 8, lines: 4), gap: 8)
  }

  private mutating func say(_ statement: TemplateValue, _ verdict: Verdict) {
    let check = statement["check"].words.map { [Paragraph.Run($0 + ": ", isBold: true)] } ?? []
    let more = statement["more"].words.map { [Paragraph.Run(" " + $0, ink: .mutedText)] } ?? []
    flow.item(
      Paragraph.Run(GateWords.sign(verdict), ink: Self.ink(verdict), isBold: true),
      check + [Paragraph.Run(statement["text"].words ?? "")] + more, size: 8.5)
  }

  // MARK: Without a gate

  private mutating func findings() {
    let findings = builder.findings()
    flow.paragraph(Paragraph(builder.headline(findings), size: 12, isBold: true), gap: 6)
    for finding in findings.prefix(8) {
      let model = builder.words(finding)
      var runs = [
        Paragraph.Run("\(model["metric"].words ?? "") by \(model["family"].words ?? ""): ", isBold: true),
        Paragraph.Run(model["difference"].estimateWords, isBold: true),
      ]
      for (word, side) in [(" — ", model["high"]), (" against ", model["low"])] {
        runs.append(
          Paragraph.Run(
            "\(word)\(side["label"].words ?? "") \(side["estimate"].estimateWords) (\(side["people"].words ?? ""))"
          ))
      }
      if let people = model["perThousand"].words {
        runs.append(Paragraph.Run(". " + people, ink: .mutedText))
      }
      flow.item(Self.bullet, runs, size: 8.5)
    }
    flow.skip(4)
  }

  // MARK: Facts and numbers

  /// Terms and what they stand for, in columns.
  mutating func facts(_ facts: TemplateValue, columns: Int) {
    let width = DocumentFlow.column / Double(columns)
    let texts = facts.elements.map { fact in
      Paragraph(
        [
          Paragraph.Run((fact["term"].words ?? "") + "  ", ink: .mutedText),
          Paragraph.Run(fact["text"].words ?? ""),
        ], size: 8, lines: 3)
    }
    var index = 0
    while index < texts.count {
      let line = Array(texts[index..<min(texts.count, index + columns)])
      let height = line.map { flow.height($0, width: width - 12) }.max() ?? 0
      flow.need(height)
      for (place, text) in line.enumerated() {
        let x = DocumentFlow.margin + Double(place) * width
        flow.add(.text(text, at: Point(x, flow.y), width: width - 12))
      }
      flow.advance(height + 2)
      index += columns
    }
    flow.advance(5)
  }

  /// The model as a whole.
  private mutating func tiles() {
    let figures = builder.overallFigures().elements
    guard !figures.isEmpty else { return }
    let columns = 4
    let width = DocumentFlow.column / Double(columns)
    var index = 0
    while index < figures.count {
      let line = figures[index..<min(figures.count, index + columns)]
      flow.need(36)
      flow.add(
        .line(
          Point(DocumentFlow.margin, flow.y), Point(DocumentFlow.margin + DocumentFlow.column, flow.y), .grid,
          width: 0.5))
      for (place, figure) in line.enumerated() {
        let estimate = figure["estimate"]
        let x = DocumentFlow.margin + Double(place) * width
        let number = estimate["shown"].words ?? "—"
        let rest =
          estimate["interval"].words ?? (estimate["shown"].words == nil ? estimate["reason"].words : nil)
        flow.add(
          .text(
            Paragraph(figure["name"].words ?? "", size: 7.5, ink: .mutedText, lines: 1),
            at: Point(x, flow.y + 3), width: width - 8))
        flow.add(
          .text(
            Paragraph(
              [
                Paragraph.Run(number + " ", isBold: true, scale: 1.6),
                Paragraph.Run(rest ?? "", ink: .mutedText),
              ], size: 7, lines: 1), at: Point(x, flow.y + 13), width: width - 8))
      }
      flow.advance(32)
      index += columns
    }
    flow.advance(4)
  }
}
