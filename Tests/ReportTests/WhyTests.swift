import Charts
import Foundation
import Results
import Templating
import Testing

@testable import Report

/// The part of the page that says why, as a whole.
@Suite struct WhyTests {
  static let evaluation = ExplanationFixture.explained()
  static let page = PageTests.render(evaluation)
  static let plain = PageTests.render(EvaluationFixture.adult.make())

  static let odd: [(name: String, evaluation: Evaluation)] = {
    var cases: [(String, Evaluation)] = [
      ("bare", ExplanationFixture.bare), ("unknown", ExplanationFixture.unknown),
      (
        "one feature",
        ExplanationFixture.explained {
          $0.names = ["only"]
          $0.weights = [0.02]
        }
      ),
      ("200 features", ExplanationFixture.explained { $0.names = (0..<200).map { "feature \($0)" } }),
      (
        "nasty names",
        ExplanationFixture.explained { fixture in
          fixture.names = NastyNameTests.names
          fixture.weights = NastyNameTests.names.indices.map { 0.03 / Double($0 + 1) }
        }
      ),
      ("nothing clear", ExplanationFixture.explained { $0.doubt = 60 }),
      ("no groups", ExplanationFixture.explained { $0.hasGroups = false }),
      ("no features", ExplanationFixture.explained { $0.names = [] }),
    ]
    func without(_ name: String, _ change: (inout Explanation) -> Void) {
      var evaluation = Self.evaluation
      if var explanation = evaluation.explanation {
        change(&explanation)
        evaluation.explanation = explanation
      }
      cases.append((name, evaluation))
    }
    without("no importances") { $0.importances = [] }
    without("no effects") { $0.effects = [] }
    without("no attributions") { $0.attributions = nil }
    without("no decompositions") { $0.decompositions = [] }
    without("no flips") { $0.flips = [] }
    without("no interactions") { $0.interactions = [] }
    without("no warnings") { $0.warnings = [] }
    without("raw not kept") { explanation in
      for index in explanation.importances.indices { explanation.importances[index].raw = [] }
    }
    without("only gaps") { $0.importances = $0.importances.filter(\.isGap) }
    without("empty curves") { explanation in
      for index in explanation.effects.indices { explanation.effects[index].curves = [] }
    }
    return cases
  }()

  @Test func absentWithoutAnExplanation() {
    #expect(!Self.plain.contains("id=\"why\"") && !Self.plain.contains("href=\"#why\""))
    #expect(!Self.plain.contains(".no-skill"), "nor its style")
    #expect(ExplanationText.lines(EvaluationFixture.adult.make(), width: 80).isEmpty)
  }

  @Test func standsInTheContentsAndAfterTheChapters() throws {
    #expect(Self.page.contains("<li><a href=\"#why\">Why</a></li>"))
    let why = try #require(Self.page.range(of: "<section id=\"why\""))
    let last = try #require(Self.page.range(of: "<section class=\"chapter\"", options: .backwards))
    let slices = try #require(Self.page.range(of: "<section id=\"slices\""))
    #expect(last.lowerBound < why.lowerBound && why.lowerBound < slices.lowerBound)
  }

  @Test func thePageStaysLight() {
    let growth = Self.page.utf8.count - Self.plain.utf8.count
    #expect(growth <= 260_000, "\(growth)")
  }

  @Test func sameExplanationSameBytes() {
    #expect(PageTests.render(ExplanationFixture.explained()) == Self.page)
  }

  @Test(arguments: WhyTests.odd.indices)
  func oddCasesHold(index: Int) throws {
    let (name, evaluation) = Self.odd[index]
    let page = PageTests.render(evaluation)
    let markup = try PageTests.withoutElements(page)
    #expect(try PageTests.matches("(?i)\\bnan\\b", markup).isEmpty, "\(name)")
    #expect(!ReportWriter.pageModel(evaluation).json().lowercased().contains("nan,"), "\(name)")
    let ids = try PageTests.matches("\\sid=\"([^\"]*)\"", markup)
    #expect(Set(ids).count == ids.count, "\(name)")
    for target in try PageTests.matches("href=\"#([^\"]*)\"", markup) {
      #expect(ids.contains(target), "\(name): \(target)")
    }
    #expect(try PageTests.matches("<[^>]*\\sstyle=", markup).isEmpty)
    #expect(try PageTests.matches("<(img|b |i>)", markup).isEmpty, "\(name)")
    #expect(markup.contains("id=\"why\""))
    #expect(page.utf8.count - Self.plain.utf8.count <= 400_000, "\(name): \(page.utf8.count)")
    let csv = CSVRows.read(ExplanationCSV.bytes(of: evaluation))
    #expect(csv.allSatisfy { $0.count == ExplanationCSV.header.count }, "\(name)")
    _ = ExplanationText.lines(evaluation, width: 60)
  }

  /// Nothing leaves its drawing, at the page's width and at any other.
  @Test(arguments: WhyTests.odd.indices)
  func nothingLeavesItsDrawing(index: Int) throws {
    let (name, evaluation) = Self.odd[index]
    let why = try #require(WhyPage(PageBuilder(evaluation, mentionsChartFiles: true)))
    for figure in why.figures() {
      for width in [360.0, figure.width] {
        let scene = figure.chart.layout(width: width).quietened(figure.isDense)
        let page = Box(x: 0, y: 0, width: scene.width, height: scene.height).grown(by: 0.9)
        for mark in scene.leaves {
          guard let box = mark.bounds else { continue }
          let isInside = box.x >= page.x && box.y >= page.y && box.maxX <= page.maxX && box.maxY <= page.maxY
          #expect(isInside, "\(name), \(figure.id) at \(width): \(mark.shape)")
        }
      }
    }
  }

  @Test func everyFigureHasWordsAndNumbers() throws {
    let why = try #require(WhyPage(PageBuilder(Self.evaluation, mentionsChartFiles: true)))
    let figures = why.figures()
    #expect(
      figures.map(\.id).prefix(5) == [
        "fig-why-importance", "fig-why-gap-sex", "fig-why-gap-race", "fig-why-groups-roc-auc",
        "fig-why-effect-marital-status",
      ])
    #expect(Set(figures.map(\.id)).count == figures.count)
    #expect(Set(figures.compactMap(\.fileName)).count == figures.count)
    for figure in figures {
      #expect(!figure.caption.isEmpty && !figure.table.rows.isEmpty, "\(figure.id)")
      #expect(figure.chart.summary == figure.caption && figure.chart.title == figure.heading)
      for row in figure.table.rows {
        #expect(row.cells.count == figure.table.columns.count - 1, "\(figure.id)")
      }
    }
  }

  /// The numbers of tables are the explanation's own.
  @Test func tablesHoldTheExplanationsNumbers() throws {
    let explanation = try #require(Self.evaluation.explanation)
    let why = try #require(WhyPage(PageBuilder(Self.evaluation, mentionsChartFiles: true)))
    let figure = try #require(why.importanceFigure())
    let columns = why.drawnOverall()
    #expect(columns.map(\.metric) == ["roc_auc", "accuracy", "selection_rate"])
    #expect(figure.table.rows.count == 12, "the unused feature is not drawn")
    var before = Double.infinity
    for row in figure.table.rows {
      let feature = try #require(explanation.features.firstIndex { VisibleText.of($0.name) == row.name })
      for (place, quantity) in columns.enumerated() {
        let cells = row.cells[(place * 6)..<(place * 6 + 6)].map { cell -> Double? in
          if case .number(_, let raw) = cell { raw } else { nil }
        }
        #expect(cells[0] == quantity.importance[feature] && cells[1] == quantity.permuted[feature])
        #expect(cells[2] == quantity.shuffleError[feature] && cells[3] == quantity.holm[feature])
        #expect(cells[4] == quantity.benjaminiHochberg[feature])
      }
      let value = columns[0].importance[feature]
      #expect(value <= before, "ordered by importance")
      before = value
    }
  }

  @Test func unusedFeaturesAreWordsNotMarks() throws {
    #expect(Self.page.contains("Not used by the model: fnlwgt. It changes nothing and is not drawn."))
    let why = try #require(WhyPage(PageBuilder(Self.evaluation, mentionsChartFiles: true)))
    for figure in why.figures() where !figure.id.contains("sum") {
      #expect(!figure.table.rows.contains { $0.name == "fnlwgt" }, "\(figure.id)")
    }
  }

  @Test func chartFilesAreWritten() throws {
    var evaluation = Self.evaluation
    evaluation.families = Array(evaluation.families.prefix(3))
    let paths = try ReportWriter.chartFiles(evaluation).map(\.path)
    for name in [
      "importance", "importance-gap-sex", "importance-groups-roc-auc", "effect-age", "effect-marital-status",
    ] {
      for ending in ["svg", "png", "pdf"] {
        #expect(paths.contains("charts/\(name).\(ending)"), "\(name).\(ending)")
      }
    }
    #expect(Set(paths).count == paths.count)
  }
}
