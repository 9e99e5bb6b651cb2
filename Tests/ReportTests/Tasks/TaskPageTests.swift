import Foundation
import Report
import ReportTemplates
import Results
import Templating
import Testing

/// Pages of tasks that are not binary.
@Suite struct TaskPageTests {
  static let tasks: [TaskKind] = [.multiclass, .multilabel, .regression, .ranking]

  static func evaluation(_ task: TaskKind) -> Evaluation { TaskFixture(task: task).make() }
  static func page(_ task: TaskKind) -> String { PageTests.render(evaluation(task)) }

  /// What a reader sees, in lower case.
  private static func seen(_ page: String) throws -> String {
    try PageTests.matches(">([^<]+)<", PageTests.withoutElements(page)).joined(separator: "\n").lowercased()
  }

  /// What the figures' ids have before the attribute's name.
  static let figures: [TaskKind: [String]] = [
    .multiclass: ["dot", "difference", "confusion", "recall-class", "precision-class"],
    .multilabel: ["dot", "difference", "recall-label", "precision-label"],
    .regression: ["dot", "dot-quality", "difference", "residuals", "actual"],
    .ranking: ["dot", "difference", "exposure", "skew"],
  ]

  @Test(arguments: tasks) func pagesHoldTogether(task: TaskKind) throws {
    let page = Self.page(task)
    let markup = try PageTests.withoutElements(page)
    let ids = try PageTests.matches("\\sid=\"([^\"]*)\"", markup)
    #expect(Set(ids).count == ids.count && ids.count > 60)
    for target in try PageTests.matches("href=\"#([^\"]*)\"", markup) {
      #expect(ids.contains(target), "\(target)")
    }
    for list in try PageTests.matches("aria-(?:labelledby|describedby)=\"([^\"]*)\"", markup) {
      for target in list.split(separator: " ") { #expect(ids.contains(String(target)), "\(target)") }
    }
    #expect(try PageTests.matches("<[^>]*\\s(?:style|on[a-z]+)=", markup).isEmpty)
    #expect(try PageTests.matches("(https?://[^\"' <)]*)", page).isEmpty)
    #expect(try PageTests.matches("<h1>", page).count == 1)
    for table in try PageTests.matches("(<table.*?</table>)", page) { #expect(table.contains("<caption")) }
    #expect(try Self.openElements(markup).isEmpty)
    #expect(page == Self.page(task))
  }

  /// Elements that are never closed, or closed by another's tag; a table's parts end where the next begins.
  private static func openElements(_ markup: String) throws -> [String] {
    let optional: Set<String> = ["caption", "thead", "tbody", "tr", "th", "td"]
    var open: [String] = []
    for tag in try PageTests.matches("<(/?[a-zA-Z][a-zA-Z0-9]*[^>]*)>", markup) {
      let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
      if tag.hasPrefix("/") {
        while let last = open.last, last != name, optional.contains(last) { open.removeLast() }
        if open.popLast() != name { return ["</\(name)>"] }
      } else if !tag.hasSuffix("/"), !["meta", "input", "br"].contains(name) {
        open.append(name)
      }
    }
    return open
  }

  @Test(arguments: tasks) func figuresOfTheTaskAreThere(task: TaskKind) throws {
    let page = Self.page(task)
    for name in Self.figures[task] ?? [] {
      for family in ["group", "kind"] { #expect(page.contains("id=\"fig-\(name)-\(family)\""), "\(name)") }
    }
    #expect(page.contains("id=\"fig-heat-"))
    for figure in try PageTests.matches("(<figure.*?</figure>)", page) {
      #expect(figure.contains("role=\"img\"") && figure.contains("<details class=\"data\">"))
      let finding = try #require(try PageTests.matches("<figcaption[^>]*>([^<]+)</figcaption>", figure).first)
      #expect(finding.count > 20)
    }
    #expect(page.contains("id=\"classes\"") == (task == .multiclass || task == .multilabel))
    #expect(page.contains("id=\"fig-across\"") == (task != .ranking))
  }

  @Test(arguments: tasks) func nothingIsSaidOfOutcomes(task: TaskKind) throws {
    let seen = try Self.seen(Self.page(task))
    for word in [
      "positive class", "positives", "negatives", "threshold", "not selected", "prevalences", "roc curve",
      "kinds of error", "who is affected", "wrongly selected", "flips",
    ] {
      #expect(!seen.contains(word), "“\(word)” is on the page")
    }
    #expect(!Self.page(task).contains("id=\"lab\"") && !Self.page(task).contains("id=\"harms\""))
  }

  /// The same words stand on a binary page, so that the test above can fail.
  @Test func binaryPagesSayThem() throws {
    let seen = try Self.seen(PageTests.page)
    for word in ["positive class", "positives", "threshold", "kinds of error", "who is affected"] {
      #expect(seen.contains(word), "\(word)")
    }
  }

  @Test(arguments: tasks) func factsNameTheTask(task: TaskKind) throws {
    let facts = ModelTests.items(ModelTests.member(ReportWriter.pageModel(Self.evaluation(task)), "facts"))
    let terms = facts.compactMap { ModelTests.text(ModelTests.member($0, "term")) }
    #expect(terms.contains("Task"))
    #expect(terms.contains("Classes") == (task == .multiclass))
    #expect(terms.contains("Label names") == (task == .multilabel))
    #expect(terms.contains("Query") == (task == .ranking))
    #expect(!terms.contains("Decision") && !terms.contains("Positive class"))
  }

  @Test func numbersKeepTheirScale() throws {
    let page = Self.page(.regression)
    let seen = try Self.seen(page)
    // 110 is the mean of the labels, and no share.
    #expect(seen.contains("110") && !seen.contains("110%") && !seen.contains("11,000"))
    // The chapter's gaps are in the label's unit.
    let evaluation = Self.evaluation(.regression)
    let gap = try #require(
      evaluation.gaps.first { $0.metric == "mean_absolute_error" && $0.comparison == .betweenGroups })
    #expect((gap.estimate.value ?? 0) > 5)
    let rows = ModelTests.items(
      ModelTests.member(ReportWriter.pageModel(evaluation), "chapters", "0", "gaps", "rows"))
    let row = try #require(
      rows.first { ModelTests.text(ModelTests.member($0, "name")) == "Mean absolute error" })
    #expect(ModelTests.number(ModelTests.member(row, "difference", "raw")) == gap.estimate.value)
  }

  // MARK: Details

  private static func table(_ evaluation: Evaluation, _ id: String) throws -> [[TemplateValue]] {
    let chapters = ModelTests.items(ModelTests.member(ReportWriter.pageModel(evaluation), "chapters"))
    let figures = chapters.flatMap { ModelTests.items(ModelTests.member($0, "more")) }
    let figure = try #require(figures.first { ModelTests.text(ModelTests.member($0, "id")) == id })
    return ModelTests.items(ModelTests.member(figure, "table", "rows")).map {
      ModelTests.items(ModelTests.member($0, "cells"))
    }
  }

  @Test func confusionsAreTheStoredOnes() throws {
    let evaluation = Self.evaluation(.multiclass)
    let rows = try Self.table(evaluation, "fig-confusion-group")
    #expect(rows.count == 9)
    let details = try #require(evaluation.details)
    for (place, row) in rows.enumerated() {
      let (slice, truth) = (1 + place / 3, place % 3)
      let stored = details.confusion[(slice * 9 + truth * 3)..<(slice * 9 + truth * 3 + 3)]
      #expect(row.dropFirst().map { ModelTests.number(ModelTests.member($0, "raw")) } == stored.map { $0 })
    }
  }

  @Test func manyClassesAreDrawnTogether() throws {
    let many = TaskFixture(task: .multiclass, classes: (0..<30).map { "class \($0)" })
    let rows = try Self.table(many.make(), "fig-confusion-group")
    #expect(rows.count == 30)
    let details = try #require(many.make().details)
    let sums = rows.prefix(10).map { row in
      row.dropFirst().reduce(0.0) { $0 + (ModelTests.number(ModelTests.member($1, "raw")) ?? 0) }
    }
    let stored = details.confusion[900..<1800].reduce(0, +)
    #expect(abs(sums.reduce(0, +) - stored) < 1e-6)
    #expect(PageTests.render(many.make()).contains("21 others"))
  }

  @Test func residualsAndSharesAreTheStoredOnes() throws {
    let regression = Self.evaluation(.regression)
    let residuals = try Self.table(regression, "fig-residuals-group")
    let stored = try #require(regression.details).residualQuantiles
    for (slice, row) in residuals.enumerated() {
      let values = row.dropFirst().map { ModelTests.number(ModelTests.member($0, "raw")) }
      #expect(values == stored[(slice * 5)..<(slice * 5 + 5)].map { $0 })
    }
    let ranking = Self.evaluation(.ranking)
    let shares = try Self.table(ranking, "fig-exposure-group")
    let details = try #require(ranking.details)
    for (place, row) in shares.enumerated() {
      let values = row.dropFirst().prefix(2).map { ModelTests.number(ModelTests.member($0, "raw")) }
      #expect(values == [details.exposureShare[place + 1], details.relevanceShare[place + 1]])
    }
  }

  // MARK: The table of slices

  private static func data(_ evaluation: Evaluation) throws -> JSONValue {
    let text = ModelTests.member(ReportWriter.pageModel(evaluation), "slices", "json")
    guard case .markup(let json) = text, let value = JSONValue(parsing: json) else {
      Issue.record("no data")
      return .null
    }
    return value
  }

  private static func member(_ value: JSONValue, _ name: String) -> JSONValue? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.name == name }?.value
  }

  @Test(arguments: tasks) func slicesComeWithTheirDenominators(task: TaskKind) throws {
    let data = try Self.data(Self.evaluation(task))
    guard case .array(let among)? = Self.member(data, "among"),
      case .array(let cells)? = Self.member(data, "cells")
    else {
      Issue.record("no denominators")
      return
    }
    #expect(cells.isEmpty && !among.isEmpty)
    #expect(among.count < 6)
    let script = try #require(try PageTests.matches("<script>(.*?)</script>", Self.page(task)).first)
    #expect(script.contains("data.among") && !script.contains("data.cells"))
    #expect(!PageTests.page.contains("data.among") && PageTests.page.contains("data.cells"))
  }

  /// Gaps of means count as shares of the whole where they are ranked with others.
  @Test func harmsAreMeasuredAlike() throws {
    let evaluation = Self.evaluation(.regression)
    guard case .array(let columns)? = Self.member(try Self.data(evaluation), "columns") else {
      Issue.record("no columns")
      return
    }
    func column(_ id: String) -> JSONValue? { columns.first { Self.member($0, "id") == .string(id) } }
    let loss = try #require(column("gap_mean_absolute_error"))
    #expect(Self.member(loss, "s") == JSONValue(parsing: (1.0 / 22).description))
    #expect(Self.member(try #require(column("mean_absolute_error")), "s") == nil)
    let rows = ModelTests.items(ModelTests.member(ReportWriter.pageModel(evaluation), "slices", "rows"))
    #expect(rows.count == evaluation.slices.count)
  }

  // MARK: Other outputs

  @Test(arguments: tasks) func filesAndDocumentsAreWritten(task: TaskKind) throws {
    let evaluation = TaskFixture(task: task).compared(with: "old.csv")
    let files = try ReportWriter.chartFiles(evaluation).map(\.path)
    #expect(Set(files).count == files.count && files.count > 20)
    for (path, bytes) in try ReportWriter.documents(evaluation, templates: [:]) {
      #expect(bytes.count > 2000, "\(path)")
      guard path.hasSuffix(".md") else { continue }
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      #expect(!text.contains("positives") && !text.contains("threshold") && !text.contains("prevalences"))
    }
    let page = PageTests.render(evaluation)
    #expect(page.contains("Is it worse for anyone?"))
    #expect(try !Self.seen(page).contains("to positive"))
    let record = RunRecord(evaluation, nil, origin: .init(kind: .evaluate, folder: "run"))
    #expect(record.overall.count > 2 && !record.gaps.isEmpty)
  }

  @Test(arguments: [TaskKind.multiclass, .multilabel]) func classesMayBeCalledAnything(task: TaskKind) throws
  {
    let names = [
      "</script><script>alert(1)</script>", "a\"b' onload=x", "\u{202E}gnp", "", "recall[x]", "{{title}}",
      "n (5)",
    ]
    let page = PageTests.render(TaskFixture(task: task, classes: names).make())
    let markup = try PageTests.withoutElements(page)
    #expect(try PageTests.matches("<[^>]*\\son[a-z]+=", markup).isEmpty)
    #expect(!page.contains("<script>alert") && !markup.unicodeScalars.contains("\u{202E}"))
    #expect(markup.contains("⟨U+202E⟩gnp") && markup.contains("{{title}}") && markup.contains("n (5)"))
    #expect(try Self.openElements(markup).isEmpty)
  }
}
